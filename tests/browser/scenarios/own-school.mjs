// A school of one's own from a blank database, by pages alone: first administrator, second factor, term, teachers and
// roster from files, first round, sign-in window, a child's stars, family links.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { binary, starlight } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { totp } from "../lib/totp.mjs";

const school = new URL("../../../fixtures/small-school/", import.meta.url).pathname;
const roster = join(school, readdirSync(school).find((name) => name.endsWith(".xlsx")));
const PASSWORD = "lanterns over the river";
let folder;
let address;
let setup;
let server;

const freePort = () => new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "starlight-own-"));
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const env = { ...process.env, STARLIGHT_DATABASE_URL: `sqlite:${join(folder, "starlight.db")}`, STARLIGHT_LISTEN: `127.0.0.1:${port}` };
  setup = starlight(["init", "--school", "松树小学"], { env }).trim();
  server = spawn(binary(), ["serve"], { env, stdio: "ignore" });
  for (let tries = 0; tries < 200; tries += 1) {
    const up = await fetch(`${address}/healthz`).then((answer) => answer.ok, () => false);
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the server did not start");
});
after(() => {
  server?.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const press = (page, selector) => Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);

async function upload(page, kind, file) {
  await page.goto(`${address}/a/import/${kind}`);
  await page.locator('input[type="file"]').setInputFiles(file);
  await press(page, '[data-test="import-check"]');
  await press(page, '[data-test="import-commit"]');
}

async function setUp(page) {
  await page.goto(setup);
  await page.locator('[name="name"]').fill("陈老师");
  await page.locator('[name="login"]').fill("office");
  await page.locator('[name="password"]').fill(PASSWORD);
  await page.locator('[name="again"]').fill(PASSWORD);
  await press(page, 'main form button:not([type="button"])');
  await page.goto(`${address}/enrol`);
  const secret = (await page.locator(".secret-line code").innerText()).replace(/\s/g, "");
  await page.locator('[name="code"]').fill(totp(secret));
  await press(page, 'main form button:not([type="button"])');
  assert.equal(await page.locator(".codes li").count(), 10, "ten recovery codes");
}

async function makeTerm(page) {
  await page.goto(`${address}/a/calendar`);
  const form = page.locator("form.new").filter({ has: page.locator('[value="add-term"]') });
  await form.locator('[name="name"]').fill("第一学期");
  await form.locator('[name="starts_on"]').fill(day(-20));
  await form.locator('[name="ends_on"]').fill(day(80));
  await press(page, '[value="add-term"]');
}

async function openRound(page) {
  await page.goto(`${address}/a/rounds`);
  await page.locator('[name="name"]').fill("R01");
  await page.locator('[name="opens_on"]').fill(day(-1));
  await page.locator('[name="closes_on"]').fill(day(5));
  for (const box of await page.locator('input[name="class"]').all()) await box.check();
  await press(page, '[data-test="round-create"]');
  await press(page, '[data-test="ask-open"]');
  await press(page, '[data-test="round-open"]');
  await page.goto(`${address}/a/rounds`);
  assert.equal(await page.locator('[data-test="ask-close"]').count(), 1, "the round is open");
}

test("from a blank database to an open round by pages", async () => {
  const device = await openDevice(address, SIZES.desk);
  const { page } = device;
  await setUp(page);
  await makeTerm(page);
  // Classes come with the roster; teachers are given to them afterwards.
  await upload(page, "roster", roster);
  await upload(page, "teachers", join(school, "teachers.csv"));
  assert.match(await page.locator("body").innerText(), /t001/, "first passwords are shown once");
  await look(page, "own-first-passwords");
  await openRound(page);
  await page.goto(`${address}/a`);
  await look(page, "own-office");
  const again = await page.request.get(setup);
  assert.ok([404, 410].includes(again.status()), `the set-up address works once, then ${again.status()}`);
  await device.close();
});
