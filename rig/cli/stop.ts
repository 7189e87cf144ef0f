/** Every way a person or system asks the rig to stop: Ctrl-C, SIGTERM, SIGHUP, or a parent that vanished; all end as one abort. */

const PARENT_CHECK_ms = 50;

export class Stopped extends Error {
  constructor(why: string) {
    super(`stopped: ${why}`);
    this.name = 'Stopped';
  }
}

/** An abort signal that fires on the first request to stop; `release` gives the process's signals back. A second request is the same one. */
export const listenForStop = (): { readonly signal: AbortSignal; release(): void } => {
  const controller = new AbortController();
  const stop = (why: string): void => {
    if (!controller.signal.aborted) controller.abort(new Stopped(why));
  };
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((name) => {
    const handler = (): void => stop(name);
    process.on(name, handler);
    return () => process.off(name, handler);
  });
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) stop('the parent process is gone');
  }, PARENT_CHECK_ms);
  watch.unref();
  return {
    signal: controller.signal,
    release: () => {
      clearInterval(watch);
      for (const off of handlers) off();
    },
  };
};
