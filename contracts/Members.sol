// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IMembers} from "./interfaces/IMembers.sol";
import {RegisterDay} from "./libraries/RegisterDay.sol";
import {Roles} from "./libraries/Roles.sol";

/**
 * @title  Members
 * @notice Who takes part, and which keys act for whom.
 */
contract Members is IMembers, AccessManaged {
    uint8 private constant NAMED_BY_BUYER = 1;
    uint8 private constant NAMED_BY_NETWORK = 2;
    uint256 private constant ACTIVE_KEY = 1 << 32;

    // ------------------------------------------------------------------ immutables

    /// @inheritdoc IMembers
    uint40 public constant RECOVERY_DELAY = 7 days;
    /// @inheritdoc IMembers
    int32 public immutable UTC_OFFSET;

    // ------------------------------------------------------------------ storage

    // Members and keys are kept as words and read in one go, since every verb of the ledger asks for them; the compiler
    // would read the slot once for each field of a struct.

    /// @dev roles | status << 8 | validUntil << 16 | obligorGroup << 40 | keys << 72 | fingerprintScheme << 88
    mapping(uint32 member => uint256) private _members;
    /// @dev member | active << 32. The member stays written after the key is removed, so that no other can take it over.
    mapping(address key => uint256) private _keys;
    mapping(uint32 member => Recovery) private _proposals;
    mapping(uint32 buyer => mapping(uint32 payer => uint8)) private _mandates;
    mapping(uint32 member => mapping(uint16 version => bytes32)) private _commitments;

    // ------------------------------------------------------------------ construction

    constructor(address authority_, int32 utcOffset) AccessManaged(authority_) {
        RegisterDay.requireOffset(utcOffset);
        UTC_OFFSET = utcOffset;
    }

    // ------------------------------------------------------------------ membership, at once

    /// @inheritdoc IMembers
    function admitSupplier(uint32 member, uint32 obligorGroup, uint24 validUntil, address key) external restricted {
        _admit(member, Roles.SUPPLIER, obligorGroup, validUntil, key);
    }

    /// @inheritdoc IMembers
    function extendSupplier(uint32 member, uint24 validUntil) external restricted {
        Member memory m = _lasting(member);
        _requireOnlySupplier(member, m.roles);
        if (validUntil <= m.validUntil) revert ValidUntilNotLater(validUntil, m.validUntil);
        _setValidUntil(member, m, validUntil);
    }

    /// @inheritdoc IMembers
    function suspendSupplier(uint32 member) external restricted {
        Member memory m = _lasting(member);
        _requireOnlySupplier(member, m.roles);
        _setStatus(member, m, Status.Suspended);
    }

    // ------------------------------------------------------------------ membership, after a delay

    /// @inheritdoc IMembers
    function admit(uint32 member, uint8 roles, uint32 obligorGroup, uint24 validUntil, address key)
        external
        restricted
    {
        _requireRoles(roles);
        _admit(member, roles, obligorGroup, validUntil, key);
    }

    /// @inheritdoc IMembers
    function setValidUntil(uint32 member, uint24 validUntil) external restricted {
        _setValidUntil(member, _lasting(member), validUntil);
    }

    /// @inheritdoc IMembers
    function setRoles(uint32 member, uint8 roles) external restricted {
        Member memory m = _lasting(member);
        _requireRoles(roles);
        if ((roles ^ m.roles) & Roles.BANK != 0) revert BankRoleIsFixed(member);
        m.roles = roles;
        _store(member, m);
        emit MemberRolesChanged(member, roles);
    }

    /// @inheritdoc IMembers
    function suspend(uint32 member) external restricted {
        _setStatus(member, _lasting(member), Status.Suspended);
    }

    /// @inheritdoc IMembers
    function reinstate(uint32 member) external restricted {
        _setStatus(member, _lasting(member), Status.Active);
    }

    /// @inheritdoc IMembers
    function remove(uint32 member) external restricted {
        _setStatus(member, _lasting(member), Status.Removed);
    }

    // ------------------------------------------------------------------ keys

    /// @inheritdoc IMembers
    function addKey(address key) external {
        _addKey(_callerMember(), key);
    }

    /// @inheritdoc IMembers
    function replaceKey(address key) external {
        uint32 member = _callerMember();
        _addKey(member, key);
        _removeKey(member, msg.sender);
    }

    /// @inheritdoc IMembers
    function removeKey(address key) external {
        uint32 member = _callerMember();
        uint32 owner = memberOfKey(key);
        if (owner != member) revert KeyOfAnother(key, owner, member);
        if (_load(member).keys == 1) revert LastKey(member);
        _removeKey(member, key);
    }

    /// @inheritdoc IMembers
    function proposeKey(uint32 member, address key) external restricted {
        _requireAdmitted(member);
        _requireFreeKey(key);
        uint40 readyAt = uint40(block.timestamp) + RECOVERY_DELAY;
        _proposals[member] = Recovery(key, readyAt);
        emit KeyProposed(member, key, readyAt);
    }

    /// @inheritdoc IMembers
    function vetoKey() external {
        uint32 member = _callerMember();
        address key = _proposals[member].key;
        if (key == address(0)) revert NothingProposed(member);
        delete _proposals[member];
        emit KeyVetoed(member, key, msg.sender);
    }

    /// @inheritdoc IMembers
    function acceptKey(uint32 member) external {
        Recovery memory proposal = _proposals[member];
        if (proposal.key == address(0)) revert NothingProposed(member);
        if (proposal.key != msg.sender) revert NotTheProposedKey(msg.sender, proposal.key);
        if (block.timestamp < proposal.readyAt) revert RecoveryNotReady(proposal.readyAt, block.timestamp);
        delete _proposals[member];
        _addKey(member, msg.sender);
    }

    // ------------------------------------------------------------------ a buyer's own arrangements

    /// @inheritdoc IMembers
    function setPayer(uint32 payer, bool allowed) external {
        _setMandate(_callerMember(), payer, NAMED_BY_BUYER, allowed);
    }

    /// @inheritdoc IMembers
    function appointPayer(uint32 buyer, uint32 payer, bool allowed) external restricted {
        _requireAdmitted(buyer);
        _setMandate(buyer, payer, NAMED_BY_NETWORK, allowed);
    }

    /// @inheritdoc IMembers
    function commitFingerprintKey(bytes32 commitment) external returns (uint16 version) {
        uint32 member = _callerMember();
        if (commitment == 0) revert CommitmentZero();
        Member memory m = _load(member);
        version = ++m.fingerprintScheme;
        _store(member, m);
        _commitments[member][version] = commitment;
        emit FingerprintKeyCommitted(member, version, commitment);
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IMembers
    function today() public view returns (uint24) {
        return RegisterDay.dayOf(block.timestamp, UTC_OFFSET);
    }

    /// @inheritdoc IMembers
    function memberInfo(uint32 member) external view returns (Member memory) {
        return _load(member);
    }

    /// @inheritdoc IMembers
    function memberOfKey(address key) public view returns (uint32) {
        uint256 word = _keys[key];
        return word & ACTIVE_KEY != 0 ? uint32(word) : 0;
    }

    /// @inheritdoc IMembers
    function actor(address key) external view returns (uint32 member, uint8 roles, bool active) {
        member = memberOfKey(key);
        (roles, active) = standing(member);
    }

    /// @inheritdoc IMembers
    function issuer(address key)
        external
        view
        returns (uint32 member, uint8 roles, bool active, uint16 fingerprintScheme)
    {
        member = memberOfKey(key);
        (roles, active) = standing(member);
        fingerprintScheme = uint16(_members[member] >> 88);
    }

    /// @inheritdoc IMembers
    function standing(uint32 member) public view returns (uint8 roles, bool active) {
        uint256 word = _members[member];
        roles = uint8(word);
        active = uint8(word >> 8) == uint8(Status.Active) && today() <= uint24(word >> 16);
    }

    /// @inheritdoc IMembers
    function obligorGroupOf(uint32 member) external view returns (uint32) {
        return uint32(_members[member] >> 40);
    }

    /// @inheritdoc IMembers
    function wasAdmitted(uint32 member) public view returns (bool) {
        return uint8(_members[member] >> 8) != uint8(Status.None);
    }

    /// @inheritdoc IMembers
    function mayPayFor(uint32 payer, uint32 buyer) external view returns (bool) {
        return payer == buyer || _mandates[buyer][payer] != 0;
    }

    /// @inheritdoc IMembers
    function proposedKey(uint32 member) external view returns (Recovery memory) {
        return _proposals[member];
    }

    /// @inheritdoc IMembers
    function fingerprintCommitment(uint32 member, uint16 version) external view returns (bytes32) {
        return _commitments[member][version];
    }

    // ------------------------------------------------------------------ inside

    function _admit(uint32 member, uint8 roles, uint32 obligorGroup, uint24 validUntil, address key) private {
        if (member == 0) revert MemberZero();
        if (wasAdmitted(member)) revert MemberExists(member);
        if (validUntil < today()) revert ValidUntilPast(validUntil, today());
        uint32 group = obligorGroup == 0 ? member : obligorGroup;
        _store(member, Member(roles, Status.Active, validUntil, group, 0, 0));
        emit MemberAdmitted(member, roles, group, validUntil, key);
        _addKey(member, key);
    }

    function _setStatus(uint32 member, Member memory m, Status status) private {
        if (m.status == status) revert StatusUnchanged(member, status);
        m.status = status;
        _store(member, m);
        emit MemberStatusChanged(member, status);
    }

    function _setValidUntil(uint32 member, Member memory m, uint24 validUntil) private {
        m.validUntil = validUntil;
        _store(member, m);
        emit MemberExtended(member, validUntil);
    }

    function _addKey(uint32 member, address key) private {
        _requireFreeKey(key);
        _keys[key] = member | ACTIVE_KEY;
        Member memory m = _load(member);
        ++m.keys;
        _store(member, m);
        emit KeyAdded(member, key);
    }

    function _removeKey(uint32 member, address key) private {
        _keys[key] = member;
        Member memory m = _load(member);
        --m.keys;
        _store(member, m);
        emit KeyRemoved(member, key);
    }

    function _setMandate(uint32 buyer, uint32 payer, uint8 by, bool allowed) private {
        _requireAdmitted(payer);
        uint8 mandate = _mandates[buyer][payer];
        if ((mandate & by != 0) == allowed) revert PayerUnchanged(buyer, payer);
        mandate ^= by;
        _mandates[buyer][payer] = mandate;
        emit PayerChanged(buyer, payer, mandate);
    }

    function _load(uint32 member) private view returns (Member memory) {
        uint256 word = _members[member];
        return Member(
            uint8(word),
            Status(uint8(word >> 8)),
            uint24(word >> 16),
            uint32(word >> 40),
            uint16(word >> 72),
            uint16(word >> 88)
        );
    }

    function _store(uint32 member, Member memory m) private {
        _members[member] = uint256(m.roles) | uint256(m.status) << 8 | uint256(m.validUntil) << 16
            | uint256(m.obligorGroup) << 40 | uint256(m.keys) << 72 | uint256(m.fingerprintScheme) << 88;
    }

    function _callerMember() private view returns (uint32 member) {
        member = memberOfKey(msg.sender);
        if (member == 0) revert NotAKey(msg.sender);
    }

    /// @dev A member that exists and has not been removed.
    function _lasting(uint32 member) private view returns (Member memory m) {
        _requireAdmitted(member);
        m = _load(member);
        if (m.status == Status.Removed) revert MemberIsRemoved(member);
    }

    function _requireAdmitted(uint32 member) private view {
        if (!wasAdmitted(member)) revert MemberUnknown(member);
    }

    function _requireFreeKey(address key) private view {
        if (key == address(0)) revert KeyZero();
        uint32 member = uint32(_keys[key]);
        if (member != 0) revert KeyTaken(key, member);
    }

    function _requireOnlySupplier(uint32 member, uint8 roles) private pure {
        if (roles != Roles.SUPPLIER) revert NotOnlySupplier(member, roles);
    }

    function _requireRoles(uint8 roles) private pure {
        if (roles == 0 || roles > Roles.ALL) revert RolesOutOfRange(roles, Roles.ALL);
    }
}
