// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IPayables} from "../interfaces/IPayables.sol";
import {Fixture} from "./support/Fixture.t.sol";

contract PayTest is Fixture {
    function payData(uint256 id, uint256 amount, uint256 expected) private pure returns (bytes memory) {
        return abi.encodeCall(IPayables.pay, (id, amount, expected));
    }

    function test_full_payment_any_day() public {
        uint256 id = issue(100);
        uint256 before = cny.balanceOf(holder(BUYER));
        pay(id, 100);
        eq(status(id), IPayables.Status.Paid);
        eq(payables.payableInfo(id).paid, 100, "paid");
        eq(before - cny.balanceOf(holder(BUYER)), 100, "money left the buyer");
        eq(cny.balanceOf(address(payables)), 100, "and waits with the ledger");
    }

    function test_part_payment_only_from_the_due_day() public {
        uint256 id = issue(100);
        uint24 dueDay = payables.payableInfo(id).dueDay;
        warpToDay(dueDay - 1);
        bytes4 e = IPayables.PartPaymentBeforeDueDay.selector;
        refused(BUYER, address(payables), payData(id, 99, 0), err(e, dueDay, dueDay - 1));
        warpToDay(dueDay);
        pay(id, 1);
        eq(status(id), IPayables.Status.Paying);
        pay(id, 98);
        eq(status(id), IPayables.Status.Paying);
        pay(id, 1);
        eq(status(id), IPayables.Status.Paid);
    }

    function test_late_payment_is_accepted_and_overdue_is_a_view() public {
        uint256 id = issue(100);
        due(id);
        yes(!payables.isOverdue(id), "the due day itself is in time");
        vm.warp(block.timestamp + 1 days);
        yes(payables.isOverdue(id), "the day after is not");
        eq(status(id), IPayables.Status.Open);
        pay(id, 40);
        yes(payables.isOverdue(id), "part of it does not help");
        vm.warp(block.timestamp + 3_000 days);
        pay(id, 60);
        yes(!payables.isOverdue(id), "paid");
    }

    function test_a_repeated_call_changes_nothing() public {
        uint256 id = issue(100);
        due(id);
        pay(id, 40);
        refused(BUYER, address(payables), payData(id, 40, 0), err(IPayables.PaidMismatch.selector, 0, 40));
        refused(BUYER, address(payables), payData(id, 40, 41), err(IPayables.PaidMismatch.selector, 41, 40));
    }

    function test_amounts() public {
        uint256 id = issue(100);
        refused(BUYER, address(payables), payData(id, 0, 0), abi.encodeWithSelector(IPayables.AmountZero.selector));
        refused(BUYER, address(payables), payData(id, 101, 0), err(IPayables.AmountAboveOutstanding.selector, 101, 100));
        due(id);
        pay(id, 60);
        refused(BUYER, address(payables), payData(id, 41, 60), err(IPayables.AmountAboveOutstanding.selector, 41, 40));
        uint256 huge = uint256(type(uint88).max) + 41;
        refused(BUYER, address(payables), payData(id, huge, 60), err(IPayables.AmountAboveOutstanding.selector, huge, 40));
    }

    function test_only_the_buyer_or_who_may_pay_for_it() public {
        uint256 id = issue(100);
        refused(STRANGER, address(payables), payData(id, 100, 0), err(IPayables.NotAKey.selector, key(STRANGER)));
        refused(SISTER, address(payables), payData(id, 100, 0), err(IPayables.MayNotPay.selector, SISTER, BUYER));
        refused(SUPPLIER, address(payables), payData(id, 100, 0), err(IPayables.MayNotPay.selector, SUPPLIER, BUYER));
        vm.prank(key(BUYER));
        members.setPayer(SISTER, true);
        uint256 before = cny.balanceOf(holder(SISTER));
        done(SISTER, address(payables), payData(id, 100, 0));
        eq(before - cny.balanceOf(holder(SISTER)), 100, "out of the payer's own money");
        vm.prank(key(BUYER));
        members.setPayer(SISTER, false);
        id = issue(100);
        refused(SISTER, address(payables), payData(id, 100, 0), err(IPayables.MayNotPay.selector, SISTER, BUYER));
    }

    function test_money_must_be_there() public {
        uint256 id = issue(100);
        vm.prank(key(BUYER));
        cny.transferFrom(holder(BUYER), holder(SISTER), RICH - 99);
        bytes4 e = IERC20Errors.ERC20InsufficientBalance.selector;
        refused(BUYER, address(payables), payData(id, 100, 0), abi.encodeWithSelector(e, holder(BUYER), 99, 100));
        eq(status(id), IPayables.Status.Open);
    }

    function test_neither_pause_freeze_hold_suspension_expiry_nor_removal_stop_a_payment() public {
        uint256 id = issue(100);
        due(id);
        vm.prank(PAUSER);
        payables.pause();
        vm.prank(PAUSER);
        exchange.pause();
        freeze(id, SUPPLIER, 100);
        vm.prank(FREEZER);
        payables.hold(id);
        vm.prank(MEMBERSHIP);
        members.suspend(BUYER);
        pay(id, 10);
        vm.prank(MEMBERSHIP);
        members.remove(BUYER);
        pay(id, 90);
        eq(status(id), IPayables.Status.Paid);
    }

    function test_nothing_to_pay_on_what_is_not_owed() public {
        bytes4 e = IPayables.StatusNotAllowed.selector;
        refused(BUYER, address(payables), payData(12345, 1, 0), err(e, 12345, 0));
        uint256 id = issue(100);
        pay(id, 100);
        refused(BUYER, address(payables), payData(id, 1, 100), err(e, id, 3));
        id = issue(100);
        cancelByBoth(id, SUPPLIER);
        refused(BUYER, address(payables), payData(id, 1, 0), err(e, id, 5));
        id = issue(100);
        vm.prank(key(SUPPLIER));
        payables.surrender(id, 100, "");
        refused(BUYER, address(payables), payData(id, 1, 0), err(e, id, 4));
    }
}

