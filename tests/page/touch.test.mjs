// The drawer's plot under a finger, on a telephone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closeQuietly, drawn, launchBrowser, openPage, saveScreenshot } from "./browser.mjs";
import { drawFinger } from "./finger.mjs";
import { startServer } from "./parts/server.mjs";

const kTelephone = { viewport: { width: 360, height: 740 }, hasTouch: true };

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function open() {
  const page = await openPage(browser, `${server.url}/?series=churn/prod/TotalCompletedTrainingJobs&range=24h`, kTelephone);
  await drawn(page);
  await page.locator(".history-plot").evaluate((plot) => plot.scrollIntoView({ block: "center" }));
  return page;
}

function range(page) {
  return new URL(page.url()).searchParams.get("range");
}

/** The point at these fractions of the plot's width and height. */
async function pointOf(page, [across, down]) {
  const box = await page.locator(".history-plot .u-over").boundingBox();
  return { x: box.x + across * box.width, y: box.y + down * box.height };
}

function scrolled(page) {
  return page.locator("dialog").evaluate(({ scrollTop }) => scrollTop);
}

function when(page) {
  return page.locator(".legend-when").innerText();
}

function selectedWidth(page) {
  return page.locator(".history-plot .u-select").evaluate(({ offsetWidth }) => offsetWidth);
}

test("a finger drawn along the plot zooms to that stretch, from either side", async () => {
  const page = await open();
  for (const [from, to] of [[0.25, 0.75], [0.75, 0.25]]) {
    const before = await scrolled(page);
    await drawFinger(page, [await pointOf(page, [from, 0.5]), await pointOf(page, [to, 0.55])]);
    await page.waitForURL(/range=\d+\.\.\d+/);
    const [begin, end] = range(page).split("..").map(Number);
    assert.ok(Math.abs(end - begin - 12 * 3600) < 400, `${end - begin} s`);
    assert.ok(Math.abs(Date.now() / 1000 - 6 * 3600 - end) < 400, "the middle of the day");
    assert.equal(await scrolled(page), before);
    await drawn(page);
    assert.equal(await selectedWidth(page), 0);
    assert.equal(await when(page), "all that is shown");
    await page.getByRole("button", { name: "Reset zoom" }).click();
    await page.waitForURL(/range=24h/);
    await drawn(page);
  }
  await closeQuietly(page);
});

test("up and down, a finger scrolls and selects nothing", async () => {
  const page = await open();
  const before = await scrolled(page);
  await drawFinger(page, [await pointOf(page, [0.5, 0.9]), await pointOf(page, [0.55, 0.1])]);
  await page.waitForFunction((top) => document.querySelector("dialog").scrollTop > top + 50, before);
  assert.equal(range(page), "24h");
  assert.equal(await selectedWidth(page), 0);
  assert.equal(await when(page), "all that is shown");
  await closeQuietly(page);
});

test("a tap shows the values under the finger, and two take the zoom back", async () => {
  const page = await open();
  const at = await pointOf(page, [0.5, 0.5]);
  await page.touchscreen.tap(at.x, at.y);
  await page.locator(".legend-when", { hasText: "UTC" }).waitFor();
  const hour = Date.parse(`${(await when(page)).slice(0, 19).replace(" ", "T")}Z`) / 3_600_000;
  assert.ok(Math.abs(Date.now() / 3_600_000 - 12 - hour) < 0.2);
  assert.match(await page.locator(".legend-table tbody td").first().innerText(), /^[\d,]+$/);
  assert.equal(range(page), "24h");
  await saveScreenshot(page, "plot-tapped");

  await drawFinger(page, [await pointOf(page, [0.2, 0.5]), await pointOf(page, [0.6, 0.5])]);
  await page.waitForURL(/range=\d+\.\.\d+/);
  await drawn(page);
  for (let tap = 0; tap < 2; tap += 1) await page.touchscreen.tap(at.x, at.y);
  await page.waitForURL(/range=24h/);
  await closeQuietly(page);
});

test("a tap that trembles is no brush", async () => {
  const page = await open();
  const at = await pointOf(page, [0.4, 0.5]);
  await drawFinger(page, [at, { x: at.x + 30, y: at.y }, { x: at.x + 8, y: at.y }]);
  assert.equal(range(page), "24h");
  assert.equal(await selectedWidth(page), 0);
  await page.locator(".legend-when", { hasText: "UTC" }).waitFor();
  await closeQuietly(page);
});

test("while it is drawn, the stretch and the values under the finger are seen", async () => {
  const page = await open();
  const session = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  const [from, to] = [await pointOf(page, [0.3, 0.5]), await pointOf(page, [0.7, 0.5])];
  await send("touchStart", [from]);
  for (let step = 1; step <= 8; step += 1) await send("touchMove", [{ x: from.x + ((to.x - from.x) * step) / 8, y: from.y }]);
  await page.locator(".legend-when", { hasText: "UTC" }).waitFor();
  await page.waitForFunction(
    (width) => Math.abs(document.querySelector(".history-plot .u-select").offsetWidth - width) < 2,
    to.x - from.x,
  );
  await saveScreenshot(page, "plot-brushed");
  await send("touchCancel", []);
  assert.equal(await selectedWidth(page), 0);
  assert.equal(range(page), "24h");
  await closeQuietly(page);
});
