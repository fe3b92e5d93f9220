// What a person sees at / of a `dsdash serve`, from the empty folder to two connected spokes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, openPage, saveScreenshot } from "./browser.mjs";
import { Home, kHub, kOtherHub, kSpokes } from "./home.mjs";

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

function chooser(page, name) {
  return page.getByRole("combobox", { name, exact: true });
}

async function closeQuietly(page) {
  assert.deepEqual(page.complaints, []);
  await page.close();
}

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
  const page = await openPage(browser, home.url);
  await shows(page, "#failures li", "SSMParamStoreValue");
  await shows(page, "#failures li", "churn · dev · account 222222222222");
  assert.match(await page.locator("#failures li p").innerText(), /\/models\/threshold/);
  await closeQuietly(page);
});

test("new values appear by themselves, and a failure that ended goes", async () => {
  const page = await openPage(browser, home.url);
  await shows(page, "#failures li", "SSMParamStoreValue");
  await home.setThreshold("churn-dev", "0.123456789012345678901234567890");
  await home.refresh();
  await shows(page, "td", "0.12345678901234567890123456789");
  await page.locator("#failures").waitFor({ state: "hidden" });
  await home.setThreshold("churn-dev", "0.5");
  await home.refresh();
  await page.locator("td.changed", { hasText: "0.5" }).waitFor({ timeout: 20_000 });
  await closeQuietly(page);
});

test("the table shows what the API answers", async () => {
  const page = await openPage(browser, home.url);
  await shows(page, "tbody tr", "churn");
  const rows = await page.locator("tbody tr").evaluateAll((elements) =>
    elements.map((row) => [
      ...[...row.cells].slice(0, 5).map((cell) => cell.textContent),
      row.querySelector("time").dateTime,
    ]),
  );
  const { records } = await home.api(`/api/v1/latest?hub=${kHub}`);
  const expected = records.map((record) => [
    record.project_name,
    record.extraction_date.slice(0, 19),
    record.environment,
    record.metric_name,
    record.value,
    `${record.extraction_date.replace(" ", "T")}Z`,
  ]);
  assert.equal(rows.length, 4);
  assert.deepEqual(rows.sort(), expected.sort());
  assert.deepEqual(await page.locator("thead th").allInnerTexts(), [
    "ProjectName", "ExtractionDate", "Environment", "MetricName", "MetricValue", "Age",
  ]);
  await closeQuietly(page);
});

test("ages grow without a new value", async () => {
  const page = await openPage(browser, home.url);
  await shows(page, "td.cell-age", /^\d+ (s|min)$/);
  const age = page.locator("tbody td.cell-age").first();
  const before = await age.innerText();
  await page.waitForFunction(
    (text) => document.querySelector("tbody td.cell-age").textContent !== text,
    before,
  );
  await closeQuietly(page);
});

test("each environment has a plot of the chosen metric", async () => {
  const page = await openPage(browser, home.url);
  await chooser(page, "Metric").selectOption("SSMParamStoreValue");
  await shows(page, ".legend", "0.5");
  for (const { environment } of kSpokes) {
    const plot = page.locator(`.plot[data-environment=${environment}]`);
    assert.match(
      await plot.getByRole("img").getAttribute("aria-label"),
      new RegExp(`^History of SSMParamStoreValue in ${environment}; now churn 0\\.\\d+$`),
    );
    assert.ok((await drawnLine(plot)).pixels > 20, `a line is drawn in ${environment}`);
  }
  await closeQuietly(page);
});

test("a line at constant zero lies inside the plot", async () => {
  const page = await openPage(browser, `${home.url}/?metric=NumberEndPointsInService`);
  const plot = page.locator(".plot[data-environment=dev]");
  await plot.locator(".legend", { hasText: "0" }).waitFor();
  const { pixels, aboveBottom } = await drawnLine(plot);
  assert.ok(pixels > 20);
  assert.ok(aboveBottom > 6, `the line ends ${aboveBottom} px above the plot's edge`);
  await closeQuietly(page);
});

