// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {IssuePolicy} from "../IssuePolicy.sol";
import {Payables} from "../Payables.sol";
import {ICreditLimits} from "../interfaces/ICreditLimits.sol";
import {IERC7943MultiToken} from "../interfaces/IERC7943MultiToken.sol";
import {IExchange} from "../interfaces/IExchange.sol";
import {IIssuePolicy} from "../interfaces/IIssuePolicy.sol";
import {IMembers} from "../interfaces/IMembers.sol";
import {IPayables} from "../interfaces/IPayables.sol";
import {Fixture} from "./support/Fixture.t.sol";
import {Vm} from "./support/Vm.t.sol";

/// @dev Refuses everything it is asked.
contract HostilePolicy {
    fallback() external {
        revert("no");
    }
}

/// @dev An authority that lets anybody do anything.
contract OpenAuthority {
    function canCall(address, address, bytes4) external pure returns (bool, uint32) {
        return (true, 0);
    }
}

contract AdministrationTest is Fixture {
    function test_each_power_belongs_to_one_role() public {
        uint256 id = issue(100);
        bytes4 e = IAccessManaged.AccessManagedUnauthorized.selector;
        address[6] memory roles = [MEMBERSHIP, PAUSER, FREEZER, OPENER, CORRECTOR, POLICY];
        bytes[13] memory calls = [
            abi.encodeCall(IPayables.pause, ()),
            abi.encodeCall(IERC7943MultiToken.setFrozenTokens, (holder(SUPPLIER), id, 1)),
            abi.encodeCall(IPayables.hold, (id)),
            abi.encodeCall(IPayables.openCase, (id, SUPPLIER, SECOND, 1, bytes32("d"))),
            abi.encodeCall(IPayables.withdrawCase, (bytes32("x"))),
            abi.encodeCall(IPayables.releaseFrozen, (id, SUPPLIER, 0)),
            abi.encodeCall(IPayables.releaseHold, (id)),
            abi.encodeCall(IERC7943MultiToken.forcedTransfer, (holder(SUPPLIER), holder(SECOND), id, 1)),
            abi.encodeCall(IPayables.addCashAsset, (bytes3("USD"), address(cny), SETTLEMENT)),
            abi.encodeCall(IPayables.setIssuePolicy, (policy)),
            abi.encodeCall(IPayables.unpause, ()),
            abi.encodeCall(IPayables.retireIssuance, ()),
            abi.encodeCall(IPayables.pause, ())
        ];
        uint256[13] memory owner = [uint256(1), 2, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 1];
        for (uint256 i = 0; i < calls.length; ++i) {
            refused(BUYER, address(payables), calls[i], err(e, key(BUYER)));
            for (uint256 r = 0; r < roles.length; ++r) {
                if (r != owner[i]) refusedBy(roles[r], address(payables), calls[i], err(e, roles[r]));
            }
        }
        bytes[3] memory sales = [
            abi.encodeCall(IExchange.pause, ()),
            abi.encodeCall(IExchange.setCreditLimits, (limits)),
            abi.encodeCall(IExchange.unpause, ())
        ];
        uint256[3] memory saleOwner = [uint256(1), 5, 5];
        for (uint256 i = 0; i < sales.length; ++i) {
            for (uint256 r = 0; r < roles.length; ++r) {
                if (r != saleOwner[i]) refusedBy(roles[r], address(exchange), sales[i], err(e, roles[r]));
            }
        }
        bytes memory rule = abi.encodeCall(IIssuePolicy.setRule, (BUYER, CNY, true, 1, 1, 1));
        refusedBy(PAUSER, address(policy), rule, err(e, PAUSER));
        rule = abi.encodeCall(IIssuePolicy.clearRule, (BUYER, CNY));
        refusedBy(PAUSER, address(policy), rule, err(e, PAUSER));
    }

    function test_a_pause_rests_as_long_as_it_lasted() public {
        uint256 start = block.timestamp;
        vm.prank(PAUSER);
        payables.pause();
        bytes memory again = abi.encodeCall(IPayables.pause, ());
        vm.warp(start + 144 hours - 1);
        bytes memory reason = err(IPayables.PauseTooSoon.selector, start + 144 hours, start + 144 hours - 1);
        refusedBy(PAUSER, address(payables), again, reason);
        vm.warp(start + 144 hours);
        doneBy(PAUSER, address(payables), again);
        eq(payables.pausedUntil(), start + 216 hours, "until");
        vm.prank(POLICY);
        payables.unpause();
        issue(1);
    }

    function test_cash_assets_are_only_ever_added() public {
        bytes4 e = IPayables.CashAssetInvalid.selector;
        bytes memory data = abi.encodeCall(IPayables.addCashAsset, (bytes3(0), address(cny), SETTLEMENT));
        refusedBy(POLICY, address(payables), data, abi.encodeWithSelector(e, address(cny), bytes3(0), SETTLEMENT));
        data = abi.encodeCall(IPayables.addCashAsset, (bytes3("USD"), address(7), SETTLEMENT));
        refusedBy(POLICY, address(payables), data, abi.encodeWithSelector(e, address(7), bytes3("USD"), SETTLEMENT));
        data = abi.encodeCall(IPayables.addCashAsset, (bytes3("USD"), address(cny), 0));
        refusedBy(POLICY, address(payables), data, abi.encodeWithSelector(e, address(cny), bytes3("USD"), 0));
        vm.prank(POLICY);
        eq(payables.addCashAsset("USD", address(cny), SETTLEMENT), 2, "index");
        eq(payables.cashAssetCount(), 3, "count");
        IPayables.CashAsset memory a = payables.cashAsset(0);
        yes(a.token == address(cny) && a.currency == "CNY" && a.bank == SETTLEMENT, "the first is as it was");
        a = payables.cashAsset(2);
        yes(a.token == address(cny) && a.currency == "USD" && a.bank == SETTLEMENT, "the new one");
    }

    function test_delays_hold_and_a_governor_can_take_over_without_a_new_register() public {
        address governor = address(0x60);
        manager.grantRole(6, governor, 3 days);
        manager.revokeRole(6, CORRECTOR);
        uint256 id = issue(100);
        vm.prank(OPENER);
        payables.openCase(id, SUPPLIER, SECOND, 10, "d");
        bytes memory data = abi.encodeCall(IERC7943MultiToken.forcedTransfer, (holder(SUPPLIER), holder(SECOND), id, 10));
        bytes4 e = IAccessManaged.AccessManagedUnauthorized.selector;
        refusedBy(CORRECTOR, address(payables), data, err(e, CORRECTOR));
        vm.prank(governor);
        (bool ok,) = address(payables).call(data);
        yes(!ok, "not without scheduling");
        vm.prank(governor);
        manager.schedule(address(payables), data, 0);
        vm.warp(block.timestamp + 3 days - 1);
        vm.prank(governor);
        (ok,) = address(payables).call(data);
        yes(!ok, "not before the delay");
        vm.warp(block.timestamp + 1);
        doneBy(governor, address(payables), data);
        eq(units(id, SECOND), 10, "carried out");
    }

    function test_the_policy_fixes_its_standard_rule() public {
        IIssuePolicy.Rule memory r = policy.ruleOf(BUYER, CNY);
        yes(!r.known && r.allowed, "standard");
        eq(r.maxFace, type(uint88).max, "face");
        vm.prank(POLICY);
        policy.setRule(BUYER, CNY, true, 7, 8, 9);
        r = policy.ruleOf(BUYER, CNY);
        yes(r.known && r.allowed, "set");
        eq(r.maxFace, 7, "face");
        eq(r.minTenor, 8, "tenor");
        eq(r.maxTenor, 9, "tenor");
        yes(!policy.ruleOf(SISTER, CNY).known && !policy.ruleOf(BUYER, EUR).known, "nobody else's");
        bytes4 e = IIssuePolicy.TenorsCrossed.selector;
        refusedBy(POLICY, address(policy), abi.encodeCall(IIssuePolicy.setRule, (BUYER, CNY, true, 7, 9, 8)), err(e, 9, 8));
        try new IssuePolicy(address(manager), 1, 9, 8) {
            revert("allowed");
        } catch (bytes memory reason) {
            eq(uint256(keccak256(reason)), uint256(keccak256(err(e, 9, 8))), "refused");
        }
    }

    function test_a_successor_refuses_what_the_old_ledger_knows() public {
        IPayables.Issue memory it = item(100);
        vm.prank(key(BUYER));
        uint256 id = payables.issue(it);
        IPayables.Issue memory undone = item(50);
        vm.prank(key(BUYER));
        uint256 undoneId = payables.issue(undone);
        cancelByBoth(undoneId, SUPPLIER);
        try new Payables(address(manager), members, address(exchange), policy, "family", payables) {
            revert("allowed");
        } catch (bytes memory reason) {
            eq(
                uint256(keccak256(reason)),
                uint256(keccak256(err(IPayables.PredecessorNotRetired.selector, address(payables)))),
                "two ledgers must never both issue"
            );
        }
        vm.prank(POLICY);
        payables.retireIssuance();
        yes(payables.issuanceRetired(), "retired");
        Payables next = new Payables(address(manager), members, address(exchange), policy, "family", payables);
        next.addCashAsset("CNY", address(cny), SETTLEMENT);
        bytes memory data = abi.encodeCall(IPayables.issue, (it));
        refused(BUYER, address(next), data, err(IPayables.AlreadyIssued.selector, id, 1));
        eq(next.statusOf(id), IPayables.Status.Open);
        undone.revision = 1;
        done(BUYER, address(next), abi.encodeCall(IPayables.issue, (undone)));
        it.revision = 1;
        data = abi.encodeCall(IPayables.issue, (it));
        refused(BUYER, address(next), data, err(IPayables.PreviousRevisionNotCancelled.selector, id, 1));
        pay(id, 100);
        payables.claim(id, SUPPLIER);
        eq(cny.balanceOf(holder(SUPPLIER)), 100, "the old one runs off");
    }
}

