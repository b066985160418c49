/** What an organisation may be in the network; an organisation may have several. */
export const MEMBER_ROLES = ['BUYER', 'SUPPLIER', 'BANK', 'SETTLEMENT_BANK', 'SUPERVISOR', 'OPERATOR'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/**
 * What a person may do inside the own organisation.
 * ADMINISTRATOR: colleagues, account, settings. MAKER: proposes confirmations, uploads, offers, requests, quotes.
 * CHECKER: approves what another person proposed. TREASURER: payments and payouts. VIEWER: reads.
 */
export const USER_ROLES = ['ADMINISTRATOR', 'MAKER', 'CHECKER', 'TREASURER', 'VIEWER'] as const;
export type UserRole = (typeof USER_ROLES)[number];
