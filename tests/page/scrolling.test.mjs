// 10,000 rows: how much script a frame takes while they are scrolled, and how soon they are there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, openPage } from "./browser.mjs";
import { Fleet } from "./mock/fleet.mjs";
import { MockServer } from "./mock/server.mjs";

const kFrameMs = 8;

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
    const spent = await scroll(page, axis, step, 60);
    const ordered = [...spent].sort((a, b) => a - b);
    const most = ordered[Math.floor(ordered.length * 0.95)];
    console.log(`${what}: ${spent.length} frames, median ${ordered[spent.length >> 1]?.toFixed(1)} ms, 95 % ${most?.toFixed(1)} ms`);
    assert.ok(spent.length > 10, `${what}: ${spent.length} frames`);
    assert.ok(most < kFrameMs, `${what}: ${most} ms`);
  }
  assert.ok((await page.locator(".row").count()) < 40, "only the rows in sight have elements");
  assert.deepEqual(page.complaints, []);
  await page.close();
});
