import { z } from 'zod';

/**
 * The scenario format: a JSON file with people-sized steps and checks, played through the public HTTP API only.
 * Organisations and objects are named by the file ("car", "inv1"); the runner keeps the ids. docs/scenarios.md describes it.
 */
const name = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'a short lower-case name');
const amount = z.string().regex(/^\d{1,30}(\.\d{1,4})?$/, 'a plain decimal amount');
const currency = z.string().regex(/^[A-Z]{3}$/);
/** A stable error code the step must be refused with; nothing else counts as success then. */
const refused = z
  .string()
  .regex(/^[A-Z_]+$/)
  .optional();
const day = z.iso.date();

const step = <K extends string, S extends z.ZodRawShape>(verb: K, shape: S) =>
  z.strictObject({ do: z.literal(verb), refused, ...shape });

export const StepSchema = z.discriminatedUnion('do', [
  /** The operator brings in an organisation, its people follow their links, the operator admits it. */
  step('onboard', {
    as: name,
    name: z.string(),
    roles: z.array(z.enum(['BUYER', 'SUPPLIER', 'BANK'])).min(1),
    group: z.string().optional(),
  }),
  /** Money for a member arrives at the settlement bank. */
  step('deposit', { to: name, amount, currency, reference: z.string().optional() }),
  step('limit', { bank: name, on: name, amount, currency }),
  /** With `file` the invoice is uploaded as a UBL file built from the same facts; without, typed in. */
  step('invoice', {
    id: name,
    from: name,
    to: name,
    amount,
    currency,
    number: z.string().optional(),
    issueDay: day.optional(),
    dueDay: day.optional(),
    dueInDays: z.int().optional(),
    upload: z.boolean().default(false),
  }),
  /** The buyer's maker proposes and its checker approves. `by: "maker"` lets the maker try to approve alone. */
  step('confirm', { invoice: name, payable: name, by: z.enum(['both', 'maker']).default('both') }),
  step('reject', { invoice: name, reason: z.string().default('Goods not received') }),
  /** Offers units; `accept: true` lets the recipient accept at once. */
  step('transfer', {
    id: name.optional(),
    payable: name,
    from: name,
    to: name,
    amount,
    accept: z.boolean().default(true),
  }),
  step('request', { id: name, payable: name, by: name, amount }),
  step('quote', {
    id: name,
    request: name,
    bank: name,
    ratePercent: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/),
    fee: amount.default('0'),
    validMinutes: z.int().optional(),
  }),
  /** Exactly one of quote and transfer. `times` sends the same wish several times in parallel, each with its own key. */
  step('accept', { quote: name.optional(), transfer: name.optional(), times: z.int().min(1).max(20).default(1) }),
  step('withdraw', {
    quote: name.optional(),
    transfer: name.optional(),
    request: name.optional(),
    invoice: name.optional(),
  }),
  step('advance time', { days: z.int().min(1).optional(), toDueDayOf: name.optional() }),
  step('pay', { payable: name, by: name.optional(), amount: amount.optional() }),
  step('claim', { payable: name, holder: name }),
  /** amount "all": everything available. `bank`: what the settlement bank does with it. */
  step('payout', {
    by: name,
    currency,
    amount: z.union([amount, z.literal('all')]),
    bank: z.enum(['confirms', 'returns', 'waits']).default('confirms'),
  }),
  /** Stops and starts the whole stack; `kill` ends it with SIGKILL. Only where the runner started the stack itself. */
  step('restart', { kill: z.boolean().default(false) }),
]);

const check = <K extends string, S extends z.ZodRawShape>(verb: K, shape: S) =>
  z.strictObject({ check: z.literal(verb), ...shape });

export const CheckSchema = z.discriminatedUnion('check', [
  check('holding', {
    payable: name,
    of: name,
    held: amount,
    free: amount.optional(),
    offered: amount.optional(),
    requested: amount.optional(),
  }),
  check('payable', {
    payable: name,
    face: amount.optional(),
    paid: amount.optional(),
    state: z.string().optional(),
    overdue: z.boolean().optional(),
  }),
  check('cash', { of: name, currency, available: amount, reserved: amount.optional() }),
  check('state', { of: name, is: z.string() }),
  /** available on a bank's limit for the group of a buyer */
  check('limit', { bank: name, on: name, currency, utilised: amount.optional(), available: amount.optional() }),
  /** The object must look as if it did not exist to this organisation. */
  check('hidden', { of: name, from: name }),
]);

export const ScenarioSchema = z.strictObject({
  scenario: z.string().min(1),
  about: z.string(),
  steps: z.array(z.union([StepSchema, CheckSchema])).min(1),
});

export type Step = z.infer<typeof StepSchema>;
export type StepOf<K extends Step['do']> = Extract<Step, { do: K }>;
export type Check = z.infer<typeof CheckSchema>;
export type Scenario = z.infer<typeof ScenarioSchema>;
