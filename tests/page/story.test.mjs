// What a person does with a whole fleet, simulated in a real `dsdash serve`: find, share, look closely, take the
// numbers away. The pictures in README are taken here. What happens live (Fetch now, a lost server) is in page.test.mjs.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { assertAccessible } from "./accessibility.mjs";
import { closeQuietly, drawn, launchBrowser, openPage, parameter, saveScreenshot } from "./browser.mjs";
import { cell, row } from "./cells.mjs";
import { Home, kHub } from "./home.mjs";

const kFleet = "--spokes 24 --metrics 10 --days 35 --interval 120 --seed 1".split(" ");
const kMetric = "CompletedTrainingJobs24h";
const kPicture = { viewport: { width: 1280, height: 800 } };

let browser;
let home;
let latest;

before(async () => {
  [browser, home] = await Promise.all([launchBrowser(), Home.open()]);
  await home.dsdash("simulate", ...kFleet);
  latest = await home.api(`/api/v1/latest?hub=${kHub}`);
});
after(async () => {
  await browser?.close();
  await home?.close();
});

async function open(address = "/", options = kPicture) {
  const page = await openPage(browser, home.url + address, options);
  await page.locator("#board").waitFor({ timeout: 20_000 });
  return page;
}

/** What the page shows, row by row. */
function shownRows(page) {
  return page.locator(".row").evaluateAll((rows) =>
    rows.map((one) => [...one.querySelectorAll(".row-name, .cell-value, .cell-state-text")].map((part) => part.textContent)),
  );
}

/** All samples of the series in the span, newest first. */
async function samplesOf(series, from, to) {
  const query = new URLSearchParams({
    hub: kHub, metric: series.metric_name, project: series.project_name, environment: series.environment,
    account: series.account_id, from: new Date(1000 * from).toISOString(), to: new Date(1000 * to).toISOString(),
    limit: "1000",
  });
  return (await home.api(`/api/v1/samples?${query}`)).samples;
}

function seriesNamed(environment) {
  const first = latest.records.map(({ project_name }) => project_name).sort()[0];
  return latest.records.find(
    (record) => record.project_name === first && record.environment === environment && record.metric_name === kMetric,
  );
}

test("the first screen shows every project with its trend, and axe-core finds no violation", async () => {
  const page = await open();
  await page.locator(".row .spark path[d]:not([d=''])").nth(30).waitFor({ state: "attached", timeout: 20_000 });
  const projects = new Set(latest.records.map(({ project_name }) => project_name));
  assert.deepEqual(await page.locator(".row-name").allInnerTexts(), [...projects].sort());
  const [projectTile, reporting, , silent, failing] = await page.locator("#overview .tile").allInnerTexts();
  for (const [text, pattern] of [
    [projectTile, /^8\s+projects$/], [reporting, /^23\s+spokes reporting$/], [silent, /^1\s+silent$/],
    [failing, /^1\s+failing metric$/],
  ]) assert.match(text, pattern);
  await assertAccessible(page, "first screen");
  await saveScreenshot(page, "matrix");
  await closeQuietly(page);
});

test("what was filtered and opened is in the link: another person sees the same", async () => {
  const page = await open();
  const chosen = seriesNamed("prod").project_name;
  await page.locator("#filters").getByRole("button", { name: "Project", exact: true }).click();
  await page.getByLabel(chosen, { exact: true }).check();
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: "Search" }).fill("training");
  await page.getByRole("button", { name: chosen, exact: true }).click();
  await row(page, "dev").waitFor();
  const rows = await shownRows(page);
  assert.deepEqual(rows.map(([name]) => name), [chosen, "prod", "int", "dev"]);

  const other = await browser.newContext();
  const linked = await openPage(other, page.url());
  await row(linked, "dev").waitFor({ timeout: 20_000 });
  assert.deepEqual(await shownRows(linked), rows);
  assert.deepEqual(await linked.locator(".head-name").allInnerTexts(), await page.locator(".head-name").allInnerTexts());
  await closeQuietly(linked);
  await other.close();
  await closeQuietly(page);
});

