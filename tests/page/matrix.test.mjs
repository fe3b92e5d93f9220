// The first screen over a fleet of 150 spokes and 30 metrics, without dsdash (mock/).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { assertAccessible } from "./accessibility.mjs";
import { closeQuietly, launchBrowser, openPage, saveScreenshot } from "./browser.mjs";
import { cell, row } from "./cells.mjs";
import { Fleet } from "./mock/fleet.mjs";
import { MockServer } from "./mock/server.mjs";

let browser;
let mock;

before(async () => {
  [browser, mock] = await Promise.all([launchBrowser(), MockServer.open(smallFleet())]);
});
after(async () => {
  await browser?.close();
  await mock?.stop();
});

/** A fleet in which every kind of cell stands in churn's rows. */
function smallFleet() {
  const fleet = new Fleet();
  const put = (environment, metric, change) => {
    const spoke = fleet.spokes.find((one) => one.project_name === "churn" && one.environment === environment);
    const { interval, state, from, ...names } = spoke;
    const others = fleet.records.filter((record) => record !== fleet.find("churn", environment, metric));
    fleet.records = others;
    if (!change) return;
    const fresh = { state: "fresh", expected_interval_s: 3600, extraction_date: minutesAgo(12), value: "7", number: 7 };
    fleet.records.push({ ...names, metric_name: metric, ...fresh, ...change });
  };
  put("prod", "ModelAuc", { value: "0", number: 0 });
  put("prod", "ModelAccuracy", { state: "late", extraction_date: minutesAgo(100) });
  put("prod", "FeatureDrift", { state: "silent", extraction_date: minutesAgo(6000) });
  put("prod", "DataQualityScore", { state: "failed", reason: "Denied by the role's policy" });
  put("prod", "OpenIncidents", undefined);
  put("prod", "StorageGiB", { value: null, number: null, extraction_date: null, state: "silent" });
  put("int", "ModelAuc", { value: "9", number: 9 });
  put("dev", "ModelAuc", { state: "late", extraction_date: minutesAgo(100) });
  return fleet;
}

function minutesAgo(minutes) {
  return new Date(Date.now() - minutes * 60_000).toISOString().replace("T", " ").replace("Z", "000");
}

async function open(address = "/", options = {}) {
  const page = await openPage(browser, mock.url + address, options);
  await page.locator(".row .cell, #guidance form").first().waitFor({ timeout: 20_000 });
  return page;
}

function query(page) {
  return new URL(page.url()).searchParams;
}

function names(page) {
  return page.locator(".row .row-name").allInnerTexts();
}

test("the header counts what the API counts, and each number leads to what it counts", async () => {
  const page = await open();
  const { spokes, failing_metrics } = mock.fleet.overview();
  const texts = await page.locator("#overview .tile").allInnerTexts();
  const counted = texts.map((text) => text.replace(/\s+/g, " "));
  assert.deepEqual(counted.slice(0, 6), [
    "50 projects", `${spokes.reporting} spokes reporting`, "1 late", "1 silent", `${failing_metrics} failing metrics`,
    "2 dead letters",
  ]);
  assert.match(counted[6], /^last refresh 12 min ago 149 of 150 answered · every 1 h$/);
  await page.getByRole("link", { name: /failing metrics/ }).click();
  assert.deepEqual(query(page).getAll("state"), ["failed"]);
  await page.locator(".row .cell.is-failed").first().waitFor();
  await saveScreenshot(page, "matrix-failing");
  await page.getByRole("link", { name: /dead letters/ }).click();
  assert.equal(query(page).get("view"), "attention");
  await closeQuietly(page);
});

