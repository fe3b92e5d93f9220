// Who follows the commands that the page prints, from the empty folder on, arrives at a metric.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, openPage, saveScreenshot } from "./browser.mjs";
import { Home } from "./home.mjs";

let browser;
let home;

before(async () => {
  [browser, home] = await Promise.all([launchBrowser(), Home.open()]);
});
after(async () => {
  await browser?.close();
  await home?.close();
});

test("every printed command works as printed, with a port and a folder of any name", async () => {
  const page = await openPage(browser, home.url);
  for (const title of ["No hub here yet", "No metrics yet"]) {
    await page.locator("#guidance h2", { hasText: title }).waitFor({ timeout: 20_000 });
    await home.paste(await page.getByLabel("Commands").innerText());
  }
  await page.getByRole("columnheader", { name: "TotalCompletedTrainingJobs" }).waitFor({ timeout: 20_000 });
  assert.equal(await page.locator(".cell-value").innerText(), "0");
  await saveScreenshot(page, "guided");
  assert.deepEqual(page.complaints, []);
});
