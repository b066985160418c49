import { z } from 'zod';
import { CurrencySchema, MinorSchema, PositiveMoneySchema, shortText } from '../../common/schemas.js';

/** A bank's limit on an obligor group: limit = utilised + blocked + available. */
export const CreditLimitSchema = z
  .object({
    obligorGroup: z.string(),
    buyers: z.array(z.string()),
    currency: CurrencySchema,
    limit: MinorSchema,
    utilised: MinorSchema.meta({ description: 'Carried on the register: unclaimed units held' }),
    blocked: MinorSchema.meta({ description: 'Held back for open quotes' }),
    available: MinorSchema,
  })
  .meta({ id: 'CreditLimit' });

export const CreditLimitListSchema = z.object({ items: z.array(CreditLimitSchema) }).meta({ id: 'CreditLimitList' });

export const SetCreditLimitSchema = z
  .strictObject({ obligorGroup: shortText(80), limit: PositiveMoneySchema })
  .meta({ id: 'SetCreditLimit' });

export const ObligorGroupListSchema = z
  .object({ items: z.array(z.object({ name: z.string(), buyers: z.array(z.string()) })) })
  .meta({ id: 'ObligorGroupList' });
