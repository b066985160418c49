// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IExchange} from "../interfaces/IExchange.sol";
import {IPayables} from "../interfaces/IPayables.sol";
import {Fixture} from "./support/Fixture.t.sol";

/// @dev Money that turns on its caller: at every transfer it makes the calls it was given, and notes how each ended.
contract HostileMoney is ERC20("Hostile", "HM") {
    address[] private targets;
    bytes[] private calls;
    bytes[] public answers;
    bool[] public went;
    bool private busy;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function load(address target, bytes calldata data) external {
        targets.push(target);
        calls.push(data);
    }

    function attempts() external view returns (uint256) {
        return went.length;
    }

    function allowance(address, address) public pure override returns (uint256) {
        return type(uint256).max;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (busy) return;
        busy = true;
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok, bytes memory answer) = targets[i].call(calls[i]);
            went.push(ok);
            answers.push(answer);
        }
        busy = false;
    }
}

contract ReentrancyTest is Fixture {
    uint16 private constant HOSTILE = 2;

    HostileMoney private hostile;
    uint256 private id;
    uint256 private other;

    function setUp() public override {
        super.setUp();
        hostile = new HostileMoney();
        vm.prank(POLICY);
        payables.addCashAsset("CNY", address(hostile), SETTLEMENT);
        hostile.mint(holder(BUYER), 1_000);
        hostile.mint(holder(BANK), 1_000);
        // The money itself is a key of the supplier, so that its calls are not refused at the door.
        vm.prank(key(SUPPLIER));
        members.addKey(address(hostile));
        vm.prank(key(BANK));
        limits.setLimit(BUYER, HOSTILE, RICH);
        id = issueHostile(100);
        other = issueHostile(100);
    }

    function issueHostile(uint256 face) private returns (uint256) {
        IPayables.Issue memory it = item(face);
        it.cashAsset = HOSTILE;
        vm.prank(key(BUYER));
        return payables.issue(it);
    }

    /// @dev Every external function that changes something, with arguments that would work outside.
    function arm() private {
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (id, other);
        hostile.load(address(payables), abi.encodeCall(IPayables.claim, (id, SUPPLIER)));
        hostile.load(address(payables), abi.encodeCall(IPayables.claimMany, (ids, SUPPLIER)));
        hostile.load(address(payables), abi.encodeCall(IPayables.surrender, (id, 100, bytes32(0))));
        hostile.load(address(payables), abi.encodeCall(IPayables.pay, (other, 100, 0)));
        IExchange.Quote memory q = bid(other, 10, 5);
        q.cashAsset = HOSTILE;
        q.counterparty = 0;
        hostile.load(address(exchange), fillData(q));
        hostile.load(address(payables), passData(other, SECOND, 10));
        hostile.load(address(payables), abi.encodeCall(IPayables.cancel, (other, SUPPLIER, bytes32(0))));
        hostile.load(address(exchange), abi.encodeCall(IExchange.cancel, (77)));
        hostile.load(address(payables), abi.encodeCall(IPayables.issue, (item(5))));
        hostile.load(address(payables), abi.encodeCall(IPayables.sell, (other, SUPPLIER, BANK, 10, HOSTILE)));
    }

    function guarded(uint256 i) private view returns (bool) {
        return bytes4(hostile.answers(i)) == ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
    }

    /// @dev The verbs of the ledger that move money, tried from inside, must all have met the guard.
    function requireGuarded() private view {
        yes(hostile.attempts() >= 10, "the money did strike");
        for (uint256 i = 0; i < 4; ++i) {
            yes(!hostile.went(i) && guarded(i), "a money verb was entered twice");
        }
        yes(!hostile.went(8), "issue in the buyer's name");
        yes(!hostile.went(9), "sell by another than the exchange");
    }

    function sumOf(uint256 p) private view returns (uint256) {
        return units(p, SUPPLIER) + units(p, SECOND) + units(p, BANK);
    }

    function test_inside_pay() public {
        arm();
        pay(id, 100);
        requireGuarded();
        eq(hostile.balanceOf(address(payables)), 100, "the money of one payment");
        eq(sumOf(id), 100, "units");
        eq(sumOf(other), 100, "units");
    }

    function test_inside_claim() public {
        pay(id, 100);
        arm();
        payables.claim(id, SUPPLIER);
        requireGuarded();
        eq(sumOf(id), 0, "burned once");
        eq(hostile.balanceOf(address(payables)), 0, "paid once");
        eq(sumOf(other), 100, "units");
    }

    function test_inside_claimMany() public {
        pay(id, 100);
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;
        arm();
        payables.claimMany(ids, SUPPLIER);
        requireGuarded();
        eq(hostile.balanceOf(address(payables)), 0, "paid once");
        eq(sumOf(other), 100, "units");
    }

    function test_inside_surrender() public {
        due(id);
        pay(id, 50);
        arm();
        vm.prank(key(SUPPLIER));
        payables.surrender(id, 100, "");
        requireGuarded();
        eq(hostile.balanceOf(address(payables)), 0, "paid once");
        eq(payables.payableInfo(id).face, 0, "face");
        eq(sumOf(other), 100, "units");
    }

    function test_inside_fill() public {
        arm();
        IExchange.Quote memory q = bid(id, 60, 50);
        q.cashAsset = HOSTILE;
        fill(q, SUPPLIER);
        // The ledger is not inside a money verb here, the exchange is: it must not be entered twice.
        yes(!hostile.went(4) && guarded(4), "fill was entered twice");
        eq(units(id, BANK), 60, "units");
        eq(payables.carried(BANK, BUYER, HOSTILE), 60, "carried");
        yes(exchange.nonceUsed(BANK, q.nonce), "used before the money moved");
        eq(payables.payableInfo(id).paid, 0, "nothing was paid in the buyer's name");
    }
}
