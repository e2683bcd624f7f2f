// Growth letters: the homeroom teacher sees what is missing, prints one page a child with nothing over its edge, and
// the family reads and prints the same letter on its phone once it is handed over.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { clipped, small } from "../lib/layout.mjs";
import { homeroomOf, largestClass, pupilsOf, signIn } from "../lib/people.mjs";
import { meter } from "../lib/wire.mjs";

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

const letters = (page) => page.getByTestId("letter");

/** Signed in, at the letters by the link of the class page. */
async function atLetters(code) {
  const device = await openDevice(demo.sheet.address);
  await signIn(device.page, demo.sheet.address, homeroomOf(demo.sheet, code));
  await device.page.locator('.sf-links a[href$="/comments"]').click();
  await device.page.locator('.cm-top a[href^="/t/classes/"]').first().click();
  const home = device.page.url();
  await device.page.getByTestId("to-letters").click();
  await device.page.getByTestId("letters-row").first().waitFor();
  return { ...device, home };
}

/** As printed; kept where SHOTS says, to be looked at page by page. */
async function printed(page, name) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  if (process.env.SHOTS) {
    mkdirSync(process.env.SHOTS, { recursive: true });
    writeFileSync(join(process.env.SHOTS, `${name}.pdf`), pdf);
  }
  return (pdf.toString("latin1").match(/\/Type *\/Page\b(?!s)/g) ?? []).length;
}

/** Letters whose words reach over the paper, over one another, or leave no line to write on. */
function over(page) {
  return page.evaluate(() => [...document.querySelectorAll(".lt-sheet")].flatMap((sheet) => {
    const paper = sheet.getBoundingClientRect();
    const body = sheet.querySelector(".lt-body").getBoundingClientRect();
    const hand = sheet.querySelector(".lt-hand").getBoundingClientRect();
    const foot = sheet.querySelector("footer").getBoundingClientRect();
    const wide = Math.max(...[...sheet.querySelectorAll(".lt-body *")].map((node) => node.getBoundingClientRect().right)) - paper.right;
    const wrong = body.bottom > hand.top || hand.bottom > foot.top || foot.bottom > paper.bottom - 20 || hand.height < 60 || wide > -20;
    return wrong ? [`${sheet.querySelector(".lt-dear").textContent}: body ${Math.round(body.bottom - paper.top)}, lines ${Math.round(hand.height)}, foot ${Math.round(foot.bottom - paper.bottom)}, aside ${Math.round(wide)}`] : [];
  }));
}

test("45 children: the list, and one page each", async (t) => {
  const code = largestClass(demo.sheet);
  const { page, close } = await atLetters(code);
  try {
    assert.equal(await page.getByTestId("letters-row").count(), 45);
    await look(page, "letters");
    assert.deepEqual(await clipped(page), []);
    await page.setViewportSize(SIZES.phone);
    await look(page, "letters-phone");
    assert.deepEqual(await clipped(page), []);
    await page.setViewportSize(SIZES.desk);
    const started = Date.now();
    await page.getByTestId("letters-print").click();
    await letters(page).first().waitFor();
    const ms = Date.now() - started;
    const named = (await page.getByTestId("letter-name").allInnerTexts()).join("\n");
    for (const one of pupilsOf(demo.sheet, code)) assert.ok(named.includes(one.name), one.name);
    assert.equal(await letters(page).count(), 45);
    assert.deepEqual(await over(page), []);
    await look(page, "letters-print");
    assert.deepEqual(await clipped(page), []);
    assert.equal(await printed(page, "letters-class"), 45);
    t.diagnostic(`45 letters in ${ms} ms`);
  } finally { await close(); }
});

test("the longest letter stays on its page; the family reads and prints it on a phone", async (t) => {
  const link = demo.sheet.family_links.find((one) => pupilsOf(demo.sheet, "502").some((pupil) => pupil.student_no === one.student_no));
  const child = pupilsOf(demo.sheet, "502").find((one) => one.student_no === link.student_no);
  const { page, home, close } = await atLetters("502");
  try {
    const row = page.getByTestId("letters-row").filter({ hasText: child.name });
    const href = await row.getByTestId("letters-one").getAttribute("href");
    const id = new URL(href, home).searchParams.get("student");
    for (let told = 0; told < 5; told += 1) {
      await page.goto(`${home}/moments?student=${id}#write`);
      const form = page.locator("#write form");
      await form.locator('[name="text"]').fill("这一天你做了一件让大家都记住的好事，帮助了别人，也让自己更有力量了。".repeat(3).slice(0, 60));
      await form.locator("button").last().click();
      await page.locator(".toast").waitFor();
    }
    await page.goto(`${home}/comments?child=${id}`);
    const field = page.getByTestId("comment-text");
    if ((await field.count()) === 0) await page.getByTestId("comment-reopen").click();
    await field.fill("这一学期里你读完了很多本书，也交到了新朋友，老师都看在眼里。".repeat(17).slice(0, 490));
    const gone = page.locator(`[data-form]:not([data-child="${id}"])`).or(page.getByTestId("comment-done"));
    await page.getByTestId("comment-final").click();
    await page.locator(".cm-asks.look").or(gone).first().waitFor();
    if ((await gone.count()) === 0) await page.getByTestId("comment-final").click();
    await gone.first().waitFor();
    if (await page.getByTestId("comments-release").count()) await page.getByTestId("comments-release").click();
    await page.getByTestId("comments-withdraw").waitFor();
    await page.goto(new URL(href, home).href);
    assert.equal(await letters(page).count(), 1);
    assert.deepEqual(await over(page), []);
    await look(page, "letter-longest");
    assert.equal(await printed(page, "letter-longest"), 1);
    await page.getByTestId("letter-name").evaluate((node) => { node.textContent = "亲爱的阿卜杜拉·买买提依明江："; });
    assert.deepEqual(await over(page), []);
  } finally { await close(); }
  const phone = await openDevice(demo.sheet.address, SIZES.phone, { hasTouch: true, isMobile: true });
  try {
    await phone.page.goto(link.url);
    await phone.page.getByTestId("open").tap();
    const agree = phone.page.getByTestId("agree");
    const form = phone.page.getByTestId("indicator").first();
    await agree.or(form).or(phone.page.getByTestId("card")).first().waitFor();
    if (await agree.count()) await agree.tap();
    await form.or(phone.page.getByTestId("card")).first().waitFor();
    if (await form.count()) {
      for (const question of await phone.page.getByTestId("indicator").all()) await question.getByTestId("anchor").last().tap();
      await phone.page.getByTestId("send").tap();
      await phone.page.getByTestId("done").waitFor();
      await phone.page.locator(".two .btn.open").tap();
    }
    await phone.page.getByTestId("card").waitFor();
    await phone.page.getByTestId("letter-go").tap();
    await phone.page.getByTestId("family-letter").waitFor();
    await look(phone.page, "letter-family");
    assert.deepEqual([...await small(phone.page, 44), ...await clipped(phone.page)], []);
    assert.ok((await phone.page.getByTestId("letter-name").innerText()).includes(child.name));
    assert.ok(!(await phone.page.title()).includes(child.name));
    assert.equal(await printed(phone.page, "letter-family"), 1);
    const { cold, stop } = await meter(phone.page);
    const { bytes, requests } = await cold(phone.page.url());
    await stop();
    t.diagnostic(`${bytes} bytes in ${requests} requests`);
    assert.ok(bytes <= 60 * 1024, `${bytes} bytes`);
  } finally { await phone.close(); }
});
