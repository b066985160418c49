// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title  HolderAddress
 * @notice Where a member's units and money stand: a fixed prefix followed by the member's number.
 * @dev    The member is read from the address itself, without storage. Nobody has a key for such an address and no code
 *         can be put there (either would take a search of 2^128), so whoever may act for it is what `Members` says.
 */
library HolderAddress {
    /// @dev Sixteen letters, so that a person recognises a holder in any explorer.
    bytes16 internal constant PREFIX = "Headwater member";

    /// @notice The holder address of a member.
    function holderOf(uint32 member) internal pure returns (address) {
        return address(bytes20(PREFIX) | bytes20(uint160(member)));
    }

    /// @notice The member whose holder address this is, or 0 if it is no holder address.
    function memberOf(address account) internal pure returns (uint32) {
        return bytes16(bytes20(account)) == PREFIX ? uint32(uint160(account)) : 0;
    }
}
