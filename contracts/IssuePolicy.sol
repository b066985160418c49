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

    /// @dev As a word, read in one go: known | allowed << 8 | maxFace << 16 | minTenor << 104 | maxTenor << 120
    mapping(uint32 buyer => mapping(uint16 cashAsset => uint256)) private _rules;

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
        _rules[buyer][cashAsset] = 1 | uint256(allowed ? 1 : 0) << 8 | uint256(maxFace) << 16 | uint256(minTenor) << 104
            | uint256(maxTenor) << 120;
        emit RuleSet(buyer, cashAsset, allowed, maxFace, minTenor, maxTenor);
    }

    /// @inheritdoc IIssuePolicy
    function clearRule(uint32 buyer, uint16 cashAsset) external restricted {
        delete _rules[buyer][cashAsset];
        emit RuleCleared(buyer, cashAsset);
    }

    /// @inheritdoc IIssuePolicy
    function issueTerms(uint32 buyer, uint16 cashAsset)
        external
        view
        returns (uint256 maxFace, uint256 minTenor, uint256 maxTenor)
    {
        Rule memory rule = ruleOf(buyer, cashAsset);
        return (rule.allowed ? rule.maxFace : 0, rule.minTenor, rule.maxTenor);
    }

    /// @inheritdoc IIssuePolicy
    function ruleOf(uint32 buyer, uint16 cashAsset) public view returns (Rule memory) {
        uint256 word = _rules[buyer][cashAsset];
        if (word == 0) return Rule(false, true, STANDARD_MAX_FACE, STANDARD_MIN_TENOR, STANDARD_MAX_TENOR);
        return Rule(true, uint8(word >> 8) != 0, uint88(word >> 16), uint16(word >> 104), uint16(word >> 120));
    }
}
