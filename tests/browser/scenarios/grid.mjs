// The rating grid at one go: a whole class by keyboard alone, the server killed in the middle, the tab closed and opened
// again: nothing is lost. A row changed at another computer is never overwritten unasked.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { signIn } from "../lib/people.mjs";

let demo;
let teacher;
let path;

before(async () => {
  demo = await startDemo();
  teacher = demo.sheet.teachers.find((one) => one.role === "subject");
});
after(async () => { await demo?.stop(); demo?.remove(); });

/** Signed in at the grid of the teacher's first class. */
async function atGrid(options) {
  const device = await openDevice(demo.sheet.address, SIZES.desk, options);
  await signIn(device.page, demo.sheet.address, teacher);
  if (!path) path = await device.page.locator('a[href$="/grid"]').first().getAttribute("href");
  await device.page.goto(demo.sheet.address + path);
  await device.page.locator('[data-js]:not([hidden])').first().waitFor();
  return device;
}

/** What the grid says, row by row. */
const values = (page) => page.locator("[data-row]").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("select.cell")].map((cell) => cell.value).join("")));

const saved = (page) => page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("starlight.grid.")));

test("45 children by keyboard, killed in the middle and reopened without loss", async () => {
  let { page, context, close } = await atGrid({ lossy: true });
  const rows = await page.locator("[data-row]").count();
  const columns = await page.locator("[data-row]").first().locator("select.cell").count();
  assert.ok(rows >= 40 && columns >= 3, `${rows} × ${columns}`);
  const want = Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => String(((x + y) % 3) + 1)).join(""));
  await page.locator("[data-row]").first().locator("select.cell").first().focus();
  for (let x = 0; x < columns; x += 1) {
    for (let y = 0; y < rows; y += 1) {
      if (x === 1 && y === Math.floor(rows / 2)) await demo.kill();
      await page.keyboard.press(want[y][x]);
      if (y + 1 < rows) await page.keyboard.press("ArrowDown");
    }
    const at = await page.evaluate(() => document.activeElement.closest("[data-row]")?.rowIndex ?? 0);
    assert.equal(at, rows, "the focus is where the keys left it");
    if (x + 1 < columns) {
      await page.keyboard.press("ArrowRight");
      for (let y = 1; y < rows; y += 1) await page.keyboard.press("ArrowUp");
    }
  }
  assert.deepEqual(await values(page), want);
  // The tab goes while the server is away; the device keeps what was not acknowledged.
  const next = await context.newPage();
  await page.close({ runBeforeUnload: false });
  await demo.restart();
  page = next;
  await page.goto(demo.sheet.address + path);
  assert.deepEqual(await values(page), want, "back with the page");
  await saved(page);
  await look(page, "grid-filled");
  await close();

  const other = await atGrid();
  assert.deepEqual(await values(other.page), want, "at another computer");
  assert.equal(await other.page.locator("[data-flat]:visible").count(), 0);
  const first = other.page.locator("[data-row] select.cell").first();
  await other.page.locator("th.ind [name=fill]").first().focus();
  for (let y = 0; y < rows; y += 1) {
    await other.page.locator("[data-row]").nth(y).locator("select.cell").first().focus();
    await other.page.keyboard.press("2");
  }
  assert.equal(await other.page.locator("[data-flat]:visible").count(), 1, "a column without spread is pointed at");
  await look(other.page, "grid-flat");
  await first.focus();
  await other.page.keyboard.press("1");
  assert.equal(await other.page.locator("[data-flat]:visible").count(), 0);
  await saved(other.page);
  await other.close();
});

test("a row changed at another computer is not overwritten unasked", async () => {
  const one = await atGrid({ lossy: true });
  const two = await atGrid({ lossy: true });
  const cell = (page) => page.locator("[data-row]").nth(3).locator("select.cell").first();
  const press = async (page, key) => { await cell(page).focus(); await page.keyboard.press(key); };
  await press(one.page, "3");
  await saved(one.page);
  await press(two.page, "1");
  await two.page.locator("[data-clash]:visible").waitFor();
  await look(two.page, "grid-clash");
  await two.page.locator("[data-theirs]").click();
  await two.page.waitForFunction(() => document.querySelectorAll("[data-row]")[3]?.querySelector("select.cell")?.value === "3");
  await press(two.page, "2");
  await saved(two.page);
  await press(one.page, "1");
  await one.page.locator("[data-mine]:visible").click();
  await saved(one.page);
  await two.page.reload();
  assert.equal(await cell(two.page).inputValue(), "1", "chosen");
  await one.close();
  await two.close();
});

test("a save whose answer is lost is one's own, in the open page and in the one opened again", async () => {
  const { page, context, close } = await atGrid({ lossy: true });
  const row = page.locator("[data-row]").nth(5);
  const press = async (cell, key) => { await row.locator("select.cell").nth(cell).focus(); await page.keyboard.press(key); };
  // It arrives, its answer does not.
  const swallow = async (route) => { await route.fetch(); await route.abort(); };
  const lost = async (cell, key) => {
    await page.route("**/sheets/teacher/*", swallow, { times: 1 });
    const failed = page.waitForEvent("requestfailed");
    await press(cell, key);
    await failed;
  };
  await lost(0, "3");
  await press(1, "3");
  await saved(page);
  assert.equal(await page.locator("[data-clash]:visible").count(), 0);
  await lost(0, "1");
  await press(1, "2");
  const want = await values(page);
  const again = await context.newPage();
  await page.close();
  await again.goto(demo.sheet.address + path);
  assert.deepEqual(await values(again), want);
  await saved(again);
  assert.equal(await again.locator("[data-clash]:visible").count(), 0);
  await close();
});
