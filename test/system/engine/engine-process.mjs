/**
 * The engine in a process of its own, so that it can be killed like one. Settings come as JSON in the first argument:
 *   dist          the built API
 *   databaseUrl, rpcUrl, masterKey, time (ms)
 *   killAt        a moment of the engine (see engine.ts); at its `killAfter`-th time the process kills itself with SIGKILL
 * Prints "ready" when the register may be used.
 */
const settings = JSON.parse(process.argv[2]);
const { RegisterRuntime } = await import(`${settings.dist}/modules/register/register.runtime.js`);
let armed = settings.killDuringBoot === true;
let left = settings.killAfter ?? 1;
const runtime = new RegisterRuntime({
  config: {
    databaseUrl: settings.databaseUrl,
    rpcUrl: settings.rpcUrl,
    localChain: true,
    demo: true,
    utcOffsetSeconds: 28_800,
  },
  genesis: settings.genesis,
  masterKey: Buffer.from(settings.masterKey, 'hex'),
  clock: { now: () => new Date(settings.time) },
  at: (moment) => {
    if (armed && moment === settings.killAt && --left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
const note = (message, error) => process.stderr.write(`${message} ${error?.message ?? ''}\n`);
await runtime.start({ info: () => undefined, warn: note, error: note });
armed = true;
process.stdout.write('ready\n');
process.on('disconnect', () => process.exit(0));
