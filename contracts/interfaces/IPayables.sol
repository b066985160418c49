// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {IERC7943MultiToken} from "./IERC7943MultiToken.sol";
import {IIssuePolicy} from "./IIssuePolicy.sol";

/**
 * @title  IPayables
 * @notice The ledger of payables. One id is one confirmed payable; one unit is one minor unit of its currency.
 *
 *         Members are named by number in the ledger's own verbs and events, and by holder address on the standard
 *         surfaces (ERC-1155, ERC-7943). Approvals are keys: an operator of a holder is an active key of that member.
 *         Every change of a balance emits `TransferSingle`; `TransferBatch` is never used.
 *
 *         What is assumed of a listed cash asset: no fee on transfer, no rebasing, transfers revert or return true. It
 *         may block an account; then only that account's claims wait. `DepositMoney` keeps all of this.
 */
interface IPayables is IERC1155, IERC7943MultiToken {
    /// @notice Only ever moves forward. Paying: something has been paid. Paid: the face has been paid. Closed:
    ///         surrendered to the last unit.
    enum Status {
        None,
        Open,
        Paying,
        Paid,
        Closed,
        Cancelled
    }

    /**
     * @param fingerprint       keyed hash of the invoice's identity, under a key of the buyer
     * @param revision          0, or n when revision n-1 was cancelled
     * @param fingerprintScheme version of the buyer's fingerprint key
     * @param supplier          member that is owed the face and holds it first
     * @param face              minor units
     * @param cashAsset         what it will be paid in
     * @param dueDay            register day on which it is due
     * @param termsHash         salted hash of the terms
     * @param documentHash      salted hash of the document
     * @param evidenceHash      salted hash of the confirmation's evidence
     */
    struct Issue {
        bytes32 fingerprint;
        uint32 revision;
        uint16 fingerprintScheme;
        uint32 supplier;
        uint88 face;
        uint16 cashAsset;
        uint24 dueDay;
        bytes32 termsHash;
        bytes32 documentHash;
        bytes32 evidenceHash;
    }

    /**
     * @notice The whole of what is stored about a payable: one word.
     * @param face      what is owed in all, less what was surrendered
     * @param paid      what has been paid, less what left with surrendered units
     * @param cashAsset index into the list of cash assets
     * @param buyer     the member that owes
     * @param dueDay    register day
     * @param status    see `Status`
     * @param mayBeFrozen whether a freeze was ever set on a holding of it
     * @param mayBeHeld   whether it was ever held as a whole
     */
    struct Payable {
        uint88 face;
        uint88 paid;
        uint16 cashAsset;
        uint32 buyer;
        uint24 dueDay;
        Status status;
        bool mayBeFrozen;
        bool mayBeHeld;
    }

    /// @param units   held, as `balanceOf`
    /// @param claimed already paid out on these units
    struct Holding {
        uint88 units;
        uint88 claimed;
    }

    /// @param currency ISO 4217 code
    /// @param token    deposit money
    /// @param bank     settlement bank that issues it
    struct CashAsset {
        address token;
        bytes3 currency;
        uint32 bank;
    }

    /// @param by    the member that agreed
    /// @param until when its consent lapses
    struct Consent {
        uint32 by;
        uint40 until;
    }

    /// @param openedAt when the case was opened, 0 if there is none
    /// @param decision hash of the decision that it rests on
    struct Case {
        uint40 openedAt;
        bytes32 decision;
    }

    /**
     * @notice What the exchange must know to settle a sale.
     * @param token        of the cash asset that the price is in
     * @param buyerIsBank  whether the recipient is a bank, so that its limit counts
     * @param obligorGroup of the buyer who owes (0 where no bank takes part)
     * @param cashAsset    the payable's own, that the limit is kept in
     * @param carriedAfter what the recipient carries of that group and asset now
     */
    struct Delivery {
        address token;
        bool buyerIsBank;
        uint32 obligorGroup;
        uint16 cashAsset;
        uint256 carriedAfter;
    }

    // ------------------------------------------------------------------ events

