// The page off loopback: over TLS with a certificate of its own, and by what token who sees what.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./accessibility.mjs";
import { launchBrowser, openPage, saveScreenshot } from "./browser.mjs";
import { row } from "./cells.mjs";
import { Home } from "./home.mjs";

const kStranger = { ignoreHTTPSErrors: true };

let browser;
let home;
let projects;

before(async () => {
  [browser, home] = await Promise.all([launchBrowser(), Home.open({ tls: true })]);
  await home.dsdash(..."simulate --spokes 4 --metrics 2 --days 2 --interval 240".split(" "));
  const records = JSON.parse(await home.dsdash("latest", "--account", "hub", "--output", "json"));
  projects = [...new Set(records.map((record) => record.ProjectName))].sort();
});
after(async () => {
  await browser?.close();
  await home?.close();
});

async function tokenOf(name, role, ...only) {
  const limits = only.flatMap((project) => ["--project", project]);
  const words = ["token", "create", "--name", name, "--role", role, ...limits, "--output", "json"];
  return JSON.parse(await home.dsdash(...words))[0].Token;
}

async function signIn(page, token) {
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
}

function projectNames(page) {
  return page.locator(".row .row-name").allInnerTexts();
}

/** Closes the page; its console may have told of requests that were refused, and of nothing else. */
async function closeQuietly(page) {
  assert.deepEqual(page.complaints.filter((text) => !/status of (401|409)/.test(text)), []);
  await page.close();
}

test("without a token nothing is shown; a wrong one is refused, and an operator's opens what the link names", async () => {
  const page = await openPage(browser, `${home.url}/?view=spokes`, kStranger);
  await page.getByLabel("Token").waitFor();
  await assertAccessible(page, "sign-in");
  await saveScreenshot(page, "sign-in");
  await signIn(page, "not a token");
  await page.locator(".sign-in [role=alert]", { hasText: /\w/ }).waitFor();
  assert.ok(await page.locator("#board").isHidden());
  assert.equal(await page.locator(".row, .spokes-table tbody tr").count(), 0);

  await signIn(page, await tokenOf("olga", "operator"));
  await page.locator("#view-spokes", { hasText: "4 spokes" }).waitFor({ timeout: 20_000 });
  await page.locator("#session", { hasText: "olga · operator" }).waitFor();
  await page.getByRole("button", { name: "Fetch now" }).click();
  await page.locator("#fetch-progress", { hasText: "4 of 4 spokes answered" }).waitFor({ timeout: 20_000 });
  await saveScreenshot(page, "signed-in");
  await closeQuietly(page);
});

test("a viewer reads everything and cannot fetch; after signing out nobody does", async () => {
  const victor = await browser.newContext(kStranger);
  const page = await openPage(victor, home.url);
  await signIn(page, await tokenOf("victor", "viewer"));
  await row(page, projects[0]).waitFor({ timeout: 20_000 });
  assert.deepEqual(await projectNames(page), projects);
  assert.ok(await page.getByRole("button", { name: "Fetch now" }).isDisabled());
  const second = await openPage(victor, home.url); // another tab has the same session
  await row(second, projects[0]).waitFor({ timeout: 20_000 });

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Token").waitFor();
  assert.equal(await page.locator(".row").count(), 0);
  await second.getByLabel("Token").waitFor({ timeout: 20_000 });
  assert.ok(await second.locator("#board").isHidden());
  await closeQuietly(second);
  await closeQuietly(page);
  await victor.close();
});

test("a token of one project shows that project alone, and says so", async () => {
  const page = await openPage(browser, home.url, kStranger);
  await signIn(page, await tokenOf("paula", "viewer", projects[1]));
  await row(page, projects[1]).waitFor({ timeout: 20_000 });
  assert.deepEqual(await projectNames(page), [projects[1]]);
  await page.locator("#session", { hasText: `paula · viewer · of ${projects[1]} only` }).waitFor();
  await page.getByRole("tab", { name: "Spokes" }).click();
  await page.locator("#view-spokes", { hasText: projects[1] }).waitFor();
  assert.ok(!(await page.locator("body").innerText()).includes(projects[0]));
  await closeQuietly(page);
});

test("a session whose token is revoked ends, with the series that was open, and a new one goes on there", async () => {
  const page = await openPage(browser, home.url, kStranger);
  await signIn(page, await tokenOf("ralf", "viewer"));
  await row(page, projects[0]).waitFor({ timeout: 20_000 });
  await page.locator(".row .cell-value").first().click();
  await page.getByRole("dialog").waitFor();
  await page.waitForURL(/range=7d/); // two days of history, once it has come
  const address = page.url();
  await home.dsdash("token", "revoke", "ralf");
  await page.getByLabel("Token").waitFor({ timeout: 20_000 });
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(await page.locator("#session").innerText(), "");
  await signIn(page, await tokenOf("rita", "viewer"));
  await page.getByRole("dialog").waitFor({ timeout: 20_000 });
  assert.equal(page.url(), address);
  await closeQuietly(page);
});
