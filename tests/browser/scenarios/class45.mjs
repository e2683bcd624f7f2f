// A class of 45 through one browser, one child after the other, as at a classroom's only PC. How long each child takes
// is told, and decides nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { fillSheets, participation, tapIn } from "../lib/people.mjs";

const CLASS = "101";

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

test("45 children of a class, one after the other at one browser: 45 stars are lit", async (t) => {
  const children = demo.sheet.students.filter((student) => student.class === CLASS);
  const { page, close } = await openDevice(demo.sheet.address, SIZES.desk);
  const lit = page.locator('[data-test="tile"][data-state="done"]');
  const seconds = [];
  try {
    await page.goto(children[0].class_url);
    for (const [n, child] of children.entries()) {
      const started = performance.now();
      await tapIn(page, child);
      await fillSheets(page, (values, row) => values[(n + row) % values.length]);
      seconds.push((performance.now() - started) / 1000);
      await page.locator('[data-test="done"] button').click();
      await page.getByTestId("tile").first().waitFor();
      assert.ok((await lit.count()) > n, `${child.name} is lit`);
    }
    await look(page, "class45-lit");
    assert.equal(await lit.count(), 45);
    const { done, begun, enrolled } = await participation(page, demo.sheet, CLASS);
    assert.deepEqual([done, begun, enrolled], [45, 45, 45]);
    seconds.sort((a, b) => a - b);
    t.diagnostic(`seconds per child, tile to done: median ${seconds[22].toFixed(1)}, max ${seconds[44].toFixed(1)}`);
  } finally { await close(); }
});