    event Issued(
        uint256 indexed id,
        uint32 indexed buyer,
        uint32 indexed holder,
        bytes32 fingerprint,
        uint32 revision,
        uint16 fingerprintScheme,
        uint88 face,
        uint16 cashAsset,
        uint24 dueDay,
        bytes32 termsHash,
        bytes32 documentHash,
        bytes32 evidenceHash
    );
    event Passed(uint256 indexed id, uint32 indexed from, uint32 indexed to, uint256 units, bytes32 evidence);
    event Paid(uint256 indexed id, uint32 indexed payer, uint256 amount, uint256 paidAfter, Status status);
    /// @param claimedAfter on the units that the holder had; if it equals them they were burned (see TransferSingle)
    event Claimed(uint256 indexed id, uint32 indexed holder, uint256 amount, uint256 claimedAfter);
    /// @param settled what left `paid` together with the units: all that was ever paid out on them
    event Surrendered(
        uint256 indexed id,
        uint32 indexed holder,
        uint256 units,
        uint256 settled,
        uint256 faceAfter,
        uint256 paidAfter,
        Status status,
        bytes32 reasonHash
    );
    event Cancelled(uint256 indexed id, uint32 indexed buyer, uint32 indexed holder, uint256 face, bytes32 reasonHash);
    event CancelAgreed(uint256 indexed id, uint32 indexed by, uint32 indexed holder, bytes32 reasonHash, uint40 until);
    /// @notice `Frozen` says it for wallets; this one says by number and until when.
    event FreezeSet(uint256 indexed id, uint32 indexed holder, uint256 units, uint40 until);
    event HoldSet(uint256 indexed id, uint40 until);
    event CaseOpened(
        bytes32 indexed caseKey,
        uint256 indexed id,
        uint32 indexed from,
        uint32 to,
        uint256 units,
        bytes32 decision,
        uint40 lapsesAt
    );
    event CaseWithdrawn(bytes32 indexed caseKey);
    /// @param claimed what had been paid out on the moved units, moved with them
    event CaseCarriedOut(
        bytes32 indexed caseKey, uint256 indexed id, uint32 indexed from, uint32 to, uint256 units, uint256 claimed
    );
    event CashAssetAdded(uint16 indexed index, bytes3 currency, address token, uint32 indexed bank);
    event IssuePolicyChanged(IIssuePolicy policy);
    event PauseSet(uint40 until);
    event IssuanceRetired();

    // ------------------------------------------------------------------ errors

    /// @notice The caller is not an active key of any member.
    error NotAKey(address caller);
    error NotActive(uint32 member);
    error RoleMissing(uint32 member, uint8 actual, uint8 required);
    error ApprovalsAreKeys();
    /// @notice Banks receive units by sale or by forced transfer only.
    error BanksReceiveBySaleOnly(uint32 bank);
    error SameHolder(uint32 member);
    error UnitsZero();
    error LengthsDiffer(uint256 first, uint256 second);
    error CountOutOfRange(uint256 actual, uint256 allowed);
    error PausedUntil(uint40 until);
    error StatusNotAllowed(uint256 id, Status actual);
    error HeldUntil(uint256 id, uint40 until);
    /// @notice Once something has been paid, a holding moves only as a whole, with what was claimed on it.
    error WholeHoldingOnly(uint256 id, uint256 actual, uint256 whole);

    error AlreadyIssued(uint256 id, Status status);
    error PreviousRevisionNotCancelled(uint256 previousId, Status status);
    error FaceZero();
    error DueDayPast(uint256 actual, uint256 today);
    error UnknownCashAsset(uint256 actual, uint256 count);
    error FaceAboveMaximum(uint256 actual, uint256 allowed);
    error TenorBelowMinimum(uint256 actual, uint256 allowed);
    error TenorAboveMaximum(uint256 actual, uint256 allowed);
    error SelfIssue(uint32 member);
    error FingerprintSchemeNotCurrent(uint256 actual, uint256 current);
    error IssuanceIsRetired();
    error PredecessorNotRetired(address predecessor);

    error MayNotPay(uint32 payer, uint32 buyer);
    error PaidMismatch(uint256 expected, uint256 actual);
    error AmountZero();
    error AmountAboveOutstanding(uint256 actual, uint256 outstanding);
    error PartPaymentBeforeDueDay(uint256 dueDay, uint256 today);
    error NothingToClaim(uint256 id, uint32 holder);

    error NotAParty(uint256 id, uint32 member);
    /// @notice A bank gives up its units by surrender.
    error BankDoesNotCancel(uint32 bank);
    error HolderHasNotAll(uint256 id, uint256 actual, uint256 face);

    error NotTheExchange(address caller);
    error CurrencyMismatch(bytes3 actual, bytes3 required);

    error FreezeOnlyRises(uint256 actual, uint256 current);
    error FreezeOnlyFalls(uint256 actual, uint256 current);
    error FreezeTooSoon(uint40 allowedFrom, uint256 time);
    error NotAHolderAddress(address account);
    error CaseExists(bytes32 caseKey);
    error CaseUnknown(bytes32 caseKey);
    error CaseLapsed(uint40 lapsedAt, uint256 time);
    /// @notice Splitting this holding here would round one minor unit into existence; move one unit more or fewer.
    error SplitNotExact(uint256 id, uint256 units, uint256 claimed);

    error PauseTooSoon(uint40 allowedFrom, uint256 time);
    error CashAssetInvalid(address token, bytes3 currency, uint32 bank);

    // ------------------------------------------------------------------ issue

