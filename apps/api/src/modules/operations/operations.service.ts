import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import { cursorId, type Page, pageOfRows } from '../../common/http/page.js';
import { rows } from '../../database/sql.js';
import { OperationResponseRow, operationResponse, RESPONSE_COLUMNS } from '../register/operation-response.js';
import { RegisterService } from '../register/register.service.js';
import type { OperationQuerySchema, OperationResponse } from './operations.schemas.js';

/** What was asked of the register and what became of it. */
@Injectable()
export class OperationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly register: RegisterService,
  ) {}

  /** Newest first: an organisation sees its own, the operator all. */
  async list(actor: Actor, query: z.output<typeof OperationQuerySchema>): Promise<Page<OperationResponse>> {
    const found = await rows(
      this.dataSource,
      OperationResponseRow,
      `SELECT ${RESPONSE_COLUMNS} FROM ops.operation
        WHERE ($1::uuid IS NULL OR organisation_id = $1) AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      [visibleTo(actor) ?? null, query.state ?? null, cursorId(query.cursor) ?? null, query.limit + 1],
    );
    return pageOfRows(found, query.limit, (row) => row.id, operationResponse);
  }

  /**
   * One operation, as it stands when it has ended or `waitMs` are over. Errors: NOT_FOUND, also for what belongs to
   * another organisation.
   */
  async get(actor: Actor, id: string, waitMs: number): Promise<OperationResponse> {
    const owner = visibleTo(actor);
    const mine = await rows(
      this.dataSource,
      OperationResponseRow,
      `SELECT ${RESPONSE_COLUMNS} FROM ops.operation WHERE id = $1 AND ($2::uuid IS NULL OR organisation_id = $2)`,
      [id, owner ?? null],
    );
    const [row] = mine;
    if (row === undefined) throw new DomainError('NOT_FOUND');
    return this.respondWithOperation(operationResponse(row), waitMs);
  }

  /** What a command answers: the operation as it is, or as it has become within the time its caller is ready to wait. */
  async respondWithOperation(operation: OperationResponse, waitMs: number): Promise<OperationResponse> {
    if (waitMs <= 0 || operation.state === 'DONE' || operation.state === 'FAILED') return operation;
    return (await this.register.waitFor(operation.id, waitMs)) ?? operation;
  }
}

/** The organisation whose operations the actor sees; undefined = all. */
function visibleTo(actor: Actor): string | undefined {
  return actor.admitted && actor.memberRoles.includes('OPERATOR') ? undefined : actor.organisationId;
}
