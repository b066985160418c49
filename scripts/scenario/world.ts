import { randomBytes } from 'node:crypto';
import { Amounts } from './amounts.ts';
import { list, Person, text } from './client.ts';

export interface SignIn {
  readonly organisation: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly string[];
}

/** An organisation of the scenario and the people who act for it. */
export interface Firm {
  readonly id: string;
  readonly name: string;
  readonly registryNumber: string;
  readonly group: string;
  readonly maker: Person;
  readonly checker: Person;
}

type ObjectKind = 'invoice' | 'payable' | 'transfer' | 'request' | 'quote';

/** Something the scenario gave a name to. `owner` is a firm that sees it, `currency` what its amounts are in. */
export interface Thing {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly owner: string;
  readonly currency: string;
}

/** What a scenario knows while it plays: its people, its names, nothing of the server's inside. */
export class World {
  readonly firms = new Map<string, Firm>();
  readonly things = new Map<string, Thing>();
  readonly run = randomBytes(4).toString('hex');
  readonly password = `scenario ${randomBytes(9).toString('base64url')}`;
  readonly amounts: Amounts;
  readonly operator: Person;
  readonly settlementBank: Person;
  readonly url: () => string;

  private constructor(url: () => string, amounts: Amounts, operator: Person, settlementBank: Person) {
    this.url = url;
    this.amounts = amounts;
    this.operator = operator;
    this.settlementBank = settlementBank;
  }

  /** Meets the running stack: reads what it settles in and signs in the two demo organisations every network has. */
  static async meet(url: () => string): Promise<World> {
    const meta: unknown = await (await fetch(`${url()}/api/v1/meta`)).json();
    const { currencies, signIns = [] } = meta as {
      currencies: { code: string; minorUnits: number }[];
      signIns?: SignIn[];
    };
    const someone = async (organisationRole: string, userRole: string) => {
      for (const signIn of signIns) {
        if (!signIn.roles.includes(userRole)) continue;
        const person = new Person(url, signIn.email, signIn.password);
        const session = await person.signIn();
        if (session.memberRoles.includes(organisationRole)) return person;
      }
      throw new Error(
        `the stack at ${url()} offers no demo sign-in of a ${organisationRole}; scenarios need demo mode`,
      );
    };
    return new World(
      url,
      new Amounts(currencies),
      await someone('OPERATOR', 'MAKER'),
      await someone('SETTLEMENT_BANK', 'TREASURER'),
    );
  }

  firm(name: string): Firm {
    const firm = this.firms.get(name);
    if (!firm) throw new Error(`the scenario names "${name}" before it is onboarded`);
    return firm;
  }

  thing(name: string, kind?: ObjectKind): Thing {
    const thing = this.things.get(name);
    if (!thing || (kind && thing.kind !== kind))
      throw new Error(`the scenario names no ${kind ?? 'object'} "${name}" yet`);
    return thing;
  }

  /** Finds the row of one payable in the firm's holdings; absent when it holds none. */
  async holding(firmName: string, payableName: string): Promise<Record<string, unknown> | undefined> {
    const { id } = this.thing(payableName, 'payable');
    let cursor = '';
    do {
      const page = await this.firm(firmName).maker.get(
        `/holdings?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      const row = list(page).find((item) => text(item, 'payable', 'id') === id);
      if (row) return row;
      cursor = String((page as { nextCursor?: string }).nextCursor ?? '');
    } while (cursor);
    return undefined;
  }

  async today(): Promise<string> {
    return text(await this.operator.get('/clock'), 'today');
  }
}

export const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
