// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICreditLimits} from "./interfaces/ICreditLimits.sol";
import {IMembers} from "./interfaces/IMembers.sol";
import {Roles} from "./libraries/Roles.sol";

/**
 * @title  CreditLimits
 * @notice Limits that each bank sets for itself.
 */
contract CreditLimits is ICreditLimits {
    IMembers public immutable MEMBERS;

    /// @inheritdoc ICreditLimits
    mapping(uint32 bank => mapping(uint32 obligorGroup => mapping(uint16 cashAsset => uint256))) public limitOf;

    constructor(IMembers members) {
        MEMBERS = members;
    }

    /// @inheritdoc ICreditLimits
    function setLimit(uint32 obligorGroup, uint16 cashAsset, uint256 limit) external {
        (uint32 bank, uint8 roles, bool active) = MEMBERS.actor(msg.sender);
        if (!active || roles & Roles.BANK == 0) revert NotABank(msg.sender, bank);
        limitOf[bank][obligorGroup][cashAsset] = limit;
        emit LimitSet(bank, obligorGroup, cashAsset, limit);
    }
}
