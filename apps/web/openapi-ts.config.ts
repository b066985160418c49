import { fileURLToPath } from 'node:url';
import { defineConfig } from '@hey-api/openapi-ts';

/** The client is generated from the committed description of the API and committed beside it; CI fails on a diff. */
export default defineConfig({
  input: '../api/openapi.json',
  // Named, because the generator would look upwards from its own folder and find the scripts' settings.
  output: {
    path: 'src/api/generated',
    clean: true,
    tsConfigPath: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
  },
  logs: { file: false },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', { name: '@hey-api/sdk' }],
});