test("a line can be switched off and on", async () => {
  const page = await openPage(browser, `${home.url}/?metric=SSMParamStoreValue`);
  const plot = page.locator(".plot[data-environment=dev]");
  const churn = plot.getByRole("button", { name: "churn" });
  await churn.click();
  await plot.locator("button[aria-pressed=false]").waitFor();
  assert.equal((await drawnLine(plot)).pixels, 0);
  await churn.click();
  await plot.locator("button[aria-pressed=true]").waitFor();
  assert.ok((await drawnLine(plot)).pixels > 20);
  await closeQuietly(page);
});

test("metric and range stand in the address, so a link shows the same", async () => {
  const page = await openPage(browser, home.url);
  await chooser(page, "Metric").selectOption("SSMParamStoreValue");
  await page.getByText("24 h").click();
  await page.reload();
  assert.equal(await chooser(page, "Metric").inputValue(), "SSMParamStoreValue");
  assert.ok(await page.getByLabel("24 h").isChecked());
  await closeQuietly(page);
});

test("nothing is wider than a telephone of 360 px, in the dark as well", async () => {
  const page = await openPage(browser, home.url, {
    viewport: { width: 360, height: 740 },
    colorScheme: "dark",
  });
  await shows(page, "tbody tr", "churn");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await saveScreenshot(page, "narrow-dark");
  await closeQuietly(page);
});

test("the longest value breaks, and leaves names and headers whole", async () => {
  const longest = "-12345678901234567890123456789012345678";
  await home.setThreshold("churn-dev", longest);
  await home.refresh();
  for (const width of [360, 860, 1200]) {
    const page = await openPage(browser, home.url, { viewport: { width, height: 900 } });
    await shows(page, "td.cell-metricvalue", longest);
    const names = "td:not(.cell-metricvalue)" + (width > 848 ? ", th" : "");
    assert.deepEqual(await brokenTexts(page, names), [], `at ${width} px`);
    for (const place of ["html", "#latest", ".legend"]) {
      const fits = (found) => found.scrollWidth <= found.clientWidth;
      assert.ok(await page.locator(place).first().evaluate(fits), `${place} at ${width} px`);
    }
    await saveScreenshot(page, `longest-value-${width}`);
    await closeQuietly(page);
  }
});

test("a server that is lost is told, and found again", async () => {
  const page = await openPage(browser, home.url);
  await shows(page, "#connection", "Live");
  await home.stop();
  await shows(page, "[role=alert]", "The server does not answer");
  await shows(page, "#connection", "Not connected");
  await shows(page, "tbody tr", "churn");
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
  await shows(page, "tbody tr", "churn");
  assert.equal(new URL(page.url()).searchParams.get("hub"), kHub);

  await chooser(page, "Hub").selectOption(kOtherHub);
  await shows(page, "#guidance", "No metrics yet");
  assert.equal(new URL(page.url()).searchParams.get("hub"), kOtherHub);
  await closeQuietly(page);

  const linked = await openPage(browser, `${home.url}/?hub=${kHub}`);
  await shows(linked, "tbody tr", "churn");
  await saveScreenshot(linked, "latest");
  await closeQuietly(linked);
});

test("a link to a hub that is not there offers those that are", async () => {
  const page = await openPage(browser, `${home.url}/?hub=999999999999`);
  await shows(page, "#guidance h2", "No hub 999999999999 here");
  assert.equal(await page.getByRole("link").count(), 2);
  await closeQuietly(page);
});

/** How many pixels of a plot have the first line's colour, and how far above its bottom the lowest is. */
function drawnLine(plot) {
  return plot.locator("canvas").evaluate((canvas) => {
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--line-0").trim();
    const wanted = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let pixels = 0;
    let lowestRow = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (!wanted.every((part, offset) => data[at + offset] === part)) continue;
      pixels += 1;
      lowestRow = Math.floor(at / 4 / canvas.width);
    }
    const area = canvas.parentElement.querySelector(".u-over");
    return { pixels, aboveBottom: area.offsetTop + area.offsetHeight - lowestRow };
  });
}

/** The texts in `selector` that take more than one line. */
function brokenTexts(page, selector) {
  return page.locator(selector).evaluateAll((elements) =>
    elements
      .filter((found) => {
        const text = document.createRange();
        text.selectNodeContents(found);
        return new Set([...text.getClientRects()].map(({ top }) => top)).size > 1;
      })
      .map((found) => found.textContent),
  );
}