test("zero, missing and every state of a value look and read differently", async () => {
  const metrics = ["ModelAuc", "ModelAccuracy", "FeatureDrift", "DataQualityScore", "OpenIncidents", "StorageGiB"];
  const address = new URLSearchParams([["open", "churn"], ...metrics.map((name) => ["metric", name])]);
  const page = await open(`/?${address}`, { viewport: { width: 1500, height: 900 } });
  await page.getByText("24 h ±0").first().waitFor();
  const looks = [];
  const texts = {};
  for (const metric of metrics) {
    const shown = await cell(page, "prod", metric);
    texts[metric] = (await shown.innerText()).replace(/\s+/g, " ");
    const look = await shown.evaluate((found) => [
      found.querySelector(".glyph path").getAttribute("d"),
      getComputedStyle(found.querySelector(".glyph")).color,
      found.querySelector(".cell-value").textContent,
    ]);
    looks.push(look);
  }
  assert.match(texts.ModelAuc, /^0 24 h ±0 7 d ±0 Fresh 12 min · every 1 h$/);
  assert.match(texts.ModelAccuracy, /^7 .*Late 1 h · every 1 h$/);
  assert.match(texts.FeatureDrift, /^7 .*Silent 4 d · every 1 h$/);
  assert.match(texts.DataQualityScore, /^7 Denied by the role's policy Failed 12 min · every 1 h$/);
  assert.match(texts.OpenIncidents, /^Not configured$/);
  assert.match(texts.StorageGiB, /^no value yet Silent every 1 h$/);
  assert.equal(new Set(looks.slice(0, 5).map(([shape]) => shape)).size, 5, "five shapes");
  assert.equal(new Set(looks.slice(0, 5).map(([, colour]) => colour)).size, 5, "five colours");
  const failed = await cell(page, "prod", "DataQualityScore");
  await failed.hover();
  assert.match(await failed.getAttribute("title"), /Failed: Denied by the role's policy/);
  await saveScreenshot(page, "matrix-states");
  await closeQuietly(page);
});

test("a project shows production's value, its worst environment, and opens to all", async () => {
  const page = await open("/?metric=ModelAuc");
  const shown = await cell(page, "churn", "ModelAuc");
  assert.match((await shown.innerText()).replace(/\s+/g, " "), /^0 prod .*Late in dev 1 h · every 1 h$/);
  const button = page.getByRole("button", { name: "churn", exact: true });
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await button.click();
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  assert.deepEqual((await names(page)).slice(0, 5), ["churn", "prod", "int", "dev", "churn-2"]);
  await page.reload();
  await row(page, "int").waitFor();
  await button.click();
  assert.deepEqual((await names(page)).slice(0, 2), ["churn", "churn-2"]);
  await closeQuietly(page);
});

test("filters stand in the address: a link shows the same, and Back leads back", async () => {
  const page = await open();
  const choose = async (filter, ...labels) => {
    await page.locator("#filters").getByRole("button", { name: filter, exact: true }).click();
    for (const label of labels) await page.getByLabel(label, { exact: true }).check();
    await page.keyboard.press("Escape");
  };
  await choose("Project", "churn", "fraud");
  await choose("Environment", "dev");
  await page.getByRole("button", { name: "Open all" }).click();
  const expected = ["churn", "dev", "fraud", "dev"];
  assert.deepEqual(await names(page), expected);
  assert.match(await page.locator(".count").innerText(), /^2 of 150 spokes$/);

  const linked = await open(new URL(page.url()).search);
  assert.deepEqual(await names(linked), expected);
  await linked.close();

  await page.goBack(); // open all
  assert.deepEqual(await names(page), ["churn", "fraud"]);
  await page.goBack(); // environment
  await page.goBack(); // the second project
  assert.deepEqual(await names(page), ["churn"]);
  await page.goForward();
  assert.deepEqual(await names(page), ["churn", "fraud"]);
  await page.getByRole("button", { name: "Clear filters" }).click();
  assert.equal(query(page).toString(), "");
  await closeQuietly(page);
});

test("the latest values that are shown are downloaded as CSV", async () => {
  const page = await open("/?project=churn&metric=DataQualityScore&metric=ModelAuc");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^latest_111111111111_[\d-]{10}\.csv$/);
  const [head, ...lines] = (await readFile(await file.path(), "utf8")).split("\r\n");
  const place = head.split(",").indexOf("reason");
  assert.deepEqual(
    lines.slice(0, 2).map((line) => line.split(",").filter((_, index) => index !== 2 && index < 6 || index === place)),
    [
      ["churn", "prod", "DataQualityScore", "7", "failed", "Denied by the role's policy"],
      ["churn", "prod", "ModelAuc", "0", "fresh", ""],
    ],
  );
  assert.ok(lines.every((line) => line === "" || /^churn,\w+,\d{12},(DataQualityScore|ModelAuc),/.test(line)));
  await closeQuietly(page);
});

test("what is searched for is found in names, accounts and reasons, and is one step back", async () => {
  const page = await open();
  const search = page.getByRole("searchbox", { name: "Search" });
  await search.pressSequentially("policy denied");
  assert.deepEqual(await names(page), ["churn"]);
  assert.deepEqual(await page.locator(".head-name").allInnerTexts(), ["Project", "DataQualityScore"]);
  assert.equal(query(page).get("q"), "policy denied");
  await search.fill("200000000000");
  assert.deepEqual(await names(page), ["churn"]);
  await search.fill("nothing is called so");
  await page.getByText("No spoke passes the filters").waitFor();
  await page.goBack();
  assert.equal(query(page).get("q"), null);
  assert.equal(await search.inputValue(), "");
  await closeQuietly(page);
});

test("columns are chosen and moved, and keep their order in the address", async () => {
  const page = await open("/?metric=ModelAuc&metric=StorageGiB");
  await page.getByRole("button", { name: "Metrics: 2 of 30" }).click();
  await page.getByLabel("FeatureDrift", { exact: true }).check();
  await page.getByRole("button", { name: "Move FeatureDrift to the left" }).press("Enter");
  await page.keyboard.press("Enter"); // the button has kept the focus
  await page.getByLabel("StorageGiB", { exact: true }).uncheck();
  const order = ["FeatureDrift", "ModelAuc"];
  assert.deepEqual(query(page).getAll("metric"), order);
  await page.reload();
  await page.locator(".row .cell").first().waitFor();
  assert.deepEqual((await page.locator(".head-name").allInnerTexts()).slice(1), order);
  await closeQuietly(page);
});

test("a click on a metric sorts by it, downwards, upwards, and by name again", async () => {
  const page = await open("/?metric=ModelAuc&group=none&environment=prod");
  const head = page.getByRole("columnheader", { name: "ModelAuc" });
  const values = async () =>
    (await page.locator(".cell-value").allInnerTexts()).filter((text) => text !== "").map(Number);
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  const falling = await values();
  assert.deepEqual(falling, [...falling].sort((a, b) => b - a));
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  assert.equal((await values())[0], 0);
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "none");
  assert.equal((await names(page))[0], "churn");
  await closeQuietly(page);
});

