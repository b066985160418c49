// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Members} from "../Members.sol";
import {IMembers} from "../interfaces/IMembers.sol";
import {RegisterDay} from "../libraries/RegisterDay.sol";
import {Roles} from "../libraries/Roles.sol";
import {Fixture} from "./support/Fixture.t.sol";

contract MembersTest is Fixture {
    address private constant NEW = address(0xBEEF);

    function refusedM(bytes memory data, bytes memory reason) private {
        refusedBy(MEMBERSHIP, address(members), data, reason);
    }

    function test_admits_a_supplier_at_once() public {
        vm.prank(MEMBERSHIP);
        members.admitSupplier(50, 0, FOREVER, NEW);
        IMembers.Member memory m = members.memberInfo(50);
        eq(m.roles, Roles.SUPPLIER, "roles");
        eq(uint256(m.status), 1, "status");
        eq(m.validUntil, FOREVER, "until");
        eq(m.obligorGroup, 50, "a group of its own");
        eq(m.keys, 1, "keys");
        eq(m.fingerprintScheme, 0, "scheme");
        eq(members.memberOfKey(NEW), 50, "key");
        eq(members.memberInfo(SISTER).obligorGroup, BUYER, "a shared group");
        eq(members.obligorGroupOf(SISTER), BUYER, "a shared group");
    }

    function test_admission_is_checked() public {
        bytes4 e = IMembers.MemberExists.selector;
        refusedM(abi.encodeCall(IMembers.admitSupplier, (SUPPLIER, 0, FOREVER, NEW)), err(e, SUPPLIER));
        refusedM(abi.encodeCall(IMembers.admitSupplier, (0, 0, FOREVER, NEW)), abi.encodeWithSelector(IMembers.MemberZero.selector));
        refusedM(abi.encodeCall(IMembers.admitSupplier, (50, 0, FOREVER, address(0))), abi.encodeWithSelector(IMembers.KeyZero.selector));
        bytes memory taken = abi.encodeWithSelector(IMembers.KeyTaken.selector, key(BANK), BANK);
        refusedM(abi.encodeCall(IMembers.admitSupplier, (50, 0, FOREVER, key(BANK))), taken);
        uint24 today = members.today();
        bytes memory past = err(IMembers.ValidUntilPast.selector, today - 1, today);
        refusedM(abi.encodeCall(IMembers.admitSupplier, (50, 0, today - 1, NEW)), past);
        bytes4 range = IMembers.RolesOutOfRange.selector;
        refusedM(abi.encodeCall(IMembers.admit, (50, 0, 0, FOREVER, NEW)), err(range, 0, 63));
        refusedM(abi.encodeCall(IMembers.admit, (50, 64, 0, FOREVER, NEW)), err(range, 64, 63));
        doneBy(MEMBERSHIP, address(members), abi.encodeCall(IMembers.admit, (50, 63, 0, today, NEW)));
        eq(members.memberInfo(50).roles, 63, "every role");
    }

    function test_only_suppliers_are_handled_at_once() public {
        bytes4 e = IMembers.NotOnlySupplier.selector;
        refusedM(abi.encodeCall(IMembers.extendSupplier, (BANK, FOREVER + 1)), err(e, BANK, 4));
        refusedM(abi.encodeCall(IMembers.suspendSupplier, (BUYER)), err(e, BUYER, 1));
        vm.prank(MEMBERSHIP);
        members.setRoles(SECOND, Roles.SUPPLIER | Roles.BUYER);
        refusedM(abi.encodeCall(IMembers.suspendSupplier, (SECOND)), err(e, SECOND, 3));
        refusedM(abi.encodeCall(IMembers.extendSupplier, (STRANGER, FOREVER)), err(IMembers.MemberUnknown.selector, STRANGER));
    }

    function test_extending_only_extends() public {
        bytes4 e = IMembers.ValidUntilNotLater.selector;
        refusedM(abi.encodeCall(IMembers.extendSupplier, (SUPPLIER, FOREVER)), err(e, FOREVER, FOREVER));
        vm.prank(MEMBERSHIP);
        members.extendSupplier(SUPPLIER, FOREVER + 1);
        eq(members.memberInfo(SUPPLIER).validUntil, FOREVER + 1, "later");
        vm.prank(MEMBERSHIP);
        members.setValidUntil(SUPPLIER, 5);
        eq(members.memberInfo(SUPPLIER).validUntil, 5, "earlier, by the slow way");
    }

    function test_status_moves() public {
        bytes4 unchanged = IMembers.StatusUnchanged.selector;
        refusedM(abi.encodeCall(IMembers.reinstate, (BANK)), err(unchanged, BANK, 1));
        vm.prank(MEMBERSHIP);
        members.suspend(BANK);
        (, bool active) = members.standing(BANK);
        yes(!active, "suspended");
        refusedM(abi.encodeCall(IMembers.suspend, (BANK)), err(unchanged, BANK, 2));
        vm.prank(MEMBERSHIP);
        members.reinstate(BANK);
        (, active) = members.standing(BANK);
        yes(active, "reinstated");
        vm.prank(MEMBERSHIP);
        members.remove(BANK);
        bytes4 gone = IMembers.MemberIsRemoved.selector;
        refusedM(abi.encodeCall(IMembers.reinstate, (BANK)), err(gone, BANK));
        refusedM(abi.encodeCall(IMembers.suspend, (BANK)), err(gone, BANK));
        refusedM(abi.encodeCall(IMembers.remove, (BANK)), err(gone, BANK));
        refusedM(abi.encodeCall(IMembers.setRoles, (BANK, 4)), err(gone, BANK));
        refusedM(abi.encodeCall(IMembers.setValidUntil, (BANK, 4)), err(gone, BANK));
        refusedM(abi.encodeCall(IMembers.admit, (BANK, 4, 0, FOREVER, NEW)), err(IMembers.MemberExists.selector, BANK));
        yes(members.wasAdmitted(BANK), "once admitted, always admitted");
        yes(!members.wasAdmitted(STRANGER), "never admitted");
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SUPPLIER);
        vm.prank(MEMBERSHIP);
        members.remove(SUPPLIER);
        refusedM(abi.encodeCall(IMembers.suspendSupplier, (SUPPLIER)), err(gone, SUPPLIER));
        refusedM(abi.encodeCall(IMembers.extendSupplier, (SUPPLIER, FOREVER + 9)), err(gone, SUPPLIER));
        bytes4 unknown = IMembers.MemberUnknown.selector;
        refusedM(abi.encodeCall(IMembers.remove, (STRANGER)), err(unknown, STRANGER));
    }

    function test_the_bank_role_is_fixed_at_admission() public {
        bytes4 e = IMembers.BankRoleIsFixed.selector;
        refusedM(abi.encodeCall(IMembers.setRoles, (SUPPLIER, Roles.SUPPLIER | Roles.BANK)), err(e, SUPPLIER));
        refusedM(abi.encodeCall(IMembers.setRoles, (BANK, Roles.SUPPLIER)), err(e, BANK));
        vm.prank(MEMBERSHIP);
        members.setRoles(BANK, Roles.SUPPLIER | Roles.BANK);
        eq(members.memberInfo(BANK).roles, 6, "others may change");
        eq(members.memberInfo(BANK).obligorGroup, BANK, "and nothing else did");
        refusedM(abi.encodeCall(IMembers.setRoles, (BANK, 68)), err(IMembers.RolesOutOfRange.selector, 68, 63));
    }

    function test_nobody_else_manages_members() public {
        bytes[10] memory calls = [
            abi.encodeCall(IMembers.admitSupplier, (50, 0, FOREVER, NEW)),
            abi.encodeCall(IMembers.extendSupplier, (SUPPLIER, FOREVER + 1)),
            abi.encodeCall(IMembers.suspendSupplier, (SUPPLIER)),
            abi.encodeCall(IMembers.admit, (50, 4, 0, FOREVER, NEW)),
            abi.encodeCall(IMembers.setValidUntil, (SUPPLIER, 1)),
            abi.encodeCall(IMembers.setRoles, (SUPPLIER, 1)),
            abi.encodeCall(IMembers.suspend, (SUPPLIER)),
            abi.encodeCall(IMembers.remove, (SUPPLIER)),
            abi.encodeCall(IMembers.appointPayer, (BUYER, SUPPLIER, true)),
            abi.encodeCall(IMembers.proposeKey, (BUYER, NEW))
        ];
        bytes4 e = IAccessManaged.AccessManagedUnauthorized.selector;
        for (uint256 i = 0; i < calls.length; ++i) {
            refused(SUPPLIER, address(members), calls[i], err(e, key(SUPPLIER)));
            refusedBy(POLICY, address(members), calls[i], err(e, POLICY));
        }
    }

    // ------------------------------------------------------------------ keys

    function test_a_key_is_rotated_by_one_write() public {
        vm.prank(key(SUPPLIER));
        members.replaceKey(NEW);
        eq(members.memberOfKey(NEW), SUPPLIER, "new");
        eq(members.memberOfKey(key(SUPPLIER)), 0, "old");
        eq(members.memberInfo(SUPPLIER).keys, 1, "one");
        uint256 id = issue(100);
        bytes memory data = passData(id, SECOND, 1);
        doneBy(NEW, address(payables), data);
        eq(units(id, SECOND), 1, "the units stand with the member, not the key");
    }

    function test_keys_are_added_and_removed_by_the_member_itself() public {
        vm.prank(key(SUPPLIER));
        members.addKey(NEW);
        eq(members.memberInfo(SUPPLIER).keys, 2, "two");
        bytes memory foreign = abi.encodeWithSelector(IMembers.KeyOfAnother.selector, key(BANK), BANK, SUPPLIER);
        refused(SUPPLIER, address(members), abi.encodeCall(IMembers.removeKey, (key(BANK))), foreign);
        foreign = abi.encodeWithSelector(IMembers.KeyOfAnother.selector, address(1), 0, SUPPLIER);
        refused(SUPPLIER, address(members), abi.encodeCall(IMembers.removeKey, (address(1))), foreign);
        vm.prank(NEW);
        members.removeKey(key(SUPPLIER));
        bytes memory last = err(IMembers.LastKey.selector, SUPPLIER);
        refusedBy(NEW, address(members), abi.encodeCall(IMembers.removeKey, (NEW)), last);
        bytes memory add = abi.encodeCall(IMembers.addKey, (address(0xCAFE)));
        refused(SUPPLIER, address(members), add, err(IMembers.NotAKey.selector, key(SUPPLIER)));
        refused(STRANGER, address(members), add, err(IMembers.NotAKey.selector, key(STRANGER)));
        refused(STRANGER, address(members), abi.encodeCall(IMembers.replaceKey, (NEW)), err(IMembers.NotAKey.selector, key(STRANGER)));
    }

    function test_a_key_is_one_members_for_ever() public {
        bytes4 e = IMembers.KeyTaken.selector;
        bytes memory add = abi.encodeCall(IMembers.addKey, (key(SUPPLIER)));
        refused(SECOND, address(members), add, abi.encodeWithSelector(e, key(SUPPLIER), SUPPLIER));
        vm.prank(key(SUPPLIER));
        members.replaceKey(NEW);
        refused(SECOND, address(members), add, abi.encodeWithSelector(e, key(SUPPLIER), SUPPLIER));
        refusedBy(NEW, address(members), add, abi.encodeWithSelector(e, key(SUPPLIER), SUPPLIER));
        refusedBy(NEW, address(members), abi.encodeCall(IMembers.addKey, (address(0))), abi.encodeWithSelector(IMembers.KeyZero.selector));
    }

    function test_a_lost_key_is_replaced_by_quorum_after_a_week() public {
        members.proposeKey(SUPPLIER, NEW);
        uint256 ready = block.timestamp + 7 days;
        bytes memory accept = abi.encodeCall(IMembers.acceptKey, (SUPPLIER));
        eq(members.proposedKey(SUPPLIER).readyAt, ready, "ready");
        refusedBy(NEW, address(members), accept, err(IMembers.RecoveryNotReady.selector, ready, block.timestamp));
        vm.warp(ready - 1);
        refusedBy(NEW, address(members), accept, err(IMembers.RecoveryNotReady.selector, ready, ready - 1));
        vm.warp(ready);
        bytes memory other = abi.encodeWithSelector(IMembers.NotTheProposedKey.selector, address(this), NEW);
        refusedBy(address(this), address(members), accept, other);
        doneBy(NEW, address(members), accept);
        eq(members.memberOfKey(NEW), SUPPLIER, "in place");
        eq(members.memberOfKey(key(SUPPLIER)), SUPPLIER, "beside the old one");
        refusedBy(NEW, address(members), accept, err(IMembers.NothingProposed.selector, SUPPLIER));
    }

    function test_any_existing_key_can_veto() public {
        bytes memory veto = abi.encodeCall(IMembers.vetoKey, ());
        refused(SUPPLIER, address(members), veto, err(IMembers.NothingProposed.selector, SUPPLIER));
        members.proposeKey(SUPPLIER, NEW);
        refused(SECOND, address(members), veto, err(IMembers.NothingProposed.selector, SECOND));
        refused(STRANGER, address(members), veto, err(IMembers.NotAKey.selector, key(STRANGER)));
        done(SUPPLIER, address(members), veto);
        vm.warp(block.timestamp + 8 days);
        bytes memory accept = abi.encodeCall(IMembers.acceptKey, (SUPPLIER));
        refusedBy(NEW, address(members), accept, err(IMembers.NothingProposed.selector, SUPPLIER));
        members.proposeKey(SUPPLIER, NEW);
        refusedBy(NEW, address(members), accept, err(IMembers.RecoveryNotReady.selector, block.timestamp + 7 days, block.timestamp));
    }

    function test_what_can_be_proposed() public {
        address admin = address(this);
        bytes memory data = abi.encodeCall(IMembers.proposeKey, (STRANGER, NEW));
        refusedBy(admin, address(members), data, err(IMembers.MemberUnknown.selector, STRANGER));
        data = abi.encodeCall(IMembers.proposeKey, (SUPPLIER, address(0)));
        refusedBy(admin, address(members), data, abi.encodeWithSelector(IMembers.KeyZero.selector));
        data = abi.encodeCall(IMembers.proposeKey, (SUPPLIER, key(BANK)));
        refusedBy(admin, address(members), data, abi.encodeWithSelector(IMembers.KeyTaken.selector, key(BANK), BANK));
        members.proposeKey(SUPPLIER, NEW);
        vm.prank(key(BANK));
        members.addKey(NEW);
        vm.warp(block.timestamp + 7 days);
        bytes memory taken = abi.encodeWithSelector(IMembers.KeyTaken.selector, NEW, BANK);
        refusedBy(NEW, address(members), abi.encodeCall(IMembers.acceptKey, (SUPPLIER)), taken);
    }

    // ------------------------------------------------------------------ payers and fingerprints

    function test_payers_are_named_by_the_buyer_or_the_network_and_not_by_each_other() public {
        yes(members.mayPayFor(BUYER, BUYER), "a buyer always");
        yes(!members.mayPayFor(SISTER, BUYER), "nobody else");
        vm.prank(key(BUYER));
        members.setPayer(SISTER, true);
        yes(members.mayPayFor(SISTER, BUYER), "named");
        yes(!members.mayPayFor(BUYER, SISTER), "one way");
        vm.prank(MEMBERSHIP);
        members.appointPayer(BUYER, SISTER, true);
        vm.prank(key(BUYER));
        members.setPayer(SISTER, false);
        yes(members.mayPayFor(SISTER, BUYER), "the network's mandate stands");
        vm.prank(MEMBERSHIP);
        members.appointPayer(BUYER, SISTER, false);
        yes(!members.mayPayFor(SISTER, BUYER), "none left");
        bytes4 e = IMembers.PayerUnchanged.selector;
        refused(BUYER, address(members), abi.encodeCall(IMembers.setPayer, (SISTER, false)), err(e, BUYER, SISTER));
        bytes4 unknown = IMembers.MemberUnknown.selector;
        refused(BUYER, address(members), abi.encodeCall(IMembers.setPayer, (STRANGER, true)), err(unknown, STRANGER));
        refusedM(abi.encodeCall(IMembers.appointPayer, (STRANGER, BUYER, true)), err(unknown, STRANGER));
        refused(STRANGER, address(members), abi.encodeCall(IMembers.setPayer, (BUYER, true)), err(IMembers.NotAKey.selector, key(STRANGER)));
    }

    function test_fingerprint_keys_are_versioned() public {
        vm.prank(key(BUYER));
        eq(members.commitFingerprintKey("one"), 1, "first");
        vm.prank(key(BUYER));
        eq(members.commitFingerprintKey("two"), 2, "second");
        yes(members.fingerprintCommitment(BUYER, 1) == "one", "kept");
        yes(members.fingerprintCommitment(BUYER, 2) == "two", "kept");
        eq(members.memberInfo(BUYER).fingerprintScheme, 2, "current");
        (,,, uint16 scheme) = members.issuer(key(BUYER));
        eq(scheme, 2, "current");
        bytes memory zero = abi.encodeCall(IMembers.commitFingerprintKey, (0));
        refused(BUYER, address(members), zero, abi.encodeWithSelector(IMembers.CommitmentZero.selector));
        zero = abi.encodeCall(IMembers.commitFingerprintKey, ("x"));
        refused(STRANGER, address(members), zero, err(IMembers.NotAKey.selector, key(STRANGER)));
    }

    function test_the_offset_must_be_a_time_zone() public {
        new Members(address(manager), 14 hours);
        new Members(address(manager), -14 hours);
        for (int32 sign = -1; sign < 2; sign += 2) {
            try new Members(address(manager), sign * 50_401) {
                revert("allowed");
            } catch (bytes memory reason) {
                eq(uint256(bytes32(bytes4(reason))), uint256(bytes32(RegisterDay.UtcOffsetOutOfRange.selector)), "refused");
            }
        }
    }

    function testFuzz_a_members_word_keeps_every_field(uint32 id, uint8 roles, uint32 group, uint24 until) public {
        vm.assume(id > 200);
        uint8 r = uint8(1 + roles % 63);
        uint24 today = members.today();
        vm.assume(until >= today);
        vm.prank(MEMBERSHIP);
        members.admit(id, r, group, until, NEW);
        IMembers.Member memory m = members.memberInfo(id);
        eq(m.roles, r, "roles");
        eq(uint256(m.status), 1, "status");
        eq(m.validUntil, until, "until");
        eq(m.obligorGroup, group == 0 ? id : group, "group");
        eq(m.keys, 1, "keys");
        eq(m.fingerprintScheme, 0, "scheme");
    }
}
