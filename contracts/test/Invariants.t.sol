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

    function invariant_C1_to_C12() public view {
        handler.checkAll();
    }
}