/**
 * @dev Every governance role in one hand: it can neither make an undertaking in a buyer's name, nor stop the buyer
 *      from paying, nor a holder from being paid.
 */
contract AttackTest is Fixture {
    address private constant EVIL = address(0xE411);

    function takeEverything() private {
        for (uint64 role = 0; role < 9; ++role) {
            manager.grantRole(role, EVIL, 0);
        }
        manager.revokeRole(0, address(this));
    }

    function test_all_powers_together_cannot_forge_an_undertaking() public {
        takeEverything();
        bytes memory issue_ = abi.encodeCall(IPayables.issue, (item(1e15)));
        refusedBy(EVIL, address(payables), issue_, err(IPayables.NotAKey.selector, EVIL));
        vm.prank(EVIL);
        members.proposeKey(BUYER, EVIL);
        refusedBy(EVIL, address(payables), issue_, err(IPayables.NotAKey.selector, EVIL));
        vm.prank(key(BUYER));
        members.vetoKey();
        vm.warp(block.timestamp + 30 days);
        bytes memory accept = abi.encodeCall(IMembers.acceptKey, (BUYER));
        refusedBy(EVIL, address(members), accept, err(IMembers.NothingProposed.selector, BUYER));
        bytes memory admitAgain = abi.encodeCall(IMembers.admit, (BUYER, 1, 0, FOREVER, EVIL));
        refusedBy(EVIL, address(members), admitAgain, err(IMembers.MemberExists.selector, BUYER));
        OpenAuthority open = new OpenAuthority();
        vm.prank(EVIL);
        manager.updateAuthority(address(members), address(open));
        vm.prank(EVIL);
        manager.updateAuthority(address(payables), address(open));
        refusedBy(EVIL, address(payables), issue_, err(IPayables.NotAKey.selector, EVIL));
        refusedBy(EVIL, address(members), admitAgain, err(IMembers.MemberExists.selector, BUYER));
    }

    function test_all_powers_together_stop_neither_payment_nor_claim() public {
        uint256 id = issue(100);
        pass(id, SUPPLIER, SECOND, 40);
        due(id);
        takeEverything();
        HostilePolicy hostile = new HostilePolicy();
        bytes[] memory blows = new bytes[](14);
        address[] memory targets = new address[](14);
        (targets[0], blows[0]) = (address(payables), abi.encodeCall(IPayables.pause, ()));
        (targets[1], blows[1]) = (address(exchange), abi.encodeCall(IExchange.pause, ()));
        (targets[2], blows[2]) = (address(members), abi.encodeCall(IMembers.suspend, (BUYER)));
        (targets[3], blows[3]) = (address(members), abi.encodeCall(IMembers.remove, (BUYER)));
        (targets[4], blows[4]) = (address(members), abi.encodeCall(IMembers.setValidUntil, (SUPPLIER, 0)));
        (targets[5], blows[5]) = (address(members), abi.encodeCall(IMembers.remove, (SUPPLIER)));
        (targets[6], blows[6]) = (address(members), abi.encodeCall(IMembers.remove, (SECOND)));
        (targets[7], blows[7]) = (address(members), abi.encodeCall(IMembers.remove, (SETTLEMENT)));
        (targets[8], blows[8]) = (address(payables), abi.encodeCall(IPayables.hold, (id)));
        (targets[9], blows[9]) = (address(payables), abi.encodeCall(IPayables.setIssuePolicy, (IIssuePolicy(address(hostile)))));
        (targets[10], blows[10]) = (address(exchange), abi.encodeCall(IExchange.setCreditLimits, (ICreditLimits(address(hostile)))));
        (targets[11], blows[11]) = (address(payables), abi.encodeCall(IPayables.retireIssuance, ()));
        (targets[12], blows[12]) = (address(manager), abi.encodeCall(AccessManager.setTargetClosed, (address(payables), true)));
        (targets[13], blows[13]) = (address(manager), abi.encodeCall(AccessManager.setTargetClosed, (address(members), true)));
        for (uint256 i = 0; i < blows.length; ++i) {
            doneBy(EVIL, targets[i], blows[i]);
        }
        pay(id, 30);
        payables.claim(id, SUPPLIER);
        pay(id, 70);
        payables.claim(id, SUPPLIER);
        payables.claim(id, SECOND);
        eq(cny.balanceOf(holder(SUPPLIER)), 60, "in full");
        eq(cny.balanceOf(holder(SECOND)), 40, "in full");
        vm.prank(key(SUPPLIER));
        cny.askPayout(60, "out");
        vm.prank(key(SETTLEMENT));
        cny.confirmPayout("out", "bank");
        eq(cny.balanceOf(holder(SUPPLIER)), 0, "and out to the account");
    }

    /// @dev The freezer's worst: it freezes whenever it may. In each period the holder has sixty free days.
    function test_a_freeze_can_delay_a_claim_but_never_for_good() public {
        uint256 id = issue(100);
        pay(id, 100);
        uint256 free = 0;
        for (uint256 day = 0; day < 180; ++day) {
            vm.prank(FREEZER);
            try payables.setFrozenTokens(holder(SUPPLIER), id, 100) {} catch {}
            if (payables.claimable(id, SUPPLIER) == 100) ++free;
            vm.warp(block.timestamp + 1 days);
        }
        eq(free, 120, "days");
    }
}

