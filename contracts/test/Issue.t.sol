// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMembers} from "../interfaces/IMembers.sol";
import {IPayables} from "../interfaces/IPayables.sol";
import {Roles} from "../libraries/Roles.sol";
import {Fixture} from "./support/Fixture.t.sol";

contract IssueTest is Fixture {
    bytes4 private constant ISSUE = IPayables.issue.selector;

    function call(IPayables.Issue memory it) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISSUE, it);
    }

    function test_enters_exactly_what_was_promised() public {
        IPayables.Issue memory it = item(1_000);
        vm.prank(key(BUYER));
        uint256 id = payables.issue(it);
        eq(id, payables.payableId(BUYER, it.fingerprint, 0), "id follows from the content");
        IPayables.Payable memory p = payables.payableInfo(id);
        eq(p.face, 1_000, "face");
        eq(p.paid, 0, "paid");
        eq(p.cashAsset, CNY, "cash asset");
        eq(p.buyer, BUYER, "buyer");
        eq(p.dueDay, it.dueDay, "due day");
        eq(p.status, IPayables.Status.Open);
        yes(!p.mayBeFrozen && !p.mayBeHeld, "no flags");
        eq(units(id, SUPPLIER), 1_000, "all with the supplier");
        yes(!payables.isOverdue(id), "not overdue");
    }

    function testFuzz_a_record_keeps_every_field(uint88 face, uint24 tenor, bool euro, uint32 revisionSeed) public {
        vm.assume(face != 0);
        IPayables.Issue memory it = item(face);
        it.dueDay = members.today() + tenor % 3_650;
        it.cashAsset = euro ? EUR : CNY;
        it.fingerprint = keccak256(abi.encode(revisionSeed));
        vm.prank(key(BUYER));
        IPayables.Payable memory p = payables.payableInfo(payables.issue(it));
        eq(p.face, face, "face");
        eq(p.paid, 0, "paid");
        eq(p.dueDay, it.dueDay, "due day");
        eq(p.cashAsset, it.cashAsset, "cash asset");
        eq(p.buyer, BUYER, "buyer");
        eq(p.status, IPayables.Status.Open);
    }

    function test_the_id_names_family_buyer_fingerprint_and_revision_and_no_chain() public {
        uint256 id = payables.payableId(BUYER, "f", 0);
        eq(id, uint256(keccak256(abi.encode(bytes32("family"), BUYER, bytes32("f"), uint32(0)))), "id");
        yes(id != payables.payableId(SISTER, "f", 0), "another buyer");
        yes(id != payables.payableId(BUYER, "g", 0), "another fingerprint");
        yes(id != payables.payableId(BUYER, "f", 1), "another revision");
        vm.chainId(5);
        eq(payables.payableId(BUYER, "f", 0), id, "another chain does not reopen an invoice");
    }

    function test_one_invoice_is_issued_once() public {
        IPayables.Issue memory it = item(10);
        uint256 id = abi.decode(done(BUYER, address(payables), call(it)), (uint256));
        it.face = 11;
        refused(BUYER, address(payables), call(it), err(IPayables.AlreadyIssued.selector, id, 1));
        due(id);
        pay(id, 10);
        payables.claim(id, SUPPLIER);
        it.dueDay = members.today() + 1;
        refused(BUYER, address(payables), call(it), err(IPayables.AlreadyIssued.selector, id, 3));
    }

    function test_a_revision_needs_the_one_before_cancelled() public {
        IPayables.Issue memory it = item(10);
        uint256 id = abi.decode(done(BUYER, address(payables), call(it)), (uint256));
        it.revision = 1;
        bytes4 e = IPayables.PreviousRevisionNotCancelled.selector;
        refused(BUYER, address(payables), call(it), err(e, id, 1));
        cancelByBoth(id, SUPPLIER);
        done(BUYER, address(payables), call(it));
        it.revision = 3;
        refused(BUYER, address(payables), call(it), err(e, payables.payableId(BUYER, it.fingerprint, 2), 0));
        it.revision = 0;
        refused(BUYER, address(payables), call(it), err(IPayables.AlreadyIssued.selector, id, 5));
    }

    function test_who_may_issue() public {
        IPayables.Issue memory it = item(10);
        refused(STRANGER, address(payables), call(it), err(IPayables.NotAKey.selector, key(STRANGER)));
        refused(SUPPLIER, address(payables), call(it), err(IPayables.RoleMissing.selector, SUPPLIER, 2, 1));
        refused(BANK, address(payables), call(it), err(IPayables.RoleMissing.selector, BANK, 4, 1));
        vm.prank(MEMBERSHIP);
        members.suspend(BUYER);
        refused(BUYER, address(payables), call(it), err(IPayables.NotActive.selector, BUYER));
    }

    function test_an_expired_buyer_cannot_issue_and_the_last_day_counts() public {
        uint24 today = members.today();
        vm.prank(MEMBERSHIP);
        members.setValidUntil(BUYER, today);
        issue(10);
        warpToDay(today + 1);
        refused(BUYER, address(payables), call(item(10)), err(IPayables.NotActive.selector, BUYER));
    }

    function test_who_may_be_owed() public {
        IPayables.Issue memory it = item(10);
        it.supplier = BUYER;
        refused(BUYER, address(payables), call(it), err(IPayables.SelfIssue.selector, BUYER));
        it.supplier = BANK;
        refused(BUYER, address(payables), call(it), err(IPayables.BanksReceiveBySaleOnly.selector, BANK));
        it.supplier = SETTLEMENT;
        refused(BUYER, address(payables), call(it), err(IPayables.RoleMissing.selector, SETTLEMENT, 8, 6));
        it.supplier = 0;
        refused(BUYER, address(payables), call(it), err(IPayables.NotActive.selector, 0));
        it.supplier = STRANGER;
        refused(BUYER, address(payables), call(it), err(IPayables.NotActive.selector, STRANGER));
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SUPPLIER);
        it.supplier = SUPPLIER;
        refused(BUYER, address(payables), call(it), err(IPayables.NotActive.selector, SUPPLIER));
    }

    function test_face_day_and_asset_are_checked() public {
        IPayables.Issue memory it = item(0);
        refused(BUYER, address(payables), call(it), abi.encodeWithSelector(IPayables.FaceZero.selector));
        it.face = 1;
        it.cashAsset = 2;
        refused(BUYER, address(payables), call(it), err(IPayables.UnknownCashAsset.selector, 2, 2));
        it.cashAsset = EUR;
        uint24 today = members.today();
        it.dueDay = today - 1;
        refused(BUYER, address(payables), call(it), err(IPayables.DueDayPast.selector, today - 1, today));
        it.dueDay = today;
        done(BUYER, address(payables), call(it));
    }

    function test_the_day_begins_at_local_midnight() public {
        // 2026-01-01T15:59:59Z is still 1 January in UTC+8, one second later is the 2nd.
        vm.warp(1_767_283_199);
        eq(payables.today(), 20_454, "before midnight");
        vm.warp(1_767_283_200);
        eq(payables.today(), 20_455, "after midnight");
    }

    function test_the_policy_bounds_tenor_and_face_per_buyer_and_asset() public {
        vm.prank(POLICY);
        policy.setRule(BUYER, CNY, true, 100, 5, 60);
        IPayables.Issue memory it = item(101);
        it.dueDay = members.today() + 60;
        refused(BUYER, address(payables), call(it), err(IPayables.FaceAboveMaximum.selector, 101, 100));
        it.face = 100;
        done(BUYER, address(payables), call(it));
        it.fingerprint = fresh();
        it.dueDay = members.today() + 61;
        refused(BUYER, address(payables), call(it), err(IPayables.TenorAboveMaximum.selector, 61, 60));
        it.dueDay = members.today() + 4;
        refused(BUYER, address(payables), call(it), err(IPayables.TenorBelowMinimum.selector, 4, 5));
        it.dueDay = members.today() + 5;
        done(BUYER, address(payables), call(it));
        it.cashAsset = EUR;
        it.fingerprint = fresh();
        it.face = 1_000;
        done(BUYER, address(payables), call(it));
        vm.prank(POLICY);
        policy.setRule(BUYER, CNY, false, 100, 5, 60);
        it.cashAsset = CNY;
        it.face = 1;
        it.fingerprint = fresh();
        refused(BUYER, address(payables), call(it), err(IPayables.FaceAboveMaximum.selector, 1, 0));
        vm.prank(POLICY);
        policy.clearRule(BUYER, CNY);
        done(BUYER, address(payables), call(it));
    }

    function test_the_fingerprint_scheme_must_be_the_current_one() public {
        IPayables.Issue memory it = item(10);
        it.fingerprintScheme = 1;
        bytes4 e = IPayables.FingerprintSchemeNotCurrent.selector;
        refused(BUYER, address(payables), call(it), err(e, 1, 0));
        vm.prank(key(BUYER));
        eq(members.commitFingerprintKey("commitment"), 1, "first version");
        done(BUYER, address(payables), call(it));
        it.fingerprint = fresh();
        it.fingerprintScheme = 0;
        refused(BUYER, address(payables), call(it), err(e, 0, 1));
    }

    function test_pause_and_retirement_stop_issuing() public {
        vm.prank(PAUSER);
        payables.pause();
        refused(BUYER, address(payables), call(item(10)), err(IPayables.PausedUntil.selector, block.timestamp + 72 hours));
        vm.warp(block.timestamp + 72 hours);
        done(BUYER, address(payables), call(item(10)));
        vm.prank(POLICY);
        payables.retireIssuance();
        refused(BUYER, address(payables), call(item(10)), abi.encodeWithSelector(IPayables.IssuanceIsRetired.selector));
    }

    function batch(uint256 count) private returns (IPayables.Issue[] memory items) {
        items = new IPayables.Issue[](count);
        for (uint256 i = 0; i < count; ++i) {
            items[i] = item(100 + i);
            if (i % 3 == 1) items[i].supplier = SECOND;
            if (i % 2 == 1) items[i].cashAsset = EUR;
        }
    }

    function test_a_batch_is_each_of_its_items() public {
        IPayables.Issue[] memory items = batch(200);
        vm.prank(key(BUYER));
        uint256[] memory ids = payables.issueMany(items);
        for (uint256 i = 0; i < 200; ++i) {
            eq(ids[i], payables.payableId(BUYER, items[i].fingerprint, 0), "id");
            eq(payables.payableInfo(ids[i]).face, 100 + i, "face");
            eq(payables.payableInfo(ids[i]).cashAsset, items[i].cashAsset, "asset");
            eq(units(ids[i], items[i].supplier), 100 + i, "units");
        }
    }

    function test_a_batch_is_all_or_none() public {
        IPayables.Issue[] memory items = batch(10);
        items[9].fingerprint = items[0].fingerprint;
        bytes memory data = abi.encodeCall(IPayables.issueMany, (items));
        uint256 first = payables.payableId(BUYER, items[0].fingerprint, 0);
        refused(BUYER, address(payables), data, err(IPayables.AlreadyIssued.selector, first, 1));
        eq(payables.payableInfo(first).face, 0, "nothing of it stands");
    }

    /// @dev A batch asks about a supplier or an asset once per run; the second run must be asked again.
    function test_a_batch_checks_every_supplier_and_asset() public {
        IPayables.Issue[] memory items = batch(6);
        items[3].supplier = BANK;
        bytes memory data = abi.encodeCall(IPayables.issueMany, (items));
        refused(BUYER, address(payables), data, err(IPayables.BanksReceiveBySaleOnly.selector, BANK));
        items[3].supplier = SUPPLIER;
        items[5].cashAsset = 7;
        data = abi.encodeCall(IPayables.issueMany, (items));
        refused(BUYER, address(payables), data, err(IPayables.UnknownCashAsset.selector, 7, 2));
        items[5].cashAsset = EUR;
        vm.prank(POLICY);
        policy.setRule(BUYER, EUR, true, 104, 0, 100);
        data = abi.encodeCall(IPayables.issueMany, (items));
        refused(BUYER, address(payables), data, err(IPayables.FaceAboveMaximum.selector, 105, 104));
    }

    function test_a_batch_has_at_least_one_and_at_most_200() public {
        bytes4 e = IPayables.CountOutOfRange.selector;
        refused(BUYER, address(payables), abi.encodeCall(IPayables.issueMany, (batch(0))), err(e, 0, 200));
        refused(BUYER, address(payables), abi.encodeCall(IPayables.issueMany, (batch(201))), err(e, 201, 200));
    }
}
