// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExchange} from "../../interfaces/IExchange.sol";
import {IPayables} from "../../interfaces/IPayables.sol";
import {Fixture} from "./Fixture.t.sol";

/**
 * @dev Plays the register at random and keeps books of its own beside it. Each step picks from few members and ids, so
 *      that steps meet; a refused step is as welcome as one that goes through. What a step itself must never do is
 *      checked at the step; what must always hold is checked by the invariants.
 */
contract Handler is Fixture {
    /// @dev What the register is compared with: told by calls and answers, never read from its storage.
    struct Book {
        uint256 confirmed;
        uint256 surrendered;
        uint256 cancelled;
        uint256 paidIn;
        uint256 claimedOut;
        uint256 settledAway;
        uint256 lastStatus;
        bytes32 frame;
    }

    uint256 internal constant MAX_IDS = 12;

    uint256[] public ids;
    mapping(uint256 id => Book) public books;
    mapping(bytes32 quote => uint256) public fills;
    uint256 public steps;
    uint256 public went;

    uint32[5] private HOLDERS = [SUPPLIER, SECOND, THIRD, BANK, OTHER_BANK];
    IPayables.Issue[] private issued;
    IExchange.Quote private lastQuote;
    bytes private lastFill;

    constructor() {
        setUp();
    }

    function idCount() external view returns (uint256) {
        return ids.length;
    }

    function holderAt(uint256 i) public view returns (uint32) {
        return HOLDERS[i % HOLDERS.length];
    }

    // ------------------------------------------------------------------ steps

    function doIssue(uint256 seed, uint88 face, bool sister) external step {
        if (ids.length >= MAX_IDS) return;
        IPayables.Issue memory it = item(1 + uint256(face) % (seed % 3 == 0 ? 12 : 1e12));
        it.supplier = HOLDERS[seed % 3];
        it.cashAsset = seed % 5 == 0 ? EUR : CNY;
        it.dueDay = members.today() + uint24(seed % 40);
        enter(it, sister ? SISTER : BUYER);
    }

    /// @dev Tries an old invoice again, as it was or as its next revision.
    function doIssueAgain(uint256 seed, bool nextRevision) external step {
        if (issued.length == 0) return;
        IPayables.Issue memory it = issued[seed % issued.length];
        if (nextRevision) it.revision += 1;
        it.dueDay = members.today() + 5;
        uint256 id = payables.payableId(BUYER, it.fingerprint, it.revision);
        uint256 before = it.revision == 0 ? id : payables.payableId(BUYER, it.fingerprint, it.revision - 1);
        bool was = status(id) == IPayables.Status.None && it.revision != 0
            && status(before) == IPayables.Status.Cancelled;
        bool did = enter(it, BUYER);
        yes(!did || was, "C4: an invoice was issued twice");
    }

    function enter(IPayables.Issue memory it, uint32 buyer) private returns (bool ok) {
        bytes memory answer;
        vm.prank(key(buyer));
        (ok, answer) = address(payables).call(abi.encodeCall(IPayables.issue, (it)));
        if (!ok) return false;
        uint256 id = abi.decode(answer, (uint256));
        ids.push(id);
        if (buyer == BUYER) issued.push(it);
        Book storage b = books[id];
        b.confirmed = it.face;
        b.lastStatus = 1;
        b.frame = frameOf(id);
        ++went;
    }

    function doPass(uint256 seed, uint256 amount, bool whole) external step {
        (uint256 id, uint32 from, uint32 to) = pick(seed);
        uint256 has = units(id, from);
        uint256 n = whole ? has : amount % (has + 2);
        uint256 others = snapshotOthers(id, from, to);
        uint256 frozen = payables.getFrozenTokens(holder(from), id);
        vm.prank(key(from));
        (bool ok,) = address(payables).call(passData(id, to, n));
        if (!ok) return;
        ++went;
        yes(units(id, from) >= frozen, "C7: frozen units moved by pass");
        yes(to != BANK && to != OTHER_BANK, "a bank received by pass");
        eq(snapshotOthers(id, from, to), others, "C5: a bystander's units changed");
    }

    /// @dev Somebody tries to move what is not its own.
    function doSteal(uint256 seed, uint256 amount) external step {
        (uint256 id, uint32 from, uint32 to) = pick(seed);
        uint256 has = units(id, from);
        vm.prank(key(to));
        (bool ok,) = address(payables).call(
            abi.encodeCall(payables.safeTransferFrom, (holder(from), holder(to), id, amount % (has + 1), ""))
        );
        yes(!ok, "C5: units moved by another's key");
    }

    function doSell(uint256 seed, uint256 amount, uint256 price, bool asAsk) external step {
        (uint256 id, uint32 from, uint32 to) = pick(seed);
        uint256 has = units(id, from);
        IExchange.Quote memory q = bid(id, seed % 2 == 0 ? has : amount % (has + 2), price % 1e12);
        q.nonce = uint256(keccak256(abi.encode(seed, steps)));
        q.cashAsset = payables.payableInfo(id).cashAsset;
        q.deadline = block.timestamp + seed % 3;
        (q.maker, q.counterparty) = asAsk ? (from, to) : (to, from);
        if (asAsk) q.side = IExchange.Side.ASK;
        lastQuote = q;
        lastFill = fillData(q);
        attemptFill(q.counterparty);
    }

    /// @dev The last fill once more: same bytes, perhaps later.
    function doReplay(uint256 seed) external step {
        if (lastFill.length == 0) return;
        if (seed % 2 == 0) vm.warp(block.timestamp + 2);
        attemptFill(lastQuote.counterparty);
    }

    function attemptFill(uint32 taker) private {
        bool late = block.timestamp > lastQuote.deadline;
        uint32 to = lastQuote.side == IExchange.Side.BID ? lastQuote.maker : taker;
        vm.prank(key(taker));
        (bool ok,) = address(exchange).call(lastFill);
        if (!ok) return;
        ++went;
        yes(!late, "C10: filled after its deadline");
        eq(++fills[keccak256(lastFill)], 1, "C10: filled twice");
        if (to != BANK && to != OTHER_BANK) return;
        IPayables.Payable memory p = payables.payableInfo(lastQuote.id);
        uint256 has = payables.carried(to, BUYER, p.cashAsset);
        yes(has <= limits.limitOf(to, BUYER, p.cashAsset), "C9: a sale above the limit");
    }

    function doLimit(uint256 seed, uint256 limit) external step {
        vm.prank(key(seed % 2 == 0 ? BANK : OTHER_BANK));
        try limits.setLimit(BUYER, seed % 3 == 0 ? EUR : CNY, seed % 4 == 0 ? limit % 1e12 : RICH) {} catch {}
    }

    function doPay(uint256 seed, uint256 amount, uint8 who) external step {
        uint256 id = pickId(seed);
        IPayables.Payable memory p = payables.payableInfo(id);
        uint32 payer = who % 4 == 0 ? SISTER : who % 7 == 0 ? BANK : BUYER;
        uint256 rest = p.face - p.paid;
        uint256 n = seed % 2 == 0 ? rest : amount % (rest + 2);
        vm.prank(key(payer));
        (bool ok,) = address(payables).call(abi.encodeCall(IPayables.pay, (id, n, p.paid)));
        if (!ok) return;
        ++went;
        yes(members.mayPayFor(payer, p.buyer), "C8: paid by a stranger");
        books[id].paidIn += n;
    }

    function doMandate(uint256 seed) external step {
        vm.prank(key(seed % 2 == 0 ? BUYER : SISTER));
        try members.setPayer(seed % 4 < 2 ? BANK : (seed % 2 == 0 ? SISTER : BUYER), seed % 3 != 0) {} catch {}
    }

    function doClaim(uint256 seed) external step {
        uint256 id = pickId(seed);
        uint32 who = holderAt(seed >> 8);
        uint256 said = payables.claimable(id, who);
        (bool ok, bytes memory answer) = address(payables).call(abi.encodeCall(IPayables.claim, (id, who)));
        yes(ok == (said != 0), "a claim that could not be stopped was stopped, or the other way round");
        if (!ok) return;
        ++went;
        eq(abi.decode(answer, (uint256)), said, "claimable");
        books[id].claimedOut += said;
    }

    function doSurrender(uint256 seed, uint256 amount) external step {
        uint256 id = pickId(seed);
        uint32 who = holderAt(seed >> 8);
        uint256 has = units(id, who);
        uint256 n = seed % 2 == 0 ? has : amount % (has + 2);
        IPayables.Payable memory before = payables.payableInfo(id);
        uint256 had = claimed(id, who);
        uint256 frozen = payables.getFrozenTokens(holder(who), id);
        vm.prank(key(who));
        (bool ok,) = address(payables).call(abi.encodeCall(IPayables.surrender, (id, n, bytes32("why"))));
        if (!ok) return;
        ++went;
        IPayables.Payable memory p = payables.payableInfo(id);
        yes(units(id, who) >= frozen, "C7: frozen units surrendered");
        eq(before.face - p.face, n, "face falls by what was surrendered");
        yes(p.face == 0 || uint256(p.paid) * before.face >= uint256(before.paid) * p.face, "a ratio fell");
        books[id].surrendered += n;
        books[id].claimedOut += (before.paid - p.paid) - had;
        books[id].settledAway += before.paid - p.paid;
    }

    function doCancel(uint256 seed) external step {
        uint256 id = pickId(seed);
        IPayables.Payable memory p = payables.payableInfo(id);
        uint32 who = holderAt(seed >> 8);
        uint32 by = seed % 2 == 0 ? p.buyer : who;
        vm.prank(key(by));
        (bool ok, bytes memory answer) = address(payables).call(abi.encodeCall(IPayables.cancel, (id, who, bytes32("why"))));
        if (!ok || !abi.decode(answer, (bool))) return;
        ++went;
        books[id].cancelled += p.face;
    }

    function doFreeze(uint256 seed, uint256 amount) external step {
        uint256 id = pickId(seed);
        uint32 who = holderAt(seed >> 8);
        vm.prank(seed % 5 == 0 ? CORRECTOR : FREEZER);
        (bool ok,) = seed % 5 == 0
            ? address(payables).call(abi.encodeCall(IPayables.releaseFrozen, (id, who, amount % 10)))
            : address(payables).call(abi.encodeCall(payables.setFrozenTokens, (holder(who), id, 1 + amount % 20)));
        if (ok) ++went;
    }

    function doHold(uint256 seed) external step {
        uint256 id = pickId(seed);
        vm.prank(seed % 3 == 0 ? FREEZER : CORRECTOR);
        (bool ok,) = address(payables).call(
            seed % 3 == 0 ? abi.encodeCall(IPayables.hold, (id)) : abi.encodeCall(IPayables.releaseHold, (id))
        );
        if (ok) ++went;
    }

    function doForce(uint256 seed, uint256 amount, bool sameRole) external step {
        (uint256 id, uint32 from, uint32 to) = pick(seed);
        uint256 n = seed % 2 == 0 ? units(id, from) : 1 + amount % (units(id, from) + 1);
        address opener = sameRole ? CORRECTOR : OPENER;
        // A case that the opener opened in an earlier step and that could not be carried out then is still open.
        bool wasOpen = payables.caseOf(payables.caseKeyOf(id, from, to, n)).openedAt != 0;
        vm.prank(opener);
        (bool opened,) = address(payables).call(abi.encodeCall(IPayables.openCase, (id, from, to, n, bytes32("d"))));
        yes(!sameRole || !opened, "C11: the corrector opened a case");
        vm.prank(CORRECTOR);
        (bool ok,) = address(payables).call(abi.encodeCall(payables.forcedTransfer, (holder(from), holder(to), id, n)));
        if (!ok) return;
        ++went;
        yes(opened || wasOpen, "C11: carried out without a case");
    }

    function doMember(uint256 seed) external step {
        uint32 who = seed % 7 == 0 ? BUYER : holderAt(seed);
        vm.prank(MEMBERSHIP);
        (bool ok,) = seed % 3 == 0
            ? address(members).call(abi.encodeCall(members.suspend, (who)))
            : address(members).call(abi.encodeCall(members.reinstate, (who)));
        if (ok) ++went;
    }

    function doPause(uint256 seed) external step {
        vm.prank(seed % 4 == 0 ? PAUSER : POLICY);
        (bool ok,) = address(payables).call(
            seed % 4 == 0 ? abi.encodeCall(IPayables.pause, ()) : abi.encodeCall(IPayables.unpause, ())
        );
        if (ok) ++went;
    }

    function doWait(uint256 seed) external step {
        vm.warp(block.timestamp + (seed % 3 == 0 ? 10 days : seed % 50_000));
    }

    // ------------------------------------------------------------------ inside

    /// @dev After every step: no status went back, and what never changes has not.
    modifier step() {
        ++steps;
        _;
        for (uint256 i = 0; i < ids.length; ++i) {
            Book storage b = books[ids[i]];
            uint256 s = uint256(status(ids[i]));
            yes(s >= b.lastStatus, "C6: a status went back");
            yes(b.lastStatus < 3 || s == b.lastStatus, "C6: an ending was left");
            b.lastStatus = s;
            yes(frameOf(ids[i]) == b.frame, "C4: buyer, due day or cash asset changed");
        }
    }

    function frameOf(uint256 id) private view returns (bytes32) {
        IPayables.Payable memory p = payables.payableInfo(id);
        return keccak256(abi.encode(p.buyer, p.dueDay, p.cashAsset));
    }

    function pickId(uint256 seed) private view returns (uint256) {
        return ids.length == 0 ? seed : ids[(seed >> 16) % ids.length];
    }

    /// @dev Prefers a holder that has something, or most steps would be refused for want of units.
    function pick(uint256 seed) private view returns (uint256 id, uint32 from, uint32 to) {
        id = pickId(seed);
        from = holderAt(seed >> 8);
        for (uint256 i = 0; i < 5 && units(id, from) == 0; ++i) {
            from = HOLDERS[i];
        }
        to = holderAt(seed >> 24);
    }

    function snapshotOthers(uint256 id, uint32 a, uint32 b) private view returns (uint256 hash) {
        for (uint256 i = 0; i < 5; ++i) {
            if (HOLDERS[i] == a || HOLDERS[i] == b) continue;
            hash = uint256(keccak256(abi.encode(hash, units(id, HOLDERS[i]), claimed(id, HOLDERS[i]))));
        }
    }

    // ------------------------------------------------------------------ what must always hold

    function checkAll() external view {
        uint256[2] memory owed;
        uint256[2][2] memory carried_;
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = ids[i];
            Book memory b = books[id];
            IPayables.Payable memory p = payables.payableInfo(id);
            // C4: an id, once seen, exists for ever.
            yes(p.status != IPayables.Status.None, "C4: an id vanished");
            // C2: confirmed = face now + surrendered + cancelled.
            eq(b.confirmed, p.face + b.surrendered + b.cancelled, "C2");
            // C3: claimed <= paid <= face, per id.
            eq(p.paid + b.settledAway, b.paidIn, "C3: paid");
            yes(b.claimedOut <= b.paidIn && p.paid <= p.face, "C3: claimed <= paid <= face");
            // C1: balances less what was claimed on them = face less claimed.
            (uint256 balances, uint256 onThem) = sums(id, p);
            eq(balances - onThem, p.face - (b.claimedOut - b.settledAway), "C1");
            // C12: nothing but issue creates units: no more are held than were confirmed.
            yes(balances <= b.confirmed, "C12: units out of nothing");
            owed[p.cashAsset] += b.paidIn - b.claimedOut;
            for (uint256 k = 0; k < 2; ++k) {
                IPayables.Holding memory h = payables.holdingOf(id, k == 0 ? BANK : OTHER_BANK);
                carried_[k][p.cashAsset] += h.units - h.claimed;
            }
        }
        // C3: the ledger's money is what was paid and not yet claimed, per cash asset. C12: and not a cent is stuck.
        eq(cny.balanceOf(address(payables)), owed[CNY], "C3: money");
        eq(eur.balanceOf(address(payables)), owed[EUR], "C3: money");
        eq(address(payables).balance + address(exchange).balance, 0, "C12: ether");
        eq(cny.balanceOf(address(exchange)) + cny.balanceOf(address(cny)), 0, "C12: stray money");
        // C9: what a bank carries = unclaimed units it holds of that group, per cash asset.
        for (uint16 asset = 0; asset < 2; ++asset) {
            eq(payables.carried(BANK, BUYER, asset), carried_[0][asset], "C9");
            eq(payables.carried(OTHER_BANK, BUYER, asset), carried_[1][asset], "C9");
        }
    }

    function sums(uint256 id, IPayables.Payable memory p) private view returns (uint256 balances, uint256 onThem) {
        for (uint256 i = 0; i < 5; ++i) {
            IPayables.Holding memory h = payables.holdingOf(id, HOLDERS[i]);
            balances += h.units;
            onThem += h.claimed;
            // C3, holder by holder: nobody has had more than its share, rounded down.
            yes(p.face == 0 || h.claimed <= uint256(h.units) * p.paid / p.face, "C3: more than its share");
        }
    }
}
