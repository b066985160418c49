const WATCH_MS = 500;

/**
 * Calls `stop` once when this process is asked to end, in whatever way: Ctrl-C, a closed terminal, a service manager,
 * or the end of whoever started us (a shell in between does not pass signals on). Exits when it is done.
 */
export function stopOnEnd(stop: () => Promise<void>): (code: number) => Promise<void> {
  const parent = process.ppid;
  let ending: Promise<void> | undefined;
  const end = (code: number): Promise<void> => {
    ending ??= stop()
      .catch((error: unknown) => console.error(error))
      .then(() => process.exit(code));
    return ending;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  setInterval(() => {
    if (process.ppid !== parent) void end(0);
  }, WATCH_MS).unref();
  return end;
}
