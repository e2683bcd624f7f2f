// A homeroom teacher writes the term comments of 45 children in one sitting, by keyboard; the server is killed in the
// middle, the tab closed, and nothing typed is lost; two tabs overwrite nothing; the family reads what is released.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, accessible, fits, look, openDevice, shoot } from "../lib/browser.mjs";
import { seesFocus, tabTo } from "../lib/keyboard.mjs";
import { clipped } from "../lib/layout.mjs";
import { answerAsFamily, homeroomOf, signIn } from "../lib/people.mjs";

/** Interactions a child may cost beyond typing. */
const MOST = 4;

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

/** A class of so many children, the higher grades first. */
const ofSize = (n) => [...new Set(demo.sheet.students.map((one) => one.class))].sort().reverse().find((code) => demo.sheet.students.filter((one) => one.class === code).length === n);
const field = (page) => page.getByTestId("comment-text");
const text = (page) => field(page).inputValue();
const saved = (page) => page.waitForFunction(() => /\d\d:\d\d/.test(document.querySelector('[data-test="comment-state"]')?.textContent));
const copies = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("starlight.comment.")).length);
const film = (page, state) => page.locator(`[data-test="film"]${state ? `[data-state="${state}"]` : ""}`);

/** Signed in, on the comments of the own class. */
async function atDesk(code, options) {
  const device = await openDevice(demo.sheet.address, SIZES.desk, options);
  await signIn(device.page, demo.sheet.address, homeroomOf(demo.sheet, code));
  await device.page.locator('.sf-links a[href$="/comments"]').click();
  await field(device.page).waitFor();
  return device;
}

async function cleanCopies(page) {
  for (let tries = 0; tries < 40 && (await copies(page)) > 0; tries += 1) await page.waitForTimeout(100);
  assert.equal(await copies(page), 0, "what the server has is not kept here");
}

test("45 comments in one sitting by keyboard, the server killed in the middle", async (t) => {
  const { page, close } = await atDesk(ofSize(45), { lossy: true });
  try {
    assert.equal(await film(page).count(), 45);
    const seen = new Map();
    const interactions = [];
    const questions = {};
    let draftIn = 0;
    const started = Date.now();
    for (let n = 0; n < 45; n += 1) {
      const child = await page.locator("[data-form]").getAttribute("data-child");
      const name = await page.locator(".cm-kid h2").innerText();
      let presses = 0;
      const press = async (keys) => { presses += 1; await page.keyboard.press(keys); };
      if (/_/.test(await text(page))) {
        // No evidence: the teacher writes all of it.
        await page.keyboard.press("Control+A");
        await page.keyboard.type(own(n));
      } else {
        draftIn += 1;
        // Most are topped up by a phrase key, some by a sentence.
        if (n % 3 === 0) await press("Alt+3");
        await page.keyboard.type(`这是写给${n + 1}号同学自己的一句话，盼你自在长大。`);
      }
      if (n === 10) await shoot(page, "comments-middle");
      if (n === 22) await killInTheMiddle(page);
      const typed = await text(page);
      for (let tries = 0; tries < 3; tries += 1) {
        await press("Control+Enter");
        const held = page.locator(".cm-asks.look");
        const gone = page.locator(`[data-form]:not([data-child="${child}"]), [data-test="comment-done"]`);
        await held.or(gone).first().waitFor();
        if ((await held.count()) === 0) break;
        for (const ask of await page.getByTestId("comment-ask").all()) questions[await ask.getAttribute("data-key")] = (questions[await ask.getAttribute("data-key")] ?? 0) + 1;
        assert.deepEqual(await page.locator(".cm-asks .danger").allInnerTexts(), [], name);
      }
      seen.set(child, typed);
      interactions.push(presses);
      assert.ok(presses <= MOST, `${name} took ${presses} interactions`);
    }
    const seconds = Math.round((Date.now() - started) / 1000);
    await page.locator('[data-test="comment-done"]').waitFor();
    assert.equal(await film(page, "final").count(), 45);
    assert.equal(await copies(page), 0);
    assert.equal(seen.size, 45);
    for (const [child, typed] of seen) {
      const answer = await page.request.get(`${page.url().split("?")[0]}?child=${child}`);
      const html = await answer.text();
      const stands = html.split('data-test="comment-done">')[1].split("</p>")[0];
      assert.equal(unescape(stands), typed, `what was typed for ${child} stands`);
    }
    await look(page, "comments-all-final");
    const paper = {};
    for (const [way, query] of [["each", "?each=1"], ["list", ""]]) {
      await page.goto(`${page.url().split(/[?]|.print/)[0]}/print${query}`);
      const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
      paper[way] = (pdf.match(/\/Type *\/Page\b(?!s)/g) ?? []).length;
    }
    assert.equal(paper.each, 45, "one child a page");
    assert.ok(paper.list <= 8, `${paper.list} pages`);
    const most = Math.max(...interactions);
    const all = interactions.reduce((a, b) => a + b);
    assert.ok(draftIn >= 40, `${draftIn} children have evidence`);
    t.diagnostic(`45 comments, ${all} interactions beyond typing, at most ${most} for one child, asked: ${JSON.stringify(questions)}, ${draftIn} drafts from evidence, ${paper.list} pages of A4, ${seconds} s of a script: 0 lost`);
  } finally { await close(); }
});

