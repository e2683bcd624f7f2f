// From the tile to "done" in as few taps as product.md allows, on a phone, a tablet and a PC, in a class with one of the
// longest names; every page light, accessible and without anything clipped or lying over another thing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { clipped, overlapping, small, unread } from "../lib/layout.mjs";
import { fillSheets, homeroomOf, openWindow, tapIn } from "../lib/people.mjs";
import { Tablet } from "../lib/tablet.mjs";
import { meter } from "../lib/wire.mjs";

const SEGMENTS = [["low", "101", 18, 2], ["middle", "304", 22, 3], ["high", "503", 27, 4]];
const DEVICES = [["phone", { hasTouch: true }], ["tablet", { hasTouch: true }], ["desk", {}]];
const MOST_BYTES = 120 * 1024;
/** Hanzi without pinyin on a child's pages of the low grades, and why. */
const WITHOUT_PINYIN = [
  ".p-own .who .rd", // the name of the round, in the office's words
  ".badge small", // when it was given, as the office called the round
  ".m .quote", // a teacher's own sentence: it is read aloud instead
  ".fe-own b", // what a festival's award was for, in a teacher's words
];

let demo;
const rating = new Map();

before(async () => {
  demo = await startDemo();
  for (const [, code] of SEGMENTS.slice(1)) {
    const { page, close } = await openDevice(demo.sheet.address, SIZES.desk);
    try {
      await openWindow(page, demo.sheet.address, homeroomOf(demo.sheet, code));
    } finally { await close(); }
  }
  for (const [, code] of SEGMENTS) rating.set(code, await whoRatesTheLongestName(code));
});
after(async () => { await demo?.stop(); demo?.remove(); });

/** A child to whom the child with the longest name was dealt. It says all first: the demo may have left it halfway (a
 *  sheet that came by import has stamp 0, like none), and coming back it would begin there, not at the first card. */
async function whoRatesTheLongestName(code) {
  const children = demo.sheet.students.filter((student) => student.class === code);
  const longest = children.reduce((a, b) => (b.name.length > a.name.length ? b : a));
  const id = (await new Tablet(demo.sheet.address).enter(longest))[0].ratee;
  for (const student of children.filter((one) => one !== longest)) {
    const tablet = new Tablet(demo.sheet.address);
    const cards = await tablet.enter(student);
    if (!cards.some((card) => card.ratee === id)) continue;
    for (const card of cards) {
      for (const row of card.rows) await tablet.tap(card, row, row.values[0]);
    }
    for (let again = 0; tablet.outbox.size > 0 && again < 10; again += 1) {
      await new Promise((go) => setTimeout(go, 500));
      await tablet.flush();
    }
    assert.equal(tablet.outbox.size, 0, `all that ${student.name} said has arrived`);
    return { student, longest, card: (source) => new URL(`/s/sheets/${source}/${id}`, longest.class_url).href };
  }
  throw new Error(`nobody rates ${longest.name}`);
}

for (const [segment, code, most, peers] of SEGMENTS) {
  for (const [size, options] of DEVICES) {
    test(`${segment}, ${size}: ${most} taps for oneself and ${peers} classmates, nothing clipped`, async () => {
      const { student, longest, card } = rating.get(code);
      const { page, close } = await openDevice(demo.sheet.address, SIZES[size], options);
      const whole = async (step, except) => {
        const name = `${segment}-${step}-${size}`;
        await look(page, name);
        assert.deepEqual(await faults(page, except && segment === "low" ? except : undefined), [], name);
      };
      try {
        await page.goto(student.class_url);
        await whole("class", WITHOUT_PINYIN);
        const entered = await tapIn(page, student, () => whole("pin", WITHOUT_PINYIN));
        let nth = 0;
        const filled = await fillSheets(page, (values, n) => values[n % values.length], () => whole(`card-${(nth += 1)}`, WITHOUT_PINYIN));
        assert.equal(filled.sheets.filter((key) => key.startsWith("peer:")).length, peers);
        assert.equal(entered + filled.taps, most);
        await whole("done", WITHOUT_PINYIN);
        await page.locator("a.own").click();
        await page.locator(".p-own").waitFor();
        await whole("own", WITHOUT_PINYIN);
        // The longest name as the name of whoever sits here.
        await page.goto(longest.class_url);
        await tapIn(page, longest, () => whole("pin-longest", WITHOUT_PINYIN));
        await page.goto(card("self"));
        await whole("card-longest", WITHOUT_PINYIN);
      } finally { await close(); }
    });
  }

  test(`${segment}: no step weighs more than 120 KB`, async () => {
    const { student, card } = rating.get(code);
    const { page, close } = await openDevice(demo.sheet.address, SIZES.tablet);
    const { cold, stop } = await meter(page);
    const light = async (address) => {
      const { bytes } = await cold(address);
      assert.ok(bytes > 0 && bytes <= MOST_BYTES, `${address}: ${bytes} bytes`);
    };
    try {
      await light(student.class_url);
      await light(await page.locator('[data-test="tile"]').first().evaluate((tile) => tile.href));
      await page.goto(student.class_url);
      await tapIn(page, student);
      await light(page.url());
      await light(card("peer"));
      await light(`${demo.sheet.address}/s/me`);
      await light(`${demo.sheet.address}/s/done`);
      await stop();
    } finally { await close(); }
  });
}

/** Everything that is wrong with the layout; `except` where pinyin belongs over every hanzi. */
async function faults(page, except) {
  return [...await small(page), ...await clipped(page), ...await overlapping(page), ...(except ? await unread(page, except) : [])];
}
