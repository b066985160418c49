// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title  IMembers
 * @notice Who takes part. A member is an organisation with a number; keys act for it, and are not it.
 *
 *         Two questions are kept apart. "Is it active" is asked where something new begins (issue, pass, sale). "Was it
 *         ever admitted" is asked where something is discharged (pay, claim, receiving money): a member that is
 *         suspended, expired or removed still pays what it owes and is paid what it is owed.
 */
interface IMembers {
    enum Status {
        None,
        Active,
        Suspended,
        Removed
    }

    /**
     * @param roles             bits: BUYER 1, SUPPLIER 2, BANK 4, SETTLEMENT_BANK 8, SUPERVISOR 16, OPERATOR 32
     * @param status            as set; a member is active while it is Active and today is not after `validUntil`
     * @param validUntil        last register day on which it is active
     * @param obligorGroup      members whose credit is one risk; the number of the group's head member. Never changes
     * @param keys              how many keys may act for it
     * @param fingerprintScheme version of its fingerprint key, 0 until it commits to one
     */
    struct Member {
        uint8 roles;
        Status status;
        uint24 validUntil;
        uint32 obligorGroup;
        uint16 keys;
        uint16 fingerprintScheme;
    }

    /// @param key     the key that would be added
    /// @param readyAt when it may take its place, unless an existing key has objected by then
    struct Recovery {
        address key;
        uint40 readyAt;
    }

    event MemberAdmitted(
        uint32 indexed member, uint8 roles, uint32 obligorGroup, uint24 validUntil, address indexed key
    );
    event MemberExtended(uint32 indexed member, uint24 validUntil);
    event MemberStatusChanged(uint32 indexed member, Status status);
    event MemberRolesChanged(uint32 indexed member, uint8 roles);
    event KeyAdded(uint32 indexed member, address indexed key);
    event KeyRemoved(uint32 indexed member, address indexed key);
    event KeyProposed(uint32 indexed member, address indexed key, uint40 readyAt);
    event KeyVetoed(uint32 indexed member, address indexed key, address by);
    /// @param mandate bits: 1 named by the buyer, 2 named by the network; 0 = may no longer pay
    event PayerChanged(uint32 indexed buyer, uint32 indexed payer, uint8 mandate);
    event FingerprintKeyCommitted(uint32 indexed member, uint16 version, bytes32 commitment);

    /// @notice The caller is not an active key of any member.
    error NotAKey(address caller);
    /// @notice Member number 0 is "nobody" and cannot be admitted.
    error MemberZero();
    error MemberExists(uint32 member);
    error MemberUnknown(uint32 member);
    /// @notice Only a member that is a supplier and nothing else can be handled at once; others wait.
    error NotOnlySupplier(uint32 member, uint8 roles);
    error RolesOutOfRange(uint8 actual, uint8 allowed);
    /// @notice The bank role is given or withheld at admission and stays: what a bank carries is counted by it.
    error BankRoleIsFixed(uint32 member);
    /// @notice A removed member cannot come back under its old number.
    error MemberIsRemoved(uint32 member);
    error StatusUnchanged(uint32 member, Status status);
    error ValidUntilPast(uint24 actual, uint24 today);
    error ValidUntilNotLater(uint24 actual, uint24 current);
    /// @notice A key belongs to one member for ever; a removed key cannot be used again.
    error KeyTaken(address key, uint32 member);
    error KeyZero();
    error KeyOfAnother(address key, uint32 member, uint32 callerMember);
    error LastKey(uint32 member);
    error NothingProposed(uint32 member);
    error NotTheProposedKey(address caller, address proposed);
    error RecoveryNotReady(uint40 readyAt, uint256 time);
    error PayerUnchanged(uint32 buyer, uint32 payer);
    error CommitmentZero();

    // ------------------------------------------------------------------ membership, at once

    /**
     * @notice Admits a supplier with its first key.
     * @dev    Caller: membership role (no delay). Changes: a new member that is SUPPLIER and nothing else.
     *         `obligorGroup` 0 means a group of its own.
     *         Errors: MemberZero, MemberExists, ValidUntilPast, KeyZero, KeyTaken.
     */
    function admitSupplier(uint32 member, uint32 obligorGroup, uint24 validUntil, address key) external;

    /// @notice Lets a supplier take part for longer. Caller: membership role. Errors: MemberUnknown, NotOnlySupplier,
    ///         MemberIsRemoved, ValidUntilNotLater.
    function extendSupplier(uint32 member, uint24 validUntil) external;

    /// @notice Stops a supplier from issuing, passing, selling and receiving units; never from being paid.
    ///         Caller: membership role. Errors: MemberUnknown, NotOnlySupplier, MemberIsRemoved, StatusUnchanged.
    function suspendSupplier(uint32 member) external;

    // ------------------------------------------------------------------ membership, after a delay

    /// @notice Admits a member with any roles. Caller: membership (delayed) role. Errors: as `admitSupplier`, and
    ///         RolesOutOfRange.
    function admit(uint32 member, uint8 roles, uint32 obligorGroup, uint24 validUntil, address key) external;

