// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IERC7943MultiToken} from "./interfaces/IERC7943MultiToken.sol";
import {IPayables} from "./interfaces/IPayables.sol";
import {Ledger} from "./Ledger.sol";
import {Entitlement} from "./libraries/Entitlement.sol";
import {HolderAddress} from "./libraries/HolderAddress.sol";

/**
 * @title  Corrections
 * @notice What can be done to a holding without its holder: a freeze, a hold, and a forced transfer by a case that one
 *         role opens and another carries out. Nothing here edits a due day, a buyer, other holders' units or history.
 */
abstract contract Corrections is Ledger, AccessManaged {
    /// @inheritdoc IPayables
    uint40 public constant FREEZE_TERM = 30 days;
    /// @inheritdoc IPayables
    uint40 public constant FREEZE_PERIOD = 90 days;
    /// @inheritdoc IPayables
    uint40 public constant CASE_TERM = 90 days;

    mapping(bytes32 caseKey => Case) private _cases;

    // ------------------------------------------------------------------ freeze and hold

    /**
     * @notice Freezes units of a holding for FREEZE_TERM. May exceed what is held: later receipts are frozen too.
     * @dev    Caller: freezer. It can only raise, once per FREEZE_PERIOD, so that no freeze can be made endless.
     *         Stricter than ERC-7943, where the value may be set freely. Errors: NotAHolderAddress, StatusNotAllowed,
     *         FreezeTooSoon, FreezeOnlyRises, AmountAboveOutstanding (more than the face).
     */
    function setFrozenTokens(address account, uint256 id, uint256 amount) external restricted returns (bool) {
        uint32 member = HolderAddress.memberOf(account);
        if (member == 0) revert NotAHolderAddress(account);
        Record memory r = _alive(id);
        uint40 nextFrom = _freezes[id][member].nextFrom;
        if (block.timestamp < nextFrom) revert FreezeTooSoon(nextFrom, block.timestamp);
        if (amount == 0) revert FreezeOnlyRises(amount, 0);
        if (amount > r.face) revert AmountAboveOutstanding(amount, r.face);
        _flag(id, r, MAY_BE_FROZEN);
        uint40 time = uint40(block.timestamp);
        _writeFreeze(id, member, TimeBox(uint88(amount), time + FREEZE_TERM, time + FREEZE_PERIOD));
        return true;
    }

    /// @inheritdoc IPayables
    function releaseFrozen(uint256 id, uint32 holder, uint256 units) external restricted {
        uint256 current = _frozen(id, holder);
        if (units >= current) revert FreezeOnlyFalls(units, current);
        _lowerFreeze(id, holder, units);
    }

    /// @inheritdoc IPayables
    function hold(uint256 id) external restricted {
        Record memory r = _alive(id);
        uint40 nextFrom = _holds[id].nextFrom;
        if (block.timestamp < nextFrom) revert FreezeTooSoon(nextFrom, block.timestamp);
        _flag(id, r, MAY_BE_HELD);
        uint40 time = uint40(block.timestamp);
        _holds[id] = TimeBox(0, time + FREEZE_TERM, time + FREEZE_PERIOD);
        emit HoldSet(id, time + FREEZE_TERM);
    }

    /// @inheritdoc IPayables
    function releaseHold(uint256 id) external restricted {
        _alive(id);
        _holds[id].until = uint40(block.timestamp);
        emit HoldSet(id, uint40(block.timestamp));
    }

    // ------------------------------------------------------------------ forced transfer

    /// @inheritdoc IPayables
    function openCase(uint256 id, uint32 from, uint32 to, uint256 units, bytes32 decision)
        external
        restricted
        returns (bytes32 caseKey)
    {
        _alive(id);
        if (from == to) revert SameHolder(from);
        if (units == 0) revert UnitsZero();
        caseKey = caseKeyOf(id, from, to, units);
        uint40 openedAt = _cases[caseKey].openedAt;
        if (openedAt != 0 && block.timestamp < openedAt + CASE_TERM) revert CaseExists(caseKey);
        _cases[caseKey] = Case(uint40(block.timestamp), decision);
        emit CaseOpened(caseKey, id, from, to, units, decision, uint40(block.timestamp) + CASE_TERM);
    }

    /// @inheritdoc IPayables
    function withdrawCase(bytes32 caseKey) external restricted {
        if (_cases[caseKey].openedAt == 0) revert CaseUnknown(caseKey);
        delete _cases[caseKey];
        emit CaseWithdrawn(caseKey);
    }

    /**
     * @notice Carries out an open case: moves exactly its units from and to exactly its members, frozen or not.
     * @dev    Caller: corrector (delayed). The recipient must be eligible; a bank may be. What was already paid out
     *         moves along as far as the units left behind cannot bear it, so that nobody is paid twice.
     *         Errors: CaseUnknown, CaseLapsed, StatusNotAllowed, NotActive, RoleMissing, ERC1155InsufficientBalance,
     *         SplitNotExact.
     */
    function forcedTransfer(address from, address to, uint256 id, uint256 amount) external restricted returns (bool) {
        uint32 source = HolderAddress.memberOf(from);
        uint32 target = HolderAddress.memberOf(to);
        bytes32 caseKey = _endCase(id, source, target, amount);
        Record memory r = _alive(id);
        Move memory m = _newMove(id, r);
        (m.from, m.fromBank, m.to, m.toBank, m.units) =
            (source, _isBank(source), target, _requireReceiver(target, true), amount);
        Holding memory h = _holding(id, source);
        if (amount > h.units) revert ERC1155InsufficientBalance(from, h.units, amount, id);

        uint256 left = h.units - amount;
        uint256 bearable = Entitlement.shareDown(left, r.paid, r.face);
        if (h.claimed > bearable) m.claimed = h.claimed - bearable;
        if (m.claimed > Entitlement.shareDown(amount, r.paid, r.face)) revert SplitNotExact(id, amount, m.claimed);

        // ERC-7943: the freeze falls, and says so, before the units move.
        if (_frozen(id, source) > left) _lowerFreeze(id, source, left);
        _update(m);
        emit ForcedTransfer(from, to, id, amount);
        emit CaseCarriedOut(caseKey, id, source, target, amount, m.claimed);

        // What stays behind may have been paid out in full already; such units are burned, as by a claim.
        uint256 leftClaimed = h.claimed - m.claimed;
        if (left != 0 && left == leftClaimed) {
            _burn(id, r, source, m.fromBank, left, leftClaimed);
        }
        return true;
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IPayables
    function freezeOf(uint256 id, uint32 holder)
        external
        view
        returns (uint256 units, uint40 until, uint40 nextFrom)
    {
        TimeBox memory box = _freezes[id][holder];
        return (_frozen(id, holder), box.until, box.nextFrom);
    }

    /// @inheritdoc IPayables
    function holdOf(uint256 id) external view returns (uint40 until, uint40 nextFrom) {
        return (_heldUntil(id, _record(id)), _holds[id].nextFrom);
    }

    /// @inheritdoc IPayables
    function caseOf(bytes32 caseKey) external view returns (Case memory) {
        return _cases[caseKey];
    }

    /// @inheritdoc IPayables
    function caseKeyOf(uint256 id, uint32 from, uint32 to, uint256 units) public pure returns (bytes32) {
        return keccak256(abi.encode(id, from, to, units));
    }

    // ------------------------------------------------------------------ inside

    function _flag(uint256 id, Record memory r, uint256 flag) private {
        r.state |= flag;
        _store(id, r);
    }

    function _endCase(uint256 id, uint32 from, uint32 to, uint256 units) private returns (bytes32 caseKey) {
        caseKey = caseKeyOf(id, from, to, units);
        uint40 openedAt = _cases[caseKey].openedAt;
        if (openedAt == 0) revert CaseUnknown(caseKey);
        uint40 lapsesAt = openedAt + CASE_TERM;
        if (block.timestamp >= lapsesAt) revert CaseLapsed(lapsesAt, block.timestamp);
        delete _cases[caseKey];
    }

    function _lowerFreeze(uint256 id, uint32 member, uint256 units) private {
        TimeBox memory box = _freezes[id][member];
        // The cast cannot cut: only ever lowered.
        box.units = uint88(units);
        _writeFreeze(id, member, box);
    }

    function _writeFreeze(uint256 id, uint32 member, TimeBox memory box) private {
        _freezes[id][member] = box;
        emit IERC7943MultiToken.Frozen(HolderAddress.holderOf(member), id, box.units);
        emit FreezeSet(id, member, box.units, box.until);
    }
}
