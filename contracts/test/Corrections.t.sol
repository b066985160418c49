// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC7943MultiToken} from "../interfaces/IERC7943MultiToken.sol";
import {IPayables} from "../interfaces/IPayables.sol";
import {Fixture} from "./support/Fixture.t.sol";

contract FreezeTest is Fixture {
    function data(uint256 id, uint32 member, uint256 amount) private pure returns (bytes memory) {
        return abi.encodeCall(IERC7943MultiToken.setFrozenTokens, (holder(member), id, amount));
    }

    function test_lapses_by_itself_and_cannot_be_made_endless() public {
        uint256 id = issue(100);
        uint256 start = block.timestamp;
        freeze(id, SUPPLIER, 50);
        eq(payables.getFrozenTokens(holder(SUPPLIER), id), 50, "frozen");
        (uint256 n, uint40 until, uint40 nextFrom) = payables.freezeOf(id, SUPPLIER);
        eq(n, 50, "units");
        eq(until, start + 30 days, "until");
        eq(nextFrom, start + 90 days, "next");
        bytes4 e = IPayables.FreezeTooSoon.selector;
        refusedBy(FREEZER, address(payables), data(id, SUPPLIER, 60), err(e, nextFrom, start));
        vm.warp(start + 30 days - 1);
        eq(payables.getFrozenTokens(holder(SUPPLIER), id), 50, "the last second");
        vm.warp(start + 30 days);
        eq(payables.getFrozenTokens(holder(SUPPLIER), id), 0, "lapsed");
        vm.warp(start + 90 days - 1);
        refusedBy(FREEZER, address(payables), data(id, SUPPLIER, 60), err(e, nextFrom, start + 90 days - 1));
        vm.warp(start + 90 days);
        freeze(id, SUPPLIER, 60);
        eq(payables.getFrozenTokens(holder(SUPPLIER), id), 60, "again");
        (,, nextFrom) = payables.freezeOf(id, SUPPLIER);
        eq(nextFrom, start + 180 days, "next");
    }

    function test_what_can_be_frozen() public {
        uint256 id = issue(100);
        bytes memory reason = err(IPayables.FreezeOnlyRises.selector, 0, 0);
        refusedBy(FREEZER, address(payables), data(id, SUPPLIER, 0), reason);
        reason = err(IPayables.AmountAboveOutstanding.selector, 101, 100);
        refusedBy(FREEZER, address(payables), data(id, SUPPLIER, 101), reason);
        refusedBy(FREEZER, address(payables), data(77, SUPPLIER, 1), err(IPayables.StatusNotAllowed.selector, 77, 0));
        bytes memory key_ = abi.encodeCall(IERC7943MultiToken.setFrozenTokens, (key(SUPPLIER), id, 1));
        refusedBy(FREEZER, address(payables), key_, err(IPayables.NotAHolderAddress.selector, key(SUPPLIER)));
        freeze(id, SUPPLIER, 100);
        yes(payables.payableInfo(id).mayBeFrozen, "flag");
        eq(payables.payableInfo(id).face, 100, "the record is as it was");
        eq(payables.payableInfo(id).status, IPayables.Status.Open);
    }

    function test_the_corrector_lowers_and_never_raises() public {
        uint256 id = issue(100);
        freeze(id, SUPPLIER, 50);
        bytes memory raise = abi.encodeCall(IPayables.releaseFrozen, (id, SUPPLIER, 50));
        refusedBy(CORRECTOR, address(payables), raise, err(IPayables.FreezeOnlyFalls.selector, 50, 50));
        vm.prank(CORRECTOR);
        payables.releaseFrozen(id, SUPPLIER, 20);
        eq(payables.getFrozenTokens(holder(SUPPLIER), id), 20, "lower");
        (, uint40 until, uint40 nextFrom) = payables.freezeOf(id, SUPPLIER);
        eq(until, block.timestamp + 30 days, "the term stays");
        eq(nextFrom, block.timestamp + 90 days, "and the period");
        vm.prank(CORRECTOR);
        payables.releaseFrozen(id, SUPPLIER, 0);
        raise = abi.encodeCall(IPayables.releaseFrozen, (id, SUPPLIER, 0));
        refusedBy(CORRECTOR, address(payables), raise, err(IPayables.FreezeOnlyFalls.selector, 0, 0));
    }

    function test_a_hold_is_boxed_in_time_as_well() public {
        uint256 id = issue(100);
        uint256 start = block.timestamp;
        vm.prank(FREEZER);
        payables.hold(id);
        (uint40 until, uint40 nextFrom) = payables.holdOf(id);
        eq(until, start + 30 days, "until");
        eq(nextFrom, start + 90 days, "next");
        yes(payables.payableInfo(id).mayBeHeld, "flag");
        bytes memory again = abi.encodeCall(IPayables.hold, (id));
        refusedBy(FREEZER, address(payables), again, err(IPayables.FreezeTooSoon.selector, nextFrom, start));
        vm.prank(CORRECTOR);
        payables.releaseHold(id);
        (until,) = payables.holdOf(id);
        eq(until, 0, "released");
        pass(id, SUPPLIER, SECOND, 1);
        refusedBy(FREEZER, address(payables), again, err(IPayables.FreezeTooSoon.selector, nextFrom, start));
        vm.warp(start + 90 days);
        vm.prank(FREEZER);
        payables.hold(id);
        refusedBy(FREEZER, address(payables), abi.encodeCall(IPayables.hold, (5)), err(IPayables.StatusNotAllowed.selector, 5, 0));
        bytes memory none = abi.encodeCall(IPayables.releaseHold, (5));
        refusedBy(CORRECTOR, address(payables), none, err(IPayables.StatusNotAllowed.selector, 5, 0));
    }
}

