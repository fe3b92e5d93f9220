// 10,000 rows: how much script a frame takes while they are scrolled, and how soon they are there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, openPage } from "./browser.mjs";
import { Fleet } from "./mock/fleet.mjs";
import { MockServer } from "./mock/server.mjs";

const kFrameMs = 8;
const kTries = 3; // other tests may take the processor meanwhile

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

/** Measures each callback of requestAnimationFrame and each scroll listener. */
function measureFrames() {
  globalThis.spent = [];
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (callback) =>
    request((time) => {
      const start = performance.now();
      callback(time);
      globalThis.spent.push(performance.now() - start);
    });
}

/** Scrolls by `step` pixels a frame, `frames` times; answers the milliseconds of script of each frame. */
function scroll(page, axis, step, frames) {
  return page.evaluate(
    async ([property, pixels, count]) => {
      const matrix = document.querySelector(".matrix");
      globalThis.spent = [];
      for (let frame = 0; frame < count; frame += 1) {
        matrix[property] += pixels;
        await new Promise((resolve) => setTimeout(resolve, 16));
      }
      return globalThis.spent;
    },
    [axis, step, frames],
  );
}

test("10,000 rows scroll with less than 8 ms of script a frame", async () => {
  const page = await openPage(browser, "about:blank", { viewport: { width: 1440, height: 900 } });
  await page.addInitScript(measureFrames);
  await page.goto(`${mock.url}/?open=*`);
  await page.locator(".row .cell").first().waitFor({ timeout: 30_000 });
  const rows = Number(await page.locator(".matrix").getAttribute("aria-rowcount"));
  assert.ok(rows > 10_000, `${rows} rows`);
  await page.waitForTimeout(500);
  for (const [axis, step, what] of [
    ["scrollTop", 40, "slowly"],
    ["scrollTop", 300, "fast"],
    ["scrollTop", 3000, "in whole pages"],
    ["scrollLeft", 30, "sideways"],
  ]) {
    const tries = [];
    for (let run = 0; run < kTries && !(tries.at(-1) < kFrameMs); run += 1) {
      const ordered = (await scroll(page, axis, step, 60)).sort((a, b) => a - b);
      assert.ok(ordered.length > 10, `${what}: ${ordered.length} frames`);
      const [median, most] = [0.5, 0.95].map((share) => ordered[Math.floor(ordered.length * share)]);
      console.log(`${what}: ${ordered.length} frames, median ${median.toFixed(1)} ms, 95 % ${most.toFixed(1)} ms`);
      tries.push(most);
    }
    assert.ok(tries.at(-1) < kFrameMs, `${what}: ${tries} ms`);
  }
  assert.ok((await page.locator(".row").count()) < 40, "only the rows in sight have elements");
  assert.deepEqual(page.complaints, []);
  await page.close();
});
