// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Handler} from "./support/Handler.t.sol";

/**
 * @dev The promises of the register, asserted together after every step of a random play. The sentences stand in
 *      docs/register.md under the same numbers; C5, C6, C7, C8, C10 and C11 speak of steps and are asserted in the
 *      steps of the handler.
 */
contract InvariantsTest {
    Handler private handler;

    function setUp() public {
        handler = new Handler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory list = new bytes4[](18);
        list[0] = Handler.doIssue.selector;
        list[1] = Handler.doIssueAgain.selector;
        list[2] = Handler.doPass.selector;
        list[3] = Handler.doSteal.selector;
        list[4] = Handler.doSell.selector;
        list[5] = Handler.doReplay.selector;
        list[6] = Handler.doLimit.selector;
        list[7] = Handler.doPay.selector;
        list[8] = Handler.doMandate.selector;
        list[9] = Handler.doClaim.selector;
        list[10] = Handler.doSurrender.selector;
        list[11] = Handler.doCancel.selector;
        list[12] = Handler.doFreeze.selector;
        list[13] = Handler.doHold.selector;
        list[14] = Handler.doForce.selector;
        list[15] = Handler.doMember.selector;
        list[16] = Handler.doPause.selector;
        list[17] = Handler.doWait.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), list);
    }

    /// @dev A play in which everything is refused would prove nothing: of some five hundred steps, enough must go through.
    function test_the_play_is_not_idle() public {
        for (uint256 i = 0; i < 60; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("play", i)));
            handler.doIssue(seed, uint88(seed >> 100), i % 5 == 0);
            handler.doPass(seed, seed >> 30, i % 4 == 0);
            handler.doSell(seed, seed >> 40, seed >> 50, i % 2 == 0);
            handler.doWait(seed);
            handler.doPay(seed, seed >> 60, uint8(i));
            handler.doClaim(seed);
            handler.doSurrender(seed >> 3, seed >> 70);
            handler.doFreeze(seed, seed >> 80);
            handler.doForce(seed, seed >> 90, i % 9 == 0);
            handler.checkAll();
        }
        if (handler.idCount() < 12 || handler.went() < 80) revert Idle(handler.idCount(), handler.went());
    }

    error Idle(uint256 ids, uint256 stepsThatWentThrough);

    function invariant_C1_to_C12() public view {
        handler.checkAll();
    }
}
