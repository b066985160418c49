// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC7943MultiToken} from "../interfaces/IERC7943MultiToken.sol";
import {IPayables} from "../interfaces/IPayables.sol";
import {Fixture} from "./support/Fixture.t.sol";

contract SurrenderTest is Fixture {
    function data(uint256 id, uint256 amount) private pure returns (bytes memory) {
        return abi.encodeCall(IPayables.surrender, (id, amount, bytes32("why")));
    }

    function test_lowers_face_and_units_by_the_same_number() public {
        uint256 id = issue(100);
        pass(id, SUPPLIER, SECOND, 40);
        done(SECOND, address(payables), data(id, 15));
        eq(payables.payableInfo(id).face, 85, "face");
        eq(units(id, SECOND), 25, "own units");
        eq(units(id, SUPPLIER), 60, "others' units");
        eq(status(id), IPayables.Status.Open);
        pay(id, 85);
        eq(payables.claim(id, SUPPLIER), 60, "others are paid in full");
    }

    function test_the_last_unit_closes_it() public {
        uint256 id = issue(100);
        done(SUPPLIER, address(payables), data(id, 100));
        eq(status(id), IPayables.Status.Closed);
        eq(payables.payableInfo(id).face, 0, "face");
        refused(SUPPLIER, address(payables), data(id, 1), err(IPayables.StatusNotAllowed.selector, id, 4));
    }

    function test_who_and_how_much() public {
        uint256 id = issue(100);
        refused(STRANGER, address(payables), data(id, 1), err(IPayables.NotAKey.selector, key(STRANGER)));
        refused(SUPPLIER, address(payables), data(id, 0), abi.encodeWithSelector(IPayables.UnitsZero.selector));
        bytes4 e = IERC1155Errors.ERC1155InsufficientBalance.selector;
        refused(SUPPLIER, address(payables), data(id, 101), abi.encodeWithSelector(e, holder(SUPPLIER), 100, 101, id));
        refused(BUYER, address(payables), data(id, 1), abi.encodeWithSelector(e, holder(BUYER), 0, 1, id));
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SUPPLIER);
        refused(SUPPLIER, address(payables), data(id, 1), err(IPayables.NotActive.selector, SUPPLIER));
    }

    function test_frozen_units_and_held_ids_stay() public {
        uint256 id = issue(100);
        freeze(id, SUPPLIER, 60);
        bytes4 e = IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        refused(SUPPLIER, address(payables), data(id, 41), abi.encodeWithSelector(e, holder(SUPPLIER), id, 41, 40));
        done(SUPPLIER, address(payables), data(id, 40));
        vm.prank(FREEZER);
        payables.hold(id);
        bytes memory held = err(IPayables.HeldUntil.selector, id, block.timestamp + 30 days);
        refused(SUPPLIER, address(payables), data(id, 1), held);
    }

    function test_once_paying_it_pays_out_first_and_takes_the_whole_holding() public {
        uint256 id = issue(10);
        pass(id, SUPPLIER, SECOND, 3);
        due(id);
        pay(id, 5);
        refused(SECOND, address(payables), data(id, 2), err(IPayables.WholeHoldingOnly.selector, id, 2, 3));
        done(SECOND, address(payables), data(id, 3));
        eq(cny.balanceOf(holder(SECOND)), 1, "3 * 5 / 10");
        eq(payables.payableInfo(id).face, 7, "face");
        eq(payables.payableInfo(id).paid, 4, "paid");
        eq(payables.claim(id, SUPPLIER), 4, "the other's share did not fall");
        pay(id, 3);
        eq(payables.claim(id, SUPPLIER), 3, "in full");
        eq(cny.balanceOf(address(payables)), 0, "no dust");
    }

    function test_what_was_claimed_before_is_not_paid_again() public {
        uint256 id = issue(10);
        pass(id, SUPPLIER, SECOND, 4);
        due(id);
        pay(id, 5);
        payables.claim(id, SECOND);
        pay(id, 2);
        done(SECOND, address(payables), data(id, 4));
        eq(cny.balanceOf(holder(SECOND)), 2, "4 * 7 / 10 in all");
        eq(payables.payableInfo(id).paid, 5, "7 - 2");
        eq(claimed(id, SECOND), 0, "nothing left behind");
    }

    function test_rounding_can_leave_the_rest_fully_paid() public {
        uint256 id = issue(10);
        pass(id, SUPPLIER, SECOND, 5);
        due(id);
        pay(id, 9);
        done(SECOND, address(payables), data(id, 5));
        eq(payables.payableInfo(id).face, 5, "face");
        eq(payables.payableInfo(id).paid, 5, "9 - 4");
        eq(status(id), IPayables.Status.Paid);
        eq(payables.claim(id, SUPPLIER), 5, "in full");
    }

    function test_a_paid_payable_is_claimed_not_surrendered() public {
        uint256 id = issue(10);
        pay(id, 10);
        refused(SUPPLIER, address(payables), data(id, 10), err(IPayables.StatusNotAllowed.selector, id, 3));
    }

    function test_a_bank_that_writes_off_carries_less() public {
        uint256 id = issue(100);
        fill(bid(id, 60, 50), SUPPLIER);
        done(BANK, address(payables), data(id, 10));
        eq(payables.carried(BANK, BUYER, CNY), 50, "before any payment");
        due(id);
        pay(id, 45);
        payables.claim(id, BANK);
        done(BANK, address(payables), data(id, 50));
        eq(payables.carried(BANK, BUYER, CNY), 0, "the rest");
    }
}

