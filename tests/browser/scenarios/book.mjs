// The homeroom teacher prints the term book of a class: one page a child, on A4 and folded to A5, nothing over its edge.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, fits, look, openDevice } from "../lib/browser.mjs";
import { clipped } from "../lib/layout.mjs";
import { homeroomOf, largestClass, pupilsOf, signIn } from "../lib/people.mjs";

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

const sheets = (page) => page.getByTestId("book-sheet");

/** Signed in, at the book of the own class by the link of the class page. */
async function atBook(code) {
  const device = await openDevice(demo.sheet.address);
  await signIn(device.page, demo.sheet.address, homeroomOf(demo.sheet, code));
  await device.page.locator('.sf-links a[href$="/comments"]').click();
  await device.page.locator('.cm-top a[href^="/t/classes/"]').first().click();
  await device.page.locator('main a[href$="/book"]').click();
  await sheets(device.page).first().waitFor();
  return device;
}

/** As printed; kept where SHOTS says, to be looked at page by page. */
async function printed(page, name) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  if (process.env.SHOTS) {
    mkdirSync(process.env.SHOTS, { recursive: true });
    writeFileSync(join(process.env.SHOTS, `${name}.pdf`), pdf);
  }
  const text = pdf.toString("latin1");
  return { pages: (text.match(/\/Type *\/Page\b(?!s)/g) ?? []).length, sizes: new Set(text.match(/\/MediaBox *\[[^\]]*\]/g)) };
}

/** Sheets whose words reach over the edge of the paper, or of their half of it, or over one another. */
function over(page) {
  return page.evaluate(() => [...document.querySelectorAll(".bk-sheet")].flatMap((sheet) => {
    const paper = sheet.getBoundingClientRect();
    const name = sheet.querySelector("h3").textContent;
    return [...sheet.querySelectorAll(".bk-a, .bk-b")].flatMap((part) => {
      const box = part.getBoundingClientRect();
      const inner = [...part.querySelectorAll("*")].map((node) => node.getBoundingClientRect());
      const low = Math.max(...inner.map((one) => one.bottom)) - Math.min(paper.bottom, box.bottom + 1);
      const wide = Math.max(...inner.map((one) => one.right)) - Math.min(paper.right, box.right + 1);
      const blocks = [...part.children].map((one) => one.getBoundingClientRect());
      const crossed = blocks.slice(1).some((one, n) => one.top < blocks[n].bottom - 1);
      return low > 0 || wide > 0 || crossed ? [`${name} ${part.className}: ${Math.round(low)} down, ${Math.round(wide)} aside, ${crossed ? "one over the other" : ""}`] : [];
    });
  }));
}

test("45 children: one page each, on A4 and folded", async (t) => {
  const code = largestClass(demo.sheet);
  const { page, close } = await atBook(code);
  try {
    const names = (await page.getByTestId("book-name").allInnerTexts()).sort();
    assert.deepEqual(names, pupilsOf(demo.sheet, code).map((one) => one.name).sort(), "every child once");
    assert.deepEqual(await over(page), []);
    const started = Date.now();
    await page.request.get(page.url());
    const ms = Date.now() - started;
    const a4 = await printed(page, "book-a4");
    assert.equal(a4.pages, 45);
    await look(page, "book");
    assert.deepEqual(await clipped(page), []);
    await page.getByTestId("book-fold").click();
    await page.locator(".bk.fold").waitFor();
    assert.deepEqual(await over(page), []);
    const a5 = await printed(page, "book-fold");
    assert.equal(a5.pages, 45);
    assert.notDeepEqual([...a5.sizes], [...a4.sizes], "folded is landscape");
    await look(page, "book-folded");
    t.diagnostic(`45 sheets in ${ms} ms, ${[...a4.sizes]} and ${[...a5.sizes]}`);
  } finally { await close(); }
});

test("one child from the comments page; a long comment and a long name stay on the page; on a phone", async () => {
  const { page, close } = await atBook("301");
  try {
    await page.goto(`${page.url().replace(/\/book.*/, "")}/comments`);
    const words = "这一年里你读完了很多本书，也交到了新朋友，老师都看在眼里。".repeat(17).slice(0, 490);
    await page.getByTestId("comment-text").fill(words);
    const child = await page.locator("[data-form]").getAttribute("data-child");
    const gone = page.locator(`[data-form]:not([data-child="${child}"])`);
    await page.getByTestId("comment-final").click();
    // It is asked about its length and its repeats first.
    await page.locator(".cm-asks.look").or(gone).first().waitFor();
    if ((await gone.count()) === 0) await page.getByTestId("comment-final").click();
    await gone.waitFor();
    await page.goto(`${page.url().split("?")[0]}?child=${child}`);
    await page.getByTestId("comment-done").waitFor();
    await page.getByTestId("to-book").click();
    await sheets(page).first().waitFor();
    assert.equal(await sheets(page).count(), 1);
    assert.equal(await page.getByTestId("book-comment").innerText(), words);
    await page.getByTestId("book-name").evaluate((node) => { node.textContent = "阿卜杜拉·买买提依明江"; });
    assert.deepEqual(await over(page), []);
    assert.equal((await printed(page, "book-one")).pages, 1);
    await page.getByTestId("book-fold").click();
    await page.locator(".bk.fold").waitFor();
    assert.deepEqual(await over(page), []);
    assert.equal((await printed(page, "book-one-fold")).pages, 1);
    await page.setViewportSize(SIZES.phone);
    await look(page, "book-phone");
    await fits(page, "book-phone");
  } finally { await close(); }
});
