// Builds the API where it is out of date, outside the test runner's module system.
import { buildApi } from '../../../scripts/lib/build.ts';

await buildApi();
