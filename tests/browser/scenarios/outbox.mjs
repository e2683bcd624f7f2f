// Nothing a child taps is lost: network cut on the last star, another tablet meanwhile, a killed server, no script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { enterAsStudent, fillSheets, homeroomOf, signIn } from "../lib/people.mjs";

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo.stop(); demo.remove(); });

const child = (cls, nth) => demo.sheet.students.filter((student) => student.class === cls)[nth];
const varied = (values, n) => values[(n * 7 + 1) % values.length];
const kept = (page) => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("starlight.out.")));
const checked = (page) => page.locator('[data-test="sheet"] input[type=radio]:checked').evaluateAll((list) => list.map((one) => `${one.name}=${one.value}`));

/** One answer a row, not the same everywhere. */
async function answer(page, n) {
  for (const [at, row] of (await page.getByTestId("indicator").all()).entries()) await row.getByTestId("anchor").nth((n + at) % 3).click();
}

const device = (options = {}) => openDevice(demo.sheet.address, SIZES.tablet, { hasTouch: true, lossy: true, ...options });

test("the network is cut on the last star: the page goes on, and everything arrives later", async () => {
  const { page, context, close } = await device();
  const who = child("101", 4);
  try {
    await enterAsStudent(page, who);
    for (let n = 0; (await page.getByTestId("sheet").getAttribute("data-source")) !== "class"; n += 1) {
      await answer(page, n);
      await page.getByTestId("next").click();
    }
    await context.setOffline(true);
    await answer(page, 0);
    await page.getByTestId("send").click();
    const question = page.locator('[data-test="kind-question"]:visible');
    await question.or(page.locator(".waits")).waitFor();
    if (await question.count()) await page.getByTestId("send").click();
    // Without network the done page cannot come; the page says that all is kept.
    await page.locator('.waits [data-test="outbox"]').waitFor();
    await look(page, "outbox-waiting");
    const entries = await kept(page);
    assert.ok(entries.length >= 1, "the last star waits here");
    assert.ok(!/[\u4e00-\u9fff]/.test(JSON.stringify(entries)), "no name on the device");
    await context.setOffline(false);
    await page.getByTestId("done").waitFor();
    assert.deepEqual(await kept(page), []);
    await page.goto(who.class_url);
    const lit = await page.locator('[data-test="tile"][data-state="done"]').evaluateAll((tiles) => tiles.map((tile) => tile.textContent.replace(/[^\u4e00-\u9fff]/g, "")));
    assert.ok(lit.some((text) => text.includes(who.name)), `${who.name} is lit`);
  } finally { await close(); }
});

test("what the first tablet delivers late leaves what the child said at the second one", async () => {
  const who = child("101", 5);
  const first = await device();
  const second = await device();
  try {
    await enterAsStudent(first.page, who);
    await first.context.setOffline(true);
    const pick = (page, value) => page.getByTestId("indicator").first().locator(`[data-test="anchor"][data-value="${value}"]`).click();
    await pick(first.page, 1);
    await first.page.locator('[data-test="outbox"]:visible').waitFor();
    await enterAsStudent(second.page, who);
    await pick(second.page, 3);
    await second.page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("starlight.out.")));
    await first.context.setOffline(false);
    await first.page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("starlight.out.")), null, { timeout: 40_000 });
    await second.page.reload();
    assert.ok((await checked(second.page))[0].endsWith("=3"), "the newer answer stands");
  } finally { await first.close(); await second.close(); }
});

test("what waits on a device is told on the class page and the teacher's, and goes out from there", async () => {
  const who = child("101", 8);
  const teacher = homeroomOf(demo.sheet, "101");
  const { page, context, close } = await device();
  const away = (route) => route.abort();
  const pill = page.locator('[data-test="outbox"]:visible');
  try {
    await enterAsStudent(page, who);
    await context.route("**/s/outbox", away);
    await answer(page, 1);
    await pill.waitFor();
    for (const address of [`${demo.sheet.address}/s/me`, who.class_url]) {
      await page.goto(address);
      await pill.waitFor();
      assert.match(await pill.innerText(), /本机待上传|běn/);
      assert.equal(await pill.locator("[data-outbox-n]").innerText(), "1", "one sheet waits");
    }
    await look(page, "outbox-class-page");
    await context.clearCookies();
    await signIn(page, demo.sheet.address, teacher);
    await pill.waitFor();
    await look(page, "outbox-teacher-today");
    await context.unroute("**/s/outbox", away);
    await page.reload();
    await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("starlight.out.")));
    assert.equal(await pill.count(), 0);
    await context.clearCookies();
    await enterAsStudent(page, who);
    await page.getByTestId("back").click();
    assert.equal(await page.getByTestId("sheet").getAttribute("data-source"), "self");
    assert.ok((await checked(page)).length >= 3, "the answers are with the server");
  } finally { await close(); }
});

test("a top answer about a classmate asks for one moment; nothing comes to mind makes it not seen", async () => {
  const { page, close } = await openDevice(demo.sheet.address, SIZES.desk, {});
  try {
    await enterAsStudent(page, child("101", 6));
    for (const row of await page.getByTestId("indicator").all()) await row.getByTestId("anchor").nth(1).click();
    await page.getByTestId("next").click();
    const row = page.locator('[data-test="sheet"][data-source="peer"] [data-test="indicator"]').first();
    await row.locator('[data-test="anchor"][data-value="3"]').click();
    await page.locator(".recall").waitFor();
    await look(page, "recall-when");
    await page.locator('.recall [data-occasion="break"]').click();
    await look(page, "recall-what");
    await page.locator(".recall [data-forgot]").click();
    assert.equal(await row.locator('input[value=""]').isChecked(), true);
    assert.equal(await page.locator(".recall").count(), 0);
  } finally { await close(); }
});

test("without script each card is a form of its own", async () => {
  const { page, close } = await device({ javaScriptEnabled: false });
  try {
    await enterAsStudent(page, child("101", 7));
    const { sheets } = await fillSheets(page, varied);
    assert.ok(sheets.length >= 4, `${sheets.length} cards`);
  } finally { await close(); }
});