test("rows are grouped by environment on request", async () => {
  const page = await open("/?metric=ModelAuc");
  await page.getByRole("combobox", { name: "Groups" }).selectOption("environment");
  assert.deepEqual((await names(page)).slice(0, 2), ["prod", "churn"]);
  assert.match(await (await cell(page, "prod", "ModelAuc")).innerText(), /^\d+ of \d+\s+fresh/);
  assert.equal(query(page).get("group"), "environment");
  await saveScreenshot(page, "matrix-environments");
  await closeQuietly(page);
});

test("the heat map colours fresh values by their rank in the column", async () => {
  const page = await open("/?metric=TotalCompletedTrainingJobs&group=none&sort=TotalCompletedTrainingJobs&order=desc");
  await page.getByRole("button", { name: "Heat map" }).click();
  assert.equal(query(page).get("heat"), "on");
  await page.locator(".row .heat-6").first().waitFor();
  const colour = (selector) =>
    page.locator(selector).first().evaluate((found) => getComputedStyle(found).backgroundColor);
  const hottest = await colour(".row .heat-6");
  await page.getByRole("columnheader", { name: /Total/ }).getByRole("button").click();
  assert.notEqual(await colour(".row .heat-0"), hottest);
  await closeQuietly(page);
});

test("names of any length and script are shown, filtered by, linked to and opened", async () => {
  const fleet = new Fleet({ spokes: 4, environments: 1, metrics: 3 });
  const hostile = ["n".repeat(200), `R&D/pricing #1 ?x=%41 <b>"q"</b>`, "🚀 مشروع", ""];
  const spokes = new Map(fleet.spokes.map((spoke, index) => [spoke.account_id, hostile[index]]));
  for (const each of [...fleet.spokes, ...fleet.records, ...fleet.reports]) each.project_name = spokes.get(each.account_id);
  const other = await MockServer.open(fleet);
  const page = await openPage(browser, other.url);
  await page.locator(".row .cell").first().waitFor({ timeout: 20_000 });
  assert.deepEqual(await names(page), ["no project", "🚀 مشروع", "n".repeat(200), hostile[1]]);
  await page.locator("#filters").getByRole("button", { name: "Project", exact: true }).click();
  for (const label of [hostile[1], "(none)"]) await page.getByLabel(label, { exact: true }).check();
  await page.keyboard.press("Escape");
  assert.deepEqual(await names(page), ["no project", hostile[1]]);
  await page.locator(".row").last().locator(".cell:not(.is-empty)").first().click();
  await page.getByRole("dialog").getByText(hostile[1]).first().waitFor();
  await page.reload();
  await page.getByRole("dialog").getByText(hostile[1]).first().waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual(await names(page), ["no project", hostile[1]]);

  await page.getByRole("tab", { name: "Spokes" }).click();
  const failing = page.locator(".spokes-table").getByText(/\d+ of \d+/).first(); // the last column
  await failing.waitFor();
  assert.ok(await failing.evaluate((found) => found.getBoundingClientRect().right <= innerWidth));
  assert.equal(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), true);
  await closeQuietly(page);
  await other.stop();
});

