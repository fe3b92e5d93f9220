// Columns moved by dragging their rows in the chooser, with a mouse and with a finger.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./accessibility.mjs";
import { closeQuietly, launchBrowser, openPage, saveScreenshot } from "./browser.mjs";
import { drawFinger } from "./finger.mjs";
import { Fleet } from "./mock/fleet.mjs";
import { MockServer } from "./mock/server.mjs";

const kChosen = ["ModelAuc", "StorageGiB", "FeatureDrift", "OpenIncidents"];
const kFour = `/?${new URLSearchParams(kChosen.map((name) => ["metric", name]))}`;
const kTelephone = { viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme: "dark" };

let browser;
let mock;

before(async () => {
  [browser, mock] = await Promise.all([launchBrowser(), MockServer.open()]);
});
after(async () => {
  await browser?.close();
  await mock?.stop();
});

async function open(address, options) {
  const page = await openPage(browser, mock.url + address, options);
  await page.locator(".row .cell").first().waitFor({ timeout: 20_000 });
  await page.getByRole("button", { name: /^Metrics/ }).click();
  await page.locator(".choices input:focus").waitFor(); // the list has its place
  return page;
}

function order(page) {
  return new URL(page.url()).searchParams.getAll("metric");
}

function listed(page) {
  return page.locator(".choices li[data-metric]").evaluateAll((rows) => rows.map(({ dataset }) => dataset.metric));
}

function rowOf(page, metric) {
  return page.locator(`.choices li[data-metric="${metric}"]`);
}

/** The middle of the grip of this metric's row. */
async function gripOf(page, metric) {
  const box = await rowOf(page, metric).locator(".grip").boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function take(page, metric) {
  const { x, y } = await gripOf(page, metric);
  await page.mouse.move(x, y);
  await page.mouse.down();
}

test("a row dragged with the mouse moves its column, and Back moves it back", async () => {
  const page = await open(kFour);
  const target = await gripOf(page, "ModelAuc");
  await take(page, "OpenIncidents");
  await page.mouse.move(target.x + 5, target.y + 8, { steps: 5 });
  const moved = ["OpenIncidents", "ModelAuc", "StorageGiB", "FeatureDrift"];
  assert.deepEqual(await listed(page), moved, "the others have made room");
  assert.deepEqual(order(page), kChosen, "until it is dropped");
  await saveScreenshot(page, "columns-dragged");
  await page.mouse.up();
  assert.deepEqual(order(page), moved);
  assert.deepEqual((await page.locator(".head-name").allInnerTexts()).slice(1), moved);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.focus), "OpenIncidents box");
  await page.keyboard.press("Escape");
  await page.goBack();
  assert.deepEqual(order(page), kChosen);
  await closeQuietly(page);
});

test("a drag to its own place is none, and one goes no further than the columns that are shown", async () => {
  const page = await open(`${kFour}&metric=Gone`);
  const { x, y } = await gripOf(page, "FeatureDrift");
  const below = await page.locator(".choices li:not([data-metric])").nth(3).boundingBox();
  await take(page, "FeatureDrift");
  await page.mouse.move(x, below.y, { steps: 3 });
  assert.equal((await listed(page)).at(-1), "FeatureDrift");
  await page.mouse.move(x, y, { steps: 3 });
  await page.mouse.up();
  assert.deepEqual(order(page), [...kChosen, "Gone"]);
  await take(page, "ModelAuc");
  await page.mouse.move(x, below.y, { steps: 6 });
  await page.mouse.up();
  assert.deepEqual(order(page), ["StorageGiB", "FeatureDrift", "OpenIncidents", "ModelAuc"]);
  await closeQuietly(page);
});

test("Escape takes a drag back and leaves the list open; the keys go on where they were", async () => {
  const page = await open(kFour);
  await take(page, "ModelAuc");
  const { x, y } = await gripOf(page, "FeatureDrift");
  await page.mouse.move(x, y, { steps: 4 });
  assert.notDeepEqual(await listed(page), kChosen);
  await page.keyboard.press("Escape");
  assert.deepEqual(await listed(page), kChosen);
  await page.mouse.move(x, y + 40);
  await page.mouse.up();
  assert.deepEqual(order(page), kChosen);
  assert.equal(await page.locator(".dragged").count(), 0);
  await page.getByRole("button", { name: "Move FeatureDrift to the left" }).press("Enter");
  assert.deepEqual(order(page), ["ModelAuc", "FeatureDrift", "StorageGiB", "OpenIncidents"]);
  await closeQuietly(page);
});

test("at the list's edge it scrolls, so that the first of all becomes the last", async () => {
  const page = await open("/", { viewport: { width: 1200, height: 500 } });
  const all = await listed(page);
  await take(page, all[0]);
  const list = await page.locator(".choices:visible").boundingBox();
  await page.mouse.move(list.x + 50, list.y + list.height - 5, { steps: 3 });
  await page.waitForFunction((name) => [...document.querySelectorAll(".choices li[data-metric]")].at(-1).dataset.metric === name, all[0]);
  await page.mouse.up();
  assert.deepEqual(order(page), [...all.slice(1), all[0]]);
  await closeQuietly(page);
});

test("a finger drags a row by its grip, and scrolls the list elsewhere", async () => {
  const page = await open(kFour, kTelephone);
  const [from, to] = [await gripOf(page, "ModelAuc"), await gripOf(page, "FeatureDrift")];
  await drawFinger(page, [from, { x: to.x - 20, y: to.y }]);
  const moved = ["StorageGiB", "FeatureDrift", "ModelAuc", "OpenIncidents"];
  await page.waitForFunction(() => new URLSearchParams(location.search).getAll("metric")[2] === "ModelAuc");
  assert.deepEqual(order(page), moved);
  await assertAccessible(page, "the chooser on a telephone");
  await saveScreenshot(page, "columns-narrow");
  const list = page.locator(".choices:visible");
  const box = await list.boundingBox();
  await drawFinger(page, [{ x: box.x + 60, y: box.y + 200 }, { x: box.x + 60, y: box.y + 40 }]);
  await page.waitForFunction(() => [...document.querySelectorAll(".choices")].some(({ scrollTop }) => scrollTop > 50));
  assert.deepEqual(order(page), moved);
  await closeQuietly(page);
});
