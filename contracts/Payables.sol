// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Corrections} from "./Corrections.sol";
import {IIssuePolicy} from "./interfaces/IIssuePolicy.sol";
import {IMembers} from "./interfaces/IMembers.sol";
import {IPayables} from "./interfaces/IPayables.sol";
import {Ledger} from "./Ledger.sol";
import {Entitlement} from "./libraries/Entitlement.sol";
import {HolderAddress} from "./libraries/HolderAddress.sol";
import {Roles} from "./libraries/Roles.sol";

/**
 * @title  Payables
 * @notice The life of a payable: issue, pass, sell, pay, claim, surrender, cancel.
 */
contract Payables is Corrections, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev What is the same for all issues of one transaction; the last five for issues that follow each other with the
    ///      same supplier or cash asset, so that a batch asks once.
    struct IssueContext {
        uint32 buyer;
        uint256 fingerprintScheme;
        uint256 cashAssets;
        uint256 today;
        IIssuePolicy policy;
        uint256 supplier;
        uint256 ruleOf;
        uint256 maxFace;
        uint256 minTenor;
        uint256 maxTenor;
    }

    // ------------------------------------------------------------------ immutables

    /// @inheritdoc IPayables
    uint256 public constant MAX_BATCH = 200;
    /// @inheritdoc IPayables
    uint256 public constant MAX_RECIPIENTS = 100;
    /// @inheritdoc IPayables
    uint40 public constant CANCEL_TERM = 30 days;
    /// @inheritdoc IPayables
    uint40 public constant PAUSE_TERM = 72 hours;
    /// @inheritdoc IPayables
    bytes32 public immutable FAMILY_SALT;
    /// @dev The ledger before this one; zero for the first.
    IPayables public immutable PREDECESSOR;

    // ------------------------------------------------------------------ storage

    mapping(uint16 index => CashAsset) private _cashAssets;
    mapping(bytes32 consentKey => Consent) private _consents;

    // ------------------------------------------------------------------ construction

    constructor(
        address authority_,
        IMembers members,
        address exchange,
        IIssuePolicy policy,
        bytes32 familySalt,
        IPayables predecessor
    ) AccessManaged(authority_) Ledger(members, exchange) {
        // Two ledgers of one family must never both issue.
        if (address(predecessor) != address(0) && !predecessor.issuanceRetired()) {
            revert PredecessorNotRetired(address(predecessor));
        }
        FAMILY_SALT = familySalt;
        PREDECESSOR = predecessor;
        issuePolicy = policy;
        emit IssuePolicyChanged(policy);
    }

    // ------------------------------------------------------------------ issue

    /// @inheritdoc IPayables
    function issue(Issue memory item) external returns (uint256 id) {
        return _issue(item, _issueContext());
    }

    /// @inheritdoc IPayables
    function issueMany(Issue[] calldata items) external returns (uint256[] memory ids) {
        if (items.length == 0 || items.length > MAX_BATCH) revert CountOutOfRange(items.length, MAX_BATCH);
        IssueContext memory context = _issueContext();
        ids = new uint256[](items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            ids[i] = _issue(items[i], context);
        }
    }

    function _issueContext() private view returns (IssueContext memory context) {
        (uint32 buyer, uint8 roles, bool active, uint16 scheme) = MEMBERS.issuer(msg.sender);
        if (buyer == 0) revert NotAKey(msg.sender);
        if (!active) revert NotActive(buyer);
        if (roles & Roles.BUYER == 0) revert RoleMissing(buyer, roles, Roles.BUYER);
        _requireNotPaused();
        if (issuanceRetired) revert IssuanceIsRetired();
        context.buyer = buyer;
        context.fingerprintScheme = scheme;
        context.cashAssets = cashAssetCount;
        context.today = _today();
        context.policy = issuePolicy;
        // Neither a member nor an asset: the first issue asks about both.
        context.supplier = type(uint256).max;
        context.ruleOf = type(uint256).max;
    }

    function _issue(Issue memory item, IssueContext memory context) private returns (uint256 id) {
        uint32 buyer = context.buyer;
        id = payableId(buyer, item.fingerprint, item.revision);
        _requireNew(id, buyer, item);
        if (item.supplier == buyer) revert SelfIssue(buyer);
        if (item.fingerprintScheme != context.fingerprintScheme) {
            revert FingerprintSchemeNotCurrent(item.fingerprintScheme, context.fingerprintScheme);
        }
        if (item.supplier != context.supplier) {
            _requireReceiver(item.supplier, false);
            context.supplier = item.supplier;
        }
        _requirePolicy(item, context);
        _create(
            id,
            uint256(item.face) | uint256(item.cashAsset) << 176 | uint256(buyer) << 192 | uint256(item.dueDay) << 224
                | uint256(Status.Open) << 248,
            item.supplier,
            item.face
        );
        _emitIssued(id, buyer, item);
    }

    /// @dev The existence of the record is the check against financing one invoice twice.
    function _requireNew(uint256 id, uint32 buyer, Issue memory item) private view {
        Status known = statusOf(id);
        if (known != Status.None) revert AlreadyIssued(id, known);
        if (item.revision == 0) return;
        uint256 previous = payableId(buyer, item.fingerprint, item.revision - 1);
        Status before = statusOf(previous);
        if (before != Status.Cancelled) revert PreviousRevisionNotCancelled(previous, before);
    }

    /// @dev Asset, face and due day, by the ledger's own rules and the policy's.
    function _requirePolicy(Issue memory item, IssueContext memory context) private view {
        uint256 asset = item.cashAsset;
        if (asset != context.ruleOf) {
            if (asset >= context.cashAssets) revert UnknownCashAsset(asset, context.cashAssets);
            (context.maxFace, context.minTenor, context.maxTenor) =
                context.policy.issueTerms(context.buyer, uint16(asset));
            context.ruleOf = asset;
        }
        if (item.face == 0) revert FaceZero();
        if (item.face > context.maxFace) revert FaceAboveMaximum(item.face, context.maxFace);
        if (item.dueDay < context.today) revert DueDayPast(item.dueDay, context.today);
        uint256 tenor = item.dueDay - context.today;
        if (tenor < context.minTenor) revert TenorBelowMinimum(tenor, context.minTenor);
        if (tenor > context.maxTenor) revert TenorAboveMaximum(tenor, context.maxTenor);
    }

    /// @dev On its own because the stack holds sixteen words.
    function _emitIssued(uint256 id, uint32 buyer, Issue memory item) private {
        emit Issued(
            id,
            buyer,
            item.supplier,
            item.fingerprint,
            item.revision,
            item.fingerprintScheme,
            item.face,
            item.cashAsset,
            item.dueDay,
            item.termsHash,
            item.documentHash,
            item.evidenceHash
        );
    }

    // ------------------------------------------------------------------ pass and sell

    /// @inheritdoc IPayables
    function pass(uint256 id, uint32[] calldata to, uint256[] calldata units, bytes32[] calldata evidence) external {
        if (to.length == 0 || to.length > MAX_RECIPIENTS) revert CountOutOfRange(to.length, MAX_RECIPIENTS);
        if (units.length != to.length) revert LengthsDiffer(units.length, to.length);
        if (evidence.length != to.length) revert LengthsDiffer(evidence.length, to.length);
        _requireNotPaused();
        (uint32 from, bool bank) = _activeCaller();
        Record memory r = _movable(id);
        uint256 total;
        for (uint256 i = 0; i < to.length; ++i) {
            _requireReceiver(to[i], false);
            _moveByConsent(id, r, from, bank, to[i], false, units[i]);
            total += units[i];
            emit Passed(id, from, to[i], units[i], evidence[i]);
        }
        _requireUnfrozen(id, r, from, total);
    }

    /// @inheritdoc IPayables
    function sell(uint256 id, uint32 from, uint32 to, uint256 units, uint16 priceAsset)
        external
        returns (Delivery memory d)
    {
        if (msg.sender != EXCHANGE) revert NotTheExchange(msg.sender);
        Record memory r = _movable(id);
        d.cashAsset = uint16(r.cashAsset);
        d.token = _priceToken(priceAsset, d.cashAsset);
        uint8 roles = _requireActive(from);
        d.buyerIsBank = _requireReceiver(to, true);
        bool fromBank = roles & Roles.BANK != 0;
        Move memory m = _moveByConsent(id, r, from, fromBank, to, d.buyerIsBank, units);
        _requireUnfrozen(id, r, from, units);
        (d.obligorGroup, d.carriedAfter) = (m.obligorGroup, m.carriedAfter);
    }

    /// @dev A price may be paid in another settlement bank's money, never in another currency.
    function _priceToken(uint16 priceAsset, uint16 ownAsset) private view returns (address) {
        CashAsset memory price = _cashAssets[priceAsset];
        if (price.token == address(0)) revert UnknownCashAsset(priceAsset, cashAssetCount);
        if (priceAsset != ownAsset) {
            bytes3 own = _cashAssets[ownAsset].currency;
            if (price.currency != own) revert CurrencyMismatch(price.currency, own);
        }
        return price.token;
    }

    // ------------------------------------------------------------------ pay and claim

    /// @inheritdoc IPayables
    function pay(uint256 id, uint256 amount, uint256 expectedPaid) external nonReentrant {
        uint32 payer = _memberOfKey(msg.sender);
        if (payer == 0) revert NotAKey(msg.sender);
        Record memory r = _record(id);
        if (!_owes(_status(r))) revert StatusNotAllowed(id, _status(r));
        if (payer != r.buyer && !MEMBERS.mayPayFor(payer, uint32(r.buyer))) revert MayNotPay(payer, uint32(r.buyer));
        if (r.paid != expectedPaid) revert PaidMismatch(expectedPaid, r.paid);
        if (amount == 0) revert AmountZero();
        uint256 outstanding = r.face - r.paid;
        if (amount > outstanding) revert AmountAboveOutstanding(amount, outstanding);
        // Otherwise a buyer could close trading in a payable by paying one cent early.
        if (amount < outstanding && _today() < r.dueDay) revert PartPaymentBeforeDueDay(r.dueDay, _today());

        Status status = amount == outstanding ? Status.Paid : Status.Paying;
        r.paid += amount;
        r.state = _withStatus(r.state, status);
        _store(id, r);
        emit Paid(id, payer, amount, r.paid, status);
        IERC20(_cashAssets[uint16(r.cashAsset)].token).safeTransferFrom(HolderAddress.holderOf(payer), address(this), amount);
    }

    /// @inheritdoc IPayables
    function claim(uint256 id, uint32 holder) external nonReentrant returns (uint256 amount) {
        Record memory r = _record(id);
        amount = _claim(id, r, holder, _isBank(holder));
        if (amount == 0) revert NothingToClaim(id, holder);
        _payOut(r.cashAsset, holder, amount);
    }

    /// @inheritdoc IPayables
    function claimMany(uint256[] calldata ids, uint32 holder) external nonReentrant returns (uint256 amount) {
        if (ids.length == 0 || ids.length > MAX_BATCH) revert CountOutOfRange(ids.length, MAX_BATCH);
        bool bank = _isBank(holder);
        // All writing comes first, then the money: one transfer for each run of ids in the same cash asset.
        uint256[] memory assets = new uint256[](ids.length);
        uint256[] memory sums = new uint256[](ids.length);
        uint256 runs = 0;
        for (uint256 i = 0; i < ids.length; ++i) {
            Record memory r = _record(ids[i]);
            uint256 due = _claim(ids[i], r, holder, bank);
            if (due == 0) continue;
            amount += due;
            if (runs == 0 || assets[runs - 1] != r.cashAsset) assets[runs++] = r.cashAsset;
            sums[runs - 1] += due;
        }
        for (uint256 i = 0; i < runs; ++i) {
            _payOut(assets[i], holder, sums[i]);
        }
    }

    function _payOut(uint256 asset, uint32 holder, uint256 amount) private {
        IERC20(_cashAssets[uint16(asset)].token).safeTransfer(HolderAddress.holderOf(holder), amount);
    }

    /// @dev Books a claim; whoever calls this moves the money.
    function _claim(uint256 id, Record memory r, uint32 holder, bool bank) private returns (uint256 amount) {
        Holding memory h = _holding(id, holder);
        uint256 due = _due(id, r, holder, h.units);
        if (due <= h.claimed) return 0;
        amount = due - h.claimed;
        _book(id, r, holder, bank, due, amount);
        if (due == h.units) _burn(id, r, holder, bank, due, due);
    }

    /// @dev Raises what was paid out on a holding, and lowers by as much what a bank carries.
    function _book(uint256 id, Record memory r, uint32 holder, bool bank, uint256 due, uint256 amount) private {
        (uint256 units,) = _holdingWords(id, holder);
        _storeHolding(id, holder, units, due);
        if (bank) carried[holder][_groupOf(r.buyer)][uint16(r.cashAsset)] -= amount;
        emit Claimed(id, holder, amount, due);
    }

    /// @dev All that may have been paid out on a holding by now: its share, but never into the frozen units.
    function _due(uint256 id, Record memory r, uint32 holder, uint256 units) private view returns (uint256 due) {
        if (r.paid == 0) return 0;
        due = Entitlement.shareDown(units, r.paid, r.face);
        if (r.state & MAY_BE_FROZEN != 0) {
            uint256 frozen = _frozen(id, holder);
            uint256 free = units > frozen ? units - frozen : 0;
            if (due > free) due = free;
        }
    }

    // ------------------------------------------------------------------ endings

    /// @inheritdoc IPayables
    function surrender(uint256 id, uint256 units, bytes32 reasonHash) external nonReentrant {
        (uint32 holder, bool bank) = _activeCaller();
        if (units == 0) revert UnitsZero();
        Record memory r = _movable(id);
        if (!_owes(_status(r))) revert StatusNotAllowed(id, _status(r));
        uint256 settled;
        uint256 payout;
        if (r.paid != 0) {
            Holding memory h = _holding(id, holder);
            if (units != h.units) revert WholeHoldingOnly(id, units, h.units);
            settled = Entitlement.shareDown(units, r.paid, r.face);
            payout = settled - h.claimed;
            if (payout != 0) _book(id, r, holder, bank, settled, payout);
        }
        _burn(id, r, holder, bank, units, settled);
        _requireUnfrozen(id, r, holder, units);
        _lowerFace(id, r, units, settled);
        emit Surrendered(id, holder, units, settled, r.face, r.paid, _status(r), reasonHash);
        if (payout != 0) _payOut(r.cashAsset, holder, payout);
    }

    /// @dev Rounding down what leaves `paid` can bring it level with the face: then the rest is paid in full.
    function _lowerFace(uint256 id, Record memory r, uint256 units, uint256 settled) private {
        r.face -= units;
        r.paid -= settled;
        if (r.face == 0) r.state = _withStatus(r.state, Status.Closed);
        else if (r.paid == r.face) r.state = _withStatus(r.state, Status.Paid);
        _store(id, r);
    }

    /// @inheritdoc IPayables
    function cancel(uint256 id, uint32 holder, bytes32 reasonHash) external returns (bool done) {
        Record memory r = _movable(id);
        if (_status(r) != Status.Open) revert StatusNotAllowed(id, _status(r));
        uint256 face = r.face;
        uint256 units = _holding(id, holder).units;
        if (units != face) revert HolderHasNotAll(id, units, face);
        if (!_bothAgree(id, uint32(r.buyer), holder, reasonHash)) return false;

        _burn(id, r, holder, false, face, 0);
        _requireUnfrozen(id, r, holder, face);
        r.face = 0;
        r.state = _withStatus(r.state, Status.Cancelled);
        _store(id, r);
        emit Cancelled(id, uint32(r.buyer), holder, face, reasonHash);
        return true;
    }

    /// @dev Keeps the first consent; uses it up with the second.
    function _bothAgree(uint256 id, uint32 buyer, uint32 holder, bytes32 reasonHash) private returns (bool) {
        (uint32 caller,) = _activeCaller();
        if (caller != buyer && caller != holder) revert NotAParty(id, caller);
        if (_isBank(holder)) revert BankDoesNotCancel(holder);
        bytes32 key = _consentKey(id, holder, reasonHash);
        Consent memory other = _consents[key];
        if (other.by == 0 || other.by == caller || block.timestamp >= other.until) {
            uint40 until = uint40(block.timestamp) + CANCEL_TERM;
            _consents[key] = Consent(caller, until);
            emit CancelAgreed(id, caller, holder, reasonHash, until);
            return false;
        }
        _requireActive(other.by);
        delete _consents[key];
        return true;
    }

    function _consentKey(uint256 id, uint32 holder, bytes32 reasonHash) private pure returns (bytes32) {
        return keccak256(abi.encode(id, holder, reasonHash));
    }

    // ------------------------------------------------------------------ administration

    /// @inheritdoc IPayables
    function addCashAsset(bytes3 currency, address token, uint32 bank) external restricted returns (uint16 index) {
        if (currency == 0 || token.code.length == 0 || bank == 0) revert CashAssetInvalid(token, currency, bank);
        // The count overflows, and reverts, before an index could be given twice.
        index = cashAssetCount;
        cashAssetCount = index + 1;
        _cashAssets[index] = CashAsset(token, currency, bank);
        emit CashAssetAdded(index, currency, token, bank);
    }

    /// @inheritdoc IPayables
    function setIssuePolicy(IIssuePolicy policy) external restricted {
        issuePolicy = policy;
        emit IssuePolicyChanged(policy);
    }

    /// @inheritdoc IPayables
    function pause() external restricted {
        uint40 allowedFrom = pausedUntil == 0 ? 0 : pausedUntil + PAUSE_TERM;
        if (block.timestamp < allowedFrom) revert PauseTooSoon(allowedFrom, block.timestamp);
        pausedUntil = uint40(block.timestamp) + PAUSE_TERM;
        emit PauseSet(pausedUntil);
    }

    /// @inheritdoc IPayables
    function unpause() external restricted {
        pausedUntil = uint40(block.timestamp);
        emit PauseSet(pausedUntil);
    }

    /// @inheritdoc IPayables
    function retireIssuance() external restricted {
        issuanceRetired = true;
        emit IssuanceRetired();
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IPayables
    function payableId(uint32 buyer, bytes32 fingerprint, uint32 revision) public view returns (uint256) {
        return uint256(keccak256(abi.encode(FAMILY_SALT, buyer, fingerprint, revision)));
    }

    /// @inheritdoc IPayables
    function payableInfo(uint256 id) external view returns (Payable memory) {
        Record memory r = _record(id);
        return Payable(
            uint88(r.face),
            uint88(r.paid),
            uint16(r.cashAsset),
            uint32(r.buyer),
            uint24(r.dueDay),
            _status(r),
            r.state & MAY_BE_FROZEN != 0,
            r.state & MAY_BE_HELD != 0
        );
    }

    /// @inheritdoc IPayables
    function statusOf(uint256 id) public view returns (Status status) {
        status = _statusHere(id);
        if (status == Status.None && address(PREDECESSOR) != address(0)) status = PREDECESSOR.statusOf(id);
    }

    /// @inheritdoc IPayables
    function isOverdue(uint256 id) external view returns (bool) {
        Record memory r = _record(id);
        return _owes(_status(r)) && _today() > r.dueDay;
    }

    /// @inheritdoc IPayables
    function holdingOf(uint256 id, uint32 holder) external view returns (Holding memory) {
        return _holding(id, holder);
    }

    /// @inheritdoc IPayables
    function claimable(uint256 id, uint32 holder) external view returns (uint256) {
        Holding memory h = _holding(id, holder);
        uint256 due = _due(id, _record(id), holder, h.units);
        return due > h.claimed ? due - h.claimed : 0;
    }

    /// @inheritdoc IPayables
    function cashAsset(uint16 index) external view returns (CashAsset memory) {
        return _cashAssets[index];
    }

    /// @inheritdoc IPayables
    function cancelConsent(uint256 id, uint32 holder, bytes32 reasonHash) external view returns (Consent memory) {
        return _consents[_consentKey(id, holder, reasonHash)];
    }

    /// @inheritdoc IPayables
    function today() external view returns (uint24) {
        return _today();
    }

    /// @inheritdoc IPayables
    function holderOf(uint32 member) external pure returns (address) {
        return HolderAddress.holderOf(member);
    }

    /// @inheritdoc IPayables
    function memberOfHolder(address account) external pure returns (uint32) {
        return HolderAddress.memberOf(account);
    }
}
