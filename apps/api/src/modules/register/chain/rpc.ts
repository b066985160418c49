import { z } from 'zod';

/** The node answered, and its answer is an error. `data` is a contract's revert data where there is any. */
export class RpcRefusal extends Error {
  constructor(
    readonly method: string,
    readonly rpcCode: number,
    message: string,
    readonly data: `0x${string}` | undefined,
  ) {
    super(message);
    this.name = 'RpcRefusal';
  }
}

/** The node did not answer in a way that says anything: what happened to the request is unknown. */
export class RpcUnavailable extends Error {
  constructor(
    readonly method: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`the chain node did not answer ${method}: ${reason}`, options);
    this.name = 'RpcUnavailable';
  }
}

const ErrorSchema = z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() });
const AnswerSchema = z.object({ id: z.number(), result: z.unknown().optional(), error: ErrorSchema.optional() });

export const hexSchema = z
  .string()
  .regex(/^0x[0-9a-f]*$/i)
  .transform((text) => text.toLowerCase() as `0x${string}`);
export const quantitySchema = z
  .string()
  .regex(/^0x[0-9a-f]+$/i)
  .transform((text) => Number(BigInt(text)));
export const bigQuantitySchema = z
  .string()
  .regex(/^0x[0-9a-f]+$/i)
  .transform((text) => BigInt(text));

const BATCH_TIMEOUT_MS = 120_000;

/**
 * A JSON-RPC client that never hides what it knows: an answer is parsed, a refusal is an RpcRefusal, and everything else
 * (timeout, cut connection, HTML, another id) is an RpcUnavailable, after which only a look-up by hash tells the outcome.
 * It keeps no state, retries nothing and caches nothing.
 */
export class Rpc {
  #nextId = 1;

  constructor(
    readonly url: string,
    private readonly timeoutMs = 10_000,
  ) {}

  /**
   * Many requests in one message, carried out in order; answers are not looked at beyond their number, so the caller
   * must check by other means what came of them. Errors: RpcUnavailable.
   */
  async inOrder(requests: readonly { readonly method: string; readonly params: readonly unknown[] }[]): Promise<void> {
    const body = requests.map((request) => ({ jsonrpc: '2.0', id: this.#nextId++, ...request }));
    const answers = await this.#post('a batch', body, z.array(z.unknown()), BATCH_TIMEOUT_MS);
    if (answers.length !== requests.length) throw new RpcUnavailable('a batch', 'answers are missing');
  }

  async call<T extends z.ZodType>(method: string, params: readonly unknown[], schema: T): Promise<z.output<T>> {
    const id = this.#nextId++;
    const answer = await this.#post(method, { jsonrpc: '2.0', id, method, params }, AnswerSchema);
    if (answer.id !== id) throw new RpcUnavailable(method, 'the answer belongs to another request');
    if (answer.error !== undefined) {
      throw new RpcRefusal(method, answer.error.code, answer.error.message, revertData(answer.error.data));
    }
    const parsed = schema.safeParse(answer.result);
    if (!parsed.success) throw new RpcUnavailable(method, `the answer has an unknown shape: ${parsed.error.message}`);
    return parsed.data;
  }

  async #post<T extends z.ZodType>(
    method: string,
    body: unknown,
    schema: T,
    timeoutMs = this.timeoutMs,
  ): Promise<z.output<T>> {
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      // Some nodes answer refusals with status 400 or 500 and a proper JSON-RPC body, so the body decides.
      return schema.parse(await response.json());
    } catch (error) {
      throw new RpcUnavailable(method, reasonOf(error), { cause: error });
    }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`.slice(0, 300);
}

/** Nodes put revert data in `data`, in `data.data` or in `data.originalError.data`. */
function revertData(data: unknown): `0x${string}` | undefined {
  const direct = hexSchema.safeParse(data);
  if (direct.success) return direct.data;
  const nested = z.object({ data: z.unknown().optional(), originalError: z.unknown().optional() }).safeParse(data);
  if (!nested.success) return undefined;
  return revertData(nested.data.data) ?? revertData(nested.data.originalError);
}
