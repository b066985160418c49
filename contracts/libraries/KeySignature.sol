// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/**
 * @title  KeySignature
 * @notice Whether a key signed a digest: a plain signature, or, where the key is a contract (a member's own multi-party
 *         signer), ERC-1271.
 */
library KeySignature {
    function isValid(address key, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        // The plain form first: it asks nothing of the key's account. High-s and other malleable forms do not recover.
        (address recovered, ECDSA.RecoverError problem,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (problem == ECDSA.RecoverError.NoError && recovered == key) return true;
        if (key.code.length == 0) return false;
        (bool ok, bytes memory answer) = key.staticcall(abi.encodeCall(IERC1271.isValidSignature, (digest, signature)));
        return ok && answer.length >= 32 && bytes32(answer) == bytes32(IERC1271.isValidSignature.selector);
    }
}
