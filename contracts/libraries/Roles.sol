// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title  Roles
 * @notice The bits of a member's roles. A member may have several.
 */
library Roles {
    uint8 internal constant BUYER = 1;
    uint8 internal constant SUPPLIER = 2;
    uint8 internal constant BANK = 4;
    uint8 internal constant SETTLEMENT_BANK = 8;
    uint8 internal constant SUPERVISOR = 16;
    uint8 internal constant OPERATOR = 32;
    uint8 internal constant ALL = 63;

    /// @dev Who may hold units: those that are paid for goods, and those that finance them.
    uint8 internal constant HOLDERS = SUPPLIER | BANK;
}
