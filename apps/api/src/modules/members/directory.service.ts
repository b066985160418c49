import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { cursorId, type Page, pageOfRows } from '../../common/http/page.js';
import { MEMBER_ROLES } from '../../common/roles.js';
import { rows } from '../../database/sql.js';
import type { DirectoryEntrySchema, DirectoryQuerySchema } from './members.schemas.js';

type DirectoryEntry = z.infer<typeof DirectoryEntrySchema>;

const EntryRow = z
  .object({
    id: z.uuid(),
    name: z.string(),
    registry_number: z.string(),
    country: z.string(),
    roles: z.array(z.enum(MEMBER_ROLES)),
  })
  .transform(({ registry_number, ...row }): DirectoryEntry => ({ ...row, registryNumber: registry_number }));

/** Whom one can deal with: admitted organisations, and of those only what a business register would say. */
@Injectable()
export class DirectoryService {
  constructor(private readonly dataSource: DataSource) {}

  async search(query: z.output<typeof DirectoryQuerySchema>): Promise<Page<DirectoryEntry>> {
    const found = await rows(
      this.dataSource,
      EntryRow,
      `SELECT id, name, registry_number, country, roles FROM app.organisation
       WHERE state = 'ADMITTED' AND ($1::uuid IS NULL OR id < $1) AND ($2::text IS NULL OR $2 = ANY (roles))
         AND ($3::text IS NULL OR strpos(lower(name), lower($3)) > 0 OR strpos(registry_number, upper($3)) > 0)
       ORDER BY id DESC LIMIT $4`,
      [cursorId(query.cursor) ?? null, query.role ?? null, query.q ?? null, query.limit + 1],
    );
    return pageOfRows(
      found,
      query.limit,
      (row) => row.id,
      (row) => row,
    );
  }
}
