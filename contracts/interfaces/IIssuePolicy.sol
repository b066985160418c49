// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title  IIssuePolicy
 * @notice Whether a payable may be issued. The ledger asks at issue, and only there; nothing here can stop a payment or
 *         a claim. Replaceable behind a delay.
 */
interface IIssuePolicy {
    /**
     * @param known     true once set; until then the standard rule applies
     * @param allowed   whether the buyer may issue at all in this cash asset
     * @param maxFace   largest face in minor units
     * @param minTenor  fewest days from issue to due day
     * @param maxTenor  most days from issue to due day
     */
    struct Rule {
        bool known;
        bool allowed;
        uint88 maxFace;
        uint16 minTenor;
        uint16 maxTenor;
    }

    event RuleSet(
        uint32 indexed buyer, uint16 indexed cashAsset, bool allowed, uint88 maxFace, uint16 minTenor, uint16 maxTenor
    );
    event RuleCleared(uint32 indexed buyer, uint16 indexed cashAsset);

    error TenorsCrossed(uint16 minTenor, uint16 maxTenor);

    /// @notice Sets a rule for one buyer and cash asset. Caller: policy role (delayed). Errors: TenorsCrossed.
    function setRule(
        uint32 buyer,
        uint16 cashAsset,
        bool allowed,
        uint88 maxFace,
        uint16 minTenor,
        uint16 maxTenor
    ) external;

    /// @notice Returns one buyer and cash asset to the standard rule. Caller: policy role (delayed).
    function clearRule(uint32 buyer, uint16 cashAsset) external;

    /// @notice What a buyer may issue in a cash asset. A buyer that may not issue has a largest face of 0.
    function issueTerms(uint32 buyer, uint16 cashAsset)
        external
        view
        returns (uint256 maxFace, uint256 minTenor, uint256 maxTenor);

    /// @notice The rule that applies to a buyer in a cash asset.
    function ruleOf(uint32 buyer, uint16 cashAsset) external view returns (Rule memory);
}
