// The drawer, the attention list and the spokes over a made-up hub (parts/): what a person does with each of them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { closeQuietly, drawn, launchBrowser, openPage, parameter, saveScreenshot } from "./browser.mjs";
import * as fleet from "./parts/fleet.mjs";
import { startServer } from "./parts/server.mjs";

const kSeries = "series=churn/prod/TotalCompletedTrainingJobs";
const kNarrow = { viewport: { width: 360, height: 740 } };
const kDark = { colorScheme: "dark" };

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function open(query, options) {
  const page = await openPage(browser, `${server.url}/?${query}`, options);
  await page.locator("html[data-ready]").waitFor();
  if (query.includes("series=")) await drawn(page);
  return page;
}

function legendNames(page, state = "") {
  return page.locator(`.legend-table tbody tr${state} th`).allInnerTexts();
}

/** Drags over the plot, from one fraction of its width to another. */
async function brush(page, from, to) {
  const box = await page.locator(".history-plot .u-over").boundingBox();
  await page.mouse.move(box.x + from * box.width, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + to * box.width, box.y + 60, { steps: 4 });
  await page.mouse.up();
}

test("the drawer takes the focus, keeps it, and gives it back", async () => {
  const page = await open("");
  const opener = page.getByRole("button", { name: "SSMParamStoreValue churn int" });
  await opener.press("Enter");
  await page.getByRole("dialog", { name: "SSMParamStoreValue" }).waitFor();
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press("Tab");
    const isOutside = await page.evaluate(() => {
      const focused = document.activeElement;
      return focused !== document.body && !focused.closest("dialog");
    });
    assert.equal(isOutside, false);
  }
  assert.equal(parameter(page, "range"), "30d");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.ok(await opener.evaluate((element) => element === document.activeElement));
  assert.equal(new URL(page.url()).search, "");
  await closeQuietly(page);
});

test("the drawer says value, state, age, what is expected and why a metric fails", async () => {
  const page = await open("series=churn/int/SSMParamStoreValue");
  const facts = page.locator(".facts");
  const { value, reason } = fleet.latest().records.find(({ state }) => state === "failed");
  for (const text of [value, "Failed", /Age\s*7 h/, /Expected every\s*1 h/, /overdue by 6 h/, reason]) {
    await facts.filter({ hasText: text }).waitFor({ timeout: 5000 });
  }
  await closeQuietly(page);
});

test("a brush zooms in, the zoom is in the link, and a double click takes it back", async () => {
  const page = await open(`${kSeries}&range=1y`);
  await page.getByText("Averages, in the band").waitFor();
  const asked = page.waitForRequest((request) => request.url().includes("/history"));
  await brush(page, 0.5, 0.51);
  const query = new URL((await asked).url()).searchParams;
  const days = (Date.parse(query.get("to")) - Date.parse(query.get("from"))) / 86_400_000;
  assert.ok(days > 3 && days < 4.5, `${days} days`);
  await page.getByText("Every sample is drawn").waitFor();
  const range = parameter(page, "range");
  assert.match(range, /^\d+\.\.\d+$/);

  const linked = await open(`${kSeries}&range=${range}`);
  const dates = (where) => where.locator(".sample-date").allInnerTexts();
  await linked.locator(".sample-date").first().waitFor();
  assert.deepEqual(await dates(linked), await dates(page));
  await closeQuietly(linked);

  await page.locator(".history-plot .u-over").dblclick();
  await page.getByText("Averages, in the band").waitFor();
  assert.equal(parameter(page, "range"), "1y");
  await closeQuietly(page);
});

test("the buttons zoom and move without a mouse, and the reset gives the focus on", async () => {
  const page = await open(`${kSeries}&range=24h`);
  await page.getByRole("button", { name: "Zoom in" }).press("Enter");
  const [from, to] = parameter(page, "range").split("..").map(Number);
  assert.ok(Math.abs(to - from - 12 * 3600) <= 1);
  await page.getByRole("button", { name: "Earlier" }).press("Enter");
  assert.ok(Math.abs(Number(parameter(page, "range").split("..")[0]) - (from - 6 * 3600)) <= 1);
  await page.getByRole("button", { name: "Reset zoom" }).press("Enter");
  assert.equal(parameter(page, "range"), "24h");
  assert.equal(await page.evaluate(() => document.activeElement.value), "24h");
  await closeQuietly(page);
});

