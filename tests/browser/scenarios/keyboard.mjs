// A whole round without mouse or finger: Tab, arrows, Space and Enter, and the focus is seen wherever it stands.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice, shoot } from "../lib/browser.mjs";
import { tabTo } from "../lib/keyboard.mjs";
import { pinOf, tileOf } from "../lib/people.mjs";

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

for (const [segment, code, cards] of [["low", "101", 4], ["middle", "301", 5], ["high", "501", 6]]) {
  test(`${segment}: tile, PIN, oneself, classmates, the class, done by keyboard`, async () => {
    const child = demo.sheet.students.filter((student) => student.class === code)[20];
    const { page, close } = await openDevice(demo.sheet.address, SIZES.desk);
    try {
      await page.goto(child.class_url);
      await tabTo(page, await tileOf(page, child.name));
      await shoot(page, `keyboard-${segment}-tile`);
      await page.keyboard.press("Enter");
      await enterPin(page, child);
      for (let card = 0; card < cards; card += 1) await answerCard(page, card);
      await page.getByTestId("done").waitFor();
      await tabTo(page, page.locator('[data-test="done"] button'));
      await look(page, `keyboard-${segment}-done`);
      await page.keyboard.press("Enter");
      await (await tileOf(page, child.name)).and(page.locator('[data-state="done"]')).waitFor();
    } finally { await close(); }
  });
}

async function enterPin(page, child) {
  const { hook, keys } = pinOf(child);
  for (const [n, key] of keys.entries()) {
    await tabTo(page, page.locator(`[data-test="${hook}"][data-id="${key}"]`));
    await page.keyboard.press(n % 2 === 0 ? "Space" : "Enter");
  }
  await page.getByTestId("sheet").first().waitFor();
}

/** Space takes the level that has the focus, arrows the next one; then on to the button at the foot. */
async function answerCard(page, card) {
  const sheet = page.getByTestId("sheet").first();
  const key = await sheet.getAttribute("data-key");
  for (const [at, row] of (await sheet.getByTestId("indicator").all()).entries()) {
    const levels = row.locator("input[type=radio]");
    await tabTo(page, levels.first());
    await page.keyboard.press("Space");
    for (let right = 0; right < (card + at) % 2; right += 1) await page.keyboard.press("ArrowRight");
    assert.equal(await levels.nth((card + at) % 2).isChecked(), true);
  }
  if (card === 1) await shoot(page, `keyboard-card-${await sheet.getAttribute("data-source")}`);
  const onwards = page.locator('[data-test="send"], [data-test="next"]');
  await tabTo(page, onwards);
  await page.keyboard.press("Enter");
  const question = page.locator('[data-test="kind-question"]:visible');
  const gone = page.getByTestId("done").or(page.locator(`[data-test="sheet"]:not([data-key="${key}"])`)).first();
  await gone.or(question).first().waitFor();
  if ((await question.count()) === 0) return;
  await tabTo(page, onwards);
  await page.keyboard.press("Enter");
  await gone.waitFor();
}
