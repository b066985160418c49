/**
 * The two organisations every network has before any other: the register's deposit money names its issuing bank at
 * deployment, and claims for everybody are sent by the operator. Their numbers on the register are therefore fixed, and
 * the first start creates them in this order.
 */
export const OPERATOR_MEMBER = 1;
export const SETTLEMENT_BANK_MEMBER = 2;