test("any dates are shown, in either order, and the fields say what is shown", async () => {
  const page = await open(`${kSeries}&range=24h`);
  const [from, to] = [page.getByLabel("From (UTC)"), page.getByLabel("To (UTC)")];
  const hours = (Date.parse(await to.inputValue()) - Date.parse(await from.inputValue())) / 3_600_000;
  assert.equal(hours, 24);
  await from.fill("2025-03-02T00:00");
  await to.fill("2025-03-01T06:30");
  await to.press("Enter");
  assert.equal(parameter(page, "range"), "1740810600..1740873600");
  assert.equal(await from.inputValue(), "2025-03-01T06:30");
  await from.fill("2025-03-02T00:00");
  await to.fill("2025-03-01T06:30");
  await to.press("Enter");
  assert.equal(await from.inputValue(), "2025-03-01T06:30", "the same span, the other way round");
  await page.locator(".sample-date", { hasText: "2025-03-01 23:00" }).waitFor();
  await page.getByRole("button", { name: "Reset zoom" }).click();
  assert.notEqual(await from.inputValue(), "2025-03-01T06:30");
  await closeQuietly(page);
});

test("a date that is being typed outlives what else is steered", async () => {
  const page = await open(`${kSeries}&range=24h`);
  const from = page.getByLabel("From (UTC)");
  await from.fill("2025-03-01T06:30");
  await page.getByLabel("Log scale").check();
  assert.equal(await from.inputValue(), "2025-03-01T06:30");
  await page.getByText("7 d", { exact: true }).click();
  assert.notEqual(await from.inputValue(), "2025-03-01T06:30");
  await closeQuietly(page);
});

test("arrow keys walk along the samples, and plus zooms in there", async () => {
  const page = await open(`${kSeries}&range=24h`);
  const plot = page.getByRole("slider", { name: "History of TotalCompletedTrainingJobs" });
  await plot.press("Home");
  const first = await plot.getAttribute("aria-valuetext");
  await plot.press("ArrowRight");
  const second = await plot.getAttribute("aria-valuetext");
  const hour = (text) => Date.parse(`${text.slice(0, 19).replace(" ", "T")}Z`) / 3_600_000;
  assert.equal(hour(second) - hour(first), 1);
  const shown = await page.locator(".legend-table tbody td").first().innerText();
  assert.equal(second.split("UTC: ")[1], shown);
  await plot.press("ArrowRight");
  await plot.press("ArrowLeft");
  assert.equal(await plot.getAttribute("aria-valuetext"), second);
  await plot.press("ArrowLeft");
  assert.equal(await plot.getAttribute("aria-valuetext"), first);
  await plot.press("ArrowRight");
  await plot.press("+");
  const [from, to] = parameter(page, "range").split("..").map(Number);
  assert.ok(from <= hour(second) * 3600 && hour(second) * 3600 <= to);
  await closeQuietly(page);
});

test("the other environments are overlaid at first; the choice of lines is in the link", async () => {
  const page = await open(kSeries);
  assert.deepEqual(await legendNames(page), ["churn · prod", "churn · dev", "churn · int"]);
  assert.equal(parameter(page, "overlay"), null);
  await page.getByRole("button", { name: "churn · dev" }).click();
  assert.deepEqual(await legendNames(page, ".is-off"), ["churn · dev"]);
  assert.match(parameter(page, "overlay"), /^churn\/int\/\d{12}$/);
  await page.getByLabel("Compare with").selectOption({ index: 3 });
  await page.getByRole("button", { name: "demand-forecast · prod" }).waitFor();
  const linked = await open(`${kSeries}&${new URLSearchParams({ overlay: parameter(page, "overlay") })}`);
  assert.deepEqual(await legendNames(linked), await legendNames(page));
  assert.deepEqual(await legendNames(linked, ".is-off"), ["churn · dev"]);
  await closeQuietly(linked);
  await closeQuietly(page);
});

test("a logarithmic scale draws zeros, inside the plot", async () => {
  const page = await open("series=churn/prod/NumberEndPointsInService&range=30d&overlay=");
  const lowest = () =>
    page.locator(".history-plot canvas").evaluate((canvas) => {
      const colour = getComputedStyle(document.documentElement).getPropertyValue("--line-0").trim();
      const [light] = colour.match(/#\w{6}/);
      const wanted = [1, 3, 5].map((at) => parseInt(light.slice(at, at + 2), 16));
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const rows = [];
      for (let at = 0; at < data.length; at += 4) {
        if (wanted.every((part, offset) => data[at + offset] === part)) rows.push(Math.floor(at / 4 / canvas.width));
      }
      const area = canvas.parentElement.querySelector(".u-over");
      return { pixels: rows.length, aboveBottom: area.offsetTop + area.offsetHeight - rows.at(-1) };
    });
  const linear = await lowest();
  await page.getByLabel("Log scale").check();
  await drawn(page);
  assert.equal(parameter(page, "log"), "1");
  const log = await lowest();
  assert.ok(log.pixels > 0.7 * linear.pixels, `${log.pixels} of ${linear.pixels}`);
  assert.ok(log.aboveBottom > 3, `${log.aboveBottom} px above the bottom`);
  await closeQuietly(page);
});

test("where samples are missing no line is drawn and the legend has no value", async () => {
  const page = await open("series=pricing/int/TotalCompletedTrainingJobs&range=7d");
  const box = await page.locator(".history-plot .u-over").boundingBox();
  const value = page.locator(".legend-table tbody td").first();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 50);
  await page.locator(".legend-when", { hasText: "UTC" }).waitFor();
  assert.match(await value.innerText(), /^[\d,]+$/);
  await page.mouse.move(box.x + 0.9 * box.width, box.y + 50);
  await page.waitForFunction(() => document.querySelector(".legend-table tbody td").textContent === "–");
  await closeQuietly(page);
});

