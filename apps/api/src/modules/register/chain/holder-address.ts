import type { Word } from '../register.js';

/** Where a member's units and money stand: sixteen letters, then the member's number. See contracts/libraries/HolderAddress.sol. */
const PREFIX = `0x${Buffer.from('Headwater member', 'ascii').toString('hex')}`;

export const NOBODY: Word = `0x${'0'.repeat(40)}`;

export function holderAddress(member: number): Word {
  return `0x${PREFIX.slice(2)}${member.toString(16).padStart(8, '0')}`;
}

/** The member whose holder address this is, or undefined if it is none. */
export function memberOfHolder(address: Word): number | undefined {
  return address.startsWith(PREFIX) ? Number.parseInt(address.slice(-8), 16) : undefined;
}