test("sparklines and changes are read for the projects in sight only", async () => {
  mock.requests = [];
  const page = await open();
  await page.locator(".spark path[d]:not([d=''])").first().waitFor({ state: "attached" });
  assert.match(await page.locator(".cell-changes").first().innerText(), /24 h .+ {2}7 d .+/);
  await page.waitForTimeout(500);
  const trends = mock.requests.filter((request) => request.includes("/trends"));
  assert.ok(trends.length >= 8 && trends.length <= 20, `${trends.length} of 50 projects were read`);
  await closeQuietly(page);
});

test("the keyboard reaches every cell, opens rows and series, and Back closes them", async () => {
  const page = await open("/?project=churn&project=fraud");
  const focused = () => page.evaluate(() => document.activeElement.textContent.replace(/\s+/g, " "));
  await page.getByRole("button", { name: "Download CSV" }).focus();
  await page.keyboard.press("Tab"); // clear filters
  await page.keyboard.press("Tab"); // the matrix: one stop
  assert.equal(await focused(), "Project");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), "churn");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await names(page), ["churn", "prod", "int", "dev", "fraud"]);
  assert.equal(await focused(), "churn", "the focus stays");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("End");
  const last = await page.evaluate(() => document.activeElement.getAttribute("aria-colindex"));
  assert.equal(last, "31");
  const box = await page.evaluate(() => document.activeElement.getBoundingClientRect().right <= innerWidth);
  assert.ok(box, "the last column has come into sight");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await drawer.waitFor();
  assert.equal(JSON.parse(query(page).get("series"))[1], "churn");
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  await page.waitForURL((url) => !url.searchParams.has("series"));
  await page.keyboard.press("Enter");
  await drawer.waitFor();
  const linked = await open(new URL(page.url()).search);
  await linked.getByRole("dialog").waitFor();
  await linked.close();
  await page.goBack();
  await drawer.waitFor({ state: "detached" });
  await closeQuietly(page);
});

test("a filter is opened, ticked and closed by keyboard", async () => {
  const page = await open();
  await page.getByRole("button", { name: "State", exact: true }).press("Enter");
  await page.locator(".panel:popover-open input:focus").waitFor({ timeout: 2000 });
  await page.keyboard.press("Space");
  assert.deepEqual(query(page).getAll("state"), ["fresh"]);
  await page.keyboard.press("Escape");
  assert.ok(await page.getByRole("button", { name: "State: Fresh" }).evaluate((button) => button === document.activeElement));
  await closeQuietly(page);
});

test("the header lists the keys, by keyboard too", async () => {
  const page = await open();
  const button = page.getByRole("button", { name: "Keys", exact: true });
  await button.press("Enter");
  const list = page.getByRole("group", { name: "Keys" });
  await list.getByText("from point to point").waitFor();
  await assertAccessible(page);
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });
  assert.ok(await button.evaluate((element) => element === document.activeElement));
  await closeQuietly(page);
  const narrow = await open("/", { viewport: { width: 360, height: 740 } });
  assert.equal(await narrow.getByRole("button", { name: "Keys", exact: true }).count(), 0);
  await closeQuietly(narrow);
});

