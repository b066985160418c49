import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { MINOR_UNITS } from '../../common/money.js';
import { Config } from '../../config.js';
import { RegisterService } from '../register/register.service.js';
import { DEMO_ORGANISATIONS, DEMO_PASSWORD } from './demo.network.js';
import type { MetaSchema } from './demo.schemas.js';

type Meta = z.infer<typeof MetaSchema>;

const Package = z.object({ version: z.string() });
const VERSION = Package.parse(
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')),
).version;

/** What the web needs before anybody is signed in. */
@Injectable()
export class MetaService {
  constructor(
    private readonly config: Config,
    private readonly register: RegisterService,
  ) {}

  describe(): Meta {
    const codes = this.register.currencies();
    return {
      version: VERSION,
      demo: this.config.demo,
      currencies: codes.map((code) => ({ code, minorUnits: MINOR_UNITS[code] })),
      ...(this.config.demo ? { signIns: demoSignIns() } : {}),
    };
  }
}

/** Everybody who can sign in to the demo. */
export function demoSignIns(): NonNullable<Meta['signIns']> {
  return DEMO_ORGANISATIONS.flatMap(({ name, people }) =>
    people.map((one) => ({
      organisation: name,
      email: one.email,
      password: DEMO_PASSWORD,
      roles: [...one.roles],
      person: one.name,
    })),
  );
}
