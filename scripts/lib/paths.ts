import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const API_DIST = path.join(ROOT, 'apps/api/dist');
export const WEB_DIST = path.join(ROOT, 'apps/web/dist');
/** Things that may be thrown away at any time, and are not the data of any stack. */
export const RUNTIME = path.join(ROOT, '.runtime');

export function fromRoot(...parts: string[]): string {
  return path.join(ROOT, ...parts);
}
