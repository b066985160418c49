import { z } from 'zod';
import { uploadFactory } from './common/http/request.js';
import { type Route, routeTable } from './common/http/route-table.js';
import { ProblemSchema } from './common/schemas.js';

type Json = Record<string, unknown>;

/** The API's description, made from the same decorators and schemas that serve it; no database or register is needed. */
export function buildOpenApi(rootModule: unknown): Json {
  const components = new Map<string, unknown>();
  const paths: Record<string, Json> = {};
  const routes = routeTable(rootModule, uploadFactory).sort((a, b) =>
    compare(`${a.path} ${a.method}`, `${b.path} ${b.method}`),
  );
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describe(route, components) };
  }
  const schemas = Object.fromEntries([...components.entries()].sort(([a], [b]) => compare(a, b)));
  return { openapi: '3.1.0', info: { title: 'Headwater API', version: '1' }, paths, components: { schemas } };
}

function describe(route: Route, components: Map<string, unknown>): Json {
  const content = requestContent(route, components);
  return {
    operationId: route.operationId,
    parameters: parametersOf(route, components),
    ...(content && { requestBody: { required: true, content } }),
    responses: {
      [String(route.answers?.status ?? 200)]: answerOf(route, components),
      default: {
        description: 'Problem',
        content: { 'application/problem+json': { schema: toSchema(ProblemSchema, 'output', components) } },
      },
    },
  };
}

function parametersOf(route: Route, components: Map<string, unknown>): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  // Not marked required: clients add it to every POST in one place, and so need not name it at each call.
  const key = route.needsKey
    ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } }]
    : [];
  const query = route.query ? toSchema(route.query, 'input', components, true) : {};
  const properties = z.record(z.string(), z.unknown()).parse(query.properties ?? {});
  const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
  return [...inPath, ...key, ...inQuery];
}

function requestContent(route: Route, components: Map<string, unknown>): Json | undefined {
  if (route.takesFile) {
    const file = { type: 'string', format: 'binary' };
    return { 'multipart/form-data': { schema: { type: 'object', properties: { file }, required: ['file'] } } };
  }
  return route.body && { 'application/json': { schema: toSchema(route.body, 'input', components) } };
}

function answerOf(route: Route, components: Map<string, unknown>): Json {
  const { schema, mediaType } = route.answers ?? {};
  if (mediaType !== undefined) {
    const format = mediaType.startsWith('text/') ? {} : { format: 'binary' };
    return { description: '', content: { [mediaType]: { schema: { type: 'string', ...format } } } };
  }
  return schema
    ? { description: '', content: { 'application/json': { schema: toSchema(schema, 'output', components) } } }
    : { description: '' };
}

/** JSON Schema of a Zod schema; whatever has an id becomes a component, here and inside. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', components: Map<string, unknown>, inline = false): Json {
  const {
    $schema: _,
    $defs,
    ...root
  } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  for (const [name, definition] of Object.entries($defs ?? {}))
    addComponent(components, name, rewrite(definition, false));
  const id = schema.meta()?.id;
  if (id === undefined || inline) return asRecord(rewrite(root, false));
  addComponent(components, id, rewrite(root, false));
  return { $ref: `#/components/schemas/${id}` };
}

function addComponent(components: Map<string, unknown>, name: string, definition: unknown): void {
  if (!components.has(name)) components.set(name, definition);
}

/** Points references at the components and drops `id` where it is an annotation and not the name of a property. */
function rewrite(value: unknown, isPropertyMap: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, false));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) => isPropertyMap || key !== 'id' || typeof inner !== 'string',
  );
  return Object.fromEntries(
    kept.map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/$defs/', '#/components/schemas/')
        : rewrite(inner, key === 'properties' && !isPropertyMap),
    ]),
  );
}

function asRecord(value: unknown): Json {
  return z.record(z.string(), z.unknown()).parse(value);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
