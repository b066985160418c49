// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC7943MultiToken} from "../interfaces/IERC7943MultiToken.sol";
import {IPayables} from "../interfaces/IPayables.sol";
import {Fixture} from "./support/Fixture.t.sol";

contract PassTest is Fixture {
    function many(uint256 count, uint256 each) private pure returns (uint32[] memory to, uint256[] memory n, bytes32[] memory e) {
        to = new uint32[](count);
        n = new uint256[](count);
        e = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            (to[i], n[i]) = (i % 2 == 0 ? SECOND : THIRD, each);
        }
    }

    function test_passes_a_part() public {
        uint256 id = issue(100);
        pass(id, SUPPLIER, SECOND, 30);
        eq(units(id, SUPPLIER), 70, "left");
        eq(units(id, SECOND), 30, "passed");
        pass(id, SECOND, THIRD, 30);
        eq(units(id, SECOND), 0, "all of it");
        eq(units(id, THIRD), 30, "next hop");
    }

    function test_passes_to_many_at_once() public {
        uint256 id = issue(1_000);
        (uint32[] memory to, uint256[] memory n, bytes32[] memory e) = many(100, 10);
        vm.prank(key(SUPPLIER));
        payables.pass(id, to, n, e);
        eq(units(id, SUPPLIER), 0, "left");
        eq(units(id, SECOND), 500, "one half");
        eq(units(id, THIRD), 500, "other half");
    }

    function test_counts_and_lengths() public {
        uint256 id = issue(1_000);
        (uint32[] memory to, uint256[] memory n, bytes32[] memory e) = many(101, 1);
        bytes4 count = IPayables.CountOutOfRange.selector;
        refused(SUPPLIER, address(payables), abi.encodeCall(IPayables.pass, (id, to, n, e)), err(count, 101, 100));
        (to, n, e) = many(0, 1);
        refused(SUPPLIER, address(payables), abi.encodeCall(IPayables.pass, (id, to, n, e)), err(count, 0, 100));
        bytes4 lengths = IPayables.LengthsDiffer.selector;
        (to, n, e) = many(2, 1);
        bytes memory data = abi.encodeCall(IPayables.pass, (id, to, new uint256[](1), e));
        refused(SUPPLIER, address(payables), data, err(lengths, 1, 2));
        data = abi.encodeCall(IPayables.pass, (id, to, n, new bytes32[](3)));
        refused(SUPPLIER, address(payables), data, err(lengths, 3, 2));
    }

    function test_who_may_pass() public {
        uint256 id = issue(100);
        refused(STRANGER, address(payables), passData(id, SECOND, 1), err(IPayables.NotAKey.selector, key(STRANGER)));
        bytes4 e = IERC1155Errors.ERC1155InsufficientBalance.selector;
        bytes memory reason = abi.encodeWithSelector(e, holder(THIRD), 0, 1, id);
        refused(THIRD, address(payables), passData(id, SECOND, 1), reason);
        reason = abi.encodeWithSelector(e, holder(SUPPLIER), 100, 101, id);
        refused(SUPPLIER, address(payables), passData(id, SECOND, 101), reason);
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SUPPLIER);
        refused(SUPPLIER, address(payables), passData(id, SECOND, 1), err(IPayables.NotActive.selector, SUPPLIER));
    }

    function test_who_may_receive() public {
        uint256 id = issue(100);
        refused(SUPPLIER, address(payables), passData(id, BANK, 1), err(IPayables.BanksReceiveBySaleOnly.selector, BANK));
        refused(SUPPLIER, address(payables), passData(id, BUYER, 1), err(IPayables.RoleMissing.selector, BUYER, 1, 6));
        refused(SUPPLIER, address(payables), passData(id, STRANGER, 1), err(IPayables.NotActive.selector, STRANGER));
        refused(SUPPLIER, address(payables), passData(id, SUPPLIER, 1), err(IPayables.SameHolder.selector, SUPPLIER));
        bytes memory zero = abi.encodeWithSelector(IPayables.UnitsZero.selector);
        refused(SUPPLIER, address(payables), passData(id, SECOND, 0), zero);
        vm.prank(MEMBERSHIP);
        members.remove(SECOND);
        refused(SUPPLIER, address(payables), passData(id, SECOND, 1), err(IPayables.NotActive.selector, SECOND));
    }

    function test_a_bank_may_pass_on_to_a_supplier_and_then_carries_less() public {
        uint256 id = issue(100);
        fill(bid(id, 60, 59), SUPPLIER);
        eq(payables.carried(BANK, BUYER, CNY), 60, "bought");
        pass(id, BANK, SECOND, 20);
        eq(payables.carried(BANK, BUYER, CNY), 40, "passed on");
    }

    function test_after_the_first_payment_a_holding_moves_whole_with_what_was_claimed() public {
        uint256 id = issue(100);
        pass(id, SUPPLIER, SECOND, 40);
        due(id);
        pay(id, 50);
        payables.claim(id, SECOND);
        bytes4 e = IPayables.WholeHoldingOnly.selector;
        refused(SECOND, address(payables), passData(id, THIRD, 39), err(e, id, 39, 40));
        refused(SECOND, address(payables), passData(id, THIRD, 41), err(e, id, 41, 40));
        pass(id, SECOND, THIRD, 40);
        eq(claimed(id, THIRD), 20, "claimed came along");
        eq(claimed(id, SECOND), 0, "and left");
        pass(id, THIRD, SUPPLIER, 40);
        eq(units(id, SUPPLIER), 100, "joined");
        eq(claimed(id, SUPPLIER), 20, "with what was claimed");
        pay(id, 50);
        eq(payables.claim(id, SUPPLIER), 80, "the rest");
    }

    function test_frozen_units_stay() public {
        uint256 id = issue(100);
        freeze(id, SUPPLIER, 60);
        bytes4 e = IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        bytes memory reason = abi.encodeWithSelector(e, holder(SUPPLIER), id, 41, 40);
        refused(SUPPLIER, address(payables), passData(id, SECOND, 41), reason);
        pass(id, SUPPLIER, SECOND, 40);
        (uint32[] memory to, uint256[] memory n, bytes32[] memory ev) = many(2, 1);
        reason = abi.encodeWithSelector(e, holder(SUPPLIER), id, 2, 0);
        refused(SUPPLIER, address(payables), abi.encodeCall(IPayables.pass, (id, to, n, ev)), reason);
        vm.warp(block.timestamp + 30 days);
        pass(id, SUPPLIER, SECOND, 60);
    }

    function test_a_batch_that_names_one_id_twice_cannot_slip_past_a_freeze() public {
        uint256 id = issue(100);
        freeze(id, SUPPLIER, 60);
        uint256[] memory ids = new uint256[](2);
        uint256[] memory values = new uint256[](2);
        (ids[0], ids[1], values[0], values[1]) = (id, id, 30, 30);
        bytes memory data =
            abi.encodeWithSelector(payables.safeBatchTransferFrom.selector, holder(SUPPLIER), holder(SECOND), ids, values, "");
        bytes4 e = IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        refused(SUPPLIER, address(payables), data, abi.encodeWithSelector(e, holder(SUPPLIER), id, 30, 10));
        values[1] = 10;
        data =
            abi.encodeWithSelector(payables.safeBatchTransferFrom.selector, holder(SUPPLIER), holder(SECOND), ids, values, "");
        done(SUPPLIER, address(payables), data);
        eq(units(id, SECOND), 40, "the free part moved");
    }

    function test_a_held_id_does_not_move() public {
        uint256 id = issue(100);
        vm.prank(FREEZER);
        payables.hold(id);
        bytes memory reason = err(IPayables.HeldUntil.selector, id, block.timestamp + 30 days);
        refused(SUPPLIER, address(payables), passData(id, SECOND, 1), reason);
        vm.warp(block.timestamp + 30 days);
        pass(id, SUPPLIER, SECOND, 1);
    }

    function test_a_pause_lapses_by_itself() public {
        uint256 id = issue(100);
        vm.prank(PAUSER);
        payables.pause();
        bytes memory reason = err(IPayables.PausedUntil.selector, block.timestamp + 72 hours);
        refused(SUPPLIER, address(payables), passData(id, SECOND, 1), reason);
        vm.warp(block.timestamp + 72 hours - 1);
        refused(SUPPLIER, address(payables), passData(id, SECOND, 1), err(IPayables.PausedUntil.selector, block.timestamp + 1));
        vm.warp(block.timestamp + 1);
        pass(id, SUPPLIER, SECOND, 1);
    }

    function testFuzz_parts_always_sum_to_the_face(uint88 face, uint88 a, uint88 b) public {
        vm.assume(face > 2);
        uint256 id = issue(face);
        uint256 first = 1 + uint256(a) % (face - 1);
        pass(id, SUPPLIER, SECOND, first);
        uint256 second = 1 + uint256(b) % first;
        pass(id, SECOND, THIRD, second);
        eq(units(id, SUPPLIER) + units(id, SECOND) + units(id, THIRD), face, "sum");
        eq(units(id, THIRD), second, "third");
    }
}
