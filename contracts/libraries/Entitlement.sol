// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title  Entitlement
 * @notice What a number of units is entitled to out of what has been paid. Always rounded down, so that the parts can
 *         never add up to more than was paid.
 */
library Entitlement {
    /// @notice `units * paid / face`, rounded down; all units once everything is paid.
    /// @dev    Three 88-bit numbers: the product cannot overflow.
    function shareDown(uint256 units, uint256 paid, uint256 face) internal pure returns (uint256) {
        return paid == face ? units : units * paid / face;
    }
}