contract ClaimTest is Fixture {
    function test_anyone_may_trigger_and_only_the_holder_is_paid() public {
        uint256 id = issue(100);
        pass(id, SUPPLIER, SECOND, 40);
        pay(id, 100);
        vm.prank(address(0xdead));
        eq(payables.claim(id, SECOND), 40, "amount");
        eq(cny.balanceOf(holder(SECOND)), 40, "to the holder");
        eq(units(id, SECOND), 0, "burned");
        eq(claimed(id, SECOND), 0, "nothing left behind");
        eq(payables.claim(id, SUPPLIER), 60, "the other part");
        eq(cny.balanceOf(address(payables)), 0, "all paid out");
    }

    function test_nothing_to_claim() public {
        uint256 id = issue(100);
        bytes4 e = IPayables.NothingToClaim.selector;
        bytes memory data = abi.encodeCall(IPayables.claim, (id, SUPPLIER));
        refused(SUPPLIER, address(payables), data, err(e, id, SUPPLIER));
        due(id);
        pay(id, 50);
        payables.claim(id, SUPPLIER);
        refused(SUPPLIER, address(payables), data, err(e, id, SUPPLIER));
        refused(SUPPLIER, address(payables), abi.encodeCall(IPayables.claim, (id, SECOND)), err(e, id, SECOND));
    }

    function test_parts_are_rounded_down_and_the_last_claim_evens_out() public {
        uint256 id = issue(10);
        pass(id, SUPPLIER, SECOND, 3);
        pass(id, SUPPLIER, THIRD, 3);
        due(id);
        pay(id, 5);
        eq(payables.claimable(id, SECOND), 1, "3 * 5 / 10");
        eq(payables.claim(id, SECOND), 1, "as said");
        eq(payables.claim(id, SUPPLIER), 2, "4 * 5 / 10");
        eq(units(id, SECOND), 3, "units stay until all is paid out");
        eq(claimed(id, SECOND), 1, "claimed");
        pay(id, 5);
        eq(payables.claim(id, SECOND), 2, "the rest");
        eq(payables.claim(id, SUPPLIER), 2, "the rest");
        eq(payables.claim(id, THIRD), 3, "all at once");
        eq(cny.balanceOf(address(payables)), 0, "no dust");
    }

    function test_frozen_units_wait_and_free_ones_do_not() public {
        uint256 id = issue(100);
        freeze(id, SUPPLIER, 70);
        pay(id, 100);
        eq(payables.claimable(id, SUPPLIER), 30, "the free part");
        eq(payables.claim(id, SUPPLIER), 30, "paid");
        eq(units(id, SUPPLIER), 100, "not burned");
        bytes memory data = abi.encodeCall(IPayables.claim, (id, SUPPLIER));
        refused(SUPPLIER, address(payables), data, err(IPayables.NothingToClaim.selector, id, SUPPLIER));
        vm.warp(block.timestamp + 30 days);
        eq(payables.claim(id, SUPPLIER), 70, "the freeze lapsed");
        eq(units(id, SUPPLIER), 0, "burned");
    }

    function test_a_freeze_above_the_holding_stops_the_claim_of_that_holder_alone() public {
        uint256 id = issue(100);
        freeze(id, SUPPLIER, 100);
        freeze(id, SECOND, 100);
        vm.warp(block.timestamp + 30 days);
        pass(id, SUPPLIER, SECOND, 10);
        pass(id, SUPPLIER, THIRD, 10);
        vm.warp(block.timestamp + 60 days);
        freeze(id, SECOND, 100);
        pay(id, 100);
        eq(payables.claimable(id, SECOND), 0, "frozen beyond what is held");
        eq(payables.claimable(id, THIRD), 10, "others are not touched");
    }

    function test_many_ids_in_one_call() public {
        uint256[] memory ids = new uint256[](5);
        for (uint256 i = 0; i < 5; ++i) {
            IPayables.Issue memory it = item(10 + i);
            if (i == 2 || i == 3) it.cashAsset = EUR;
            vm.prank(key(BUYER));
            ids[i] = payables.issue(it);
            if (i != 1) pay(ids[i], 10 + i);
        }
        eq(payables.claimMany(ids, SUPPLIER), 10 + 12 + 13 + 14, "total");
        eq(cny.balanceOf(holder(SUPPLIER)), 24, "in one currency");
        eq(eur.balanceOf(holder(SUPPLIER)), 25, "and in the other");
        eq(units(ids[1], SUPPLIER), 11, "the unpaid one is passed over");
        eq(payables.claimMany(ids, SUPPLIER), 0, "again: nothing");
    }

    function test_one_id_named_twice_is_paid_once() public {
        uint256 id = issue(10);
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (id, id);
        due(id);
        pay(id, 6);
        eq(payables.claimMany(ids, SUPPLIER), 6, "once");
        pay(id, 4);
        eq(payables.claimMany(ids, SUPPLIER), 4, "once");
    }

    function test_counts() public {
        bytes4 e = IPayables.CountOutOfRange.selector;
        bytes memory data = abi.encodeCall(IPayables.claimMany, (new uint256[](0), SUPPLIER));
        refused(SUPPLIER, address(payables), data, err(e, 0, 200));
        data = abi.encodeCall(IPayables.claimMany, (new uint256[](201), SUPPLIER));
        refused(SUPPLIER, address(payables), data, err(e, 201, 200));
        eq(payables.claimMany(new uint256[](200), SUPPLIER), 0, "200 are allowed");
    }

    function test_a_member_that_is_no_longer_active_is_paid() public {
        uint256 id = issue(10);
        vm.prank(MEMBERSHIP);
        members.remove(SUPPLIER);
        pay(id, 10);
        payables.claim(id, SUPPLIER);
        eq(cny.balanceOf(holder(SUPPLIER)), 10, "paid");
    }

    function test_what_a_bank_carries_falls_with_each_claim() public {
        uint256 id = issue(100);
        fill(bid(id, 60, 50), SUPPLIER);
        eq(payables.carried(BANK, BUYER, CNY), 60, "bought");
        due(id);
        pay(id, 50);
        eq(payables.carried(BANK, BUYER, CNY), 60, "a payment alone releases nothing");
        payables.claim(id, BANK);
        eq(payables.carried(BANK, BUYER, CNY), 30, "a claim does");
        pay(id, 50);
        payables.claim(id, BANK);
        eq(payables.carried(BANK, BUYER, CNY), 0, "all of it");
    }

    function testFuzz_nobody_gets_more_than_its_share(uint88 face, uint88 partUnits, uint88 first, bool claimBetween)
        public
    {
        vm.assume(face > 2 && face < RICH);
        uint256 id = issue(face);
        uint256 part = 1 + uint256(partUnits) % (face - 1);
        pass(id, SUPPLIER, SECOND, part);
        due(id);
        uint256 paid = 1 + uint256(first) % (face - 1);
        pay(id, paid);
        eq(payables.claimable(id, SECOND), part * paid / face, "share");
        if (claimBetween && part * paid / face != 0) payables.claim(id, SECOND);
        pay(id, face - paid);
        payables.claim(id, SECOND);
        payables.claim(id, SUPPLIER);
        eq(cny.balanceOf(holder(SECOND)), part, "par");
        eq(cny.balanceOf(holder(SUPPLIER)), face - part, "par");
    }
}
