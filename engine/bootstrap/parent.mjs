const pollMs = 500;

/**
 * Calls back once when the process that started us is gone. npm puts a shell between itself and us, which passes no
 * signal on: when npm alone is told to end, only our parent changes. Outside npm nothing is watched.
 */
export function onParentGone(callback) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watching = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watching);
    callback();
  }, pollMs);
  watching.unref();
}
