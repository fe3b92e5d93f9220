// Light and dark: as the system is, and as a person has chosen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./accessibility.mjs";
import { closeQuietly, launchBrowser, openPage, saveScreenshot } from "./browser.mjs";
import { Fleet } from "./mock/fleet.mjs";
import { MockServer } from "./mock/server.mjs";

const kPapers = { light: "rgb(245, 246, 248)", dark: "rgb(16, 20, 27)" };

let browser;
let mock;

before(async () => {
  [browser, mock] = await Promise.all([launchBrowser(), MockServer.open(new Fleet({ spokes: 12, environments: 2, metrics: 4 }))]);
});
after(async () => {
  await browser?.close();
  await mock?.stop();
});

async function open(context, address = "/", options = {}) {
  const page = await openPage(context, mock.url + address, options);
  await page.locator(".row .cell").first().waitFor({ timeout: 20_000 });
  return page;
}

function paper(page) {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

function control(page) {
  return page.getByRole("combobox", { name: "Theme" });
}

/** Whether the plot's canvas has a pixel of this colour, "0072b2". */
function isDrawnIn(page, colour) {
  return page.locator(".history-plot canvas").evaluate((canvas, hex) => {
    const wanted = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < data.length; at += 4) if (wanted.every((part, offset) => data[at + offset] === part)) return true;
    return false;
  }, colour);
}

for (const [system, other] of [["light", "dark"], ["dark", "light"]]) {
  test(`where the system is ${system}, ${other} is chosen with the keyboard, stays, and is accessible`, async () => {
    const context = await browser.newContext({ colorScheme: system });
    const page = await open(context);
    assert.equal(await control(page).inputValue(), "system");
    assert.equal(await paper(page), kPapers[system]);
    await control(page).focus();
    await page.keyboard.press(other[0]); // as in every list: its first letter
    assert.equal(await control(page).inputValue(), other);
    assert.equal(await paper(page), kPapers[other]);
    await assertAccessible(page, `${other} by hand`);
    await saveScreenshot(page, `theme-${other}-by-hand`);
    await page.reload();
    assert.equal(await paper(page), kPapers[other]);
    assert.equal(await control(page).inputValue(), other);
    await control(page).selectOption("system");
    assert.equal(await paper(page), kPapers[system]);
    await closeQuietly(page);
    await context.close();
  });
}

test("nothing is painted before what was chosen is known", async () => {
  const context = await browser.newContext({ colorScheme: "light" });
  await context.addInitScript(() => localStorage.setItem("dsdash.theme", "dark"));
  const page = await context.newPage();
  const release = {};
  for (const name of ["theme.js", "page.js"]) {
    const held = new Promise((resolve) => (release[name] = resolve));
    await page.route(`**/${name}`, async (route) => {
      await held;
      await route.continue();
    });
  }
  const style = page.waitForResponse("**/page.css");
  await page.goto(mock.url, { waitUntil: "commit" });
  await (await style).finished();
  assert.equal(await page.evaluate(() => document.body), null);
  release["theme.js"]();
  await page.locator("header h1").waitFor();
  assert.equal(await paper(page), kPapers.dark);
  assert.equal(await control(page).count(), 0);
  release["page.js"]();
  await control(page).waitFor();
  await context.close();
});

test("a browser that keeps nothing shows the page, and the choice for as long as that", async () => {
  const context = await browser.newContext({ colorScheme: "light" });
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", { get: () => { throw new DOMException("", "SecurityError"); } });
  });
  const page = await open(context);
  await control(page).selectOption("dark");
  assert.equal(await paper(page), kPapers.dark);
  await page.reload();
  assert.equal(await paper(page), kPapers.light);
  await closeQuietly(page);
  await context.close();
});

test("what is kept and no theme is as if nothing were", async () => {
  const context = await browser.newContext({ colorScheme: "dark" });
  await context.addInitScript(() => localStorage.setItem("dsdash.theme", `light" x="`));
  const page = await open(context);
  assert.equal(await control(page).inputValue(), "system");
  assert.equal(await paper(page), kPapers.dark);
  await closeQuietly(page);
  await context.close();
});

test("an open plot follows the choice in another tab and the system; on paper both are light", async () => {
  const context = await browser.newContext({ colorScheme: "light" });
  const page = await open(context);
  const other = await open(context);
  await page.locator(".row .cell-value").first().click();
  await page.locator(".history-plot:not([aria-busy]) canvas").waitFor();
  const [light, dark] = ["0072b2", "56b4e9"];
  const assertDrawn = async (colour, what) => {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.deepEqual([await isDrawnIn(page, light), await isDrawnIn(page, dark)], [colour === light, colour === dark], what);
  };
  await assertDrawn(light, "as the system");
  await control(other).selectOption("dark");
  await page.locator("html[data-theme=dark]").waitFor();
  await assertDrawn(dark, "as the other tab");
  const swatch = page.locator(".legend-table .swatch").first();
  assert.equal(await swatch.evaluate((found) => getComputedStyle(found).borderTopColor), "rgb(86, 180, 233)");
  await page.emulateMedia({ media: "print" });
  assert.equal(await paper(page), "rgb(255, 255, 255)");
  await assertDrawn(light, "on paper");
  await page.emulateMedia({ media: "screen" });
  await assertDrawn(dark, "on the screen again");
  await control(other).selectOption("system");
  await page.locator("html:not([data-theme])").waitFor();
  await assertDrawn(light, "as the system again");
  await page.emulateMedia({ media: "screen", colorScheme: "dark" });
  await assertDrawn(dark, "as the system has become");
  await closeQuietly(page);
  await context.close();
});

test("on a telephone of 360 px the control is in sight", async () => {
  const page = await open(browser, "/", { viewport: { width: 360, height: 740 } });
  const { x, y, width, height } = await control(page).boundingBox();
  await saveScreenshot(page, "theme-narrow");
  assert.ok(x >= 0 && x + width <= 360 && y + height < 120);
  assert.ok(height >= 24, "a finger hits it");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await closeQuietly(page);
});
