// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {ICreditLimits} from "./interfaces/ICreditLimits.sol";
import {IExchange} from "./interfaces/IExchange.sol";
import {IMembers} from "./interfaces/IMembers.sol";
import {IPayables} from "./interfaces/IPayables.sol";
import {HolderAddress} from "./libraries/HolderAddress.sol";
import {KeySignature} from "./libraries/KeySignature.sol";

/**
 * @title  Exchange
 * @notice Delivery versus payment by signed quote.
 */
contract Exchange is IExchange, AccessManaged, ReentrancyGuardTransient, EIP712 {
    using SafeERC20 for IERC20;

    bytes32 private constant _QUOTE_TYPEHASH = keccak256(
        "Quote(uint8 side,uint32 maker,uint32 counterparty,uint256 id,uint256 units,uint256 price,uint16 cashAsset,uint256 nonce,uint256 deadline)"
    );

    // ------------------------------------------------------------------ immutables

    /// @inheritdoc IExchange
    uint40 public constant PAUSE_TERM = 72 hours;
    IMembers public immutable MEMBERS;
    IPayables public immutable PAYABLES;

    // ------------------------------------------------------------------ storage

    /// @dev One bit a nonce: 256 quotes of a maker share a slot.
    mapping(uint32 maker => mapping(uint256 word => uint256)) private _nonces;
    /// @inheritdoc IExchange
    ICreditLimits public creditLimits;
    /// @inheritdoc IExchange
    uint40 public pausedUntil;

    // ------------------------------------------------------------------ construction

    constructor(address authority_, IMembers members, IPayables payables, ICreditLimits limits)
        AccessManaged(authority_)
        EIP712("Headwater Exchange", "1")
    {
        MEMBERS = members;
        PAYABLES = payables;
        creditLimits = limits;
        emit CreditLimitsChanged(limits);
    }

    // ------------------------------------------------------------------ quotes

    /// @inheritdoc IExchange
    function fill(Quote calldata quote, address signer, bytes calldata signature) external nonReentrant {
        uint40 until = pausedUntil;
        if (block.timestamp < until) revert PausedUntil(until);
        if (block.timestamp > quote.deadline) revert QuoteExpired(quote.deadline, block.timestamp);
        uint32 taker = _taker(quote);
        bytes32 digest = quoteDigest(quote);
        if (MEMBERS.memberOfKey(signer) != quote.maker) revert SignerNotAKeyOf(signer, quote.maker);
        if (!KeySignature.isValid(signer, digest, signature)) revert SignatureInvalid(signer);
        _useNonce(quote.maker, quote.nonce);

        (uint32 seller, uint32 buyer) = quote.side == Side.BID ? (taker, quote.maker) : (quote.maker, taker);
        address token = _deliver(quote, seller, buyer);
        _emitFilled(quote, digest, seller, buyer);
        if (quote.price != 0) {
            IERC20(token).safeTransferFrom(
                HolderAddress.holderOf(buyer), HolderAddress.holderOf(seller), quote.price
            );
        }
    }

    /// @inheritdoc IExchange
    function cancel(uint256 nonce) external {
        uint32 maker = _callerMember();
        _useNonce(maker, nonce);
        emit QuoteCancelled(maker, nonce);
    }

    // ------------------------------------------------------------------ administration

    /// @inheritdoc IExchange
    function setCreditLimits(ICreditLimits limits) external restricted {
        creditLimits = limits;
        emit CreditLimitsChanged(limits);
    }

    /// @inheritdoc IExchange
    function pause() external restricted {
        uint40 allowedFrom = pausedUntil == 0 ? 0 : pausedUntil + PAUSE_TERM;
        if (block.timestamp < allowedFrom) revert PauseTooSoon(allowedFrom, block.timestamp);
        pausedUntil = uint40(block.timestamp) + PAUSE_TERM;
        emit PauseSet(pausedUntil);
    }

    /// @inheritdoc IExchange
    function unpause() external restricted {
        pausedUntil = uint40(block.timestamp);
        emit PauseSet(pausedUntil);
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IExchange
    function nonceUsed(uint32 maker, uint256 nonce) external view returns (bool) {
        return _nonces[maker][nonce >> 8] & (1 << (nonce & 0xff)) != 0;
    }

    /// @inheritdoc IExchange
    function quoteDigest(Quote calldata quote) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(_QUOTE_TYPEHASH, quote)));
    }

    // ------------------------------------------------------------------ inside

    /// @dev The units' leg, and the limit of the bank that takes them.
    function _deliver(Quote calldata quote, uint32 seller, uint32 buyer) private returns (address) {
        IPayables.Delivery memory d = PAYABLES.sell(quote.id, seller, buyer, quote.units, quote.cashAsset);
        if (d.buyerIsBank) {
            uint256 limit = creditLimits.limitOf(buyer, d.obligorGroup, d.cashAsset);
            if (d.carriedAfter > limit) {
                revert LimitExceeded(buyer, d.obligorGroup, d.cashAsset, d.carriedAfter, limit);
            }
        }
        return d.token;
    }

    /// @dev On its own because the stack holds sixteen words.
    function _emitFilled(Quote calldata quote, bytes32 digest, uint32 seller, uint32 buyer) private {
        emit Filled(
            digest, quote.id, quote.maker, seller, buyer, quote.units, quote.price, quote.cashAsset, quote.nonce
        );
    }

    function _useNonce(uint32 maker, uint256 nonce) private {
        uint256 bit = 1 << (nonce & 0xff);
        uint256 word = _nonces[maker][nonce >> 8];
        if (word & bit != 0) revert NonceUsed(maker, nonce);
        _nonces[maker][nonce >> 8] = word | bit;
    }

    function _taker(Quote calldata quote) private view returns (uint32 taker) {
        taker = _callerMember();
        if (taker == quote.maker) revert OwnQuote(taker);
        if (quote.counterparty != 0 && quote.counterparty != taker) {
            revert WrongCounterparty(taker, quote.counterparty);
        }
    }

    function _callerMember() private view returns (uint32 member) {
        member = MEMBERS.memberOfKey(msg.sender);
        if (member == 0) revert NotAKey(msg.sender);
    }
}
