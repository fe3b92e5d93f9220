// What a person sees at / of a `dsdash serve`, from the empty folder to two connected spokes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closeQuietly, launchBrowser, openPage, saveScreenshot } from "./browser.mjs";
import { cell } from "./cells.mjs";
import { Home, kHub, kOtherHub } from "./home.mjs";

let browser;
let home;

before(async () => {
  [browser, home] = await Promise.all([launchBrowser(), Home.open()]);
});
after(async () => {
  await browser?.close();
  await home?.close();
});

/** Waits until the page shows `text` somewhere in `selector`. */
function shows(page, selector, text) {
  return page.locator(selector, { hasText: text }).first().waitFor({ timeout: 20_000 });
}

const kOpen = "/?open=churn";

test("a folder without hub says how to make one, and the hub appears by itself", async () => {
  const page = await openPage(browser, home.url);
  await shows(page, "#guidance", "dsdash deploy hub");
  await home.createHub("hub", kHub);
  await shows(page, "#guidance", "No metrics yet");
  await shows(page, "header", kHub);
  await saveScreenshot(page, "no-metrics");
  await closeQuietly(page);
});

test("a metric that fails is shown with its reason", async () => {
  await home.connectSpokes();
  await home.setThreshold("churn-prod", "0.75");
  await home.refresh();
  const page = await openPage(browser, home.url + kOpen);
  const failed = await cell(page, "dev", "SSMParamStoreValue");
  await failed.getByText("Failed").waitFor({ timeout: 20_000 });
  assert.match(await failed.innerText(), /\/models\/threshold/);
  await shows(page, ".overview", "1 failing metric");
  await closeQuietly(page);
});

test("new values appear by themselves, and a failure that ended goes", async () => {
  const page = await openPage(browser, home.url + kOpen);
  await (await cell(page, "dev", "SSMParamStoreValue")).getByText("Failed").waitFor();
  await home.setThreshold("churn-dev", "0.25");
  await home.refresh();
  await (await cell(page, "dev", "SSMParamStoreValue")).getByText("0.25", { exact: true }).waitFor();
  await page.locator(".is-failed").first().waitFor({ state: "detached" });
  await home.setThreshold("churn-dev", "0.5");
  await home.refresh();
  await page.locator(".cell.changed", { hasText: "0.5" }).first().waitFor({ timeout: 20_000 });
  await closeQuietly(page);
});

test("the matrix shows what the API answers", async () => {
  const page = await openPage(browser, home.url + kOpen);
  const { records } = await home.api(`/api/v1/latest?hub=${kHub}`);
  assert.equal(records.length, 4);
  for (const { environment, metric_name, value, state } of records) {
    const shown = await cell(page, environment, metric_name);
    await shown.waitFor({ timeout: 20_000 });
    assert.equal(await shown.locator(".cell-value").innerText(), value);
    assert.match(await shown.getAttribute("class"), new RegExp(`is-${state}`));
  }
  await closeQuietly(page);
});

test("ages grow without a new value", async () => {
  const page = await openPage(browser, home.url + kOpen);
  const age = (await cell(page, "dev", "SSMParamStoreValue")).locator(".cell-age");
  await age.getByText(/^\d+ s/).waitFor({ timeout: 20_000 });
  const before = await age.innerText();
  await age.getByText(before, { exact: true }).waitFor({ state: "detached" });
  await closeQuietly(page);
});

test("Fetch now asks the spokes, and their values are shown", async () => {
  const page = await openPage(browser, home.url + kOpen);
  await (await cell(page, "prod", "SSMParamStoreValue")).waitFor({ timeout: 20_000 });
  await home.setThreshold("churn-prod", "0.875");
  await page.getByRole("button", { name: "Fetch now" }).click();
  await shows(page, "#fetch-progress", "2 of 2 spokes answered");
  await (await cell(page, "prod", "SSMParamStoreValue")).getByText("0.875", { exact: true }).waitFor();
  await saveScreenshot(page, "fetched");
  await closeQuietly(page);
});

