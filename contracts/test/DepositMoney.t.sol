// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IDepositMoney} from "../interfaces/IDepositMoney.sol";
import {Fixture} from "./support/Fixture.t.sol";

contract DepositMoneyTest is Fixture {
    bytes32 private constant REF = "reference";

    function state(bytes32 r) private view returns (uint256) {
        return uint256(cny.referenceUse(r).state);
    }

    function used(bytes32 r, uint256 how) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDepositMoney.ReferenceUsed.selector, r, how);
    }

    function test_mint_one_reference_one_effect() public {
        uint256 supply = cny.totalSupply();
        bytes memory data = abi.encodeCall(IDepositMoney.mint, (SUPPLIER, 100, REF));
        done(SETTLEMENT, address(cny), data);
        eq(cny.balanceOf(holder(SUPPLIER)), 100, "balance");
        eq(cny.totalSupply() - supply, 100, "supply");
        IDepositMoney.ReferenceUse memory use = cny.referenceUse(REF);
        eq(use.member, SUPPLIER, "member");
        eq(use.amount, 100, "amount");
        eq(uint256(use.state), 1, "state");
        refused(SETTLEMENT, address(cny), data, used(REF, 1));
        refused(SETTLEMENT, address(cny), abi.encodeCall(IDepositMoney.burn, (1, REF)), used(REF, 1));
        refused(SUPPLIER, address(cny), abi.encodeCall(IDepositMoney.askPayout, (1, REF)), used(REF, 1));
    }

    function test_who_mints_what_to_whom() public {
        bytes4 e = IDepositMoney.NotTheBank.selector;
        bytes memory data = abi.encodeCall(IDepositMoney.mint, (SUPPLIER, 100, REF));
        refused(BANK, address(cny), data, abi.encodeWithSelector(e, key(BANK), BANK, SETTLEMENT));
        refused(STRANGER, address(cny), data, abi.encodeWithSelector(e, key(STRANGER), 0, SETTLEMENT));
        data = abi.encodeCall(IDepositMoney.mint, (STRANGER, 100, REF));
        bytes memory reason = err(IDepositMoney.NotAMember.selector, holder(STRANGER));
        refused(SETTLEMENT, address(cny), data, reason);
        data = abi.encodeCall(IDepositMoney.mint, (SUPPLIER, 0, REF));
        reason = err(IDepositMoney.AmountOutOfRange.selector, 0, type(uint128).max);
        refused(SETTLEMENT, address(cny), data, reason);
        uint256 much = uint256(type(uint128).max) + 1;
        data = abi.encodeCall(IDepositMoney.mint, (SUPPLIER, much, REF));
        reason = err(IDepositMoney.AmountOutOfRange.selector, much, type(uint128).max);
        refused(SETTLEMENT, address(cny), data, reason);
        data = abi.encodeCall(IDepositMoney.mint, (SUPPLIER, 1, 0));
        refused(SETTLEMENT, address(cny), data, abi.encodeWithSelector(IDepositMoney.ReferenceZero.selector));
        done(SETTLEMENT, address(cny), abi.encodeCall(IDepositMoney.mint, (SUPPLIER, much - 1, REF)));
    }

    function test_a_bank_that_is_not_active_creates_nothing_and_still_pays_out() public {
        mint(cny, SUPPLIER, 10);
        vm.prank(key(SUPPLIER));
        cny.askPayout(10, REF);
        vm.prank(MEMBERSHIP);
        members.suspend(SETTLEMENT);
        bytes memory data = abi.encodeCall(IDepositMoney.mint, (SUPPLIER, 100, "other"));
        refused(SETTLEMENT, address(cny), data, err(IDepositMoney.BankNotActive.selector, SETTLEMENT));
        vm.prank(key(SETTLEMENT));
        cny.confirmPayout(REF, "bank");
        vm.prank(MEMBERSHIP);
        members.reinstate(SETTLEMENT);
        vm.prank(MEMBERSHIP);
        members.setRoles(SETTLEMENT, 2);
        refused(SETTLEMENT, address(cny), data, err(IDepositMoney.BankNotActive.selector, SETTLEMENT));
    }

    function test_burn_takes_from_the_banks_own_balance_only() public {
        bytes memory data = abi.encodeCall(IDepositMoney.burn, (100, REF));
        bytes4 e = IERC20Errors.ERC20InsufficientBalance.selector;
        refused(SETTLEMENT, address(cny), data, abi.encodeWithSelector(e, holder(SETTLEMENT), 0, 100));
        vm.prank(key(BANK));
        cny.transferFrom(holder(BANK), holder(SETTLEMENT), 100);
        refused(BANK, address(cny), data, abi.encodeWithSelector(IDepositMoney.NotTheBank.selector, key(BANK), BANK, SETTLEMENT));
        done(SETTLEMENT, address(cny), data);
        eq(cny.balanceOf(holder(SETTLEMENT)), 0, "burned");
        eq(cny.balanceOf(holder(BANK)), RICH - 100, "not a cent of anybody else's");
        eq(state(REF), 2, "used up");
    }

    function test_a_payout_is_confirmed_once() public {
        mint(cny, SUPPLIER, 100);
        uint256 supply = cny.totalSupply();
        vm.prank(key(SUPPLIER));
        cny.askPayout(70, REF);
        eq(cny.balanceOf(holder(SUPPLIER)), 30, "left the member");
        eq(cny.reservedForPayouts(), 70, "reserved");
        eq(state(REF), 3, "asked");
        bytes memory data = abi.encodeCall(IDepositMoney.confirmPayout, (REF, "bank"));
        refused(SUPPLIER, address(cny), data, abi.encodeWithSelector(IDepositMoney.NotTheBank.selector, key(SUPPLIER), SUPPLIER, SETTLEMENT));
        done(SETTLEMENT, address(cny), data);
        eq(supply - cny.totalSupply(), 70, "burned");
        eq(cny.reservedForPayouts(), 0, "no longer reserved");
        eq(state(REF), 4, "confirmed");
        eq(state("bank"), 2, "the bank's reference is used up as well");
        bytes4 e = IDepositMoney.NoPayoutPending.selector;
        refused(SETTLEMENT, address(cny), data, abi.encodeWithSelector(e, REF, 4));
        data = abi.encodeCall(IDepositMoney.returnPayout, (REF, "why"));
        refused(SETTLEMENT, address(cny), data, abi.encodeWithSelector(e, REF, 4));
    }

    function test_a_bank_reference_confirms_one_payout() public {
        mint(cny, SUPPLIER, 100);
        vm.prank(key(SUPPLIER));
        cny.askPayout(70, REF);
        vm.prank(key(SUPPLIER));
        cny.askPayout(30, "second");
        vm.prank(key(SETTLEMENT));
        cny.confirmPayout(REF, "bank");
        bytes memory data = abi.encodeCall(IDepositMoney.confirmPayout, ("second", "bank"));
        refused(SETTLEMENT, address(cny), data, used("bank", 2));
        data = abi.encodeCall(IDepositMoney.confirmPayout, ("second", 0));
        refused(SETTLEMENT, address(cny), data, abi.encodeWithSelector(IDepositMoney.ReferenceZero.selector));
    }

    function test_a_payout_that_failed_goes_back_even_to_a_removed_member() public {
        mint(cny, SUPPLIER, 100);
        vm.prank(key(SUPPLIER));
        cny.askPayout(100, REF);
        vm.prank(MEMBERSHIP);
        members.remove(SUPPLIER);
        bytes memory data = abi.encodeCall(IDepositMoney.returnPayout, (REF, "why"));
        refused(SUPPLIER, address(cny), data, abi.encodeWithSelector(IDepositMoney.NotTheBank.selector, key(SUPPLIER), SUPPLIER, SETTLEMENT));
        done(SETTLEMENT, address(cny), data);
        eq(cny.balanceOf(holder(SUPPLIER)), 100, "back");
        eq(cny.reservedForPayouts(), 0, "no longer reserved");
        eq(state(REF), 5, "returned");
        refused(SETTLEMENT, address(cny), data, abi.encodeWithSelector(IDepositMoney.NoPayoutPending.selector, REF, 5));
        vm.prank(key(SUPPLIER));
        cny.askPayout(100, "again");
    }

    function test_what_was_asked_out_cannot_be_spent_by_the_bank() public {
        mint(cny, SUPPLIER, 100);
        mint(cny, SETTLEMENT, 5);
        vm.prank(key(SUPPLIER));
        cny.askPayout(100, REF);
        bytes memory data = abi.encodeCall(IERC20.transferFrom, (holder(SETTLEMENT), holder(SECOND), 6));
        bytes4 e = IDepositMoney.PayoutsReserved.selector;
        refused(SETTLEMENT, address(cny), data, err(e, 99, 100));
        refused(SETTLEMENT, address(cny), abi.encodeCall(IDepositMoney.burn, (6, "burn")), err(e, 99, 100));
        bytes memory own = abi.encodeCall(IDepositMoney.askPayout, (6, "own"));
        refused(SETTLEMENT, address(cny), own, err(e, 105, 106));
        done(SETTLEMENT, address(cny), abi.encodeCall(IDepositMoney.askPayout, (5, "own")));
        done(SETTLEMENT, address(cny), abi.encodeCall(IDepositMoney.confirmPayout, ("own", "bank")));
        eq(cny.balanceOf(holder(SETTLEMENT)), 100, "the member's payout is still there");
    }

    function test_asking_for_a_payout() public {
        mint(cny, SUPPLIER, 100);
        bytes memory data = abi.encodeCall(IDepositMoney.askPayout, (101, REF));
        bytes4 e = IERC20Errors.ERC20InsufficientBalance.selector;
        refused(SUPPLIER, address(cny), data, abi.encodeWithSelector(e, holder(SUPPLIER), 100, 101));
        refused(STRANGER, address(cny), data, err(IDepositMoney.NotAKey.selector, key(STRANGER)));
        data = abi.encodeCall(IDepositMoney.askPayout, (1, bytes32(0)));
        refused(SUPPLIER, address(cny), data, abi.encodeWithSelector(IDepositMoney.ReferenceZero.selector));
    }

    function test_keys_are_the_allowances() public {
        eq(cny.allowance(holder(BANK), key(BANK)), type(uint256).max, "own key");
        eq(cny.allowance(holder(BANK), key(SUPPLIER)), 0, "another's key");
        eq(cny.allowance(holder(BANK), address(payables)), type(uint256).max, "the ledger inside its verbs");
        eq(cny.allowance(holder(BANK), address(exchange)), type(uint256).max, "the exchange inside its verbs");
        eq(cny.allowance(key(BANK), key(BANK)), 0, "no holder address");
        eq(cny.allowance(address(0), address(0xdead)), 0, "nobody");
        bytes memory data = abi.encodeCall(IERC20.approve, (key(SUPPLIER), 1));
        refused(BANK, address(cny), data, abi.encodeWithSelector(IDepositMoney.ApprovalsAreKeys.selector));
        data = abi.encodeCall(IERC20.transferFrom, (holder(BANK), holder(SUPPLIER), 1));
        bytes4 e = IERC20Errors.ERC20InsufficientAllowance.selector;
        refused(SUPPLIER, address(cny), data, abi.encodeWithSelector(e, key(SUPPLIER), 0, 1));
        vm.prank(key(BANK));
        members.replaceKey(address(0xBEEF));
        refused(BANK, address(cny), data, abi.encodeWithSelector(e, key(BANK), 0, 1));
        doneBy(address(0xBEEF), address(cny), data);
    }

    function test_money_stands_only_with_members() public {
        address[4] memory places = [key(BANK), address(payables), address(cny), holder(STRANGER)];
        for (uint256 i = 0; i < places.length; ++i) {
            bytes memory data = abi.encodeCall(IERC20.transferFrom, (holder(BANK), places[i], 1));
            refused(BANK, address(cny), data, err(IDepositMoney.NotAMember.selector, places[i]));
        }
        vm.prank(MEMBERSHIP);
        members.remove(SUPPLIER);
        done(BANK, address(cny), abi.encodeCall(IERC20.transferFrom, (holder(BANK), holder(SUPPLIER), 1)));
        eq(cny.balanceOf(holder(SUPPLIER)), 1, "once admitted is enough to receive");
    }

    function test_what_it_says_of_itself() public view {
        eq(cny.decimals(), 2, "decimals");
        yes(cny.currency() == "CNY" && eur.currency() == "EUR", "currency");
        eq(cny.BANK(), SETTLEMENT, "bank");
    }
}
