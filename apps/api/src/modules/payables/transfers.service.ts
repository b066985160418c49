import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { canonicalJson, newSalt } from '../../common/canonical.js';
import { DomainError } from '../../common/errors.js';
import type { Page } from '../../common/http/page.js';
import { bytesOf } from '../../common/rows.js';
import { type OrganisationFacts, organisationById } from '../../database/organisations.js';
import { firstRow } from '../../database/sql.js';
import { UnitOfWork, type Write } from '../../database/unit-of-work.js';
import type { DeclineSchema } from '../invoices/invoices.schemas.js';
import type { OperationResponse } from '../operations/operations.schemas.js';
import { RegisterService } from '../register/register.service.js';
import { moveTransfer } from './payable.js';
import type { OfferTransferSchema, TransferQuerySchema } from './payables.schemas.js';
import { PayablesService } from './payables.service.js';
import { reserveUnits } from './reservations.js';
import {
  findTransfer,
  type LockedTransfer,
  listTransfers,
  lockTransfer,
  type TransferResponse,
} from './transfers.repository.js';

const HOUR_MS = 3_600_000;
const IdRow = z.object({ id: z.uuid() });

/** Units offered by one member and accepted by another; only acceptance moves the register. */
@Injectable()
export class TransfersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly register: RegisterService,
    private readonly payables: PayablesService,
  ) {}

  list(actor: Actor, query: z.output<typeof TransferQuerySchema>): Promise<Page<TransferResponse>> {
    return listTransfers(this.dataSource, this.payables.reader(actor), query);
  }

  get(actor: Actor, id: string): Promise<TransferResponse> {
    return findTransfer(this.dataSource, this.payables.reader(actor), id);
  }

  /** Errors: FORBIDDEN (a bank), ORGANISATION_UNKNOWN, ORGANISATION_NOT_ADMITTED, RECIPIENT_REFUSED and those of `reserveUnits`. */
  offer(actor: Actor, payableId: string, body: z.output<typeof OfferTransferSchema>): Promise<TransferResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      // A bank is paid by the buyer; it parts with units by sale only.
      if (actor.memberRoles.includes('BANK')) throw new DomainError('FORBIDDEN');
      const reader = this.payables.reader(actor);
      const holding = await reserveUnits(write, reader, payableId, BigInt(body.units));
      const recipient = await organisationById(write.manager, body.toOrganisationId);
      assertRecipient(recipient, actor, holding.payable.buyer.id);
      const row = await firstRow(
        write.manager,
        IdRow,
        `INSERT INTO app.transfer (payable_id, from_id, to_id, units, reference, state, salt, offered_by, offered_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, 'OFFERED', $6, $7, $8, $9) RETURNING id`,
        [
          payableId,
          actor.organisationId,
          recipient.id,
          body.units,
          body.reference,
          bytesOf(newSalt()),
          actor.userId,
          write.now,
          new Date(write.now.getTime() + body.expiresInHours * HOUR_MS),
        ],
      );
      if (!row) throw new Error('a transfer was not stored');
      await this.#note(write, { id: row.id, from_id: actor.organisationId, to_id: recipient.id }, 'transfer.offered', {
        payable: holding.payable.reference,
      });
      return findTransfer(write.manager, reader, row.id);
    });
  }

  /** The recipient agrees, and the register is asked to move the units. Errors: NOT_FOUND, FORBIDDEN, TRANSFER_STATE. */
  accept(actor: Actor, id: string): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const transfer = await lockTransfer(write, id, 'to');
      moveTransfer(transfer.state, 'ACCEPTED');
      if (transfer.payable_state !== 'OPEN') throw new DomainError('PAYABLE_STATE', { state: transfer.payable_state });
      const operation = await this.register.enqueue(write.manager, {
        call: {
          kind: 'PASS_UNITS',
          payable: transfer.register_id,
          fromMember: transfer.from_member,
          toMember: transfer.to_member,
          units: transfer.units,
          evidenceHash: this.register.saltedHash(canonicalJson(hopOf(transfer, write)), transfer.salt),
        },
        organisationId: actor.organisationId,
        subjectId: id,
      });
      await decide(write, id, 'ACCEPTED', { operationId: operation.id });
      await this.#note(write, transfer, 'transfer.accepted');
      return operation;
    });
  }

  /** Errors: NOT_FOUND, FORBIDDEN, TRANSFER_STATE. */
  refuse(actor: Actor, id: string, body: z.output<typeof DeclineSchema>): Promise<TransferResponse> {
    return this.#end(actor, id, 'to', 'REFUSED', body.reason);
  }

  /** Errors: NOT_FOUND, FORBIDDEN, TRANSFER_STATE. */
  withdraw(actor: Actor, id: string): Promise<TransferResponse> {
    return this.#end(actor, id, 'from', 'WITHDRAWN');
  }

  #end(
    actor: Actor,
    id: string,
    side: 'from' | 'to',
    state: 'REFUSED' | 'WITHDRAWN',
    reason?: string,
  ): Promise<TransferResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const transfer = await lockTransfer(write, id, side);
      moveTransfer(transfer.state, state);
      await decide(write, id, state, { reason });
      await this.#note(write, transfer, `transfer.${state.toLowerCase()}`, reason === undefined ? {} : { reason });
      return findTransfer(write.manager, this.payables.reader(actor), id);
    });
  }

  async #note(
    write: Write,
    transfer: { id: string; from_id: string; to_id: string },
    event: string,
    details: Record<string, string> = {},
  ): Promise<void> {
    const both = [transfer.from_id, transfer.to_id];
    await write.audit({ event, subjectType: 'transfer', subjectId: transfer.id, visibleTo: both, details });
    await write.notify('transfers', both, transfer.id);
    await write.notify('holdings', [transfer.from_id], transfer.id);
  }
}