test("a cell opens on all environments; a zoom shows the numbers of its days, and the link keeps it", async () => {
  const series = seriesNamed("prod");
  const page = await open();
  await (await cell(page, series.project_name, kMetric)).click();
  await drawn(page);
  const names = ["prod", "dev", "int"].map((environment) => `${series.project_name} · ${environment}`);
  assert.deepEqual(await page.locator(".legend-table tbody th").allInnerTexts(), names);
  await page.locator(".sample-date").first().waitFor();
  await assertAccessible(page, "drawer");
  await saveScreenshot(page, "drawer");

  const box = await page.locator(".history-plot .u-over").boundingBox();
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction(() => /\d\.\.\d/.test(new URL(location).searchParams.get("range")));
  await drawn(page);
  await page.mouse.move(5, 5); // off the plot, whose legend follows the mouse
  await page.locator(".legend-when", { hasText: "all that is shown" }).waitFor();
  const [from, to] = parameter(page, "range").split("..").map(Number);
  for (const environment of ["prod", "dev", "int"]) {
    const values = (await samplesOf(seriesNamed(environment), from, to)).map(({ number }) => number);
    const line = page.locator(".legend-table tbody tr", { hasText: `· ${environment}` });
    const numbers = (await line.locator("td").allInnerTexts()).map(Number);
    assert.deepEqual(numbers, [values[0], Math.min(...values), Math.max(...values), values.length], environment);
  }

  await page.getByRole("button", { name: names[1] }).click();
  await page.locator(".legend-table tr.is-off").waitFor();
  const linked = await open(new URL(page.url()).search);
  await drawn(linked);
  const table = (where) => where.locator(".legend-table").innerText();
  assert.equal(await table(linked), await table(page));
  await closeQuietly(linked);
  await closeQuietly(page);
});

test("the CSV of a stretch of time has the API's samples, each with its exact value", async () => {
  const series = seriesNamed("dev");
  const to = Math.floor(Date.now() / 1000) - 86_400;
  const from = to - 9 * 86_400;
  const names = [series.metric_name, series.project_name, series.environment, series.account_id];
  const query = new URLSearchParams({ series: JSON.stringify(names), range: `${from}..${to}` });
  const page = await open(`/?${query}`);
  await drawn(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Samples CSV" }).click();
  const [head, ...lines] = (await readFile(await (await download).path(), "utf8")).trimEnd().split("\r\n");
  const column = (name) => head.split(",").indexOf(name);
  const saved = lines.map((line) => line.split(",")).map((fields) => [
    fields[column("extraction_date")], fields[column("value")], fields[column("event_id")],
  ]);
  const samples = await samplesOf(series, from, to);
  assert.ok(samples.length > 90, `${samples.length} samples`);
  assert.deepEqual(saved, samples.map(({ extraction_date, value, event_id }) => [extraction_date, value, event_id]));
  await closeQuietly(page);
});

test("attention names all that the simulation let go wrong, and leads to what it is about", async () => {
  const page = await open("/?view=attention");
  const list = page.locator(".attention-list");
  await list.locator("li").first().waitFor({ timeout: 20_000 });
  await list.getByText("does not train").waitFor({ timeout: 60_000 });
  for (const what of [/is silent/, /ModelAUC fails in/, /fell by \d+ %/, /does not train/]) {
    assert.equal(await list.locator("strong", { hasText: what }).count(), 1, String(what));
  }
  await assertAccessible(page, "attention");
  await saveScreenshot(page, "attention");
  await page.getByRole("button", { name: /^ModelAUC · / }).click();
  await page.getByRole("dialog", { name: "ModelAUC" }).getByText("Failed", { exact: true }).waitFor();
  await page.goBack();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(parameter(page, "view"), "attention");
  await closeQuietly(page);
});

test("spokes are drawn around their hub, the silent one first in the table", async () => {
  const page = await open("/?view=spokes");
  const picture = page.locator(".spokes-picture").getByRole("img");
  await picture.waitFor({ timeout: 20_000 });
  assert.match(await picture.getAttribute("aria-label"), /24 spokes: 24 connected/);
  const rows = page.locator(".spokes-table tbody tr:not(.finding)");
  assert.match(await rows.first().innerText(), /silent/);
  assert.equal(await rows.count(), 24);
  await assertAccessible(page, "spokes");
  await saveScreenshot(page, "spokes");
  await closeQuietly(page);
});