contract CancelTest is Fixture {
    function data(uint256 id, uint32 with) private pure returns (bytes memory) {
        return abi.encodeCall(IPayables.cancel, (id, with, bytes32("why")));
    }

    function test_takes_both_in_either_order() public {
        uint256 id = issue(100);
        cancelByBoth(id, SUPPLIER);
        eq(status(id), IPayables.Status.Cancelled);
        eq(payables.payableInfo(id).face, 0, "face");
        eq(units(id, SUPPLIER), 0, "units");
        id = issue(100);
        done(SUPPLIER, address(payables), data(id, SUPPLIER));
        eq(status(id), IPayables.Status.Open);
        done(BUYER, address(payables), data(id, SUPPLIER));
        eq(status(id), IPayables.Status.Cancelled);
        eq(payables.cancelConsent(id, SUPPLIER, "why").by, 0, "the consent is used up");
    }

    function test_one_side_twice_is_one_side() public {
        uint256 id = issue(100);
        done(BUYER, address(payables), data(id, SUPPLIER));
        done(BUYER, address(payables), data(id, SUPPLIER));
        eq(status(id), IPayables.Status.Open);
    }

    function test_both_must_mean_the_same_reason() public {
        uint256 id = issue(100);
        done(BUYER, address(payables), data(id, SUPPLIER));
        done(SUPPLIER, address(payables), abi.encodeCall(IPayables.cancel, (id, SUPPLIER, bytes32("other"))));
        eq(status(id), IPayables.Status.Open);
    }

    function test_a_consent_lapses() public {
        uint256 id = issue(100);
        done(BUYER, address(payables), data(id, SUPPLIER));
        vm.warp(block.timestamp + 30 days);
        done(SUPPLIER, address(payables), data(id, SUPPLIER));
        eq(status(id), IPayables.Status.Open);
        eq(payables.cancelConsent(id, SUPPLIER, "why").by, SUPPLIER, "now the supplier waits");
    }

    function test_only_the_parties() public {
        uint256 id = issue(100);
        refused(THIRD, address(payables), data(id, SUPPLIER), err(IPayables.NotAParty.selector, id, THIRD));
        refused(STRANGER, address(payables), data(id, SUPPLIER), err(IPayables.NotAKey.selector, key(STRANGER)));
        refused(BUYER, address(payables), data(id, SECOND), err(IPayables.HolderHasNotAll.selector, id, 0, 100));
    }

    function test_only_while_one_supplier_has_all_of_it() public {
        uint256 id = issue(100);
        done(BUYER, address(payables), data(id, SUPPLIER));
        pass(id, SUPPLIER, SECOND, 1);
        refused(SUPPLIER, address(payables), data(id, SUPPLIER), err(IPayables.HolderHasNotAll.selector, id, 99, 100));
        id = issue(100);
        fill(bid(id, 100, 90), SUPPLIER);
        refused(BANK, address(payables), data(id, BANK), err(IPayables.BankDoesNotCancel.selector, BANK));
    }

    function test_not_after_a_payment_nor_while_held_frozen_or_suspended() public {
        uint256 id = issue(100);
        due(id);
        pay(id, 1);
        refused(BUYER, address(payables), data(id, SUPPLIER), err(IPayables.StatusNotAllowed.selector, id, 2));
        id = issue(100);
        vm.prank(FREEZER);
        payables.hold(id);
        bytes memory held = err(IPayables.HeldUntil.selector, id, block.timestamp + 30 days);
        refused(BUYER, address(payables), data(id, SUPPLIER), held);
        id = issue(100);
        freeze(id, SUPPLIER, 1);
        done(BUYER, address(payables), data(id, SUPPLIER));
        bytes4 e = IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        bytes memory frozen = abi.encodeWithSelector(e, holder(SUPPLIER), id, 100, 99);
        refused(SUPPLIER, address(payables), data(id, SUPPLIER), frozen);
        id = issue(100);
        done(SUPPLIER, address(payables), data(id, SUPPLIER));
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SUPPLIER);
        refused(BUYER, address(payables), data(id, SUPPLIER), err(IPayables.NotActive.selector, SUPPLIER));
        refused(SUPPLIER, address(payables), data(id, SUPPLIER), err(IPayables.NotActive.selector, SUPPLIER));
    }
}
