import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from './config.js';
import { DemoSeed } from './modules/demo/demo.seed.js';

/** What has to be there before anybody is let in: in demo mode, the demo network. */
export async function prepare(app: NestFastifyApplication, config: Config): Promise<void> {
  if (config.demo) await app.get(DemoSeed).run();
}
