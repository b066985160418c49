// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title  ICreditLimits
 * @notice What each bank will carry on an obligor group, per cash asset. The exchange asks at a sale, and only there;
 *         nothing here can stop a payment or a claim. Replaceable behind a delay.
 */
interface ICreditLimits {
    /// @param limit in minor units of the cash asset's currency
    event LimitSet(uint32 indexed bank, uint32 indexed obligorGroup, uint16 indexed cashAsset, uint256 limit);

    /// @notice The caller is not a key of an active bank.
    error NotABank(address caller, uint32 member);

    /// @notice Sets the caller's own limit. Caller: any key of an active bank. A limit below what is carried stops
    ///         further purchases and nothing else. Errors: NotABank.
    function setLimit(uint32 obligorGroup, uint16 cashAsset, uint256 limit) external;

    /// @notice The limit of a bank on a group in a cash asset; 0 until the bank sets one.
    function limitOf(uint32 bank, uint32 obligorGroup, uint16 cashAsset) external view returns (uint256);
}
