// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {CreditLimits} from "../../CreditLimits.sol";
import {DepositMoney} from "../../DepositMoney.sol";
import {Exchange} from "../../Exchange.sol";
import {IssuePolicy} from "../../IssuePolicy.sol";
import {Members} from "../../Members.sol";
import {Payables} from "../../Payables.sol";
import {IExchange} from "../../interfaces/IExchange.sol";
import {IMembers} from "../../interfaces/IMembers.sol";
import {IPayables} from "../../interfaces/IPayables.sol";
import {HolderAddress} from "../../libraries/HolderAddress.sol";
import {Roles} from "../../libraries/Roles.sol";
import {Vm} from "./Vm.t.sol";

/**
 * @dev A register with members on it, and words to speak about it. Calls that must fail go through `refused`, which
 *      compares the whole error with its arguments.
 */
abstract contract Fixture {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    uint32 internal constant BUYER = 1;
    uint32 internal constant SUPPLIER = 2;
    uint32 internal constant SECOND = 3;
    uint32 internal constant BANK = 4;
    uint32 internal constant OTHER_BANK = 5;
    uint32 internal constant SETTLEMENT = 6;
    uint32 internal constant THIRD = 7;
    /// @dev Of the same obligor group as BUYER.
    uint32 internal constant SISTER = 8;
    uint32 internal constant STRANGER = 99;

    address internal constant MEMBERSHIP = address(0xA001);
    address internal constant PAUSER = address(0xA002);
    address internal constant FREEZER = address(0xA003);
    address internal constant OPENER = address(0xA004);
    address internal constant CORRECTOR = address(0xA005);
    address internal constant POLICY = address(0xA006);

    int32 internal constant OFFSET = 8 hours;
    uint24 internal constant FOREVER = 40_000;
    uint16 internal constant CNY = 0;
    uint16 internal constant EUR = 1;
    uint256 internal constant RICH = 1e24;

    AccessManager internal manager;
    Members internal members;
    Payables internal payables;
    Exchange internal exchange;
    CreditLimits internal limits;
    IssuePolicy internal policy;
    DepositMoney internal cny;
    DepositMoney internal eur;

    uint256 private _serial;

    // ------------------------------------------------------------------ setting up

    function setUp() public virtual {
        if (block.timestamp < 1_767_225_600) vm.warp(1_767_225_600);
        deploy(IPayables(address(0)));
        admitAll();
        fund();
    }

    function deploy(IPayables predecessor) internal {
        uint256 nonce = vm.getNonce(address(this));
        manager = new AccessManager(address(this));
        members = new Members(address(manager), OFFSET);
        address exchangeAddress = vm.computeCreateAddress(address(this), nonce + 4);
        policy = new IssuePolicy(address(manager), type(uint88).max, 0, 3_650);
        payables = new Payables(address(manager), members, exchangeAddress, policy, "family", predecessor);
        address limitsAddress = vm.computeCreateAddress(address(this), nonce + 5);
        exchange = new Exchange(address(manager), members, payables, CreditLimits(limitsAddress));
        limits = new CreditLimits(members);
        cny = money("CNY", 2);
        eur = money("EUR", 2);
        payables.addCashAsset("CNY", address(cny), SETTLEMENT);
        payables.addCashAsset("EUR", address(eur), SETTLEMENT);
        assignRoles();
    }

    function money(bytes3 currency, uint8 decimals) internal returns (DepositMoney) {
        return new DepositMoney(
            members, address(payables), address(exchange), SETTLEMENT, currency, decimals, "Deposit money", "DM"
        );
    }

    function assignRoles() private {
        assign(address(members), 1, MEMBERSHIP, selectors(Members.admitSupplier.selector, Members.extendSupplier.selector));
        assign(address(members), 1, MEMBERSHIP, selectors(Members.suspendSupplier.selector, Members.admit.selector));
        assign(address(members), 1, MEMBERSHIP, selectors(Members.setRoles.selector, Members.setValidUntil.selector));
        assign(address(members), 1, MEMBERSHIP, selectors(Members.suspend.selector, Members.reinstate.selector));
        assign(address(members), 1, MEMBERSHIP, selectors(Members.remove.selector, Members.appointPayer.selector));
        assign(address(payables), 3, PAUSER, selectors(Payables.pause.selector, Payables.pause.selector));
        assign(address(exchange), 3, PAUSER, selectors(Exchange.pause.selector, Exchange.pause.selector));
        assign(address(payables), 4, FREEZER, selectors(payables.setFrozenTokens.selector, payables.hold.selector));
        assign(address(payables), 5, OPENER, selectors(payables.openCase.selector, payables.withdrawCase.selector));
        assign(address(payables), 6, CORRECTOR, selectors(payables.forcedTransfer.selector, payables.releaseHold.selector));
        assign(address(payables), 6, CORRECTOR, selectors(payables.releaseFrozen.selector, payables.releaseFrozen.selector));
        assign(address(payables), 7, POLICY, selectors(payables.addCashAsset.selector, payables.setIssuePolicy.selector));
        assign(address(payables), 7, POLICY, selectors(payables.unpause.selector, payables.retireIssuance.selector));
        assign(address(exchange), 7, POLICY, selectors(exchange.setCreditLimits.selector, exchange.unpause.selector));
        assign(address(policy), 7, POLICY, selectors(policy.setRule.selector, policy.clearRule.selector));
    }

    function assign(address target, uint64 role, address who, bytes4[] memory list) private {
        manager.setTargetFunctionRole(target, list, role);
        manager.grantRole(role, who, 0);
    }

    function selectors(bytes4 a, bytes4 b) private pure returns (bytes4[] memory list) {
        list = new bytes4[](2);
        (list[0], list[1]) = (a, b);
    }

    function admitAll() internal {
        admit(BUYER, Roles.BUYER, 0);
        admit(SISTER, Roles.BUYER, BUYER);
        admit(SUPPLIER, Roles.SUPPLIER, 0);
        admit(SECOND, Roles.SUPPLIER, 0);
        admit(THIRD, Roles.SUPPLIER, 0);
        admit(BANK, Roles.BANK, 0);
        admit(OTHER_BANK, Roles.BANK, 0);
        admit(SETTLEMENT, Roles.SETTLEMENT_BANK, 0);
    }

    function admit(uint32 member, uint8 roles, uint32 group) internal {
        vm.prank(MEMBERSHIP);
        members.admit(member, roles, group, FOREVER, key(member));
    }

    function fund() internal {
        mint(cny, BUYER, RICH);
        mint(cny, SISTER, RICH);
        mint(cny, BANK, RICH);
        mint(cny, OTHER_BANK, RICH);
        mint(eur, BUYER, RICH);
        mint(eur, BANK, RICH);
        vm.prank(key(BANK));
        limits.setLimit(BUYER, CNY, RICH);
        vm.prank(key(OTHER_BANK));
        limits.setLimit(BUYER, CNY, RICH);
    }

    // ------------------------------------------------------------------ words

    function secret(uint32 member) internal pure returns (uint256) {
        return 0xC0FFEE00 + uint256(member);
    }

    function key(uint32 member) internal pure returns (address) {
        return vm.addr(secret(member));
    }

    function holder(uint32 member) internal pure returns (address) {
        return HolderAddress.holderOf(member);
    }

    function fresh() internal returns (bytes32) {
        return keccak256(abi.encode("fresh", ++_serial));
    }

    function mint(DepositMoney token, uint32 member, uint256 amount) internal {
        vm.prank(key(SETTLEMENT));
        token.mint(member, amount, fresh());
    }

    function item(uint256 face) internal returns (IPayables.Issue memory) {
        return IPayables.Issue({
            fingerprint: fresh(),
            revision: 0,
            fingerprintScheme: 0,
            supplier: SUPPLIER,
            face: uint88(face),
            cashAsset: CNY,
            dueDay: members.today() + 90,
            termsHash: "terms",
            documentHash: "document",
            evidenceHash: "evidence"
        });
    }

    function issue(uint256 face) internal returns (uint256 id) {
        IPayables.Issue memory it = item(face);
        vm.prank(key(BUYER));
        return payables.issue(it);
    }

    function pass(uint256 id, uint32 from, uint32 to, uint256 amount) internal {
        bytes memory data = passData(id, to, amount);
        done(from, address(payables), data);
    }

    function passData(uint256 id, uint32 to, uint256 amount) internal pure returns (bytes memory) {
        uint32[] memory recipients = new uint32[](1);
        uint256[] memory amounts = new uint256[](1);
        bytes32[] memory evidence = new bytes32[](1);
        (recipients[0], amounts[0], evidence[0]) = (to, amount, "hop");
        return abi.encodeCall(IPayables.pass, (id, recipients, amounts, evidence));
    }

    function pay(uint256 id, uint256 amount) internal {
        uint256 paid = payables.payableInfo(id).paid;
        vm.prank(key(BUYER));
        payables.pay(id, amount, paid);
    }

    function due(uint256 id) internal {
        warpToDay(payables.payableInfo(id).dueDay);
    }

    function warpToDay(uint256 day) internal {
        vm.warp(day * 1 days - uint32(OFFSET) + 1 hours);
    }

    function bid(uint256 id, uint256 amount, uint256 price) internal pure returns (IExchange.Quote memory) {
        return IExchange.Quote({
            side: IExchange.Side.BID,
            maker: BANK,
            counterparty: SUPPLIER,
            id: id,
            units: amount,
            price: price,
            cashAsset: CNY,
            nonce: uint256(keccak256(abi.encode(id, amount, price))),
            deadline: type(uint256).max
        });
    }

    function signed(IExchange.Quote memory quote, uint32 by) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret(by), exchange.quoteDigest(quote));
        return abi.encodePacked(r, s, v);
    }

    function fillData(IExchange.Quote memory quote) internal view returns (bytes memory) {
        return abi.encodeCall(IExchange.fill, (quote, key(quote.maker), signed(quote, quote.maker)));
    }

    function fill(IExchange.Quote memory quote, uint32 taker) internal {
        done(taker, address(exchange), fillData(quote));
    }

    function freeze(uint256 id, uint32 member, uint256 amount) internal {
        vm.prank(FREEZER);
        payables.setFrozenTokens(holder(member), id, amount);
    }

    function force(uint256 id, uint32 from, uint32 to, uint256 amount) internal {
        vm.prank(OPENER);
        payables.openCase(id, from, to, amount, "decision");
        vm.prank(CORRECTOR);
        payables.forcedTransfer(holder(from), holder(to), id, amount);
    }

    function cancelByBoth(uint256 id, uint32 with) internal {
        vm.prank(key(BUYER));
        yes(!payables.cancel(id, with, "why"), "one consent is not enough");
        vm.prank(key(with));
        yes(payables.cancel(id, with, "why"), "two consents are");
    }

    function units(uint256 id, uint32 member) internal view returns (uint256) {
        return payables.balanceOf(holder(member), id);
    }

    function claimed(uint256 id, uint32 member) internal view returns (uint256) {
        return payables.holdingOf(id, member).claimed;
    }

    function status(uint256 id) internal view returns (IPayables.Status) {
        return payables.payableInfo(id).status;
    }

    // ------------------------------------------------------------------ doing and asserting

    function done(uint32 by, address target, bytes memory data) internal returns (bytes memory answer) {
        return doneBy(key(by), target, data);
    }

    function doneBy(address by, address target, bytes memory data) internal returns (bytes memory answer) {
        bool ok;
        vm.prank(by);
        (ok, answer) = target.call(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
    }

    /// @dev The call must fail, with exactly this error.
    function refused(uint32 by, address target, bytes memory data, bytes memory reason) internal {
        refusedBy(key(by), target, data, reason);
    }

    function refusedBy(address by, address target, bytes memory data, bytes memory reason) internal {
        vm.prank(by);
        (bool ok, bytes memory answer) = target.call(data);
        if (ok) revert("was allowed, but must be refused");
        if (keccak256(answer) != keccak256(reason)) revert Mismatch(answer, reason);
    }

    error Mismatch(bytes actual, bytes expected);
    error Different(uint256 actual, uint256 expected, string what);

    function eq(uint256 actual, uint256 expected, string memory what) internal pure {
        if (actual != expected) revert Different(actual, expected, what);
    }

    function eq(IPayables.Status actual, IPayables.Status expected) internal pure {
        if (actual != expected) revert Different(uint256(actual), uint256(expected), "status");
    }

    function yes(bool condition, string memory what) internal pure {
        require(condition, what);
    }

    /// @dev An error with one, two or three arguments.
    function err(bytes4 selector, uint256 a) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, a);
    }

    function err(bytes4 selector, uint256 a, uint256 b) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, a, b);
    }

    function err(bytes4 selector, uint256 a, uint256 b, uint256 c) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, a, b, c);
    }

    function err(bytes4 selector, address a) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, a);
    }
}
