import type { MemberRole, UserRole } from '../../common/roles.js';
import type { NewOrganisation } from '../members/organisations.service.js';

/**
 * The people and organisations of the demo. All of them are invented; their registry numbers carry right check digits
 * but belong to nobody. Only used in demo mode.
 */

/** One password for everybody in the demo; printed at start. */
export const DEMO_PASSWORD = 'tidal harbour 2026';

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly UserRole[];
}

export interface DemoOrganisation extends NewOrganisation {
  readonly roles: readonly [MemberRole, ...MemberRole[]];
  readonly people: readonly [DemoPerson, ...DemoPerson[]];
}

const person = (name: string, email: string, ...roles: UserRole[]): DemoPerson => ({ name, email, roles });

export const OPERATOR = {
  name: 'Headwater Operations',
  registryNumber: '91310115MA1HW0017D',
  country: 'CN',
  roles: ['OPERATOR'],
  people: [person('Chen Mei', 'mei@operations.example', 'ADMINISTRATOR', 'MAKER')],
} as const satisfies DemoOrganisation;

export const SETTLEMENT_BANK = {
  name: 'Harbour Settlement Bank',
  registryNumber: '91310000MA1HW0025B',
  country: 'CN',
  roles: ['SETTLEMENT_BANK'],
  account: { holder: 'Harbour Settlement Bank', number: '6222 0000 1000 0001' },
  people: [person('Sun Li', 'sun@harbour-bank.example', 'ADMINISTRATOR', 'TREASURER')],
} as const satisfies DemoOrganisation;

export const BUYER = {
  name: 'Aurora Motors',
  registryNumber: '91310115MA1HW101XQ',
  country: 'CN',
  roles: ['BUYER'],
  obligorGroup: 'Aurora Group',
  account: { holder: 'Aurora Motors Co., Ltd.', number: '6222 0000 2000 0001' },
  people: [
    person('Wang Fang', 'wang@aurora.example', 'ADMINISTRATOR', 'MAKER'),
    person('Zhang Wei', 'zhang@aurora.example', 'CHECKER'),
    person('Liu Yang', 'liu@aurora.example', 'TREASURER'),
  ],
} as const satisfies DemoOrganisation;

export const TYRES = {
  name: 'Northwind Tyres',
  registryNumber: '91320500MA1HW2012D',
  country: 'CN',
  roles: ['SUPPLIER'],
  account: { holder: 'Northwind Tyres Co., Ltd.', number: '6222 0000 3000 0001' },
  people: [person('Zhao Min', 'zhao@northwind.example', 'ADMINISTRATOR', 'MAKER', 'TREASURER')],
} as const satisfies DemoOrganisation;

export const HUBS = {
  name: 'Keystone Hubs',
  registryNumber: '91330200MA1HW2020W',
  country: 'CN',
  roles: ['SUPPLIER'],
  account: { holder: 'Keystone Hubs Co., Ltd.', number: '6222 0000 3000 0002' },
  people: [person('Lin Wei', 'lin@keystone.example', 'ADMINISTRATOR', 'MAKER', 'TREASURER')],
} as const satisfies DemoOrganisation;

export const ALLOYS = {
  name: 'Silverlake Alloys',
  registryNumber: '91370100MA1HW20395',
  country: 'CN',
  roles: ['SUPPLIER'],
  account: { holder: 'Silverlake Alloys Co., Ltd.', number: '6222 0000 3000 0003' },
  people: [person('Ma Jun', 'ma@silverlake.example', 'ADMINISTRATOR', 'MAKER', 'TREASURER')],
} as const satisfies DemoOrganisation;

export const FIRST_BANK = {
  name: 'First River Bank',
  registryNumber: '91310000MA1HW30150',
  country: 'CN',
  roles: ['BANK'],
  account: { holder: 'First River Bank', number: '6222 0000 4000 0001' },
  people: [
    person('Xu Ling', 'xu@first-river.example', 'ADMINISTRATOR', 'MAKER'),
    person('He Tao', 'he@first-river.example', 'CHECKER', 'TREASURER'),
  ],
} as const satisfies DemoOrganisation;

export const SECOND_BANK = {
  name: 'Cedar Bank',
  registryNumber: '91440300MA1HW3023D',
  country: 'CN',
  roles: ['BANK'],
  account: { holder: 'Cedar Bank', number: '6222 0000 4000 0002' },
  people: [
    person('Guo Jing', 'guo@cedar-bank.example', 'ADMINISTRATOR', 'MAKER'),
    person('Tang Bo', 'tang@cedar-bank.example', 'CHECKER', 'TREASURER'),
  ],
} as const satisfies DemoOrganisation;

export const SUPERVISOR = {
  name: 'Eastern Markets Supervisor',
  registryNumber: '91310000MA1HW00336',
  country: 'CN',
  roles: ['SUPERVISOR'],
  people: [person('Qian Yu', 'qian@supervisor.example', 'ADMINISTRATOR', 'VIEWER')],
} as const satisfies DemoOrganisation;

/** The first two in the order that common/founding.ts fixes. */
export const DEMO_ORGANISATIONS: readonly DemoOrganisation[] = [
  OPERATOR,
  SETTLEMENT_BANK,
  BUYER,
  TYRES,
  HUBS,
  ALLOYS,
  FIRST_BANK,
  SECOND_BANK,
  SUPERVISOR,
];

/** Money that has arrived before the story begins, in minor units of CNY. */
export const OPENING_DEPOSITS = [
  { to: BUYER, minor: 60_000_000_00n, reference: 'OPENING-AURORA' },
  { to: FIRST_BANK, minor: 80_000_000_00n, reference: 'OPENING-FIRST-RIVER' },
  { to: SECOND_BANK, minor: 50_000_000_00n, reference: 'OPENING-CEDAR' },
] as const;

/** What each bank will carry on the buyer's group, in minor units of CNY. */
export const OPENING_LIMITS = [
  { bank: FIRST_BANK, minor: 80_000_000_00n },
  { bank: SECOND_BANK, minor: 50_000_000_00n },
] as const;
