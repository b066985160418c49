// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICreditLimits} from "./ICreditLimits.sol";

/**
 * @title  IExchange
 * @notice Settles a signed quote: units one way, money the other, both or none. Nothing is escrowed and nothing approved.
 */
interface IExchange {
    /// @notice BID: the maker buys units. ASK: the maker sells units.
    enum Side {
        BID,
        ASK
    }

    /**
     * @notice Signed as EIP-712 typed data
     *         `Quote(uint8 side,uint32 maker,uint32 counterparty,uint256 id,uint256 units,uint256 price,uint16 cashAsset,uint256 nonce,uint256 deadline)`
     *         in the domain of this contract.
     * @param side         see `Side`
     * @param maker        member whose key signs
     * @param counterparty member that may fill it; 0 = any eligible one
     * @param id           payable
     * @param units        exactly these; there is no partial fill
     * @param price        for all of them, in minor units of `cashAsset`; an ask at 0 is a transfer that the recipient
     *                     accepts
     * @param cashAsset    what the price is paid in: the payable's own, or another in the same currency
     * @param nonce        chosen by the maker; each is used once
     * @param deadline     last second at which it can be filled
     */
    struct Quote {
        Side side;
        uint32 maker;
        uint32 counterparty;
        uint256 id;
        uint256 units;
        uint256 price;
        uint16 cashAsset;
        uint256 nonce;
        uint256 deadline;
    }

    event Filled(
        bytes32 indexed quoteHash,
        uint256 indexed id,
        uint32 indexed maker,
        uint32 seller,
        uint32 buyer,
        uint256 units,
        uint256 price,
        uint16 cashAsset,
        uint256 nonce
    );
    event QuoteCancelled(uint32 indexed maker, uint256 nonce);
    event CreditLimitsChanged(ICreditLimits limits);
    event PauseSet(uint40 until);

    error NotAKey(address caller);
    error QuoteExpired(uint256 deadline, uint256 time);
    error WrongCounterparty(uint32 actual, uint32 allowed);
    error OwnQuote(uint32 maker);
    error SignerNotAKeyOf(address signer, uint32 maker);
    error SignatureInvalid(address signer);
    error NonceUsed(uint32 maker, uint256 nonce);
    error LimitExceeded(uint32 bank, uint32 obligorGroup, uint16 cashAsset, uint256 carried, uint256 limit);
    error PausedUntil(uint40 until);
    error PauseTooSoon(uint40 allowedFrom, uint256 time);

    /**
     * @notice Fills a quote: moves the units and the money.
     * @dev    Caller: a key of the counterparty (or of any eligible member). Changes: the nonce, both holdings, what
     *         banks carry, both money balances. The recipient must be an active supplier or bank; for a bank, what it
     *         carries afterwards must be within its limit.
     *         Errors: QuoteExpired, PausedUntil, NotAKey, OwnQuote, WrongCounterparty, SignerNotAKeyOf,
     *         SignatureInvalid, NonceUsed, LimitExceeded, those of `IPayables.sell` and of the cash asset.
     * @param  signer    the maker's key that signed
     * @param  signature ECDSA, or what the signer's ERC-1271 accepts
     */
    function fill(Quote calldata quote, address signer, bytes calldata signature) external;

    /// @notice Uses up a nonce, so that no quote with it can be filled. Caller: any key of the maker. Errors: NotAKey,
    ///         NonceUsed.
    function cancel(uint256 nonce) external;

    /// @notice Replaces the limits asked at a sale. Caller: policy role (delayed).
    function setCreditLimits(ICreditLimits limits) external;

    /// @notice Stops sales for PAUSE_TERM, then lapses by itself and cannot be renewed before as much time again has
    ///         passed. Caller: pauser. Errors: PauseTooSoon.
    function pause() external;

    /// @notice Ends a pause early. Caller: policy role (delayed).
    function unpause() external;

    function PAUSE_TERM() external view returns (uint40);
    function creditLimits() external view returns (ICreditLimits);
    function pausedUntil() external view returns (uint40);
    function nonceUsed(uint32 maker, uint256 nonce) external view returns (bool);

    /// @notice What a maker's key signs.
    function quoteDigest(Quote calldata quote) external view returns (bytes32);
}
