import type { EntityManager } from 'typeorm';
import type { OperationKind } from '../operations/operations.schemas.js';
import type { OperationEffect, PaidEvent, SettledOperation } from './register.js';

export type PaidHandler = (manager: EntityManager, event: PaidEvent) => Promise<void>;

/** What the business modules want done when the register has spoken; filled while the application is put together. */
export class Effects {
  readonly #settled = new Map<OperationKind, OperationEffect[]>();
  readonly #paid: PaidHandler[] = [];

  onSettled(kind: OperationKind, effect: OperationEffect): void {
    this.#settled.set(kind, [...(this.#settled.get(kind) ?? []), effect]);
  }

  onPaid(handler: PaidHandler): void {
    this.#paid.push(handler);
  }

  /** Runs inside the transaction that settles the operation; a throwing effect keeps it unsettled. */
  async settle(manager: EntityManager, operation: SettledOperation): Promise<void> {
    for (const effect of this.#settled.get(operation.kind) ?? []) {
      if (operation.error === undefined) await effect.done(manager, operation);
      else await effect.failed(manager, operation);
    }
  }

  async paid(manager: EntityManager, event: PaidEvent): Promise<void> {
    for (const handler of this.#paid) await handler(manager, event);
  }
}
