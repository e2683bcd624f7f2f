// Chromium under playwright-core, with what every page is held to: no console error, no request to
// another origin, no axe violation, a screenshot to look at.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, selectors } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS ?? join(tmpdir(), "starlight-shots");
const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const SIZES = {
  phone: { width: 360, height: 740 },
  tablet: { width: 1024, height: 768 },
  desk: { width: 1366, height: 768 },
  screen: { width: 1920, height: 1080 },
};

selectors.setTestIdAttribute("data-test");

/** One person at one device: a browser of its own with an empty profile. `lossy`: its network is meant to fail. */
export async function openDevice(origin, size = SIZES.desk, { lossy = false, ...options } = {}) {
  const profile = mkdtempSync(join(tmpdir(), "starlight-profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: flags, viewport: size, locale: "zh-CN", ...options,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints = watch(context, origin);
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    const meant = lossy ? /^console: Failed to load resource/ : /^$/;
    assert.deepEqual(complaints.filter((line) => !meant.test(line)), [], "console errors, dialogs or foreign requests");
  };
  return { page, context, close, complaints };
}

function watch(context, origin) {
  const complaints = [];
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about|chrome-error):/.test(url)) complaints.push(`foreign request: ${url}`);
  });
  const follow = (page) => {
    page.on("console", (line) => { if (line.type() === "error") complaints.push(`console: ${line.text()}`); });
    page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
    page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  };
  context.pages().forEach(follow);
  context.on("page", follow);
  return complaints;
}

/** Saves what is seen; the folder is SHOTS. */
export async function shoot(page, name) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

/** No violation of WCAG 2.2 A and AA, whatever its weight. `bypassCSP` stays off: axe comes in as an evaluated function. */
export async function accessible(page, name) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  const told = found.violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
  assert.deepEqual(told, [], `axe on ${name}`);
}

/** Nothing may be wider than the device. */
export async function fits(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${name} scrolls sideways by ${over} px`);
}

export async function look(page, name) {
  await shoot(page, name);
  await fits(page, name);
  await accessible(page, name);
}
