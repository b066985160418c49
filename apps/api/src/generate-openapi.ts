import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppModule } from './app.module.js';
import { assertRoutesDeclared, routeTable } from './common/http/route-table.js';
import { buildOpenApi } from './openapi.js';

/** `node apps/api/dist/generate-openapi.js`: writes apps/api/openapi.json. */
assertRoutesDeclared(routeTable(AppModule));
const target = fileURLToPath(new URL('../openapi.json', import.meta.url));
writeFileSync(target, `${JSON.stringify(buildOpenApi(AppModule), null, 2)}\n`);