    /// @notice Sets the last day of any member, earlier or later. Caller: membership (delayed) role.
    ///         Errors: MemberUnknown, MemberIsRemoved.
    function setValidUntil(uint32 member, uint24 validUntil) external;

    /// @notice Changes roles, except BANK. Caller: membership (delayed) role. Errors: MemberUnknown, MemberIsRemoved,
    ///         RolesOutOfRange, BankRoleIsFixed.
    function setRoles(uint32 member, uint8 roles) external;

    /// @notice Suspends any member. Caller: membership (delayed) role. Errors: MemberUnknown, MemberIsRemoved,
    ///         StatusUnchanged.
    function suspend(uint32 member) external;

    /// @notice Lifts a suspension. Caller: membership (delayed) role. Errors: as `suspend`.
    function reinstate(uint32 member) external;

    /// @notice Ends a membership for good; the member still pays and is paid. Caller: membership (delayed) role.
    ///         Errors: MemberUnknown, MemberIsRemoved.
    function remove(uint32 member) external;

    // ------------------------------------------------------------------ keys

    /// @notice Adds a key to the caller's own member. Caller: any key of a member. Errors: NotAKey, KeyZero, KeyTaken.
    function addKey(address key) external;

    /// @notice Replaces the calling key by another in one write. Caller: any key of a member. Errors: NotAKey, KeyZero,
    ///         KeyTaken.
    function replaceKey(address key) external;

    /// @notice Removes a key of the caller's own member, never the last. Caller: any key of the member.
    ///         Errors: NotAKey, KeyOfAnother, LastKey.
    function removeKey(address key) external;

    /**
     * @notice Proposes a key for a member that has lost its own.
     * @dev    Caller: recovery role (a quorum). Changes: the proposal; a later one replaces it and starts the wait
     *         again. No key is added before RECOVERY_DELAY has passed without a veto, whatever the delays of the
     *         authority. Errors: MemberUnknown, KeyZero, KeyTaken.
     */
    function proposeKey(uint32 member, address key) external;

    /// @notice Strikes down the proposal for the caller's own member. Caller: any key of it. Errors: NotAKey,
    ///         NothingProposed.
    function vetoKey() external;

    /// @notice Takes the place of a proposed key. Caller: the proposed key itself, which so proves that it exists.
    ///         Errors: NothingProposed, NotTheProposedKey, RecoveryNotReady, KeyTaken.
    function acceptKey(uint32 member) external;

    // ------------------------------------------------------------------ a buyer's own arrangements

    /// @notice Says whether another member may pay the caller's payables. Caller: any key of the buyer. A mandate given
    ///         by the network is not touched. Errors: NotAKey, MemberUnknown, PayerUnchanged.
    function setPayer(uint32 payer, bool allowed) external;

    /// @notice Names a payer for a buyer that no longer acts (a guarantor, an administrator). Caller: membership
    ///         (delayed) role. It can only make more payment possible, never less. Errors: MemberUnknown, PayerUnchanged.
    function appointPayer(uint32 buyer, uint32 payer, bool allowed) external;

    /// @notice Commits to the key of a new version of the caller's fingerprint scheme. Caller: any key of the member.
    ///         Later payables must name this version. Errors: NotAKey, CommitmentZero.
    function commitFingerprintKey(bytes32 commitment) external returns (uint16 version);

    // ------------------------------------------------------------------ views

    /// @notice Wait between proposing a key by quorum and its first use.
    function RECOVERY_DELAY() external view returns (uint40);

    /// @notice Offset of the register's time zone from UTC in seconds.
    function UTC_OFFSET() external view returns (int32);

    /// @notice The register day now.
    function today() external view returns (uint24);

    function memberInfo(uint32 member) external view returns (Member memory);

    /// @notice The member that a key acts for now; 0 if none.
    function memberOfKey(address key) external view returns (uint32);

    /// @notice What the ledger asks about a caller: its member (0 if none), and that member's standing.
    function actor(address key) external view returns (uint32 member, uint8 roles, bool active);

    /// @notice As `actor`, with what only an issue asks.
    function issuer(address key)
        external
        view
        returns (uint32 member, uint8 roles, bool active, uint16 fingerprintScheme);

    /// @notice A member's roles, and whether it is active today.
    function standing(uint32 member) external view returns (uint8 roles, bool active);

    function obligorGroupOf(uint32 member) external view returns (uint32);

    /// @notice Whether this member was ever admitted, whatever became of it since.
    function wasAdmitted(uint32 member) external view returns (bool);

    /// @notice Whether `payer` may pay what `buyer` owes; a buyer always may.
    function mayPayFor(uint32 payer, uint32 buyer) external view returns (bool);

    function proposedKey(uint32 member) external view returns (Recovery memory);

    function fingerprintCommitment(uint32 member, uint16 version) external view returns (bytes32);
}
