// Chromium for the tests, and pages that remember what their console complained about.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const kArguments = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const kScreenshots =
  process.env.SCREENSHOTS ?? new URL("../../build/screenshots", import.meta.url).pathname;

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: kArguments,
  });
}

/** A page with `complaints`: console errors and warnings, exceptions, violations of the policy. */
export async function openPage(browser, address, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
  page.complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  await page.goto(address);
  return page;
}

export async function closeQuietly(page) {
  assert.deepEqual(page.complaints, []);
  await page.close();
}

export function parameter(page, name) {
  return new URL(page.url()).searchParams.get(name);
}

/** Waits until the history that was asked for last is drawn. */
export function drawn(page) {
  return page.locator(".history-plot:not([aria-busy]) canvas").waitFor();
}

export async function saveScreenshot(page, name) {
  mkdirSync(kScreenshots, { recursive: true });
  await page.screenshot({ path: join(kScreenshots, `${name}.png`), fullPage: true });
}