async function decide(
  write: Write,
  id: string,
  state: 'ACCEPTED' | 'REFUSED' | 'WITHDRAWN',
  { reason, operationId }: { reason?: string | undefined; operationId?: string },
): Promise<void> {
  await write.manager.query(
    `UPDATE app.transfer SET state = $2, decided_by = $3, decided_at = $4, reason = $5, operation_id = $6 WHERE id = $1`,
    [id, state, write.actor.userId, write.now, reason ?? null, operationId ?? null],
  );
}

/** Units may go to an admitted member that trades; not to a bank (it buys), not back to the debtor, not to oneself. */
function assertRecipient(
  recipient: OrganisationFacts | undefined,
  actor: Actor,
  buyerId: string,
): asserts recipient is OrganisationFacts {
  if (!recipient) throw new DomainError('ORGANISATION_UNKNOWN', {});
  if (!recipient.admitted) throw new DomainError('ORGANISATION_NOT_ADMITTED', { organisation: recipient.name });
  const isBank = recipient.roles.includes('BANK') || recipient.roles.includes('SETTLEMENT_BANK');
  const trades = recipient.roles.includes('SUPPLIER') || recipient.roles.includes('BUYER');
  if (isBank || !trades || recipient.id === actor.organisationId || recipient.id === buyerId) {
    throw new DomainError('RECIPIENT_REFUSED', { organisation: recipient.name });
  }
}

/** Why the units moved: what the register's event refers to by its salted hash. */
function hopOf(transfer: LockedTransfer, { actor, now }: Write) {
  return {
    scheme: 'headwater-hop-1',
    transferId: transfer.id,
    payable: transfer.payable_reference,
    fromMember: transfer.from_member.toString(),
    toMember: transfer.to_member.toString(),
    units: transfer.units.toString(),
    reference: transfer.reference,
    offered: { userId: transfer.offered_by, at: transfer.offered_at.toISOString() },
    accepted: {
      userId: actor.userId,
      name: actor.userName,
      authenticatedAt: actor.authenticatedAt.toISOString(),
      at: now.toISOString(),
    },
  };
}
