import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { z } from 'zod';
import { ACCESS_METADATA, type AccessRule, WITHOUT_KEY_METADATA } from './access.js';
import { ANSWERS_METADATA, type AnswerRule } from './answers.js';

/** One address of the API with everything its decorators say about it. */
export interface Route {
  readonly controller: string;
  /** The controller's method name, unique in the API. */
  readonly operationId: string;
  readonly method: string;
  /** With the prefix, parameters in braces: /api/v1/invoices/{id}. */
  readonly path: string;
  readonly access: AccessRule | undefined;
  readonly answers: AnswerRule | undefined;
  readonly body: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly needsKey: boolean;
  readonly takesFile: boolean;
}

export const API_PREFIX = '/api/v1';

const Paths = z
  .union([z.string(), z.array(z.string())])
  .transform((path) => (Array.isArray(path) ? (path[0] ?? '') : path));
const Argument = z.object({
  schema: z.custom<z.ZodType>((value) => value instanceof z.ZodType).optional(),
  factory: z.unknown().optional(),
});
const Arguments = z.record(z.string(), Argument);

/** Reads the routes off the decorators, without starting anything: for the OpenAPI file, the start-up check and tests. */
export function routeTable(rootModule: unknown, uploadFactory?: unknown): Route[] {
  return [...controllersOf(rootModule, new Set())].flatMap((controller) => routesOf(controller, uploadFactory));
}

/** Errors: names every route that does not say who may use it or what it answers, and every name used twice. */
export function assertRoutesDeclared(routes: readonly Route[]): void {
  const wrong = routes.flatMap((route) => [
    ...(route.access ? [] : [`${route.controller}.${route.operationId} lacks @Access`]),
    ...(route.answers ? [] : [`${route.controller}.${route.operationId} lacks @Answers`]),
    ...(routes.filter((other) => other.operationId === route.operationId).length > 1
      ? [`${route.operationId} is used twice`]
      : []),
  ]);
  if (wrong.length > 0) throw new Error(`Routes are not complete:\n  ${wrong.join('\n  ')}`);
}

function* controllersOf(module: unknown, seen: Set<unknown>): Generator<Type> {
  const target = moduleTarget(module);
  if (target === undefined || seen.has(target)) return;
  seen.add(target);
  const own: unknown = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, target);
  for (const controller of listOf(own)) if (isType(controller)) yield controller;
  const imports: unknown = Reflect.getMetadata(MODULE_METADATA.IMPORTS, target);
  const dynamic = isRecord(module) ? listOf(module.imports) : [];
  for (const imported of [...listOf(imports), ...dynamic]) yield* controllersOf(imported, seen);
}

function moduleTarget(module: unknown): Type | undefined {
  if (isType(module)) return module;
  if (!isRecord(module)) return undefined;
  if (typeof module.forwardRef === 'function') return moduleTarget(module.forwardRef());
  return isType(module.module) ? module.module : undefined;
}

function routesOf(controller: Type, uploadFactory: unknown): Route[] {
  const base = Paths.parse(Reflect.getMetadata(PATH_METADATA, controller) ?? '');
  const prototype: Record<string, unknown> = controller.prototype;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = name === 'constructor' ? undefined : prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    return [routeOf(controller, base, name, handler, uploadFactory)];
  });
}

function routeOf(controller: Type, base: string, name: string, handler: object, uploadFactory: unknown): Route {
  const method = RequestMethod[z.int().parse(Reflect.getMetadata(METHOD_METADATA, handler))] ?? 'ALL';
  const path = `/${base}/${Paths.parse(Reflect.getMetadata(PATH_METADATA, handler) ?? '')}`;
  const parameters = Arguments.parse(Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {});
  const schemaOf = (kind: RouteParamtypes) =>
    Object.entries(parameters).find(([key, value]) => key.startsWith(`${kind}:`) && value.schema)?.[1].schema;
  return {
    controller: controller.name,
    operationId: name,
    method,
    path: `${API_PREFIX}${path}`
      .replaceAll(/\/{2,}/g, '/')
      .replace(/\/$/, '')
      .replaceAll(/:(\w+)/g, '{$1}'),
    access: Reflect.getMetadata(ACCESS_METADATA, handler),
    answers: Reflect.getMetadata(ANSWERS_METADATA, handler),
    body: schemaOf(RouteParamtypes.BODY),
    query: schemaOf(RouteParamtypes.QUERY),
    needsKey: method === 'POST' && Reflect.getMetadata(WITHOUT_KEY_METADATA, handler) !== true,
    takesFile:
      uploadFactory !== undefined && Object.values(parameters).some(({ factory }) => factory === uploadFactory),
  };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isType(value: unknown): value is Type {
  return typeof value === 'function' && 'prototype' in value;
}
