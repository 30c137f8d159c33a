/**
 * Keeps a component's data fresh: calls `refresh` every five seconds while the page is visible, and at once when somebody
 * looks at it again. Two refreshes never run at the same time; a failed one does not end the rhythm.
 *
 * @param {() => Promise<unknown>} refresh
 * @param {object} [options]
 * @param {number} [options.everyMs] the rhythm in milliseconds
 * @param {(error: unknown) => void} [options.onResult] called after each refresh, with its error or with undefined
 * @param {{ setInterval: Function, clearInterval: Function }} [options.timers]
 * @returns {{ now: () => Promise<void>, close: () => void }} `now` refreshes after the one under way, if any
 */
export function openRefresh(refresh, { everyMs = 5000, onResult = () => {}, timers = globalThis } = {}) {
  let running;
  let isClosed = false;

  function run() {
    if (isClosed) return Promise.resolve();
    running = Promise.resolve()
      .then(refresh)
      .then(
        () => undefined,
        (error) => error ?? new Error("refresh failed"),
      )
      .then((error) => {
        running = undefined;
        if (!isClosed) onResult(error);
      });
    return running;
  }

  function tick() {
    if (!running && document.visibilityState !== "hidden") run();
  }

  const timer = timers.setInterval(tick, everyMs);
  document.addEventListener("visibilitychange", tick);
  window.addEventListener("focus", tick);

  return {
    now: () => (running ? running.then(run) : run()),
    close() {
      isClosed = true;
      timers.clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
      window.removeEventListener("focus", tick);
    },
  };
}
