// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors, IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {Exchange} from "../Exchange.sol";
import {ICreditLimits} from "../interfaces/ICreditLimits.sol";
import {IERC7943MultiToken} from "../interfaces/IERC7943MultiToken.sol";
import {IExchange} from "../interfaces/IExchange.sol";
import {IPayables} from "../interfaces/IPayables.sol";
import {Fixture} from "./support/Fixture.t.sol";

/// @dev A member's own signer that is a contract: accepts what its owner signed.
contract ContractSigner is IERC1271 {
    bytes32 public accepted;
    bool public broken;

    function accept(bytes32 digest) external {
        accepted = digest;
    }

    function breakDown() external {
        broken = true;
    }

    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        require(!broken, "broken");
        return digest == accepted ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}

contract ExchangeTest is Fixture {
    function ask(uint256 id, uint256 amount, uint256 price) private pure returns (IExchange.Quote memory q) {
        q = bid(id, amount, price);
        (q.side, q.maker, q.counterparty) = (IExchange.Side.ASK, SUPPLIER, BANK);
    }

    function refusedFill(IExchange.Quote memory q, uint32 taker, bytes memory reason) private {
        refused(taker, address(exchange), fillData(q), reason);
    }

    // ------------------------------------------------------------------ both legs or neither

    function test_a_bid_moves_units_one_way_and_money_the_other() public {
        uint256 id = issue(100);
        fill(bid(id, 60, 58), SUPPLIER);
        eq(units(id, BANK), 60, "units");
        eq(units(id, SUPPLIER), 40, "left");
        eq(cny.balanceOf(holder(SUPPLIER)), 58, "money");
        eq(RICH - cny.balanceOf(holder(BANK)), 58, "paid");
        eq(payables.carried(BANK, BUYER, CNY), 60, "carried");
    }

    function test_an_ask_is_the_mirror_image() public {
        uint256 id = issue(100);
        fill(ask(id, 60, 58), BANK);
        eq(units(id, BANK), 60, "units");
        eq(cny.balanceOf(holder(SUPPLIER)), 58, "money");
    }

    function test_an_ask_at_zero_is_a_transfer_that_the_recipient_accepts() public {
        uint256 id = issue(100);
        IExchange.Quote memory q = ask(id, 60, 0);
        q.counterparty = SECOND;
        fill(q, SECOND);
        eq(units(id, SECOND), 60, "units");
        eq(cny.balanceOf(holder(SUPPLIER)), 0, "no money");
    }

    function test_banks_sell_on_to_banks_and_limits_follow() public {
        uint256 id = issue(100);
        fill(bid(id, 100, 90), SUPPLIER);
        IExchange.Quote memory q = ask(id, 70, 65);
        (q.maker, q.counterparty) = (BANK, OTHER_BANK);
        fill(q, OTHER_BANK);
        eq(payables.carried(BANK, BUYER, CNY), 30, "released by selling on");
        eq(payables.carried(OTHER_BANK, BUYER, CNY), 70, "utilised");
    }

    function test_without_the_money_the_units_stay() public {
        uint256 id = issue(100);
        vm.prank(key(BANK));
        cny.transferFrom(holder(BANK), holder(SISTER), RICH - 57);
        bytes4 e = IERC20Errors.ERC20InsufficientBalance.selector;
        refusedFill(bid(id, 60, 58), SUPPLIER, abi.encodeWithSelector(e, holder(BANK), 57, 58));
        eq(units(id, SUPPLIER), 100, "nothing moved");
        yes(!exchange.nonceUsed(BANK, bid(id, 60, 58).nonce), "nor was the quote used up");
        fill(bid(id, 60, 57), SUPPLIER);
    }

    function test_without_the_units_the_money_stays() public {
        uint256 id = issue(100);
        bytes4 e = IERC1155Errors.ERC1155InsufficientBalance.selector;
        refusedFill(bid(id, 101, 58), SUPPLIER, abi.encodeWithSelector(e, holder(SUPPLIER), 100, 101, id));
        freeze(id, SUPPLIER, 50);
        e = IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        refusedFill(bid(id, 51, 58), SUPPLIER, abi.encodeWithSelector(e, holder(SUPPLIER), id, 51, 50));
        vm.prank(FREEZER);
        payables.hold(id);
        refusedFill(bid(id, 50, 58), SUPPLIER, err(IPayables.HeldUntil.selector, id, block.timestamp + 30 days));
        eq(cny.balanceOf(holder(SUPPLIER)), 0, "nothing paid");
    }

    function test_once_paying_only_whole_holdings_with_what_was_claimed() public {
        uint256 id = issue(100);
        due(id);
        pay(id, 40);
        payables.claim(id, SUPPLIER);
        refusedFill(bid(id, 99, 10), SUPPLIER, err(IPayables.WholeHoldingOnly.selector, id, 99, 100));
        fill(bid(id, 100, 50), SUPPLIER);
        eq(claimed(id, BANK), 40, "claimed came along");
        eq(payables.carried(BANK, BUYER, CNY), 60, "only what is unclaimed is carried");
        pay(id, 60);
        eq(payables.claim(id, BANK), 60, "the rest");
        eq(payables.carried(BANK, BUYER, CNY), 0, "released");
    }

    // ------------------------------------------------------------------ limits

    function test_a_sale_never_leaves_a_bank_above_its_limit() public {
        uint256 id = issue(100);
        vm.prank(key(BANK));
        limits.setLimit(BUYER, CNY, 59);
        bytes4 e = IExchange.LimitExceeded.selector;
        refusedFill(bid(id, 60, 58), SUPPLIER, abi.encodeWithSelector(e, BANK, BUYER, CNY, 60, 59));
        fill(bid(id, 59, 57), SUPPLIER);
        refusedFill(bid(id, 1, 1), SUPPLIER, abi.encodeWithSelector(e, BANK, BUYER, CNY, 60, 59));
        due(id);
        pay(id, 100);
        payables.claim(id, BANK);
        uint256 next = issue(100);
        fill(bid(next, 59, 57), SUPPLIER);
    }

    function test_the_limit_is_kept_on_the_group() public {
        vm.prank(key(BANK));
        limits.setLimit(BUYER, CNY, 100);
        fill(bid(issue(60), 60, 58), SUPPLIER);
        IPayables.Issue memory it = item(60);
        vm.prank(key(SISTER));
        uint256 id = payables.issue(it);
        bytes4 e = IExchange.LimitExceeded.selector;
        refusedFill(bid(id, 60, 58), SUPPLIER, abi.encodeWithSelector(e, BANK, BUYER, CNY, 120, 100));
        fill(bid(id, 40, 38), SUPPLIER);
    }

    function test_the_limit_is_kept_per_cash_asset() public {
        IPayables.Issue memory it = item(60);
        it.cashAsset = EUR;
        vm.prank(key(BUYER));
        uint256 id = payables.issue(it);
        IExchange.Quote memory q = bid(id, 60, 58);
        q.cashAsset = EUR;
        bytes4 e = IExchange.LimitExceeded.selector;
        refusedFill(q, SUPPLIER, abi.encodeWithSelector(e, BANK, BUYER, EUR, 60, 0));
        vm.prank(key(BANK));
        limits.setLimit(BUYER, EUR, 60);
        fill(q, SUPPLIER);
        eq(eur.balanceOf(holder(SUPPLIER)), 58, "in its currency");
    }

    function test_only_an_active_bank_sets_limits_and_only_its_own() public {
        bytes memory data = abi.encodeCall(ICreditLimits.setLimit, (BUYER, CNY, 1));
        bytes4 e = ICreditLimits.NotABank.selector;
        refused(SUPPLIER, address(limits), data, abi.encodeWithSelector(e, key(SUPPLIER), SUPPLIER));
        refused(STRANGER, address(limits), data, abi.encodeWithSelector(e, key(STRANGER), 0));
        vm.prank(MEMBERSHIP);
        members.suspend(BANK);
        refused(BANK, address(limits), data, abi.encodeWithSelector(e, key(BANK), BANK));
        eq(limits.limitOf(BANK, BUYER, CNY), RICH, "as it was");
    }

    function test_limits_can_be_replaced_by_the_policy_role() public {
        StrictLimits strict = new StrictLimits();
        vm.prank(POLICY);
        exchange.setCreditLimits(strict);
        bytes4 e = IExchange.LimitExceeded.selector;
        refusedFill(bid(issue(9), 9, 9), SUPPLIER, abi.encodeWithSelector(e, BANK, BUYER, CNY, 9, 8));
    }

    // ------------------------------------------------------------------ money of the same currency only

    function test_the_price_may_be_in_another_banks_money_of_the_same_currency() public {
        uint256 id = issue(100);
        vm.prank(POLICY);
        payables.addCashAsset("CNY", address(eur), SETTLEMENT);
        IExchange.Quote memory q = bid(id, 60, 58);
        q.cashAsset = 2;
        fill(q, SUPPLIER);
        eq(eur.balanceOf(holder(SUPPLIER)), 58, "paid in it");
        eq(payables.carried(BANK, BUYER, CNY), 60, "carried in the payable's own");
        q = bid(id, 1, 1);
        q.cashAsset = EUR;
        refusedFill(q, SUPPLIER, abi.encodeWithSelector(IPayables.CurrencyMismatch.selector, bytes3("EUR"), bytes3("CNY")));
        q.cashAsset = 3;
        refusedFill(q, SUPPLIER, err(IPayables.UnknownCashAsset.selector, 3, 3));
    }

    // ------------------------------------------------------------------ once, in time, here, by the right two

    function test_a_quote_fills_once() public {
        uint256 id = issue(100);
        IExchange.Quote memory q = bid(id, 10, 9);
        fill(q, SUPPLIER);
        refusedFill(q, SUPPLIER, err(IExchange.NonceUsed.selector, BANK, q.nonce));
        q.units = 11;
        refusedFill(q, SUPPLIER, err(IExchange.NonceUsed.selector, BANK, q.nonce));
    }

    function test_nonces_are_single_bits() public {
        uint256 id = issue(2_000);
        for (uint256 i = 0; i < 600; i += 37) {
            IExchange.Quote memory q = bid(id, 1, 1);
            q.nonce = i;
            fill(q, SUPPLIER);
            yes(exchange.nonceUsed(BANK, i), "used");
            yes(!exchange.nonceUsed(BANK, i + 1), "its neighbour is not");
            yes(!exchange.nonceUsed(OTHER_BANK, i), "nor another maker's");
        }
    }

    function test_a_cancelled_nonce_cannot_be_filled_nor_cancelled_again() public {
        IExchange.Quote memory q = bid(issue(100), 10, 9);
        bytes memory data = abi.encodeCall(IExchange.cancel, (q.nonce));
        done(SUPPLIER, address(exchange), data);
        yes(!exchange.nonceUsed(BANK, q.nonce), "somebody else's cancel does nothing");
        done(BANK, address(exchange), data);
        refusedFill(q, SUPPLIER, err(IExchange.NonceUsed.selector, BANK, q.nonce));
        refused(BANK, address(exchange), data, err(IExchange.NonceUsed.selector, BANK, q.nonce));
        refused(STRANGER, address(exchange), data, err(IExchange.NotAKey.selector, key(STRANGER)));
    }

    function test_the_deadline_counts_to_the_second() public {
        IExchange.Quote memory q = bid(issue(100), 10, 9);
        q.deadline = block.timestamp;
        fill(q, SUPPLIER);
        q.nonce += 1;
        vm.warp(block.timestamp + 1);
        refusedFill(q, SUPPLIER, err(IExchange.QuoteExpired.selector, q.deadline, block.timestamp));
    }

    function test_only_the_counterparty_or_any_eligible_one_if_none_is_named() public {
        uint256 id = issue(100);
        pass(id, SUPPLIER, SECOND, 50);
        IExchange.Quote memory q = bid(id, 10, 9);
        refusedFill(q, SECOND, err(IExchange.WrongCounterparty.selector, SECOND, SUPPLIER));
        refusedFill(q, STRANGER, err(IExchange.NotAKey.selector, key(STRANGER)));
        q.counterparty = 0;
        fill(q, SECOND);
        q = bid(id, 11, 9);
        q.counterparty = 0;
        refusedFill(q, BANK, err(IExchange.OwnQuote.selector, BANK));
        q = ask(id, 10, 0);
        q.counterparty = 0;
        refusedFill(q, BUYER, err(IPayables.RoleMissing.selector, BUYER, 1, 6));
    }

    function test_neither_side_may_be_suspended() public {
        uint256 id = issue(100);
        vm.prank(MEMBERSHIP);
        members.suspend(BANK);
        refusedFill(bid(id, 10, 9), SUPPLIER, err(IPayables.NotActive.selector, BANK));
        vm.prank(MEMBERSHIP);
        members.reinstate(BANK);
        vm.prank(MEMBERSHIP);
        members.suspendSupplier(SUPPLIER);
        refusedFill(bid(id, 10, 9), SUPPLIER, err(IPayables.NotActive.selector, SUPPLIER));
    }

    function test_a_signature_counts_on_one_chain_and_one_contract() public {
        uint256 id = issue(100);
        IExchange.Quote memory q = bid(id, 10, 9);
        bytes memory here = fillData(q);
        vm.chainId(block.chainid + 1);
        refused(SUPPLIER, address(exchange), here, err(IExchange.SignatureInvalid.selector, key(BANK)));
        vm.chainId(block.chainid - 1);
        Exchange other = new Exchange(address(manager), members, payables, limits);
        refused(SUPPLIER, address(other), here, err(IExchange.SignatureInvalid.selector, key(BANK)));
        done(SUPPLIER, address(exchange), here);
    }

    function test_every_field_is_signed() public {
        uint256 id = issue(100);
        IExchange.Quote memory q = bid(id, 10, 9);
        bytes memory signature = signed(q, BANK);
        for (uint256 i = 0; i < 7; ++i) {
            IExchange.Quote memory c = bid(id, 10, 9);
            if (i == 0) c.counterparty = 0;
            if (i == 1) c.id = id + 1;
            if (i == 2) c.units = 11;
            if (i == 3) c.price = 8;
            if (i == 4) c.cashAsset = EUR;
            if (i == 5) c.nonce += 1;
            if (i == 6) c.deadline -= 1;
            bytes memory data = abi.encodeCall(IExchange.fill, (c, key(BANK), signature));
            refused(SUPPLIER, address(exchange), data, err(IExchange.SignatureInvalid.selector, key(BANK)));
        }
        q.side = IExchange.Side.ASK;
        bytes memory turned = abi.encodeCall(IExchange.fill, (q, key(BANK), signature));
        refused(SUPPLIER, address(exchange), turned, err(IExchange.SignatureInvalid.selector, key(BANK)));
    }

    function test_the_signer_must_be_a_key_of_the_maker() public {
        IExchange.Quote memory q = bid(issue(100), 10, 9);
        bytes memory data = abi.encodeCall(IExchange.fill, (q, key(OTHER_BANK), signed(q, OTHER_BANK)));
        bytes4 e = IExchange.SignerNotAKeyOf.selector;
        refused(SUPPLIER, address(exchange), data, abi.encodeWithSelector(e, key(OTHER_BANK), BANK));
        data = abi.encodeCall(IExchange.fill, (q, key(BANK), signed(q, OTHER_BANK)));
        refused(SUPPLIER, address(exchange), data, err(IExchange.SignatureInvalid.selector, key(BANK)));
        vm.prank(key(BANK));
        members.replaceKey(address(0xBEEF));
        data = fillData(q);
        refused(SUPPLIER, address(exchange), data, abi.encodeWithSelector(e, key(BANK), BANK));
    }

    function test_malleable_and_broken_signatures_are_refused() public {
        IExchange.Quote memory q = bid(issue(100), 10, 9);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret(BANK), exchange.quoteDigest(q));
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes memory high = abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        bytes memory reason = err(IExchange.SignatureInvalid.selector, key(BANK));
        refused(SUPPLIER, address(exchange), abi.encodeCall(IExchange.fill, (q, key(BANK), high)), reason);
        bytes memory short = abi.encodePacked(r, s);
        refused(SUPPLIER, address(exchange), abi.encodeCall(IExchange.fill, (q, key(BANK), short)), reason);
        refused(SUPPLIER, address(exchange), abi.encodeCall(IExchange.fill, (q, key(BANK), "")), reason);
        bytes memory zero = abi.encodeCall(IExchange.fill, (q, address(0), abi.encodePacked(r, s, uint8(0))));
        bytes4 e = IExchange.SignerNotAKeyOf.selector;
        refused(SUPPLIER, address(exchange), zero, abi.encodeWithSelector(e, address(0), BANK));
    }

    function test_a_key_that_is_a_contract_signs_by_ERC1271() public {
        ContractSigner signer = new ContractSigner();
        vm.prank(key(BANK));
        members.addKey(address(signer));
        IExchange.Quote memory q = bid(issue(100), 10, 9);
        bytes memory data = abi.encodeCall(IExchange.fill, (q, address(signer), "anything"));
        bytes memory reason = err(IExchange.SignatureInvalid.selector, address(signer));
        refused(SUPPLIER, address(exchange), data, reason);
        signer.accept(exchange.quoteDigest(q));
        signer.breakDown();
        refused(SUPPLIER, address(exchange), data, reason);
        ContractSigner sound = new ContractSigner();
        vm.prank(key(BANK));
        members.addKey(address(sound));
        sound.accept(exchange.quoteDigest(q));
        done(SUPPLIER, address(exchange), abi.encodeCall(IExchange.fill, (q, address(sound), "anything")));
        eq(units(q.id, BANK), 10, "filled");
    }

    function test_a_pause_of_sales_lapses_and_rests() public {
        IExchange.Quote memory q = bid(issue(100), 10, 9);
        uint256 start = block.timestamp;
        vm.prank(PAUSER);
        exchange.pause();
        refusedFill(q, SUPPLIER, err(IExchange.PausedUntil.selector, start + 72 hours));
        bytes memory again = abi.encodeCall(IExchange.pause, ());
        vm.warp(start + 72 hours);
        fill(q, SUPPLIER);
        refusedBy(PAUSER, address(exchange), again, err(IExchange.PauseTooSoon.selector, start + 144 hours, start + 72 hours));
        vm.warp(start + 144 hours);
        doneBy(PAUSER, address(exchange), again);
        vm.prank(POLICY);
        exchange.unpause();
        q.nonce += 1;
        fill(q, SUPPLIER);
    }

    function test_only_the_exchange_sells() public {
        uint256 id = issue(100);
        bytes memory data = abi.encodeCall(IPayables.sell, (id, SUPPLIER, BANK, 10, CNY));
        refused(SUPPLIER, address(payables), data, err(IPayables.NotTheExchange.selector, key(SUPPLIER)));
        refused(BANK, address(payables), data, err(IPayables.NotTheExchange.selector, key(BANK)));
    }

    function test_the_domain_is_published() public view {
        (, string memory name, string memory version, uint256 chain, address verifier,,) = exchange.eip712Domain();
        eq(uint256(keccak256(bytes(name))), uint256(keccak256("Headwater Exchange")), "name");
        eq(uint256(keccak256(bytes(version))), uint256(keccak256("1")), "version");
        eq(chain, block.chainid, "chain");
        yes(verifier == address(exchange), "contract");
    }
}

contract StrictLimits is ICreditLimits {
    function setLimit(uint32, uint16, uint256) external {}

    function limitOf(uint32, uint32, uint16) external pure returns (uint256) {
        return 8;
    }
}