test("tabs are chosen with the arrow keys, and stand in the address", async () => {
  const page = await open();
  await page.getByRole("tab", { name: "Matrix" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(query(page).get("view"), "attention");
  assert.equal(await page.getByRole("tab", { name: "Attention" }).getAttribute("aria-selected"), "true");
  assert.ok(await page.locator("#view-matrix").isHidden());
  await page.getByText("TotalCompletedTrainingJobs fails").or(page.getByText("is silent")).first().waitFor();
  await page.keyboard.press("ArrowRight");
  await page.locator("#view-spokes", { hasText: "150 spokes" }).waitFor();
  await page.goBack();
  await page.goBack();
  assert.ok(await page.locator("#view-matrix").isVisible());
  await closeQuietly(page);
});

test("the tab of what needs attention counts it in every view, and counts on", async () => {
  const page = await open();
  const tab = page.getByRole("tab", { name: /^Attention/ });
  const count = (severity) => mock.fleet.attention().items.filter((item) => item.severity === severity).length;
  const silent = count("critical");
  const failing = count("warning");
  assert.ok(silent > 0 && failing > 1);
  await page.getByRole("tab", { name: `Attention ${silent} critical ${failing} warnings` }).waitFor();
  const record = mock.fleet.find("churn", "prod", "DataQualityScore");
  record.state = "late";
  mock.announce("attention");
  await page.getByRole("tab", { name: `Attention ${silent} critical ${failing - 1} warning` }).waitFor({ timeout: 2000 });
  record.state = "failed";
  await tab.click();
  await page.getByText(`${failing} warnings`, { exact: false }).first().waitFor();
  await closeQuietly(page);
});

test("a value that the server announces appears, and is marked", async () => {
  const page = await open("/?metric=ModelAuc");
  await page.locator("#connection", { hasText: "Live" }).waitFor();
  await page.waitForTimeout(300);
  mock.requests = [];
  mock.fleet.set("churn", "prod", "ModelAuc", "0.4242");
  mock.announce("latest");
  const changed = page.locator(".cell.changed", { hasText: "0.4242" });
  await changed.waitFor({ timeout: 2000 });
  assert.equal(await page.locator(".cell.changed").count(), 1);
  assert.ok(!mock.requests.some((request) => request.includes("/overview")), "only what changed is read");
  await closeQuietly(page);
});

test("the drawer says which of its lines is not fresh, also once one falls silent", async () => {
  const page = await open("/?metric=ModelAuc&project=churn");
  await page.locator(".row .cell").first().click();
  const line = (environment) => page.locator(".legend-table tbody tr", { hasText: environment });
  await line("dev").getByText("Late").waitFor();
  assert.equal(await line("int").locator(".state-mark").count(), 0);
  mock.fleet.find("churn", "int", "ModelAuc").state = "silent";
  mock.announce("latest");
  await line("int").getByText("Silent").waitFor({ timeout: 2000 });
  mock.fleet.find("churn", "int", "ModelAuc").state = "fresh";
  await closeQuietly(page);
});

test("what changed while another view was looked at is there on return", async () => {
  const page = await open("/?metric=ModelAuc");
  await page.locator("#connection", { hasText: "Live" }).waitFor();
  await page.getByRole("tab", { name: "Spokes" }).click();
  mock.fleet.set("churn", "prod", "ModelAuc", "0.6161");
  mock.announce("latest");
  const read = await page.waitForResponse((response) => response.url().includes("/latest") && response.status() === 200);
  await read.finished();
  await page.getByRole("tab", { name: "Matrix" }).click();
  await page.locator(".cell", { hasText: "0.6161" }).waitFor({ timeout: 2000 });
  await closeQuietly(page);
});

test("without a stream the page asks, and says so", async () => {
  const page = await open("/?metric=ModelAuc");
  await page.locator("#connection", { hasText: "Live" }).waitFor();
  mock.dropStreams();
  await page.locator("#connection", { hasText: "Every 5 s" }).waitFor({ timeout: 10_000 });
  mock.fleet.set("churn", "prod", "ModelAuc", "0.5151");
  await page.locator(".cell", { hasText: "0.5151" }).waitFor({ timeout: 10_000 });
  mock.streams = true;
  await page.locator("#connection", { hasText: "Live" }).waitFor({ timeout: 15_000 });
  await page.close();
});

test("a lost server is told, what it said stays, and it is found again", async () => {
  const page = await open();
  await page.locator("#connection", { hasText: "Live" }).waitFor();
  await mock.stop();
  await page.locator("[role=alert]", { hasText: "The server does not answer" }).waitFor({ timeout: 10_000 });
  await row(page, "churn").waitFor();
  await mock.start();
  await page.locator("#connection", { hasText: "Live" }).waitFor({ timeout: 15_000 });
  assert.equal(await page.locator("#alert").innerText(), "");
  await page.close();
});

test("Fetch now asks all spokes, and counts who has answered", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Fetch now" }).click();
  const progress = page.locator("#fetch-progress");
  await progress.getByText(/^\d+ of 150 spokes answered · slowest .+, 0\.\d s · waiting for .+ and \d+ more$/).waitFor();
  await saveScreenshot(page, "matrix-fetching");
  await progress.getByText(/^150 of 150 spokes answered · slowest .+, 1\.5 s$/).waitFor({ timeout: 10_000 });
  await page.locator(".refresh-tile", { hasText: "150 of 150 answered" }).waitFor();
  await progress.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await progress.innerText(), "");
  await closeQuietly(page);
});

