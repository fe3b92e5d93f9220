// 10,000 rows: how much script a frame takes while they are scrolled, and how soon they are there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, openPage } from "./browser.mjs";
import { Fleet } from "./mock/fleet.mjs";
import { MockServer } from "./mock/server.mjs";

const kFrameMs = 8;
const kFrames = 60;

let browser;
let mock;

before(async () => {
  const fleet = new Fleet({ spokes: 6670, environments: 2, metrics: 8 });
  [browser, mock] = await Promise.all([launchBrowser(), MockServer.open(fleet)]);
});
after(async () => {
  await browser?.close();
  await mock?.stop();
});

/** Milliseconds of processor time that the page's script has taken, whatever else the machine does. */
async function scriptMs(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * metrics.find(({ name }) => name === "ScriptDuration").value;
}

/** Scrolls by `step` pixels a frame; answers the milliseconds of script of each frame, rising. */
async function scroll(page, session, axis, step) {
  const spent = [];
  for (let frame = 0; frame < kFrames; frame += 1) {
    const before = await scriptMs(session);
    await page.evaluate(
      async ([property, pixels]) => {
        document.querySelector(".matrix")[property] += pixels;
        for (let drawn = 0; drawn < 2; drawn += 1) await new Promise(requestAnimationFrame);
      },
      [axis, step],
    );
    spent.push((await scriptMs(session)) - before);
  }
  return spent.sort((a, b) => a - b);
}

test("10,000 rows scroll with less than 8 ms of script a frame", async () => {
  const page = await openPage(browser, `${mock.url}/?open=*`, { viewport: { width: 1440, height: 900 } });
  await page.locator(".row .cell").first().waitFor({ timeout: 30_000 });
  const rows = Number(await page.locator(".matrix").getAttribute("aria-rowcount"));
  assert.ok(rows > 10_000, `${rows} rows`);
  await page.waitForTimeout(500);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  for (const [axis, step, what] of [
    ["scrollTop", 40, "slowly"],
    ["scrollTop", 300, "fast"],
    ["scrollTop", 3000, "in whole pages"],
    ["scrollLeft", 12, "sideways"],
  ]) {
    const spent = await scroll(page, session, axis, step);
    const [median, most] = [0.5, 0.95].map((share) => spent[Math.floor(spent.length * share)]);
    console.log(`${what}: median ${median.toFixed(1)} ms, 95 % ${most.toFixed(1)} ms`);
    assert.ok(most < kFrameMs, `${what}: ${most} ms`);
  }
  assert.ok((await page.locator(".row").count()) < 40, "only the rows in sight have elements");
  assert.deepEqual(page.complaints, []);
  await page.close();
});
