// A homeroom teacher's class: praises in n + 1 taps by the seating plan, taken back at once and later, a chip of the
// class's own, nobody unseen, and a term that closes only with a reason.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, accessible, look, openDevice } from "../lib/browser.mjs";
import { tabTo } from "../lib/keyboard.mjs";
import { clipped } from "../lib/layout.mjs";
import { homeroomOf, signIn } from "../lib/people.mjs";

const GRADES = "一二三四五六";
let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

/** Signed in as the class's homeroom teacher. */
async function atDesk(code) {
  const device = await openDevice(demo.sheet.address, SIZES.desk, { lossy: true });
  await signIn(device.page, demo.sheet.address, homeroomOf(demo.sheet, code));
  const home = await device.page.locator(".sf-class h2 a").first().getAttribute("href");
  return { ...device, go: (tail) => device.page.goto(demo.sheet.address + home + tail) };
}

/** Code of the class with the most children nobody told of, as the office sees it. */
async function mostUnseen() {
  const { page, close } = await openDevice(demo.sheet.address, SIZES.desk);
  try {
    await signIn(page, demo.sheet.address, demo.sheet.office);
    await page.goto(`${demo.sheet.address}/a/closing`);
    await look(page, "classroom-office");
    const rows = await page.getByTestId("closing-class").evaluateAll((all) => all.map((row) => [row.querySelector("a").textContent, Number(row.querySelector("td:last-child .num")?.textContent ?? 0)]));
    const [name, count] = rows.sort((a, b) => b[1] - a[1])[0];
    assert.ok(count >= 2, `${count} in ${name}`);
    const [, grade, number] = name.match(/^(.)\((\d+)\)/);
    return `${GRADES.indexOf(grade) + 1}${number.padStart(2, "0")}`;
  } finally { await close(); }
}

const names = (page, selector) => page.locator(selector).allInnerTexts();

test("seats are filled and swapped by two taps, praises go by them: n + 1 taps, undone at once and later", async (t) => {
  const { page, go, close } = await atDesk("502");
  try {
    await go("/praise");
    await page.getByTestId("to-seats").click();
    await page.getByTestId("fill").click();
    await page.locator(".st-plan").waitFor();
    await look(page, "classroom-seats");
    const before = await names(page, ".st-plan b.kai");
    await page.getByTestId("seat").nth(0).check();
    await page.getByTestId("seat").nth(2).check();
    await page.locator(".toast").waitFor();
    const swapped = await names(page, ".st-plan b.kai");
    assert.deepEqual([swapped[0], swapped[2]], [before[2], before[0]]);
    await page.locator(".toast button").click();
    await page.waitForFunction((first) => document.querySelector(".st-plan b.kai")?.textContent === first, before[0]);

    await go("/praise");
    const given = async () => page.locator(".pr-one").count();
    const week = (name) => page.locator(".pr-tile", { hasText: name }).locator("i").allInnerTexts();
    const three = [0, 9, 17];
    const praised = await Promise.all(three.map((at) => page.locator(".pr-tile b").nth(at).innerText()));
    const was = await Promise.all(praised.map(week));
    let taps = 0;
    const tap = async (locator) => { taps += 1; await locator.click(); };
    for (const at of three) await tap(page.getByTestId("praise-student").nth(at));
    await tap(page.getByTestId("praise-chip").first());
    await page.locator(".toast").waitFor();
    assert.equal(taps, three.length + 1);
    assert.equal(await given(), 1);
    await look(page, "classroom-praised");
    for (const [at, name] of praised.entries()) assert.equal(Number((await week(name))[0]), Number(was[at][0] ?? 0) + 1, name);
    await page.locator(".toast button").click();
    await page.waitForFunction(() => !document.querySelector(".pr-one"));
    for (const [at, name] of praised.entries()) assert.deepEqual(await week(name), was[at], `${name} is back where it was`);

    // Once more by the keyboard alone, and taken back from the history.
    await tabTo(page, page.getByTestId("praise-student").first());
    await page.keyboard.press(" ");
    await tabTo(page, page.getByTestId("praise-chip").first());
    await page.keyboard.press("Enter");
    await page.locator(".pr-one").waitFor();
    await page.reload();
    await page.getByTestId("undo").click();
    await page.waitForFunction(() => !document.querySelector(".pr-one"));

    await page.locator("#chips summary").click();
    await page.getByTestId("chip-text").fill("跑操时扶起了同学");
    await page.getByTestId("chip-add").click();
    await page.getByTestId("praise-chip").filter({ hasText: "跑操时扶起了同学" }).waitFor();
    assert.deepEqual(await clipped(page), []);
    await page.setViewportSize(SIZES.phone);
    await look(page, "classroom-praise-phone");
    t.diagnostic(`${taps} taps for ${three.length} children`);
  } finally { await close(); }
});

test("nobody unseen: the list, and a term that closes only with a reason", async () => {
  const { page, go, close } = await atDesk(await mostUnseen());
  try {
    await go("/close");
    const unseen = page.getByTestId("closing-unseen");
    // Every child but one gets a moment.
    while ((await unseen.count()) > 1) {
      await unseen.last().locator("a").click();
      await page.locator('#write textarea, #write input[name="text"]').first().fill("把黑板擦得干干净净。");
      await page.locator("#write form button").last().click();
      await page.locator(".toast").waitFor();
      await go("/close");
    }
    assert.equal(await unseen.count(), 1);
    await look(page, "classroom-close");
    await page.getByTestId("close-term").click();
    await page.locator('[role="alert"]').waitFor();
    await accessible(page, "classroom-close-refused");
    await unseen.locator("input").fill("这个月请长假，不在学校");
    await page.getByTestId("close-term").click();
    await page.getByTestId("closed").waitFor();
    assert.match(await page.getByTestId("closing-reason").innerText(), /这个月请长假/);
    await look(page, "classroom-closed");
    await go("/comments");
    await page.getByTestId("comments-closed").waitFor();
    assert.equal(await page.getByTestId("comment-text").count(), 0);
    await page.setViewportSize(SIZES.phone);
    await go("/close");
    await look(page, "classroom-closed-phone");
    await page.getByTestId("reopen").click();
    await page.getByTestId("close-term").waitFor();
  } finally { await close(); }
});