test("a cell opens the history of its series, and a link does", async () => {
  const page = await openPage(browser, home.url + kOpen);
  await (await cell(page, "prod", "SSMParamStoreValue")).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByText("0.875").first().waitFor();
  // Nothing is older than this test.
  await drawer.getByRole("radio", { name: "1 h", exact: true, checked: true }).waitFor({ state: "attached" });
  await drawer.locator(".history-plot:not([aria-busy]) canvas").waitFor();
  await saveScreenshot(page, "series");
  const linked = await openPage(browser, page.url());
  await linked.getByRole("dialog").getByText("0.875").first().waitFor();
  await closeQuietly(linked);
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  await closeQuietly(page);
});

test("attention and spokes are there", async () => {
  const page = await openPage(browser, `${home.url}/?view=attention`);
  await page.locator("#view-attention .attention").waitFor();
  await page.getByRole("tab", { name: "Spokes" }).click();
  await page.locator("#view-spokes", { hasText: "222222222222" }).waitFor();
  await saveScreenshot(page, "spokes");
  await closeQuietly(page);
});

test("nothing is wider than a telephone of 360 px, in the dark as well", async () => {
  const page = await openPage(browser, home.url, {
    viewport: { width: 360, height: 740 },
    colorScheme: "dark",
  });
  await shows(page, ".row", "churn");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await saveScreenshot(page, "narrow-dark");
  await closeQuietly(page);
});

test("the longest value is shortened in its cell, and whole in its tooltip", async () => {
  const longest = "-12345678901234567890123456789012345678";
  await home.setThreshold("churn-dev", longest);
  await home.refresh();
  const page = await openPage(browser, home.url + kOpen);
  const shown = await cell(page, "dev", "SSMParamStoreValue");
  await shown.getByText("-1.23457e37", { exact: true }).waitFor({ timeout: 20_000 });
  await shown.hover();
  assert.ok((await shown.getAttribute("title")).includes(longest));
  await closeQuietly(page);
});

test("a server that is lost is told, and found again", async () => {
  const page = await openPage(browser, home.url);
  await shows(page, "#connection", "Live");
  await home.stop();
  await shows(page, "[role=alert]", "The server does not answer");
  await shows(page, "#connection", "Not connected");
  await shows(page, ".row", "churn");
  await saveScreenshot(page, "server-lost");
  await home.start();
  await shows(page, "#connection", "Live");
  assert.equal(await page.locator("[role=alert]").innerText(), "");
  const others = page.complaints.filter((text) => !text.includes("net::ERR_"));
  assert.deepEqual(others, []);
  await page.close();
});

test("two hubs are offered, and a link leads to one of them", async () => {
  await home.createHub("other", kOtherHub);
  const page = await openPage(browser, home.url);
  await shows(page, "#guidance h2", "Choose a hub");
  await saveScreenshot(page, "two-hubs");
  await page.getByRole("link", { name: "hub", exact: true }).click();
  await shows(page, ".row", "churn");
  assert.equal(new URL(page.url()).searchParams.get("hub"), kHub);

  await page.getByRole("combobox", { name: "Hub" }).selectOption(kOtherHub);
  await shows(page, "#guidance", "No metrics yet");
  assert.equal(new URL(page.url()).searchParams.get("hub"), kOtherHub);
  await closeQuietly(page);

  const linked = await openPage(browser, `${home.url}/?hub=${kHub}`);
  await shows(linked, ".row", "churn");
  await saveScreenshot(linked, "latest");
  await closeQuietly(linked);
});

test("a link to a hub that is not there offers those that are", async () => {
  const page = await openPage(browser, `${home.url}/?hub=999999999999`);
  await shows(page, "#guidance h2", "No hub 999999999999 here");
  assert.equal(await page.getByRole("link").count(), 2);
  await closeQuietly(page);
});
