/** A refusal of the API (RFC 9457). `code` is stable and is what the translation goes by. */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly correlationId = '',
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ApiProblem';
  }

  /** Nobody knows whether it happened: the same intent must be sent again under the same key. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500 || this.code === 'IDEMPOTENCY_IN_PROGRESS';
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

/** Reads a refusal whatever its body is; a proxy's HTML page becomes a plain INTERNAL or NOT_READY. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = record(await response.json().catch(() => undefined));
  const fallback =
    response.status === 502 || response.status === 503 || response.status === 504 ? 'NOT_READY' : 'INTERNAL';
  const detail = text(body.detail, text(body.title, response.statusText));
  return new ApiProblem(
    text(body.code, fallback),
    response.status,
    detail,
    record(body.details),
    text(body.correlationId, ''),
  );
}

/** The network gave no answer at all. */
export const unreachable = (): ApiProblem => new ApiProblem('UNREACHABLE', 0, 'No answer from the server');

export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem('INTERNAL', 500, error instanceof Error ? error.message : String(error));
}