contract StandardsTest is Fixture {
    function test_interface_ids() public view {
        yes(payables.supportsInterface(type(IERC165).interfaceId), "ERC-165");
        yes(payables.supportsInterface(0xd9b67a26), "ERC-1155");
        yes(payables.supportsInterface(0x41c4fbad), "ERC-7943 MultiToken");
        yes(type(IERC7943MultiToken).interfaceId == 0x41c4fbad, "as computed");
        yes(!payables.supportsInterface(0xffffffff), "nothing else");
        yes(!payables.supportsInterface(0x0e89341c), "no metadata");
    }

    function test_approvals_are_keys() public {
        yes(payables.isApprovedForAll(holder(SUPPLIER), key(SUPPLIER)), "own key");
        yes(!payables.isApprovedForAll(holder(SUPPLIER), key(SECOND)), "another's key");
        yes(!payables.isApprovedForAll(address(0), address(0xdead)), "nobody");
        yes(!payables.isApprovedForAll(key(SUPPLIER), key(SUPPLIER)), "no holder address");
        bytes memory data = abi.encodeCall(IERC1155.setApprovalForAll, (key(SECOND), true));
        refused(SUPPLIER, address(payables), data, abi.encodeWithSelector(IPayables.ApprovalsAreKeys.selector));
    }

    function transferData(address from, address to, uint256 id, uint256 amount) private pure returns (bytes memory) {
        return abi.encodeCall(IERC1155.safeTransferFrom, (from, to, id, amount, ""));
    }

    function test_plain_transfers_follow_the_rules_of_pass() public {
        uint256 id = issue(100);
        done(SUPPLIER, address(payables), transferData(holder(SUPPLIER), holder(SECOND), id, 30));
        eq(payables.balanceOf(holder(SECOND), id), 30, "moved");
        bytes4 e = IERC1155Errors.ERC1155MissingApprovalForAll.selector;
        bytes memory reason = abi.encodeWithSelector(e, key(SECOND), holder(SUPPLIER));
        refused(SECOND, address(payables), transferData(holder(SUPPLIER), holder(SECOND), id, 1), reason);
        reason = abi.encodeWithSelector(e, key(SUPPLIER), key(SUPPLIER));
        refused(SUPPLIER, address(payables), transferData(key(SUPPLIER), holder(SECOND), id, 1), reason);
        reason = err(IERC7943MultiToken.ERC7943CannotReceive.selector, key(SECOND));
        refused(SUPPLIER, address(payables), transferData(holder(SUPPLIER), key(SECOND), id, 1), reason);
        reason = err(IPayables.BanksReceiveBySaleOnly.selector, BANK);
        refused(SUPPLIER, address(payables), transferData(holder(SUPPLIER), holder(BANK), id, 1), reason);
        refused(STRANGER, address(payables), transferData(holder(STRANGER), holder(SECOND), id, 1), err(IPayables.NotAKey.selector, key(STRANGER)));
        vm.prank(PAUSER);
        payables.pause();
        reason = err(IPayables.PausedUntil.selector, block.timestamp + 72 hours);
        refused(SUPPLIER, address(payables), transferData(holder(SUPPLIER), holder(SECOND), id, 1), reason);
    }

    function test_batches() public {
        uint256[] memory ids = new uint256[](2);
        uint256[] memory values = new uint256[](2);
        (ids[0], ids[1], values[0], values[1]) = (issue(100), issue(200), 10, 20);
        address from = holder(SUPPLIER);
        done(SUPPLIER, address(payables), abi.encodeCall(IERC1155.safeBatchTransferFrom, (from, holder(SECOND), ids, values, "")));
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (holder(SECOND), from);
        uint256[] memory balances = payables.balanceOfBatch(accounts, ids);
        eq(balances[0], 10, "first");
        eq(balances[1], 180, "second");
        bytes4 e = IERC1155Errors.ERC1155InvalidArrayLength.selector;
        bytes memory data = abi.encodeCall(IERC1155.safeBatchTransferFrom, (from, holder(SECOND), ids, new uint256[](1), ""));
        refused(SUPPLIER, address(payables), data, err(e, 2, 1));
        data = abi.encodeCall(IERC1155.balanceOfBatch, (new address[](1), ids));
        refused(SUPPLIER, address(payables), data, err(e, 2, 1));
    }

    function test_every_change_of_a_balance_is_one_TransferSingle() public {
        vm.recordLogs();
        uint256 id = issue(100);
        eq(transfers(address(0), holder(SUPPLIER), id, 100, key(BUYER)), 1, "issue");
        vm.recordLogs();
        pass(id, SUPPLIER, SECOND, 10);
        eq(transfers(holder(SUPPLIER), holder(SECOND), id, 10, key(SUPPLIER)), 1, "pass");
        vm.recordLogs();
        fill(bid(id, 20, 1), SUPPLIER);
        eq(transfers(holder(SUPPLIER), holder(BANK), id, 20, address(exchange)), 1, "sale");
        vm.recordLogs();
        force(id, SUPPLIER, SECOND, 5);
        eq(transfers(holder(SUPPLIER), holder(SECOND), id, 5, CORRECTOR), 1, "force");
        vm.recordLogs();
        vm.prank(key(SUPPLIER));
        payables.surrender(id, 5, "");
        eq(transfers(holder(SUPPLIER), address(0), id, 5, key(SUPPLIER)), 1, "surrender");
        pay(id, 95);
        vm.recordLogs();
        payables.claim(id, BANK);
        eq(transfers(holder(BANK), address(0), id, 20, address(this)), 1, "claim");
    }

    function transfers(address from, address to, uint256 id, uint256 value, address operator) private returns (uint256 found) {
        Log[] memory logs = logsOf();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topic0 != IERC1155.TransferSingle.selector) continue;
            yes(logs[i].topic1 == bytes32(uint256(uint160(operator))), "operator");
            yes(logs[i].topic2 == bytes32(uint256(uint160(from))), "from");
            yes(logs[i].topic3 == bytes32(uint256(uint160(to))), "to");
            eq(uint256(keccak256(logs[i].data)), uint256(keccak256(abi.encode(id, value))), "id and value");
            ++found;
        }
    }

    struct Log {
        bytes32 topic0;
        bytes32 topic1;
        bytes32 topic2;
        bytes32 topic3;
        bytes data;
    }

    function logsOf() private returns (Log[] memory logs) {
        Vm.Log[] memory raw = vm.getRecordedLogs();
        logs = new Log[](raw.length);
        for (uint256 i = 0; i < raw.length; ++i) {
            logs[i].topic0 = raw[i].topics[0];
            if (raw[i].topics.length == 4) {
                (logs[i].topic1, logs[i].topic2, logs[i].topic3) = (raw[i].topics[1], raw[i].topics[2], raw[i].topics[3]);
            }
            logs[i].data = raw[i].data;
        }
    }

    function test_can_transfer_says_exactly_what_a_transfer_would_do() public {
        uint256 id = issue(100);
        agree(SUPPLIER, SECOND, id, 100);
        agree(SUPPLIER, SECOND, id, 101);
        agree(SUPPLIER, SECOND, id, 0);
        agree(SUPPLIER, SUPPLIER, id, 1);
        agree(SUPPLIER, BANK, id, 1);
        agree(SUPPLIER, BUYER, id, 1);
        agree(SUPPLIER, STRANGER, id, 1);
        agree(THIRD, SECOND, id, 1);
        freeze(id, SUPPLIER, 60);
        agree(SUPPLIER, SECOND, id, 40);
        agree(SUPPLIER, SECOND, id, 41);
        vm.prank(CORRECTOR);
        payables.releaseFrozen(id, SUPPLIER, 0);
        vm.prank(FREEZER);
        payables.hold(id);
        agree(SUPPLIER, SECOND, id, 1);
        vm.warp(block.timestamp + 30 days);
        agree(SUPPLIER, SECOND, id, 1);
        vm.prank(PAUSER);
        payables.pause();
        agree(SUPPLIER, SECOND, id, 1);
        vm.warp(block.timestamp + 72 hours);
        due(id);
        pay(id, 10);
        agree(SUPPLIER, SECOND, id, 99);
        agree(SUPPLIER, SECOND, id, 100);
        pay(id, 90);
        agree(SUPPLIER, SECOND, id, 100);
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SECOND);
        agree(SUPPLIER, SECOND, id, 100);
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SUPPLIER);
        agree(SUPPLIER, THIRD, id, 100);
        agree(SUPPLIER, THIRD, 4711, 1);
    }

    /// @dev What `canTransfer` says, and what happens, must be the same.
    function agree(uint32 from, uint32 to, uint256 id, uint256 amount) private {
        bool said = payables.canTransfer(holder(from), holder(to), id, amount);
        uint256 before = vm.snapshotState();
        vm.prank(key(from));
        (bool did,) = address(payables).call(transferData(holder(from), holder(to), id, amount));
        vm.revertToState(before);
        yes(said == did, "canTransfer disagrees");
    }

    function test_can_send_and_receive() public {
        yes(payables.canSend(holder(SUPPLIER)) && payables.canReceive(holder(SUPPLIER)), "supplier");
        yes(payables.canSend(holder(BANK)) && payables.canReceive(holder(BANK)), "bank");
        yes(!payables.canReceive(holder(BUYER)) && !payables.canReceive(holder(SETTLEMENT)), "others hold nothing");
        yes(!payables.canSend(key(SUPPLIER)) && !payables.canReceive(key(SUPPLIER)), "keys hold nothing");
        yes(!payables.canSend(address(0)) && !payables.canReceive(address(0)), "nobody");
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SUPPLIER);
        yes(!payables.canSend(holder(SUPPLIER)) && !payables.canReceive(holder(SUPPLIER)), "suspended");
    }

    function test_holder_addresses() public view {
        yes(payables.holderOf(7) == address(bytes20(bytes.concat("Headwater member", bytes4(uint32(7))))), "readable");
        eq(payables.memberOfHolder(payables.holderOf(type(uint32).max)), type(uint32).max, "and back");
        eq(payables.memberOfHolder(key(BANK)), 0, "no holder address");
        eq(payables.memberOfHolder(address(uint160(payables.holderOf(7)) ^ (1 << 32))), 0, "nearly one");
    }
}
