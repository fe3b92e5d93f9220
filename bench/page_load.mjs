// page_load.mjs ADDRESS RUNS: loads the page of a served hub in a Chromium that has nothing of it, and
// prints for each run what that took, as a line of JSON: milliseconds since the navigation began.
import { launchBrowser } from "../tests/page/browser.mjs";

const [address, runs] = process.argv.slice(2);

/** Runs in the page before its own scripts. */
function watch() {
  const marks = (window.marks = { longTasks: [] });
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) marks.longTasks.push([task.startTime, task.startTime + task.duration]);
  }).observe({ type: "longtask", buffered: true });
  const observer = new MutationObserver(() => {
    if (!document.querySelector(".matrix .row .cell")) return;
    observer.disconnect();
    // A task behind the frame that shows the first cells: from here on the page answers.
    requestAnimationFrame(() => setTimeout(() => (marks.matrix = performance.now())));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** When the matrix stands there and no task of 50 ms or more follows within a second. */
function interactive({ matrix, longTasks }) {
  let free = matrix;
  for (const [begun, ended] of longTasks) {
    if (begun < free + 1000) free = Math.max(free, ended);
  }
  return free;
}

const browser = await launchBrowser();
for (let run = 0; run < Number(runs); run += 1) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(address);
  await page.waitForFunction(() => window.marks.matrix);
  await page.waitForTimeout(2000);
  const { metrics } = await session.send("Performance.getMetrics");
  const marks = await page.evaluate(() => window.marks);
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
  console.log(
    JSON.stringify({
      "first contentful paint": paint,
      "the matrix's first cells are drawn": marks.matrix,
      "the matrix is interactive (no task of 50 ms follows)": interactive(marks),
      "script of the first seconds (processor time)": 1000 * metrics.find(({ name }) => name === "ScriptDuration").value,
    }),
  );
  await context.close();
}
await browser.close();
