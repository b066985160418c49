import { defineConfig } from '@hey-api/openapi-ts';

/** The client is generated from the committed description of the API and committed beside it; CI fails on a diff. */
export default defineConfig({
  input: '../api/openapi.json',
  output: { path: 'src/api/generated', clean: true },
  logs: { file: false },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', { name: '@hey-api/sdk' }],
});
