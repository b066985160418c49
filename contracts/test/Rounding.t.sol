// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPayables} from "../interfaces/IPayables.sol";
import {Entitlement} from "../libraries/Entitlement.sol";
import {Fixture} from "./support/Fixture.t.sol";

/// @dev Nobody ever gains a unit by the order or the size of steps.
contract RoundingTest is Fixture {
    function money() private view returns (uint256) {
        return cny.balanceOf(holder(SUPPLIER)) + cny.balanceOf(holder(SECOND)) + cny.balanceOf(holder(THIRD));
    }

    function tryClaim(uint256 id, uint32 member) private {
        if (payables.claimable(id, member) != 0) payables.claim(id, member);
    }

    function test_shares_of_all_amounts_up_to_20_never_exceed_what_was_paid() public pure {
        for (uint256 face = 1; face <= 20; ++face) {
            for (uint256 paid = 0; paid <= face; ++paid) {
                for (uint256 part = 0; part <= face; ++part) {
                    uint256 a = Entitlement.shareDown(part, paid, face);
                    uint256 b = Entitlement.shareDown(face - part, paid, face);
                    yes(a + b <= paid && a + b + 1 >= paid, "two parts");
                    yes(a <= part && (paid != face || a == part), "par");
                }
            }
        }
    }

    function testFuzz_a_share_is_rounded_down(uint88 units_, uint88 paid_, uint88 face_) public pure {
        vm.assume(face_ != 0);
        uint256 paid = uint256(paid_) % (uint256(face_) + 1);
        uint256 n = uint256(units_) % (uint256(face_) + 1);
        uint256 share = Entitlement.shareDown(n, paid, face_);
        yes(share * face_ <= n * paid && (share + 1) * face_ > n * paid, "floor");
    }

    function test_ten_thousand_splits_of_one_unit_gain_nothing() public {
        uint256 id = issue(10_001);
        for (uint256 i = 0; i < 100; ++i) {
            uint32[] memory to = new uint32[](100);
            uint256[] memory one = new uint256[](100);
            for (uint256 k = 0; k < 100; ++k) {
                (to[k], one[k]) = (k % 2 == 0 ? SECOND : THIRD, 1);
            }
            vm.prank(key(SUPPLIER));
            payables.pass(id, to, one, new bytes32[](100));
        }
        due(id);
        uint256 paid = 0;
        for (uint256 step = 1; paid < 10_001; step = step * 3) {
            uint256 amount = paid + step > 10_001 ? 10_001 - paid : step;
            pay(id, amount);
            paid += amount;
            tryClaim(id, SECOND);
            tryClaim(id, THIRD);
            tryClaim(id, SUPPLIER);
            yes(money() <= paid && money() + 3 > paid, "never above what was paid, never three below");
        }
        eq(money(), 10_001, "in the end exactly");
    }

    /// @dev Part payment x step x second payment for one face: each kind of step on each size of holding.
    function bruteForce(uint256 face) private {
        for (uint256 part = 1; part < face; ++part) {
            for (uint256 first = 1; first < face; ++first) {
                for (uint256 step = 0; step < 6; ++step) {
                    uint256 before = vm.snapshotState();
                    play(face, part, first, step);
                    vm.revertToState(before);
                }
            }
        }
    }

    function play(uint256 face, uint256 part, uint256 first, uint256 step) private {
        uint256 id = issue(face);
        pass(id, SUPPLIER, SECOND, part);
        due(id);
        pay(id, first);
        if (step % 2 == 1) tryClaim(id, SECOND);
        uint256 given = 0;
        if (step / 2 == 0) pass(id, SECOND, THIRD, part);
        if (step / 2 == 1) {
            vm.prank(key(SECOND));
            payables.surrender(id, part, "");
            given = part - cny.balanceOf(holder(SECOND));
        }
        if (step / 2 == 2) tryForce(id, part / 2);
        tryClaim(id, SUPPLIER);
        IPayables.Payable memory p = payables.payableInfo(id);
        yes(p.paid <= p.face, "paid above face");
        yes(money() <= first, "more left than was paid");
        if (p.status == IPayables.Status.Paying || p.status == IPayables.Status.Open) pay(id, p.face - p.paid);
        tryClaim(id, SUPPLIER);
        tryClaim(id, SECOND);
        tryClaim(id, THIRD);
        eq(cny.balanceOf(address(payables)), 0, "dust");
        eq(units(id, SUPPLIER) + units(id, SECOND) + units(id, THIRD), 0, "all burned");
        eq(money(), face - given, "par for all but what was surrendered");
        eq(cny.balanceOf(holder(SUPPLIER)), face - part, "the bystander has exactly its own");
    }

    /// @dev Some splits are refused because they would round a unit into being; then nothing happens.
    function tryForce(uint256 id, uint256 amount) private {
        if (amount == 0) return;
        vm.prank(OPENER);
        payables.openCase(id, SECOND, THIRD, amount, "d");
        vm.prank(CORRECTOR);
        try payables.forcedTransfer(holder(SECOND), holder(THIRD), id, amount) {}
        catch (bytes memory reason) {
            yes(bytes4(reason) == IPayables.SplitNotExact.selector, "refused for another reason");
        }
    }

    function test_brute_force_faces_2_to_6() public {
        for (uint256 face = 2; face <= 6; ++face) {
            bruteForce(face);
        }
    }

    function test_brute_force_faces_7_to_9() public {
        for (uint256 face = 7; face <= 9; ++face) {
            bruteForce(face);
        }
    }

    function test_brute_force_faces_10_and_11() public {
        bruteForce(10);
        bruteForce(11);
    }

    function test_brute_force_face_12() public {
        bruteForce(12);
    }
}
