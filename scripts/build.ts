/** Builds what `npm start` serves, where its sources changed. */
import { buildApi, buildWeb } from './lib/build.ts';
import { runMain } from './lib/failure.ts';

await runMain(async () => {
  await Promise.all([buildApi(), buildWeb()]);
  return undefined;
});