test("a viewer may not fetch", async () => {
  mock.role = "viewer";
  const page = await open();
  assert.ok(await page.getByRole("button", { name: "Fetch now" }).isDisabled());
  mock.role = "operator";
  await closeQuietly(page);
});

test("who is not signed in is asked for a token, and then sees the matrix", async () => {
  mock.token = "secret";
  const page = await open();
  await page.getByLabel("Token").fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("this token is not known").waitFor();
  await assertAccessible(page, "sign-in");
  await page.getByLabel("Token").fill("secret");
  await page.keyboard.press("Enter");
  await row(page, "churn").waitFor();
  mock.token = null;
  await page.close();
});

test("axe finds nothing wrong, in light and in dark", async () => {
  const states = "/?open=churn&metric=ModelAuc&metric=ModelAccuracy&metric=FeatureDrift&metric=DataQualityScore&metric=StorageGiB";
  const views = ["/", states, `${states}&heat=on`, "/?group=environment&open=*", "/?heat=on", "/?view=attention"];
  for (const colorScheme of ["light", "dark"]) {
    for (const view of views) {
      const page = await openPage(browser, mock.url + view, { colorScheme, viewport: { width: 1440, height: 900 } });
      await page.locator("#overview .tile strong", { hasText: /\d/ }).first().waitFor();
      if (view !== "/?view=attention") await page.locator(".row .cell").first().waitFor();
      await assertAccessible(page, `${view} in ${colorScheme}`);
      await closeQuietly(page);
    }
    const page = await open("/", { colorScheme });
    await page.locator("#filters").getByRole("button", { name: "Project", exact: true }).click();
    await page.getByLabel("churn", { exact: true }).waitFor();
    await assertAccessible(page, `a filter in ${colorScheme}`);
    await saveScreenshot(page, `matrix-filter-${colorScheme}`);
    await closeQuietly(page);
  }
});

test("on a telephone of 360 px the matrix is there, and nothing is wider than the screen", async () => {
  for (const [name, address] of [["matrix", "/"], ["heat", "/?heat=on"]]) {
    const page = await open(address, { viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    const first = await page.locator(".row .cell").first().boundingBox();
    assert.ok(first.x + first.width <= 360 && first.y < 500, "a whole cell is in the first sight");
    await assertAccessible(page, name);
    await saveScreenshot(page, `${name}-narrow`);
    await closeQuietly(page);
  }
});

test("printing gives every row of the filtered matrix, and no controls", async () => {
  const page = await open("/?environment=dev");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".print table").count(), 50);
  const known = mock.fleet.records.filter(({ environment }) => environment === "dev").length;
  assert.equal(await page.locator(".print td strong").count(), known);
  for (const control of ["#tabs", "#filters", "#matrix", "#fetch"]) assert.ok(await page.locator(control).isHidden(), control);
  await saveScreenshot(page, "matrix-print");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator(".print table").count(), 0);
  await closeQuietly(page);
});
