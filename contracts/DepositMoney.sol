// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IDepositMoney} from "./interfaces/IDepositMoney.sol";
import {IMembers} from "./interfaces/IMembers.sol";
import {HolderAddress} from "./libraries/HolderAddress.sol";
import {Roles} from "./libraries/Roles.sol";

/**
 * @title  DepositMoney
 * @notice One settlement bank's deposit money in one currency.
 */
contract DepositMoney is IDepositMoney, ERC20 {
    // ------------------------------------------------------------------ immutables

    IMembers public immutable MEMBERS;
    /// @dev The two contracts that move money inside their own verbs.
    address public immutable PAYABLES;
    address public immutable EXCHANGE;
    /// @inheritdoc IDepositMoney
    uint32 public immutable BANK;
    bytes3 private immutable _CURRENCY;
    uint8 private immutable _DECIMALS;

    // ------------------------------------------------------------------ storage

    mapping(bytes32 referenceId => ReferenceUse) private _references;
    /// @inheritdoc IDepositMoney
    uint256 public reservedForPayouts;

    // ------------------------------------------------------------------ construction

    constructor(
        IMembers members,
        address payables,
        address exchange,
        uint32 bank,
        bytes3 currency_,
        uint8 decimals_,
        string memory name_,
        string memory symbol_
    ) ERC20(name_, symbol_) {
        MEMBERS = members;
        PAYABLES = payables;
        EXCHANGE = exchange;
        BANK = bank;
        _CURRENCY = currency_;
        _DECIMALS = decimals_;
    }

    // ------------------------------------------------------------------ the bank

    /// @inheritdoc IDepositMoney
    function mint(uint32 member, uint256 amount, bytes32 referenceId) external {
        _requireBank();
        (, bool active) = _bankStanding();
        if (!active) revert BankNotActive(BANK);
        _use(referenceId, ReferenceState.Minted, member, amount);
        _mint(HolderAddress.holderOf(member), amount);
        emit Minted(member, amount, referenceId);
    }

    /// @inheritdoc IDepositMoney
    function burn(uint256 amount, bytes32 referenceId) external {
        _requireBank();
        _use(referenceId, ReferenceState.Burned, BANK, amount);
        _burn(HolderAddress.holderOf(BANK), amount);
        emit Burned(amount, referenceId);
    }

    /// @inheritdoc IDepositMoney
    function confirmPayout(bytes32 referenceId, bytes32 bankReference) external {
        _requireBank();
        ReferenceUse memory payout = _endPayout(referenceId, ReferenceState.PayoutConfirmed);
        _use(bankReference, ReferenceState.Burned, payout.member, payout.amount);
        _burn(HolderAddress.holderOf(BANK), payout.amount);
        emit PayoutConfirmed(payout.member, payout.amount, referenceId, bankReference);
    }

    /// @inheritdoc IDepositMoney
    function returnPayout(bytes32 referenceId, bytes32 reasonHash) external {
        _requireBank();
        ReferenceUse memory payout = _endPayout(referenceId, ReferenceState.PayoutReturned);
        _transfer(HolderAddress.holderOf(BANK), HolderAddress.holderOf(payout.member), payout.amount);
        emit PayoutReturned(payout.member, payout.amount, referenceId, reasonHash);
    }

    // ------------------------------------------------------------------ members

    /// @inheritdoc IDepositMoney
    function askPayout(uint256 amount, bytes32 referenceId) external {
        uint32 member = MEMBERS.memberOfKey(msg.sender);
        if (member == 0) revert NotAKey(msg.sender);
        _use(referenceId, ReferenceState.PayoutAsked, member, amount);
        _transfer(HolderAddress.holderOf(member), HolderAddress.holderOf(BANK), amount);
        // Reserved after the transfer: the bank's own money, asked out by itself, must not be counted before it moved.
        reservedForPayouts += amount;
        _requireReserve();
        emit PayoutAsked(member, amount, referenceId);
    }

    /// @notice Always refused: allowances are keys.
    function approve(address, uint256) public pure override(ERC20, IERC20) returns (bool) {
        revert ApprovalsAreKeys();
    }

    // ------------------------------------------------------------------ views

    /// @notice Unlimited for a key of the member and for the two core contracts, else zero.
    function allowance(address owner, address spender) public view override(ERC20, IERC20) returns (uint256) {
        if (spender == PAYABLES || spender == EXCHANGE) return type(uint256).max;
        uint32 member = HolderAddress.memberOf(owner);
        return member != 0 && MEMBERS.memberOfKey(spender) == member ? type(uint256).max : 0;
    }

    /// @notice Decimals of ISO 4217.
    function decimals() public view override returns (uint8) {
        return _DECIMALS;
    }

    /// @inheritdoc IDepositMoney
    function currency() external view returns (bytes3) {
        return _CURRENCY;
    }

    /// @inheritdoc IDepositMoney
    function referenceUse(bytes32 referenceId) external view returns (ReferenceUse memory) {
        return _references[referenceId];
    }

    // ------------------------------------------------------------------ inside

    /// @dev Where money may stand is checked here, for every way in. The core contracts have already asked.
    function _update(address from, address to, uint256 value) internal override {
        if (to != address(0) && msg.sender != PAYABLES && msg.sender != EXCHANGE) {
            uint32 member = HolderAddress.memberOf(to);
            if (member == 0 || !MEMBERS.wasAdmitted(member)) revert NotAMember(to);
        }
        super._update(from, to, value);
        if (from == HolderAddress.holderOf(BANK)) _requireReserve();
    }

    function _use(bytes32 referenceId, ReferenceState state, uint32 member, uint256 amount) private {
        if (referenceId == 0) revert ReferenceZero();
        ReferenceState used = _references[referenceId].state;
        if (used != ReferenceState.Unused) revert ReferenceUsed(referenceId, used);
        if (amount == 0 || amount > type(uint128).max) revert AmountOutOfRange(amount, type(uint128).max);
        _references[referenceId] = ReferenceUse(state, member, uint128(amount));
    }

    function _endPayout(bytes32 referenceId, ReferenceState state) private returns (ReferenceUse memory payout) {
        payout = _references[referenceId];
        if (payout.state != ReferenceState.PayoutAsked) revert NoPayoutPending(referenceId, payout.state);
        _references[referenceId].state = state;
        reservedForPayouts -= payout.amount;
    }

    function _requireReserve() private view {
        uint256 balance = balanceOf(HolderAddress.holderOf(BANK));
        if (balance < reservedForPayouts) revert PayoutsReserved(balance, reservedForPayouts);
    }

    function _requireBank() private view {
        uint32 member = MEMBERS.memberOfKey(msg.sender);
        if (member != BANK) revert NotTheBank(msg.sender, member, BANK);
    }

    function _bankStanding() private view returns (uint8 roles, bool active) {
        (roles, active) = MEMBERS.standing(BANK);
        active = active && roles & Roles.SETTLEMENT_BANK != 0;
    }
}
