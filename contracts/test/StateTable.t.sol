// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {IERC7943MultiToken} from "../interfaces/IERC7943MultiToken.sol";
import {IPayables} from "../interfaces/IPayables.sol";
import {Fixture} from "./support/Fixture.t.sol";

/**
 * @dev Every status x every caller x every function on a payable, walked. The table says who may do what when; all else
 *      must be refused and change nothing. After each step the status must be the one the table names.
 */
contract StateTableTest is Fixture {
    uint256 private constant CALLERS = 12;
    uint256 private constant FUNCTIONS = 15;

    // Callers, as bits.
    uint256 private constant _BUYER = 1;
    uint256 private constant _HOLDER = 2;
    uint256 private constant _FREEZER = 64;
    uint256 private constant _OPENER = 128;
    uint256 private constant _CORRECTOR = 256;
    uint256 private constant _EXCHANGE = 1024;
    uint256 private constant _ALL = (1 << CALLERS) - 1;

    IPayables.Issue private content;
    uint256 private id;

    function callers() private view returns (address[CALLERS] memory) {
        return [
            key(BUYER),
            key(SUPPLIER),
            key(SECOND),
            key(BANK),
            key(SETTLEMENT),
            key(STRANGER),
            FREEZER,
            OPENER,
            CORRECTOR,
            POLICY,
            address(exchange),
            PAUSER
        ];
    }

    /// @dev A payable in a status; SUPPLIER holds all of it, a case is open, something of SECOND's is frozen.
    function prepare(IPayables.Status wanted) private {
        content = item(100);
        id = payables.payableId(BUYER, content.fingerprint, 0);
        if (wanted == IPayables.Status.None) return;
        vm.prank(key(BUYER));
        payables.issue(content);
        vm.prank(OPENER);
        payables.openCase(id, SUPPLIER, SECOND, 100, "d");
        freeze(id, SECOND, 10);
        due(id);
        vm.prank(FREEZER);
        payables.setFrozenTokens(holder(THIRD), id, 10);
        if (wanted == IPayables.Status.Paying) pay(id, 50);
        if (wanted == IPayables.Status.Paid) pay(id, 100);
        if (wanted == IPayables.Status.Cancelled) cancelByBoth(id, SUPPLIER);
        if (wanted == IPayables.Status.Closed) {
            vm.prank(key(SUPPLIER));
            payables.surrender(id, 100, "");
        }
        // The case must still be open on the due day.
        vm.prank(OPENER);
        try payables.openCase(id, SUPPLIER, SECOND, 100, "d") {} catch {}
        eq(status(id), wanted);
    }

    function call(uint256 f) private view returns (bytes memory) {
        if (f == 0) return abi.encodeCall(IPayables.issue, (content));
        if (f == 1) return passData(id, SECOND, 100);
        if (f == 2) return abi.encodeCall(IERC1155.safeTransferFrom, (holder(SUPPLIER), holder(SECOND), id, 100, ""));
        if (f == 3) return abi.encodeCall(IPayables.pay, (id, outstanding(), payables.payableInfo(id).paid));
        if (f == 4) return abi.encodeCall(IPayables.claim, (id, SUPPLIER));
        if (f == 5) return abi.encodeCall(IPayables.surrender, (id, 100, bytes32(0)));
        if (f == 6) return abi.encodeCall(IPayables.cancel, (id, SUPPLIER, bytes32(0)));
        if (f == 7) return abi.encodeCall(IERC7943MultiToken.setFrozenTokens, (holder(BANK), id, 5));
        if (f == 8) return abi.encodeCall(IPayables.hold, (id));
        if (f == 9) return abi.encodeCall(IPayables.releaseHold, (id));
        if (f == 10) return abi.encodeCall(IPayables.releaseFrozen, (id, THIRD, 1));
        if (f == 11) return abi.encodeCall(IPayables.openCase, (id, SUPPLIER, SECOND, 7, bytes32("d")));
        if (f == 12) return abi.encodeCall(IERC7943MultiToken.forcedTransfer, (holder(SUPPLIER), holder(SECOND), id, 100));
        if (f == 13) return abi.encodeCall(IPayables.sell, (id, SUPPLIER, BANK, 100, CNY));
        return abi.encodeCall(IPayables.withdrawCase, (payables.caseKeyOf(id, SUPPLIER, SECOND, 100)));
    }

    function outstanding() private view returns (uint256) {
        IPayables.Payable memory p = payables.payableInfo(id);
        return p.face == p.paid ? 1 : p.face - p.paid;
    }

    /// @dev Who may call a function in a status.
    function allowed(uint256 f, IPayables.Status s) private pure returns (uint256) {
        bool none = s == IPayables.Status.None;
        bool open = s == IPayables.Status.Open;
        bool paying = s == IPayables.Status.Paying;
        bool paid = s == IPayables.Status.Paid;
        bool alive = open || paying || paid;
        if (f == 0) return none ? _BUYER : 0;
        if (f == 1 || f == 2) return alive ? _HOLDER : 0;
        if (f == 3) return open || paying ? _BUYER : 0;
        if (f == 4) return paying || paid ? _ALL : 0;
        if (f == 5) return open || paying ? _HOLDER : 0;
        if (f == 6) return open ? _BUYER | _HOLDER : 0;
        if (f == 7 || f == 8) return alive ? _FREEZER : 0;
        if (f == 9) return alive ? _CORRECTOR : 0;
        // A freeze can be lowered as long as it lasts, whatever became of the payable.
        if (f == 10) return none ? 0 : _CORRECTOR;
        if (f == 11) return alive ? _OPENER : 0;
        if (f == 12) return alive ? _CORRECTOR : 0;
        if (f == 13) return alive ? _EXCHANGE : 0;
        return none ? 0 : _OPENER;
    }

    /// @dev The status after an allowed call.
    function next(uint256 f, IPayables.Status s) private pure returns (IPayables.Status) {
        if (f == 0) return IPayables.Status.Open;
        if (f == 3) return IPayables.Status.Paid;
        if (f == 5) return IPayables.Status.Closed;
        return s;
    }

    function walk(IPayables.Status s) private {
        prepare(s);
        uint256 walked = 0;
        for (uint256 f = 0; f < FUNCTIONS; ++f) {
            bytes memory data = call(f);
            for (uint256 c = 0; c < CALLERS; ++c) {
                uint256 before = vm.snapshotState();
                bytes32 record = keccak256(abi.encode(payables.payableInfo(id), payables.holdingOf(id, SUPPLIER)));
                vm.prank(callers()[c]);
                (bool ok,) = address(payables).call(data);
                bool should = allowed(f, s) & (1 << c) != 0;
                if (ok != should) revert Cell(uint256(s), f, c, ok);
                if (ok) eq(status(id), next(f, s));
                bytes32 now_ = keccak256(abi.encode(payables.payableInfo(id), payables.holdingOf(id, SUPPLIER)));
                if (!ok) yes(record == now_, "a refused call changed something");
                vm.revertToState(before);
                ++walked;
            }
        }
        eq(walked, FUNCTIONS * CALLERS, "every cell");
    }

    error Cell(uint256 status, uint256 f, uint256 caller, bool wasAllowed);

    function test_unknown() public {
        walk(IPayables.Status.None);
    }

    function test_open() public {
        walk(IPayables.Status.Open);
    }

    function test_paying() public {
        walk(IPayables.Status.Paying);
    }

    function test_paid() public {
        walk(IPayables.Status.Paid);
    }

    function test_closed() public {
        walk(IPayables.Status.Closed);
    }

    function test_cancelled() public {
        walk(IPayables.Status.Cancelled);
    }
}
