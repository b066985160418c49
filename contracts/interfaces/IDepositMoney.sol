// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/**
 * @title  IDepositMoney
 * @notice One settlement bank's deposit money in one currency, one to one with what lies in its books. An ERC-20 whose
 *         balances stand at holder addresses; a key of a member has an unlimited allowance over that member's balance
 *         and no other allowance exists. `decimals` are those of ISO 4217, so a unit is a minor unit.
 *
 *         Money only ever stands at the holder address of a member that was once admitted, or with `Payables` between a
 *         payment and its claims. Every reference (of a bank file, of a payout) has one effect, once.
 */
interface IDepositMoney is IERC20 {
    enum ReferenceState {
        Unused,
        Minted,
        Burned,
        PayoutAsked,
        PayoutConfirmed,
        PayoutReturned
    }

    /// @param member whom it concerns
    /// @param amount in minor units
    struct ReferenceUse {
        ReferenceState state;
        uint32 member;
        uint128 amount;
    }

    event Minted(uint32 indexed member, uint256 amount, bytes32 indexed referenceId);
    event Burned(uint256 amount, bytes32 indexed referenceId);
    event PayoutAsked(uint32 indexed member, uint256 amount, bytes32 indexed referenceId);
    /// @param referenceId    of the payout
    /// @param bankReference of the bank's booking
    event PayoutConfirmed(uint32 indexed member, uint256 amount, bytes32 indexed referenceId, bytes32 bankReference);
    event PayoutReturned(uint32 indexed member, uint256 amount, bytes32 indexed referenceId, bytes32 reasonHash);

    /// @notice The caller is not a key of the settlement bank.
    error NotTheBank(address caller, uint32 member, uint32 bank);
    /// @notice The settlement bank is not active, so it can create no money; what exists can still be paid out.
    error BankNotActive(uint32 bank);
    error NotAKey(address caller);
    error ReferenceZero();
    error ReferenceUsed(bytes32 referenceId, ReferenceState state);
    error NoPayoutPending(bytes32 referenceId, ReferenceState state);
    error AmountOutOfRange(uint256 actual, uint256 allowed);
    /// @notice Money can stand only with a member that was once admitted.
    error NotAMember(address account);
    /// @notice What members have asked out stays with the bank until it is confirmed or returned.
    error PayoutsReserved(uint256 balance, uint256 reserved);
    /// @notice Allowances are keys; none can be given.
    error ApprovalsAreKeys();

    /// @notice Creates money for a member. Caller: a key of the settlement bank, while that is active. Errors:
    ///         NotTheBank, BankNotActive, ReferenceZero, ReferenceUsed, AmountOutOfRange, NotAMember.
    function mint(uint32 member, uint256 amount, bytes32 referenceId) external;

    /// @notice Destroys money of the bank's own balance, beyond what is reserved for payouts. Caller: a key of the
    ///         settlement bank. Errors: NotTheBank, ReferenceZero, ReferenceUsed, AmountOutOfRange, PayoutsReserved,
    ///         ERC20InsufficientBalance.
    function burn(uint256 amount, bytes32 referenceId) external;

    /// @notice Asks for a payout to the member's registered account: the money goes to the bank's own balance and is
    ///         reserved there. Caller: any key of any member. Errors: NotAKey, ReferenceZero, ReferenceUsed,
    ///         AmountOutOfRange, ERC20InsufficientBalance.
    function askPayout(uint256 amount, bytes32 referenceId) external;

    /// @notice Says that the account money has left: the reserved money is destroyed. Caller: a key of the settlement
    ///         bank. Both references are used up. Errors: NotTheBank, NoPayoutPending, ReferenceZero, ReferenceUsed.
    function confirmPayout(bytes32 referenceId, bytes32 bankReference) external;

    /// @notice Says that the payout failed: the reserved money goes back to the member, whatever its standing. Caller: a
    ///         key of the settlement bank. Errors: NotTheBank, NoPayoutPending.
    function returnPayout(bytes32 referenceId, bytes32 reasonHash) external;

    /// @notice The settlement bank whose money this is.
    function BANK() external view returns (uint32);

    /// @notice ISO 4217 code.
    function currency() external view returns (bytes3);

    /// @notice Payouts asked and not yet confirmed or returned.
    function reservedForPayouts() external view returns (uint256);

    function referenceUse(bytes32 referenceId) external view returns (ReferenceUse memory);
}
