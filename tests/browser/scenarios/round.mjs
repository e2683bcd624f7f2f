// One round from the tile to the hall screen, and the same numbers from the files.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startDemo, starlight } from "../lib/app.mjs";
import { SIZES, look, openDevice, shoot } from "../lib/browser.mjs";
import { readCsv } from "../lib/csv.mjs";
import { answerAsFamily, enterAsStudent, fillSheets, homeroomOf, signIn } from "../lib/people.mjs";

let demo;
let shown = [];
let shownOfTerm = [];

before(async () => { demo = await startDemo(); });
after(async () => {
  await demo?.stop();
  demo?.remove();
});

/** A device for one test, closed (and its complaints read) whatever happens. */
async function at(size, work, options) {
  const device = await openDevice(demo.sheet.address, size, options);
  try {
    await work(device.page, device);
  } catch (error) {
    await shoot(device.page, "failed").catch(() => {});
    device.complaints.length = 0;
    throw error;
  } finally {
    await device.close();
  }
}

const ofClass = (code) => demo.sheet.students.filter((student) => student.class === code);
/** Seats 3, 8 and 15 have been; the twentieth child of a class that has just begun has not. */
const fresh = (code) => ofClass(code)[19];
const varied = (values, n) => values[n % values.length];

for (const [code, most, peers] of [["101", 18, 2], ["301", 22, 3], ["501", 27, 4]]) {
  test(`a child of ${code} rates itself and ${peers} classmates in ${most} taps or fewer`, async () => {
    await at(SIZES.tablet, async (page) => {
      const student = fresh(code);
      await page.goto(student.class_url);
      await look(page, `class-${code}`);
      let taps = await enterAsStudent(page, student);
      const pictures = new Set();
      const filled = await fillSheets(page, varied, async (key) => {
        const kind = key.split(":")[0];
        if (!pictures.has(kind)) await look(page, `sheet-${code}-${kind}`);
        pictures.add(kind);
      });
      taps += filled.taps;
      const counted = filled.sheets.filter((key) => !key.startsWith("class:"));
      assert.equal(counted.filter((key) => key.startsWith("self:")).length, 1);
      assert.equal(counted.filter((key) => key.startsWith("peer:")).length, peers);
      assert.ok(taps <= most, `${taps} taps`);
      await look(page, `done-${code}`);
    });
  });
}

test("nobody rates the same child twice: coming back changes the sheets", async () => {
  await at(SIZES.tablet, async (page) => {
    await enterAsStudent(page, fresh("301"));
    const chosen = page.locator('[data-test="anchor"] input:checked, [data-test="anchor"][aria-checked="true"]');
    assert.ok((await chosen.count()) > 0, "the earlier answers are there");
  });
});

test("a teacher rates one child in the grid", async () => {
  await at(SIZES.desk, async (page) => {
    const teacher = homeroomOf(demo.sheet, "301");
    await signIn(page, demo.sheet.address, teacher);
    await look(page, "teacher-today");
    await page.locator('a[href*="/t/classes/"]').first().click();
    const home = page.url().replace(/(\/t\/classes\/[^/?]+).*/, "$1");
    await page.goto(`${home}/grid`);
    await page.getByTestId("grid-cell").first().waitFor();
    await look(page, "teacher-grid");
    const names = await page.locator('[name^="a."]').evaluateAll((cells) => [...new Set(cells.map((cell) => cell.name))]);
    const child = names[0].split(".")[1];
    const own = names.filter((name) => name.split(".")[1] === child);
    for (const name of own) await fillCell(page, name, "3");
    await Promise.all([page.waitForLoadState("load"), page.locator('button[name="save"]').last().click()]);
    await page.goto(`${home}/grid`);
    for (const name of own) assert.equal(await cellValue(page, name), "3");
  });
});

async function fillCell(page, name, value) {
  const cell = page.locator(`[name="${name}"]`);
  const kind = await cell.first().evaluate((one) => `${one.tagName}:${one.type}`);
  if (kind.startsWith("SELECT")) await cell.selectOption(value);
  else if (kind.endsWith(":radio")) await page.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
  else await cell.fill(value);
}

const cellValue = (page, name) =>
  page.locator(`[name="${name}"]`).evaluateAll((list) => (list.find((one) => one.type !== "radio" || one.checked) ?? {}).value ?? "");

