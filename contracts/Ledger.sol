// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {IERC7943MultiToken} from "./interfaces/IERC7943MultiToken.sol";
import {IIssuePolicy} from "./interfaces/IIssuePolicy.sol";
import {IMembers} from "./interfaces/IMembers.sol";
import {IPayables} from "./interfaces/IPayables.sol";
import {HolderAddress} from "./libraries/HolderAddress.sol";
import {RegisterDay} from "./libraries/RegisterDay.sol";
import {Roles} from "./libraries/Roles.sol";

/**
 * @title  Ledger
 * @notice Records, holdings, and the one path on which units appear, move or vanish; the standard surfaces over it.
 * @dev    ERC-1155 is written out here instead of inherited: holders have no code, so there are no receiver callbacks;
 *         keys are the approvals, so there is no approval storage; and units share one word with what was claimed on
 *         them, so that a claim or a move of a part-paid holding touches one slot.
 */
abstract contract Ledger is IPayables, IERC1155Errors {
    /// @dev `Payable` as worked on, in full words: narrow fields in memory cost a mask at every touch. Nothing in it ever
    ///      outgrows its place in the stored word, because paid <= face and face only falls.
    struct Record {
        uint256 face;
        uint256 paid;
        uint256 cashAsset;
        uint256 buyer;
        uint256 dueDay;
        uint256 state;
    }

    /// @dev A move or a burning (`to` 0). The last two are found while counting for a bank.
    struct Move {
        uint256 id;
        uint256 buyer;
        uint256 cashAsset;
        uint32 from;
        bool fromBank;
        uint32 to;
        bool toBank;
        uint256 units;
        uint256 claimed;
        uint32 obligorGroup;
        uint256 carriedAfter;
    }

    /// @dev A freeze or hold: it ends by itself, and cannot begin again before `nextFrom`.
    struct TimeBox {
        uint88 units;
        uint40 until;
        uint40 nextFrom;
    }

    uint256 internal constant STATUS_MASK = 0x07;
    uint256 internal constant MAY_BE_FROZEN = 0x40;
    uint256 internal constant MAY_BE_HELD = 0x80;

    // ------------------------------------------------------------------ immutables

    IMembers public immutable MEMBERS;
    address public immutable EXCHANGE;
    int32 public immutable UTC_OFFSET;

    // ------------------------------------------------------------------ storage

    // Records and holdings are kept as words and read in one go; the compiler would read a slot once for each field.

    /// @dev face | paid << 88 | cashAsset << 176 | buyer << 192 | dueDay << 224 | state << 248: exactly one word.
    mapping(uint256 id => uint256) private _records;
    /// @dev units | claimed << 88
    mapping(uint256 id => mapping(uint32 member => uint256)) private _holdings;
    mapping(uint256 id => mapping(uint32 member => TimeBox)) internal _freezes;
    mapping(uint256 id => TimeBox) internal _holds;
    /// @inheritdoc IPayables
    mapping(uint32 bank => mapping(uint32 obligorGroup => mapping(uint16 cashAsset => uint256))) public carried;

    /// @dev The next four share one slot, which issue reads once.
    /// @inheritdoc IPayables
    IIssuePolicy public issuePolicy;
    /// @inheritdoc IPayables
    uint40 public pausedUntil;
    /// @inheritdoc IPayables
    uint16 public cashAssetCount;
    /// @inheritdoc IPayables
    bool public issuanceRetired;

    // ------------------------------------------------------------------ construction

    constructor(IMembers members, address exchange) {
        MEMBERS = members;
        EXCHANGE = exchange;
        UTC_OFFSET = members.UTC_OFFSET();
    }

    // ------------------------------------------------------------------ ERC-1155

    /// @notice As ERC-1155, and the rules of `pass` (the receiver is a member's holder address; no callbacks).
    function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes calldata) external {
        (uint32 sender, bool bank) = _operatorOf(from);
        _passOne(id, sender, bank, to, value);
    }

    /// @notice As ERC-1155, and the rules of `pass`; one `TransferSingle` for each id.
    function safeBatchTransferFrom(
        address from,
        address to,
        uint256[] calldata ids,
        uint256[] calldata values,
        bytes calldata
    ) external {
        (uint32 sender, bool bank) = _operatorOf(from);
        if (ids.length != values.length) revert ERC1155InvalidArrayLength(ids.length, values.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            _passOne(ids[i], sender, bank, to, values[i]);
        }
    }

    /// @notice Always refused: approvals are keys, see `IMembers`.
    function setApprovalForAll(address, bool) external pure {
        revert ApprovalsAreKeys();
    }

    /// @notice Whether the operator is an active key of the member whose holder address `account` is.
    function isApprovedForAll(address account, address operator) external view returns (bool) {
        uint32 member = HolderAddress.memberOf(account);
        return member != 0 && _memberOfKey(operator) == member;
    }

    /// @inheritdoc IERC1155
    function balanceOf(address account, uint256 id) public view returns (uint256) {
        return uint88(_holdings[id][HolderAddress.memberOf(account)]);
    }

    /// @inheritdoc IERC1155
    function balanceOfBatch(address[] calldata accounts, uint256[] calldata ids)
        external
        view
        returns (uint256[] memory balances)
    {
        if (accounts.length != ids.length) revert ERC1155InvalidArrayLength(ids.length, accounts.length);
        balances = new uint256[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            balances[i] = balanceOf(accounts[i], ids[i]);
        }
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC165).interfaceId || interfaceId == type(IERC1155).interfaceId
            || interfaceId == type(IERC7943MultiToken).interfaceId;
    }

    // ------------------------------------------------------------------ ERC-7943 views

    /// @inheritdoc IERC7943MultiToken
    function canSend(address account) public view returns (bool) {
        (, bool active) = _standing(HolderAddress.memberOf(account));
        return active;
    }

    /// @notice Whether the account may hold units: an active supplier or bank. A bank receives by sale only, which
    ///         `canTransfer` accounts for.
    function canReceive(address account) public view returns (bool) {
        (uint8 roles, bool active) = _standing(HolderAddress.memberOf(account));
        return active && roles & Roles.HOLDERS != 0;
    }

    /// @inheritdoc IERC7943MultiToken
    function getFrozenTokens(address account, uint256 id) external view returns (uint256) {
        return _frozen(id, HolderAddress.memberOf(account));
    }

    /// @notice Whether `safeTransferFrom` by a key of `from` would go through now. Never reverts.
    function canTransfer(address from, address to, uint256 id, uint256 value) external view returns (bool) {
        if (from == to || value == 0 || block.timestamp < pausedUntil || !canSend(from) || !canReceive(to)) return false;
        (uint8 roles,) = _standing(HolderAddress.memberOf(to));
        uint32 sender = HolderAddress.memberOf(from);
        Record memory r = _record(id);
        uint256 units = _holding(id, sender).units;
        if (roles & Roles.BANK != 0 || !_moves(_status(r)) || _heldUntil(id, r) != 0 || value > units) return false;
        return (r.paid == 0 || value == units) && units - value >= _frozen(id, sender);
    }

    // ------------------------------------------------------------------ the one path

    /// @dev Where units begin: a new id, all of it with its first holder, who is no bank.
    function _create(uint256 id, uint256 record, uint32 holder, uint256 units) internal {
        _records[id] = record;
        _holdings[id][holder] = units;
        emit TransferSingle(msg.sender, address(0), HolderAddress.holderOf(holder), id, units);
    }

    /// @dev Where units move or end, and where what a bank carries follows them.
    function _update(Move memory m) internal {
        (uint256 units, uint256 claimed) = _holdingWords(m.id, m.from);
        if (m.units > units) revert ERC1155InsufficientBalance(_nameOf(m.from), units, m.units, m.id);
        _storeHolding(m.id, m.from, units - m.units, claimed - m.claimed);
        if (m.to != 0) {
            // All holdings together are no more than the face, so that nothing outgrows its place.
            (units, claimed) = _holdingWords(m.id, m.to);
            _storeHolding(m.id, m.to, units + m.units, claimed + m.claimed);
        }
        emit TransferSingle(msg.sender, HolderAddress.holderOf(m.from), _nameOf(m.to), m.id, m.units);
        if (m.fromBank || m.toBank) _count(m);
    }

    function _count(Move memory m) private {
        uint32 group = _groupOf(m.buyer);
        uint16 asset = uint16(m.cashAsset);
        uint256 unclaimed = m.units - m.claimed;
        if (m.fromBank) carried[m.from][group][asset] -= unclaimed;
        if (m.toBank) m.carriedAfter = carried[m.to][group][asset] += unclaimed;
        m.obligorGroup = group;
    }

    function _newMove(uint256 id, Record memory r) internal pure returns (Move memory m) {
        m.id = id;
        m.buyer = r.buyer;
        m.cashAsset = r.cashAsset;
    }

    function _burn(uint256 id, Record memory r, uint32 from, bool bank, uint256 units, uint256 claimed) internal {
        Move memory m = _newMove(id, r);
        m.from = from;
        m.fromBank = bank;
        m.units = units;
        m.claimed = claimed;
        _update(m);
    }

    /// @dev A move by the holder's consent. Whoever calls this checks the frozen units afterwards.
    function _moveByConsent(
        uint256 id,
        Record memory r,
        uint32 from,
        bool fromBank,
        uint32 to,
        bool toBank,
        uint256 units
    ) internal returns (Move memory m) {
        if (units == 0) revert UnitsZero();
        if (from == to) revert SameHolder(from);
        m = _newMove(id, r);
        (m.from, m.fromBank, m.to, m.toBank, m.units) = (from, fromBank, to, toBank, units);
        if (r.paid != 0) {
            Holding memory whole = _holding(id, from);
            if (units != whole.units) revert WholeHoldingOnly(id, units, whole.units);
            m.claimed = whole.claimed;
        }
        _update(m);
    }

    function _passOne(uint256 id, uint32 sender, bool bank, address to, uint256 units) private {
        uint32 recipient = HolderAddress.memberOf(to);
        if (recipient == 0) revert ERC7943CannotReceive(to);
        _requireNotPaused();
        Record memory r = _movable(id);
        _requireReceiver(recipient, false);
        _moveByConsent(id, r, sender, bank, recipient, false, units);
        // After the balance moved: a batch that names one id twice must not pass on the first look.
        _requireUnfrozen(id, r, sender, units);
    }

    // ------------------------------------------------------------------ checks

    /// @dev A record whose units can move: alive and not held.
    function _movable(uint256 id) internal view returns (Record memory r) {
        r = _alive(id);
        uint40 until = _heldUntil(id, r);
        if (until != 0) revert HeldUntil(id, until);
    }

    function _requireNotPaused() internal view {
        uint40 until = pausedUntil;
        if (block.timestamp < until) revert PausedUntil(until);
    }

    function _requireUnfrozen(uint256 id, Record memory r, uint32 member, uint256 moved) internal view {
        if (r.state & MAY_BE_FROZEN == 0) return;
        uint256 frozen = _frozen(id, member);
        uint256 left = _holding(id, member).units;
        if (left < frozen) {
            uint256 before = left + moved;
            uint256 free = before > frozen ? before - frozen : 0;
            revert ERC7943InsufficientUnfrozenBalance(_nameOf(member), id, moved, free);
        }
    }

    function _requireActive(uint32 member) internal view returns (uint8) {
        (uint8 roles, bool active) = _standing(member);
        if (!active) revert NotActive(member);
        return roles;
    }

    /// @dev An active supplier, or in a sale a bank.
    function _requireReceiver(uint32 member, bool bankAllowed) internal view returns (bool bank) {
        uint8 roles = _requireActive(member);
        if (roles & Roles.HOLDERS == 0) revert RoleMissing(member, roles, Roles.HOLDERS);
        bank = roles & Roles.BANK != 0;
        if (bank && !bankAllowed) revert BanksReceiveBySaleOnly(member);
    }

    /// @dev The member that the caller is a key of, which must be active.
    function _activeCaller() internal view returns (uint32 member, bool bank) {
        uint8 roles;
        bool active;
        (member, roles, active) = MEMBERS.actor(msg.sender);
        if (member == 0) revert NotAKey(msg.sender);
        if (!active) revert NotActive(member);
        bank = roles & Roles.BANK != 0;
    }

    /// @dev Asked of holders whatever their standing: the bank role is fixed at admission.
    function _isBank(uint32 member) internal view returns (bool) {
        (uint8 roles,) = _standing(member);
        return roles & Roles.BANK != 0;
    }

    function _operatorOf(address from) private view returns (uint32 member, bool bank) {
        (member, bank) = _activeCaller();
        if (from != HolderAddress.holderOf(member)) revert ERC1155MissingApprovalForAll(msg.sender, from);
    }

    // ------------------------------------------------------------------ reading and writing
    // Each kind of access is written once: the contract has to fit into 24 kB.

    function _record(uint256 id) internal view returns (Record memory) {
        uint256 word = _records[id];
        return Record(
            uint88(word), uint88(word >> 88), uint16(word >> 176), uint32(word >> 192), uint24(word >> 224), word >> 248
        );
    }

    function _store(uint256 id, Record memory r) internal {
        _records[id] =
            r.face | r.paid << 88 | r.cashAsset << 176 | r.buyer << 192 | r.dueDay << 224 | r.state << 248;
    }

    function _holdingWords(uint256 id, uint32 member) internal view returns (uint256 units, uint256 claimed) {
        uint256 word = _holdings[id][member];
        return (uint88(word), word >> 88);
    }

    function _holding(uint256 id, uint32 member) internal view returns (Holding memory) {
        (uint256 units, uint256 claimed) = _holdingWords(id, member);
        return Holding(uint88(units), uint88(claimed));
    }

    function _storeHolding(uint256 id, uint32 member, uint256 units, uint256 claimed) internal {
        _holdings[id][member] = units | claimed << 88;
    }

    /// @dev Asked of every new id, so without unpacking the rest.
    function _statusHere(uint256 id) internal view returns (Status) {
        return Status((_records[id] >> 248) & STATUS_MASK);
    }

    function _standing(uint32 member) internal view returns (uint8 roles, bool active) {
        return MEMBERS.standing(member);
    }

    function _memberOfKey(address key) internal view returns (uint32) {
        return MEMBERS.memberOfKey(key);
    }

    function _groupOf(uint256 buyer) internal view returns (uint32) {
        return MEMBERS.obligorGroupOf(uint32(buyer));
    }

    /// @dev A record that has holders: neither unknown, nor closed, nor cancelled.
    function _alive(uint256 id) internal view returns (Record memory r) {
        r = _record(id);
        Status status = _status(r);
        if (!_moves(status)) revert StatusNotAllowed(id, status);
    }

    /// @dev Units frozen now: a freeze that has lapsed counts as none.
    function _frozen(uint256 id, uint32 member) internal view returns (uint256) {
        TimeBox memory box = _freezes[id][member];
        return block.timestamp < box.until ? box.units : 0;
    }

    /// @dev Until when the id is held, 0 if it is not.
    function _heldUntil(uint256 id, Record memory r) internal view returns (uint40) {
        if (r.state & MAY_BE_HELD == 0) return 0;
        uint40 until = _holds[id].until;
        return block.timestamp < until ? until : 0;
    }

    function _today() internal view returns (uint24) {
        return RegisterDay.dayOf(block.timestamp, UTC_OFFSET);
    }

    /// @dev The holder address, or the zero address where ERC-1155 wants it (creating and burning).
    function _nameOf(uint32 member) internal pure returns (address) {
        return member == 0 ? address(0) : HolderAddress.holderOf(member);
    }

    function _status(Record memory r) internal pure returns (Status) {
        return Status(r.state & STATUS_MASK);
    }

    function _withStatus(uint256 state, Status status) internal pure returns (uint256) {
        return (state & ~STATUS_MASK) | uint256(status);
    }

    /// @dev Whether something can still be owed.
    function _owes(Status status) internal pure returns (bool) {
        return status == Status.Open || status == Status.Paying;
    }

    /// @dev Whether there are holders whose units can move.
    function _moves(Status status) internal pure returns (bool) {
        return status == Status.Open || status == Status.Paying || status == Status.Paid;
    }
}
