// Star cards: a class gets its list of wishes, a child a wish with two taps and an undo; the child sees what it has and
// what that can become, its family a line; new cards are printed to be cut out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { clipped } from "../lib/layout.mjs";
import { printed } from "../lib/paper.mjs";
import { enterAsStudent, homeroomOf, openWindow, signIn } from "../lib/people.mjs";

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

/** The homeroom teacher of a class, at its wishes. */
async function atWishes(code, size = SIZES.desk) {
  const teacher = homeroomOf(demo.sheet, code);
  const device = await openDevice(demo.sheet.address, size);
  await signIn(device.page, demo.sheet.address, teacher);
  await device.page.goto(new URL(device.page.url()).origin + "/t");
  const href = await device.page.locator('a[href^="/t/classes/"]').first().getAttribute("href");
  const id = href.split("/")[3];
  await device.page.goto(`${demo.sheet.address}/t/classes/${id}/privileges`);
  await device.page.locator("h1").waitFor();
  return { ...device, teacher, id };
}

for (const code of ["101", "501"]) {
  test(`a wish is two taps and one to undo, class ${code}`, async () => {
    const { page, close, teacher } = await atWishes(code);
    try {
      while (await page.getByTestId("privilege-ready").count() > 4) await page.getByTestId("privilege-ready").first().click();
      await look(page, `cards-list-${code}`);
      assert.deepEqual(await clipped(page), []);
      const purse = (tile) => tile.locator(".cd-purse").innerText();
      const tiles = page.locator(".pr-tile");
      let rich = null;
      for (let nth = 0; nth < await tiles.count(); nth += 1) {
        if (/太阳|月亮/.test(await purse(tiles.nth(nth))) || parseInt(await purse(tiles.nth(nth)), 10) >= 3) { rich = nth; break; }
      }
      assert.notEqual(rich, null, "somebody has enough for a song");
      const before = await purse(tiles.nth(rich));
      const name = (await tiles.nth(rich).locator("b").innerText()).trim();
      await tiles.nth(rich).click();
      await page.getByTestId("card-take").first().click();
      await page.locator(".toast").waitFor();
      assert.notEqual(await purse(tiles.nth(rich)), before);
      await look(page, `cards-given-${code}`);
      await page.locator('.toast [data-test="undo"]').click();
      await page.locator(".toast").waitFor();
      assert.equal(await purse(tiles.nth(rich)), before, "all of it came back");
      await tiles.nth(rich).click();
      await page.getByTestId("card-take").first().click();
      await page.locator(".toast").waitFor();
      const child = demo.sheet.students.find((one) => one.name === name && one.class === code);
      await openWindow(page, demo.sheet.address, teacher).catch(() => {});
      const tablet = await openDevice(demo.sheet.address, SIZES.tablet);
      await enterAsStudent(tablet.page, child);
      await tablet.page.goto(`${demo.sheet.address}/s/me`);
      await tablet.page.getByTestId("own-privileges").waitFor();
      await tablet.page.getByTestId("own-privileges").scrollIntoViewIfNeeded();
      await look(tablet.page, `cards-own-${code}`);
      assert.deepEqual(await clipped(tablet.page), []);
      assert.equal(await tablet.page.locator(".cd-had").count(), 1, "what it had stands there");
      await tablet.close();
    } finally {
      await close();
    }
  });
}

test("new cards fit their paper, and so do blank ones", async () => {
  const { page, close, id } = await atWishes("301");
  try {
    await page.getByTestId("cards-print").click();
    await page.locator(".cd-card").first().waitFor();
    await look(page, "cards-paper");
    await printed(page, "cards-paper");
    await page.goto(`${demo.sheet.address}/t/classes/${id}/privileges/print?blank=1`);
    assert.equal(await page.locator(".cd-card").count(), 21);
    await printed(page, "cards-blank");
  } finally {
    await close();
  }
});

test("a festival: the whole class, one award, and the child sees it", async () => {
  const { page, close, id, teacher } = await atWishes("501");
  try {
    await page.goto(`${demo.sheet.address}/t/classes/${id}/festivals`);
    await look(page, "festivals-none");
    await page.getByTestId("festival-name").fill("小小发明展");
    await page.getByTestId("festival-make").click();
    await page.getByTestId("festival-all").click();
    await page.locator(".toast").waitFor();
    assert.equal(await page.locator('[data-test="festival-student"]:not(:checked)').count(), 0);
    const [name, mate] = (await page.locator(".fe-tiles b").allInnerTexts()).map((text) => text.trim());
    for (const one of [name, mate]) await page.locator(".fe-team label", { hasText: one }).getByTestId("award-student").check();
    await page.getByTestId("award-words").fill("最会提问");
    await page.getByTestId("festival-award").click();
    await page.locator(".toast").waitFor();
    const told = page.locator(".fe-tiles label", { hasText: "最会提问" });
    assert.deepEqual((await told.locator("b").allInnerTexts()).sort(), [name, mate].sort(), "a team has one award");
    await look(page, "festivals");
    assert.deepEqual(await clipped(page), []);
    const child = demo.sheet.students.find((one) => one.name === name && one.class === "501");
    await openWindow(page, demo.sheet.address, teacher).catch(() => {});
    const tablet = await openDevice(demo.sheet.address, SIZES.tablet);
    await enterAsStudent(tablet.page, child);
    await tablet.page.goto(`${demo.sheet.address}/s/me`);
    assert.match(await tablet.page.getByTestId("own-festivals").innerText(), /最会提问/);
    await look(tablet.page, "festivals-own");
    await tablet.close();
  } finally {
    await close();
  }
});

test("the list can be kept on a phone", async () => {
  const { page, close } = await atWishes("302", SIZES.phone);
  try {
    await page.getByTestId("privilege-ready").first().click();
    await look(page, "cards-phone");
    assert.deepEqual(await clipped(page), []);
  } finally {
    await close();
  }
});