    /**
     * @notice Enters a payable: the caller's irrevocable promise to pay `face` on `dueDay` to whoever then holds it.
     * @dev    Caller: a key of an active buyer. Changes: one record, one holding.
     *         Errors: NotAKey, NotActive, RoleMissing, PausedUntil, IssuanceIsRetired, AlreadyIssued,
     *         PreviousRevisionNotCancelled, FaceZero, DueDayPast, UnknownCashAsset, SelfIssue,
     *         FingerprintSchemeNotCurrent; by the issue policy's terms FaceAboveMaximum, TenorBelowMinimum,
     *         TenorAboveMaximum (a buyer that may not issue has a largest face of 0).
     */
    function issue(Issue memory item) external returns (uint256 id);

    /// @notice Up to MAX_BATCH issues, all or none. Caller, changes, errors as `issue`, and CountOutOfRange.
    function issueMany(Issue[] calldata items) external returns (uint256[] memory ids);

    // ------------------------------------------------------------------ pass

    /**
     * @notice Passes units to other members (transfer and split in one verb).
     * @dev    Caller: a key of the active holder. Recipients: active suppliers, no banks. Before the first payment any
     *         part; after it the whole holding to one recipient. Changes: holdings.
     *         Errors: NotAKey, NotActive, RoleMissing, BanksReceiveBySaleOnly, SameHolder, UnitsZero, LengthsDiffer,
     *         CountOutOfRange, PausedUntil, StatusNotAllowed, HeldUntil, WholeHoldingOnly, ERC1155InsufficientBalance,
     *         ERC7943InsufficientUnfrozenBalance.
     */
    function pass(uint256 id, uint32[] calldata to, uint256[] calldata units, bytes32[] calldata evidence) external;

    /**
     * @notice Moves units in a sale and says what the exchange must know to settle it.
     * @dev    Caller: the exchange only. Parties: active; the recipient may be a bank. Errors: as `pass`, and
     *         NotTheExchange, UnknownCashAsset, CurrencyMismatch (the price is in another currency than the payable).
     */
    function sell(uint256 id, uint32 from, uint32 to, uint256 units, uint16 priceAsset)
        external
        returns (Delivery memory);

    // ------------------------------------------------------------------ pay and claim

    /**
     * @notice Pays into a payable. Costs the same whatever the number of holders. Never paused, never frozen, and asked
     *         of no member whether it is active.
     * @dev    Caller: a key of the buyer, or of a member that may pay for it. The whole outstanding amount any time; a
     *         part from the due day on. Changes: `paid`, status, money from the payer to the ledger.
     *         Errors: NotAKey, MayNotPay, StatusNotAllowed, PaidMismatch, AmountZero, AmountAboveOutstanding,
     *         PartPaymentBeforeDueDay, those of the cash asset.
     * @param  expectedPaid what the caller believes has been paid before, so that a repeated call changes nothing
     */
    function pay(uint256 id, uint256 amount, uint256 expectedPaid) external;

    /**
     * @notice Pays out what a holder can have now. Anyone may call; the money goes to the holder and nowhere else.
     * @dev    Changes: the holding (burned once all is paid out), what a bank carries, money. Errors: NothingToClaim.
     */
    function claim(uint256 id, uint32 holder) external returns (uint256 amount);

    /// @notice As `claim` for many ids of one holder; ids without anything to claim are passed over. Errors:
    ///         CountOutOfRange.
    function claimMany(uint256[] calldata ids, uint32 holder) external returns (uint256 amount);

    // ------------------------------------------------------------------ endings

    /**
     * @notice Gives up one's own units (credit note, waiver, write-off). Face falls by the same number, so nobody
     *         else's ratio falls. Once paying: the whole holding only, and what it is entitled to is paid out first.
     * @dev    Caller: a key of the active holder. Errors: NotAKey, NotActive, UnitsZero, StatusNotAllowed, HeldUntil,
     *         WholeHoldingOnly, ERC1155InsufficientBalance, ERC7943InsufficientUnfrozenBalance.
     */
    function surrender(uint256 id, uint256 units, bytes32 reasonHash) external;

    /**
     * @notice Undoes a payable while one supplier still holds all of it and nothing was paid. Both sides agree by the
     *         same call, in either order: the first is kept for CANCEL_TERM, the second carries it out.
     * @dev    Caller: a key of the buyer or of the holder, both active. A bank does not cancel, it surrenders.
     *         Changes: the consent; then record and holding. Errors: NotAKey, NotAParty, NotActive, StatusNotAllowed,
     *         HeldUntil, HolderHasNotAll, BankDoesNotCancel, ERC7943InsufficientUnfrozenBalance.
     * @return done whether it is cancelled now, or waits for the other side
     */
    function cancel(uint256 id, uint32 holder, bytes32 reasonHash) external returns (bool done);