contract ForcedTransferTest is Fixture {
    function data(uint256 id, uint32 from, uint32 to, uint256 amount) private pure returns (bytes memory) {
        return abi.encodeCall(IERC7943MultiToken.forcedTransfer, (holder(from), holder(to), id, amount));
    }

    function open(uint256 id, uint32 from, uint32 to, uint256 amount) private returns (bytes32) {
        vm.prank(OPENER);
        return payables.openCase(id, from, to, amount, "decision");
    }

    function test_carries_out_exactly_what_the_case_says_and_once() public {
        uint256 id = issue(100);
        bytes32 caseKey = open(id, SUPPLIER, SECOND, 30);
        eq(payables.caseOf(caseKey).openedAt, block.timestamp, "open");
        bytes4 unknown = IPayables.CaseUnknown.selector;
        bytes memory reason = abi.encodeWithSelector(unknown, payables.caseKeyOf(id, SUPPLIER, SECOND, 31));
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, SECOND, 31), reason);
        reason = abi.encodeWithSelector(unknown, payables.caseKeyOf(id, SUPPLIER, THIRD, 30));
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, THIRD, 30), reason);
        doneBy(CORRECTOR, address(payables), data(id, SUPPLIER, SECOND, 30));
        eq(units(id, SECOND), 30, "moved");
        eq(units(id, SUPPLIER), 70, "left");
        reason = abi.encodeWithSelector(unknown, caseKey);
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, SECOND, 30), reason);
    }

    function test_no_role_can_both_open_and_carry_out() public {
        uint256 id = issue(100);
        bytes memory opening = abi.encodeCall(IPayables.openCase, (id, SUPPLIER, SECOND, 30, bytes32("decision")));
        bytes4 e = IAccessManaged.AccessManagedUnauthorized.selector;
        refusedBy(CORRECTOR, address(payables), opening, err(e, CORRECTOR));
        open(id, SUPPLIER, SECOND, 30);
        refusedBy(OPENER, address(payables), data(id, SUPPLIER, SECOND, 30), err(e, OPENER));
        refusedBy(FREEZER, address(payables), data(id, SUPPLIER, SECOND, 30), err(e, FREEZER));
    }

    function test_a_case_lapses_can_be_withdrawn_and_opened_again() public {
        uint256 id = issue(100);
        uint256 start = block.timestamp;
        bytes32 caseKey = open(id, SUPPLIER, SECOND, 30);
        bytes memory again = abi.encodeCall(IPayables.openCase, (id, SUPPLIER, SECOND, 30, bytes32("decision")));
        refusedBy(OPENER, address(payables), again, abi.encodeWithSelector(IPayables.CaseExists.selector, caseKey));
        vm.warp(start + 90 days);
        bytes memory reason = err(IPayables.CaseLapsed.selector, start + 90 days, start + 90 days);
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, SECOND, 30), reason);
        doneBy(OPENER, address(payables), again);
        vm.prank(OPENER);
        payables.withdrawCase(caseKey);
        reason = abi.encodeWithSelector(IPayables.CaseUnknown.selector, caseKey);
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, SECOND, 30), reason);
        refusedBy(OPENER, address(payables), abi.encodeCall(IPayables.withdrawCase, (caseKey)), reason);
    }

    function test_what_a_case_can_be_about() public {
        uint256 id = issue(100);
        bytes memory data_ = abi.encodeCall(IPayables.openCase, (id, SUPPLIER, SUPPLIER, 30, bytes32("d")));
        refusedBy(OPENER, address(payables), data_, err(IPayables.SameHolder.selector, SUPPLIER));
        data_ = abi.encodeCall(IPayables.openCase, (id, SUPPLIER, SECOND, 0, bytes32("d")));
        refusedBy(OPENER, address(payables), data_, abi.encodeWithSelector(IPayables.UnitsZero.selector));
        data_ = abi.encodeCall(IPayables.openCase, (9, SUPPLIER, SECOND, 1, bytes32("d")));
        refusedBy(OPENER, address(payables), data_, err(IPayables.StatusNotAllowed.selector, 9, 0));
        open(id, SUPPLIER, SECOND, 101);
        bytes4 e = IERC1155Errors.ERC1155InsufficientBalance.selector;
        bytes memory reason = abi.encodeWithSelector(e, holder(SUPPLIER), 100, 101, id);
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, SECOND, 101), reason);
        open(id, SUPPLIER, BUYER, 1);
        reason = err(IPayables.RoleMissing.selector, BUYER, 1, 6);
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, BUYER, 1), reason);
        open(id, SUPPLIER, STRANGER, 1);
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, STRANGER, 1), err(IPayables.NotActive.selector, STRANGER));
        open(id, SUPPLIER, SECOND, 1);
        cancelByBoth(id, SUPPLIER);
        reason = err(IPayables.StatusNotAllowed.selector, id, 5);
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, SECOND, 1), reason);
    }

    function test_moves_frozen_units_and_lowers_the_freeze_first() public {
        uint256 id = issue(100);
        freeze(id, SUPPLIER, 60);
        open(id, SUPPLIER, SECOND, 70);
        vm.recordLogs();
        doneBy(CORRECTOR, address(payables), data(id, SUPPLIER, SECOND, 70));
        eq(uint256(vm.getRecordedLogs()[0].topics[0]), uint256(IERC7943MultiToken.Frozen.selector), "Frozen comes first");
        eq(payables.getFrozenTokens(holder(SUPPLIER), id), 30, "what is left is frozen");
        eq(payables.getFrozenTokens(holder(SECOND), id), 0, "what moved is free");
        id = issue(100);
        freeze(id, SUPPLIER, 60);
        force(id, SUPPLIER, SECOND, 40);
        eq(payables.getFrozenTokens(holder(SUPPLIER), id), 60, "free units moved first");
    }

    function test_goes_through_pause_hold_and_suspension_of_the_holder() public {
        uint256 id = issue(100);
        vm.prank(PAUSER);
        payables.pause();
        vm.prank(FREEZER);
        payables.hold(id);
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SUPPLIER);
        force(id, SUPPLIER, SECOND, 100);
        eq(units(id, SECOND), 100, "moved");
    }

    function test_a_bank_may_receive_and_its_books_follow() public {
        uint256 id = issue(100);
        force(id, SUPPLIER, BANK, 40);
        eq(payables.carried(BANK, BUYER, CNY), 40, "in");
        force(id, BANK, OTHER_BANK, 15);
        eq(payables.carried(BANK, BUYER, CNY), 25, "out");
        eq(payables.carried(OTHER_BANK, BUYER, CNY), 15, "in");
    }

    function test_nobody_is_paid_twice_when_a_part_paid_holding_is_split() public {
        uint256 id = issue(100);
        due(id);
        pay(id, 50);
        payables.claim(id, SUPPLIER);
        force(id, SUPPLIER, SECOND, 40);
        eq(claimed(id, SUPPLIER), 30, "60 * 50 %");
        eq(claimed(id, SECOND), 20, "40 * 50 %");
        pay(id, 50);
        eq(payables.claim(id, SECOND), 20, "the rest");
        eq(payables.claim(id, SUPPLIER), 30, "the rest");
        eq(cny.balanceOf(address(payables)), 0, "no dust");
    }

    function test_units_frozen_before_a_payment_reach_their_owner_unclaimed() public {
        uint256 id = issue(100);
        freeze(id, SUPPLIER, 40);
        pay(id, 100);
        payables.claim(id, SUPPLIER);
        force(id, SUPPLIER, SECOND, 40);
        eq(units(id, SUPPLIER), 0, "what stayed was paid out, so it is burned");
        eq(claimed(id, SUPPLIER), 0, "with what was claimed");
        eq(payables.claim(id, SECOND), 40, "in full");
        eq(cny.balanceOf(address(payables)), 0, "no dust");
    }

    function test_a_split_that_would_round_a_unit_into_being_is_refused() public {
        uint256 id = issue(10);
        due(id);
        pay(id, 5);
        payables.claim(id, SUPPLIER);
        // 10 units have 5 claimed; 5 units bear 2, and 5 others bear 2: one is left over.
        open(id, SUPPLIER, SECOND, 5);
        bytes memory reason = err(IPayables.SplitNotExact.selector, id, 5, 3);
        refusedBy(CORRECTOR, address(payables), data(id, SUPPLIER, SECOND, 5), reason);
        force(id, SUPPLIER, SECOND, 4);
        eq(claimed(id, SUPPLIER), 3, "6 units bear 3");
        eq(claimed(id, SECOND), 2, "4 units bear 2");
    }
}