/** A text of the teacher's own, none of its sentences anybody else's. */
function own(n) {
  return Array.from({ length: 5 }, (_, k) => `第${k + 1}件事写的是${n + 1}号同学的一个小故事。`).join("");
}

function unescape(html) {
  const signs = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&#39;": "'", "&#x2F;": "/" };
  return html.replace(/&[#\w]+;/g, (sign) => signs[sign] ?? sign);
}

/** Typed while there is no server, the tab goes too; back again all of it is there, said so, and saved. */
async function killInTheMiddle(page) {
  await page.keyboard.type("存好的一句。");
  await saved(page);
  await demo.kill();
  await page.keyboard.type("没存上的一句。");
  await page.waitForFunction(() => document.querySelector('[data-test="comment-state"]')?.classList.contains("attn"));
  const typed = await text(page);
  const address = page.url();
  assert.equal(await copies(page), 1);
  await shoot(page, "comments-no-server");
  // The browser may hold the parting save back until the server is there again; then nothing is left to bring back.
  await page.evaluate(() => { window.fetch = () => Promise.reject(new TypeError("no network")); });
  await page.goto("about:blank");
  await demo.restart();
  await page.goto(address);
  await page.locator("p[data-restored]:visible").waitFor();
  assert.equal(await text(page), typed, "nothing typed is lost");
  await saved(page);
  await cleanCopies(page);
  await shoot(page, "comments-restored");
}

test("a tab that dies before its answer comes back without a question", async () => {
  const { page, context, close } = await atDesk("301", { lossy: true });
  try {
    await page.keyboard.type("第一句。");
    await saved(page);
    // The save arrives, its answer does not; then the tab is gone.
    await page.route("**/comments/*", async (route) => { await route.fetch(); await route.abort(); });
    const sent = page.waitForEvent("requestfailed");
    await page.keyboard.type("第二句。");
    await sent;
    const [typed, address] = [await text(page), page.url()];
    // A browser without any tab would forget who is signed in.
    const again = await context.newPage();
    await page.close();
    await again.goto(address);
    assert.equal(await text(again), typed);
    assert.equal(await again.locator("[data-clash]:visible").count(), 0, "one's own save is no conflict");
    await cleanCopies(again);
  } finally { await close(); }
});

test("two tabs: the older one is asked, both texts are there, nothing is overwritten", async () => {
  const { page, context, close } = await atDesk("302", { lossy: true });
  try {
    const second = await context.newPage();
    await second.goto(page.url());
    await field(page).fill("第一个窗口写的话。");
    await saved(page);
    await field(second).fill("第二个窗口写的话。");
    await second.locator("[data-clash]:visible").waitFor();
    await shoot(second, "comments-conflict");
    await accessible(second, "comments-conflict");
    const both = await second.locator("[data-clash]").innerText();
    assert.ok(both.includes("第一个窗口写的话。") && both.includes("第二个窗口写的话。"));
    await second.waitForTimeout(1500);
    const stands = async () => (await (await page.request.get(page.url())).text()).split('id="cm-text"')[1].split("</textarea>")[0];
    assert.match(await stands(), /第一个窗口写的话。/);
    await second.locator("[data-clash-keep]").click();
    await saved(second);
    assert.match(await stands(), /第二个窗口写的话。/);
    await cleanCopies(second);
  } finally { await close(); }
});

test("evidence, tones, phrases and guards; the page looked at", async () => {
  const { page, close } = await atDesk("501", {});
  try {
    await look(page, "comments");
    assert.deepEqual(await clipped(page), []);
    const first = await text(page);
    const tones = page.getByTestId("tone");
    await tones.nth(2).click();
    assert.notEqual(await text(page), first, "another tone, another draft");
    await field(page).fill("");
    const put = page.getByTestId("comment-put").first();
    await put.click();
    assert.ok((await text(page)).length > 5, "the card's sentence is in the text");
    assert.ok(await page.locator("[data-ev].used").count() > 0, "and the card says so");
    assert.ok((await page.locator("[data-under] .in").count()) > 0, "and it is underlined");
    await page.keyboard.press("Alt+9");
    assert.match(await text(page), /假期愉快！$/);
    await tones.nth(0).click();
    assert.match(await text(page), /假期愉快！$/, "what was written is asked about first");
    await tones.nth(0).click();
    assert.doesNotMatch(await text(page), /假期愉快！$/);
    await page.locator("[data-back]").click();
    assert.match(await text(page), /假期愉快！$/, "and comes back");
    await field(page).fill("你有点懒，下学期___。");
    await page.locator('[data-test="comment-ask"][data-key="label"]').waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".cm-asks.look").waitFor();
    const chosen = await field(page).evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
    assert.equal(chosen, "__", "the place is marked");
    await look(page, "comments-held");
    assert.equal(await film(page, "final").count(), 0);
  } finally { await close(); }
});

test("by Tab alone, on a phone, on paper, and at the family's", async () => {
  const { page, close } = await atDesk("502", {});
  try {
    const words = own(1);
    await field(page).fill(words);
    await saved(page);
    const child = await page.locator("[data-form]").getAttribute("data-child");
    const name = await page.locator(".cm-kid h2").innerText();
    await tabTo(page, page.getByTestId("comment-final"));
    await page.keyboard.press("Enter");
    await page.locator(`[data-form]:not([data-child="${child}"])`).waitFor();
    await tabTo(page, field(page));
    await seesFocus(page);
    await page.keyboard.press("Alt+ArrowLeft");
    await page.getByTestId("comment-done").waitFor();
    assert.ok(page.url().includes(child));
    await page.setViewportSize(SIZES.phone);
    await look(page, "comments-phone-final");
    await page.keyboard.press("Alt+ArrowRight");
    await field(page).waitFor();
    await look(page, "comments-phone");
    assert.deepEqual(await clipped(page), []);
    await page.setViewportSize(SIZES.desk);
    const family = demo.sheet.family_links.find((link) => link.student_no === demo.sheet.students.find((one) => one.name === name && one.class === "502").student_no);
    const atHome = async (does) => {
      const phone = await openDevice(demo.sheet.address, SIZES.phone);
      try { return await does(phone.page); } finally { await phone.close(); }
    };
    const reads = () => atHome(async (phone) => {
      await phone.goto(family.url);
      await phone.getByTestId("open").click();
      await phone.getByTestId("card").waitFor();
      return (await phone.content()).includes(words);
    });
    await atHome(async (phone) => {
      await phone.goto(family.url);
      await phone.getByTestId("open").click();
      await phone.getByTestId("card").or(phone.getByTestId("send")).first().waitFor();
      // The card comes once the family has answered.
      if ((await phone.getByTestId("card").count()) === 0) await answerAsFamily(phone, family);
    });
    assert.equal(await reads(), false);
    await page.getByTestId("comments-release").click();
    await page.getByTestId("comments-withdraw").waitFor();
    assert.equal(await reads(), true);
    await page.goto(`${page.url().split("?")[0]}/print?each=1`);
    await page.emulateMedia({ media: "print" });
    await shoot(page, "comments-print");
    await fits(page, "comments-print");
    assert.equal(await page.getByTestId("printed").count(), 1);
  } finally { await close(); }
});
