// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title  RegisterDay
 * @notice A register day: days since 1970-01-01, counted in the one time zone fixed at construction.
 */
library RegisterDay {
    /// @notice The offset is further from UTC than any time zone.
    error UtcOffsetOutOfRange(int32 actual, int32 limit);

    int32 internal constant MAX_OFFSET = 14 hours;

    /// @notice Refuses an offset beyond 14 hours either way.
    function requireOffset(int32 utcOffset) internal pure {
        if (utcOffset > MAX_OFFSET || utcOffset < -MAX_OFFSET) revert UtcOffsetOutOfRange(utcOffset, MAX_OFFSET);
    }

    /// @notice The day that a moment falls on. A uint24 of days reaches the year 47,000.
    function dayOf(uint256 timestamp, int32 utcOffset) internal pure returns (uint24) {
        return uint24(uint256(int256(timestamp) + utcOffset) / 1 days);
    }
}
