// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IIssuePolicy} from "./interfaces/IIssuePolicy.sol";

/**
 * @title  IssuePolicy
 * @notice One standard rule fixed at construction, and exceptions from it per buyer and cash asset.
 */
contract IssuePolicy is IIssuePolicy, AccessManaged {
    uint88 public immutable STANDARD_MAX_FACE;
    uint16 public immutable STANDARD_MIN_TENOR;
    uint16 public immutable STANDARD_MAX_TENOR;

    mapping(uint32 buyer => mapping(uint16 cashAsset => Rule)) private _rules;

    constructor(address authority_, uint88 maxFace, uint16 minTenor, uint16 maxTenor) AccessManaged(authority_) {
        if (minTenor > maxTenor) revert TenorsCrossed(minTenor, maxTenor);
        STANDARD_MAX_FACE = maxFace;
        STANDARD_MIN_TENOR = minTenor;
        STANDARD_MAX_TENOR = maxTenor;
    }

    /// @inheritdoc IIssuePolicy
    function setRule(
        uint32 buyer,
        uint16 cashAsset,
        bool allowed,
        uint88 maxFace,
        uint16 minTenor,
        uint16 maxTenor
    ) external restricted {
        if (minTenor > maxTenor) revert TenorsCrossed(minTenor, maxTenor);
        _rules[buyer][cashAsset] = Rule(true, allowed, maxFace, minTenor, maxTenor);
        emit RuleSet(buyer, cashAsset, allowed, maxFace, minTenor, maxTenor);
    }

    /// @inheritdoc IIssuePolicy
    function clearRule(uint32 buyer, uint16 cashAsset) external restricted {
        delete _rules[buyer][cashAsset];
        emit RuleCleared(buyer, cashAsset);
    }

    /// @inheritdoc IIssuePolicy
    function checkIssue(uint32 buyer, uint32, uint16 cashAsset, uint256 face, uint256 tenorDays) external view {
        Rule memory rule = ruleOf(buyer, cashAsset);
        if (!rule.allowed) revert BuyerNotAllowed(buyer, cashAsset);
        if (face > rule.maxFace) revert FaceAboveMaximum(face, rule.maxFace);
        if (tenorDays < rule.minTenor) revert TenorBelowMinimum(tenorDays, rule.minTenor);
        if (tenorDays > rule.maxTenor) revert TenorAboveMaximum(tenorDays, rule.maxTenor);
    }

    /// @inheritdoc IIssuePolicy
    function ruleOf(uint32 buyer, uint16 cashAsset) public view returns (Rule memory rule) {
        rule = _rules[buyer][cashAsset];
        if (!rule.known) rule = Rule(false, true, STANDARD_MAX_FACE, STANDARD_MIN_TENOR, STANDARD_MAX_TENOR);
    }
}
