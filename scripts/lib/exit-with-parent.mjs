/**
 * Preloaded (`node --import`) into every Node process that a stack starts: a process whose parent was killed outright
 * would otherwise run on, hold its port and its database, and nobody would know whose it is.
 */
const WATCH_MS = 250;
const GRACE_MS = 8_000;

const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  // SIGTERM rather than exit: the process may have something to finish.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
}, WATCH_MS);
watch.unref();
