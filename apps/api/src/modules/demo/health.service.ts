import { statfs } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Config } from '../../config.js';
import { RegisterService } from '../register/register.service.js';
import type { HealthSchema } from './demo.schemas.js';

export type HealthResponse = z.infer<typeof HealthSchema>;

/** Below this, Postgres may stop in the middle of things. */
const FREE_BYTES_MIN = 200_000_000;
const DATABASE_MS_MAX = 3_000;

/** Whether this process should be given work. Reasons are words for whoever operates it, without addresses or names. */
@Injectable()
export class HealthService {
  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly register: RegisterService,
  ) {}

  async ready(): Promise<HealthResponse> {
    const found = await Promise.all([this.#database(), this.#disk()]);
    const reasons = [...found.flat(), ...this.register.troubles()];
    return { status: reasons.length === 0 ? 'UP' : 'DOWN', reasons };
  }

  async #database(): Promise<string[]> {
    const late = new Promise<string[]>((resolve) => {
      setTimeout(resolve, DATABASE_MS_MAX, ['the database does not answer in time']).unref();
    });
    const asked = this.dataSource.query('SELECT 1').then(
      () => [],
      () => ['the database cannot be reached'],
    );
    return Promise.race([asked, late]);
  }

  async #disk(): Promise<string[]> {
    try {
      const { bavail, bsize } = await statfs(this.config.dataDir);
      return bavail * bsize < FREE_BYTES_MIN ? ['the disk is almost full'] : [];
    } catch {
      // No data directory of its own: nothing of ours is on this disk.
      return [];
    }
  }
}