test("more samples follow on those that are there", async () => {
  const page = await open(`${kSeries}&range=7d`);
  const dates = page.locator(".sample-date");
  await page.getByRole("button", { name: "More samples" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".sample-date").length === 100);
  const texts = (await dates.allInnerTexts()).map((text) => text.slice(0, 26));
  assert.deepEqual(texts, [...new Set(texts)].sort().reverse());
  await closeQuietly(page);
});

test("the CSV has every sample of the span with its exact value", async () => {
  const page = await open("series=fraud-detection/dev/SSMParamStoreValue&range=90d");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Samples CSV" }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^fraud-detection_dev_\d{12}_SSMParamStoreValue_[\d-]{10}_[\d-]{10}\.csv$/);
  const [head, ...lines] = (await readFile(await file.path(), "utf8")).split("\r\n").slice(0, -1);
  assert.equal(head.split(",")[6], "value");
  assert.equal(lines.length, 90 * 24, "more than one page of the API");
  for (const line of [lines[0], lines[1000], lines.at(-1)]) {
    const [project, environment, , metric, date, , value] = line.split(",");
    const time = Date.parse(`${date.slice(0, 19).replace(" ", "T")}Z`) / 1000;
    assert.equal(value, fleet.valueAt(project, environment, metric, time));
  }
  await closeQuietly(page);
});

test("attention is ranked, can be narrowed to one severity, and leads to the series", async () => {
  const page = await open("");
  const items = page.locator(".attention-list > li");
  assert.equal(await items.count(), 20);
  await page.getByRole("button", { name: "Show all 29" }).click();
  const order = await items.evaluateAll((found) => found.map((item) => item.dataset.severity));
  assert.deepEqual(order, [...Array(3).fill("critical"), ...Array(3).fill("warning"), ...Array(23).fill("notice")]);
  await page.getByRole("button", { name: "3 warnings" }).click();
  assert.equal(await items.count(), 3);
  await page.getByRole("button", { name: /^NumberEndPointsInService · fraud-detection · prod/ }).click();
  await page.getByRole("dialog", { name: "NumberEndPointsInService" }).waitFor();
  await closeQuietly(page);

  const calm = await open("calm");
  await calm.getByText("Nothing needs attention").waitFor();
  await closeQuietly(calm);
});

test("a command is copied as it stands", async () => {
  const page = await open("", { permissions: ["clipboard-read", "clipboard-write"] });
  const item = page.locator(".spokes-table .finding", { hasText: "no rule forwards to it" }).first();
  await item.getByRole("button", { name: /^Copy/ }).click();
  await item.getByText("Copied").waitFor();
  const command = fleet.spokes(15).spokes.find(({ connection }) => connection === "half_connected").findings[0].command;
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), command);
  await closeQuietly(page);
});

test("the table has the troubled spokes first, and the picture leads to a spoke's row", async () => {
  const page = await open("spokes=150");
  const rows = page.locator(".spokes-table tbody tr:not(.finding)");
  assert.equal(await rows.count(), 150);
  assert.match(await rows.first().innerText(), /not connected/);
  assert.match(await page.locator(".spokes-picture").getByRole("img").getAttribute("aria-label"), /150 spokes: 144 connected, 4 half connected, 1 not connected/);
  await page.getByLabel("Only what needs something").check();
  assert.equal(await rows.count(), 8);
  await page.locator(".spokes-picture .spoke", { hasText: "project-49 · prod" }).locator(".hit").click();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^project-49 · prod/);
  await closeQuietly(page);
});

for (const [name, query, options] of [
  ["drawer", `${kSeries}&range=1y`, {}],
  ["drawer-failed-dark", "series=churn/int/SSMParamStoreValue&log=1&range=90d", kDark],
  ["drawer-narrow", "series=churn/int/SSMParamStoreValue&range=7d", kNarrow],
  ["spokes-and-attention", "", {}],
  ["spokes-many-dark", "spokes=150", kDark],
  ["spokes-narrow", "spokes=9", kNarrow],
]) {
  test(`${name}: no violation that axe-core finds, and nothing wider than the window`, async () => {
    const page = await open(query, options);
    if (query.includes("series")) await page.locator(".sample-date").first().waitFor();
    await saveScreenshot(page, `parts-${name}`);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, ...nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`)]),
      [],
    );
    for (const selector of ["html", "dialog"]) {
      for (const found of await page.locator(selector).all()) {
        assert.ok(await found.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), selector);
      }
    }
    await closeQuietly(page);
  });
}
