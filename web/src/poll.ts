const kIntervalMs = 2000;

/**
 * Runs `step` now and then two seconds after each end, for as long as the page lives. It waits while
 * the page is hidden and runs at once when it is shown again.
 */
export function poll(step: () => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  async function run(): Promise<void> {
    if (running || document.hidden) return;
    running = true;
    clearTimeout(timer);
    try {
      await step();
    } finally {
      running = false;
      timer = setTimeout(run, kIntervalMs);
    }
  }

  document.addEventListener("visibilitychange", run);
  void run();
}
