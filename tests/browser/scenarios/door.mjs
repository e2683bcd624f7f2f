// A child comes in with its printed card, chooses its head, says something good of a classmate, and is thanked for it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { clipped, overlapping, small, unread } from "../lib/layout.mjs";
import { enterAsStudent, fillSheets, homeroomOf, openWindow, tileOf } from "../lib/people.mjs";
import { readQr } from "../lib/qr.mjs";

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

const ofClass = (code) => demo.sheet.students.filter((student) => student.class === code);
const homeroom = (code) => homeroomOf(demo.sheet, code);
const device = (size, options = {}) => openDevice(demo.sheet.address, size, options);
const tablet = (options) => device(SIZES.tablet, { hasTouch: true, ...options });

/** What a child's page is held to. */
async function fair(page, name, low) {
  await look(page, name);
  const faults = [...await small(page), ...await clipped(page), ...await overlapping(page), ...(low ? await unread(page) : [])];
  assert.deepEqual(faults, [], name);
}

/** The teacher's device with the window of the class open, on the class's own page. */
async function teacherAt(code) {
  const one = await device(SIZES.desk);
  await openWindow(one.page, demo.sheet.address, homeroom(code));
  await one.page.locator('a[href^="/t/classes/"]').first().click();
  await one.page.locator('a[href$="/cards"]').first().waitFor();
  return { ...one, base: new URL(one.page.url()).pathname.match(/\/t\/classes\/[^/]+/)[0] };
}

test("the printed card opens its child by one tap, a head is chosen, and a new PIN makes the card void", async () => {
  const [who] = ofClass("302").slice(6);
  const teacher = await teacherAt("302");
  // The void card is answered with 401, which the browser calls a failure.
  const child = await tablet({ lossy: true });
  try {
    await teacher.page.goto(demo.sheet.address + teacher.base + "/cards");
    await teacher.page.emulateMedia({ media: "print" });
    const slip = teacher.page.locator("article.slip", { hasText: who.name });
    const card = await readQr(await slip.locator("svg.qr").screenshot());
    assert.ok(card.startsWith(`${who.class_url}/`), "the code leads to the child's own door");

    await child.page.goto(card);
    await fair(child.page, "door-card");
    await child.page.getByTestId("card-enter").tap();
    await child.page.getByTestId("sheet").first().waitFor();

    await child.page.goto(`${demo.sheet.address}/s/avatar`);
    const heads = child.page.locator('label:has([data-test="head"])');
    await fair(child.page, "door-avatar");
    await heads.nth(9).tap();
    await child.page.locator('label:has([data-test="ground"])').nth(4).tap();
    const picked = await heads.nth(9).locator("use").getAttribute("href");
    assert.ok((await child.page.locator("[data-avatar-now] use").getAttribute("href")) === picked, "it is shown at once");
    await child.page.getByTestId("save").tap();
    await child.page.locator(".p-own").waitFor();
    await child.page.goto(who.class_url);
    const tile = await tileOf(child.page, who.name);
    assert.equal(await tile.locator("use").first().getAttribute("href"), picked);

    await teacher.page.emulateMedia({ media: "screen" });
    await teacher.page.goto(demo.sheet.address + teacher.base);
    await look(teacher.page, "door-class");
    await teacher.page.locator("tr", { hasText: who.name }).getByTestId("new-pin").click();
    await teacher.page.waitForLoadState("load");
    await child.page.goto(card);
    await child.page.getByTestId("card-enter").tap();
    await child.page.getByTestId("card-problem").waitFor();
    await fair(child.page, "door-card-void");
  } finally {
    await child.close();
    await teacher.close();
  }
});

test("something good said of a classmate is released by the teacher, thanked for, and the thanks come back", async () => {
  const teacher = await teacherAt("101");
  const child = await tablet();
  const who = ofClass("101")[26];
  let [friend, deed] = ["", ""];
  try {
    await enterAsStudent(child.page, who);
    await fillSheets(child.page, (values, n) => values[n % values.length], async (key) => {
      const panel = child.page.getByTestId("say-open");
      if (!key.startsWith("class:") || friend !== "" || (await panel.count()) === 0) return;
      if (!(await child.page.locator("details.say").evaluate((one) => one.open))) await panel.tap();
      const face = child.page.getByTestId("say-who").first();
      friend = await face.locator("input").getAttribute("aria-label");
      await face.tap();
      const chip = child.page.getByTestId("say-chip").nth(1);
      deed = await chip.locator("input").getAttribute("aria-label");
      await chip.tap();
      await fair(child.page, "door-say");
    });
    assert.notEqual(friend, "", "the last card asks for something good");

    await teacher.page.goto(demo.sheet.address + teacher.base + "/moments");
    await look(teacher.page, "door-moments");
    const waiting = teacher.page.getByTestId("moment").filter({ hasText: friend }).filter({ hasText: deed });
    assert.equal(await waiting.count(), 1);
    await waiting.getByTestId("moment-release").click();
    await teacher.page.waitForLoadState("load");

    const praised = ofClass("101").find((one) => one.name === friend);
    await enterAsStudent(child.page, praised);
    await child.page.goto(`${demo.sheet.address}/s/me`);
    const plain = (text) => text.replace(/[^\u4e00-\u9fff]/g, "");
    const shown = (await child.page.getByTestId("moment").evaluateAll((list) => list.map((one) => {
      one.querySelectorAll("rt").forEach((rt) => rt.remove());
      return one.textContent;
    }))).map(plain);
    const at = shown.findIndex((text) => text.includes(plain(deed)));
    assert.ok(at >= 0, `${deed} in ${shown}`);
    assert.ok(!shown.join("").includes(who.name), "who said it stays unsaid");
    const moment = child.page.getByTestId("moment").nth(at);
    if (!(await moment.isVisible())) await child.page.getByTestId("earlier").tap();
    await moment.getByTestId("thanks-say").tap();
    await moment.getByTestId("thanks").nth(2).tap();
    await child.page.locator(".sent").waitFor();
    await look(child.page, "door-thanked");

    await enterAsStudent(child.page, who);
    await child.page.goto(`${demo.sheet.address}/s/me`);
    await child.page.getByTestId("thanks-came").waitFor();
    assert.ok(!(await child.page.getByTestId("thanks-came").textContent()).includes(friend), "nor who thanks");
    await fair(child.page, "door-thanks-came");
    await child.page.getByTestId("thanks-came").locator("button").tap();
    await child.page.locator(".p-own").waitFor();
    assert.equal(await child.page.getByTestId("thanks-came").count(), 0);
  } finally {
    await child.close();
    await teacher.close();
  }
});