test("a family answers on a phone in eight taps or fewer", async () => {
  await at(SIZES.phone, async (page) => {
    const link = demo.sheet.family_links[0];
    const child = demo.sheet.students.find((student) => student.student_no === link.student_no);
    await page.goto(link.url);
    const landing = await page.content();
    assert.ok(!landing.includes(child.name) && !landing.includes(child.class), "the landing page names nobody");
    await look(page, "family-landing");
    const taps = await answerAsFamily(page, link);
    assert.ok(taps <= 8, `${taps} taps`);
    assert.ok(!page.url().includes(new URL(link.url).pathname.split("/").pop()), "the token left the address");
    await look(page, "family-after");
  });
});

test("the office closes and publishes the round", async () => {
  await at(SIZES.desk, async (page) => {
    await signIn(page, demo.sheet.address, demo.sheet.office);
    await page.goto(`${demo.sheet.address}/a/rounds`);
    await look(page, "office-rounds");
    await page.getByTestId("ask-close").first().click();
    await look(page, "office-round-close");
    await page.getByTestId("round-close").click();
    await page.getByTestId("ask-publish").first().click();
    await look(page, "office-round-publish");
    await page.getByTestId("round-publish").click();
    await page.waitForLoadState("load");
    const answer = await page.request.get(`${demo.sheet.address}/rankings?round=${demo.sheet.open_round.id}`);
    assert.equal(answer.status(), 200);
  });
});

test("the hall screen shows every ranked class in order, nothing about children", async () => {
  await at(SIZES.screen, async (page) => {
    await page.goto(demo.sheet.screens.find((screen) => screen.kind === "hall").url);
    await page.getByTestId("slide").first().waitFor();
    await look(page, "screen-hall");
    const text = await page.locator("body").innerText();
    assert.ok(!/倒数|最后一名|扣分/.test(text), "the charter");
    const withScore = demo.sheet.students.filter((student) => new RegExp(`${student.name}[^\\n]{0,8}\\d+\\.\\d`).test(text));
    assert.deepEqual(withScore.map((student) => student.name), []);
  });
  await at(SIZES.desk, async (page) => {
    await signIn(page, demo.sheet.address, demo.sheet.office);
    for (const grade of [1, 2, 3, 4, 5, 6]) {
      await page.goto(`${demo.sheet.address}/rankings?round=${demo.sheet.open_round.id}&grade=${grade}`);
      await page.getByTestId("class-row").first().waitFor();
      if (grade === 3) await look(page, "ranking-3");
      shown.push(...(await readRows(page)));
      await page.goto(`${demo.sheet.address}/rankings?round=term&grade=${grade}`);
      await page.getByTestId("class-row").first().waitFor();
      shownOfTerm.push(...(await readRows(page)));
    }
    assert.equal(shown.length, 45);
    assert.equal(shownOfTerm.length, 45);
  });
});

const readRows = (page) => page.getByTestId("class-row").evaluateAll((rows) => rows.map((row) => {
  const number = (hook) => (row.querySelector(`[data-test="${hook}"]`)?.textContent ?? "").replace(/[^\d.]/g, "");
  return { class: row.getAttribute("data-class"), place: number("place"), points: number("points") };
}));

test("the rankings of round and term are what `starlight score` makes of the exported sheets", async () => {
  await demo.stop();
  const folder = mkdtempSync(join(tmpdir(), "starlight-score-"));
  try {
    const env = { ...process.env, STARLIGHT_DATABASE_URL: `sqlite:${join(demo.data, "starlight.db")}` };
    starlight(["export", "sheets", join(folder, "in")], { env });
    starlight(["score", join(folder, "in"), "--out", join(folder, "out")]);
    const all = readCsv(join(folder, "out", "class_rankings.csv"));
    const byClass = (a, b) => (a.class < b.class ? -1 : 1);
    const ranked = (rows) => rows.filter((row) => row.place).sort(byClass);
    for (const [round, pages] of [[demo.sheet.open_round.name, shown], ["term", shownOfTerm]]) {
      const rows = all.filter((row) => row.round === round);
      assert.equal(rows.length, 45, round);
      const expected = rows.map((row) => ({ class: row.class, place: row.rank, points: row.points ? Number(row.points).toFixed(1) : "" }));
      assert.ok(ranked(expected).length > 30, round);
      assert.deepEqual(ranked(pages), ranked(expected), round);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