    // ------------------------------------------------------------------ correction

    /// @notice Lowers or ends a freeze before it lapses. Caller: corrector (delayed). Errors: FreezeOnlyFalls.
    function releaseFrozen(uint256 id, uint32 holder, uint256 units) external;

    /// @notice Stops a whole id from being passed, sold, surrendered or cancelled for FREEZE_TERM; never from being paid
    ///         or claimed. Caller: freezer, once per FREEZE_PERIOD. Errors: StatusNotAllowed, FreezeTooSoon.
    function hold(uint256 id) external;

    /// @notice Ends a hold before it lapses. Caller: corrector (delayed). Errors: StatusNotAllowed.
    function releaseHold(uint256 id) external;

    /// @notice Opens the case that a forced transfer needs. Caller: case opener. Errors: StatusNotAllowed, SameHolder,
    ///         UnitsZero, CaseExists.
    function openCase(uint256 id, uint32 from, uint32 to, uint256 units, bytes32 decision)
        external
        returns (bytes32 caseKey);

    /// @notice Withdraws a case. Caller: case opener. Errors: CaseUnknown.
    function withdrawCase(bytes32 caseKey) external;

    // ------------------------------------------------------------------ administration

    /// @notice Adds to the list of cash assets; an entry is never changed or removed. Caller: policy role (delayed).
    ///         Errors: CashAssetInvalid.
    function addCashAsset(bytes3 currency, address token, uint32 bank) external returns (uint16 index);

    /// @notice Replaces the issue policy. Caller: policy role (delayed).
    function setIssuePolicy(IIssuePolicy policy) external;

    /// @notice Stops issue and pass for PAUSE_TERM, then lapses by itself and cannot be renewed before as much time
    ///         again has passed. Caller: pauser. Errors: PauseTooSoon.
    function pause() external;

    /// @notice Ends a pause early. Caller: policy role (delayed).
    function unpause() external;

    /// @notice Ends issuing on this ledger for good; all else goes on until the last payable has run off. Caller: policy
    ///         role (delayed).
    function retireIssuance() external;

    // ------------------------------------------------------------------ views

    function MAX_BATCH() external view returns (uint256);
    function MAX_RECIPIENTS() external view returns (uint256);
    function FREEZE_TERM() external view returns (uint40);
    function FREEZE_PERIOD() external view returns (uint40);
    function CANCEL_TERM() external view returns (uint40);
    function CASE_TERM() external view returns (uint40);
    function PAUSE_TERM() external view returns (uint40);

    /// @notice Salt shared by a ledger and its successors, so that an invoice has the same id on all of them.
    function FAMILY_SALT() external view returns (bytes32);

    /// @notice The id that this content has, on this ledger and every other of the family.
    function payableId(uint32 buyer, bytes32 fingerprint, uint32 revision) external view returns (uint256);

    function payableInfo(uint256 id) external view returns (Payable memory);

    /// @notice Status here, or on a predecessor if it is unknown here.
    function statusOf(uint256 id) external view returns (Status);

    /// @notice Whether it is past its due day and not fully paid. A view, never a stored state.
    function isOverdue(uint256 id) external view returns (bool);

    function holdingOf(uint256 id, uint32 holder) external view returns (Holding memory);

    /// @notice What `claim` would pay now.
    function claimable(uint256 id, uint32 holder) external view returns (uint256);

    /// @notice Units frozen now, until when, and from when the freezer may freeze again.
    function freezeOf(uint256 id, uint32 holder) external view returns (uint256 units, uint40 until, uint40 nextFrom);

    /// @notice Until when the id is held (0 if it is not), and from when the freezer may hold it again.
    function holdOf(uint256 id) external view returns (uint40 until, uint40 nextFrom);

    function caseOf(bytes32 caseKey) external view returns (Case memory);

    /// @notice The consent that waits for the other side.
    function cancelConsent(uint256 id, uint32 holder, bytes32 reasonHash) external view returns (Consent memory);

    function caseKeyOf(uint256 id, uint32 from, uint32 to, uint256 units) external pure returns (bytes32);

    /// @notice Unclaimed units that a bank holds of an obligor group in a cash asset.
    function carried(uint32 bank, uint32 obligorGroup, uint16 cashAsset) external view returns (uint256);

    function cashAsset(uint16 index) external view returns (CashAsset memory);
    function cashAssetCount() external view returns (uint16);
    function issuePolicy() external view returns (IIssuePolicy);
    function pausedUntil() external view returns (uint40);
    function issuanceRetired() external view returns (bool);
    function today() external view returns (uint24);
    function holderOf(uint32 member) external pure returns (address);
    /// @notice 0 if the address is no holder address.
    function memberOfHolder(address account) external pure returns (uint32);
}
