// 45 children of a class answer at the same time, the server is killed in the middle, started again, and everybody goes
// on: nothing that was acknowledged and nothing that waited in an outbox is lost or doubled.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { startDemo, starlight } from "../lib/app.mjs";
import { SIZES, openDevice } from "../lib/browser.mjs";
import { readCsv } from "../lib/csv.mjs";
import { enterAsStudent, fillSheets, participation } from "../lib/people.mjs";
import { Tablet } from "../lib/tablet.mjs";

const CLASS = "101";
const IN_CHROMIUM = [9, 24, 40];

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

test("a server killed while 45 children answer: 0 lost, 0 doubled", async (t) => {
  const children = demo.sheet.students.filter((student) => student.class === CLASS);
  assert.equal(children.length, 45);
  const killed = signal();
  const pages = IN_CHROMIUM.map((n) => inChromium(children[n], killed));
  const tablets = await Promise.all(children.filter((_, n) => !IN_CHROMIUM.includes(n)).map(async (student) => {
    const tablet = new Tablet(demo.sheet.address);
    return { student, tablet, cards: await tablet.enter(student) };
  }));
  const number = new Map(tablets.map(({ student, cards }) => [cards[0].ratee, student.student_no]));
  await Promise.all(pages.map((page) => page.ready));

  const taps = tablets.map(({ cards }) => cards.reduce((sum, card) => sum + card.rows.length, 0)).reduce((a, b) => a + b);
  const acknowledged = () => tablets.reduce((sum, { tablet }) => sum + tablet.acknowledged.size, 0);
  const everybody = Promise.all(tablets.map(answer));
  while (acknowledged() < taps * 0.4) await pause(5);
  const safe = tablets.map(({ student, tablet }) => ({ student, acknowledged: new Map(tablet.acknowledged) }));
  await demo.kill();
  killed.send();
  await pause(500);
  const waiting = tablets.filter(({ tablet }) => tablet.outbox.size > 0).length;
  assert.ok(waiting > 20, `${waiting} outboxes wait while there is no server`);
  const then = stored();
  await demo.restart();

  await everybody;
  for (const { tablet } of tablets) {
    while (tablet.outbox.size > 0) {
      await tablet.flush();
      await pause(100);
    }
  }
  const seen = await Promise.all(pages.map((page) => page.done));
  for (const { student, sheets } of seen) number.set(sheets[0].split(":")[1], student.student_no);
  await everyStarIsLit(children[0].class_url);
  await demo.stop();

  const lines = (student, said) => [...said].map(([about, value]) => {
    const [source, ratee, indicator] = about.split(":");
    const [voice, whom] = source === "class" ? ["self", CLASS] : [source, number.get(ratee)];
    return [[voice, student.student_no, whom, indicator].join(), value === null ? "" : String(value)];
  });
  const waited = (student) => new Map(lines(student, tablets.find((one) => one.student === student).tablet.said));
  let early = 0;
  for (const { student, acknowledged: known } of safe) {
    for (const [key, value] of lines(student, known)) {
      early += 1;
      // What was tapped once more after the kill was on its way, with or without having arrived.
      assert.ok([value, waited(student).get(key)].includes(then.get(key)), `${key} was acknowledged as ${value}, then the server was killed: ${then.get(key)}`);
    }
  }
  const wanted = new Map([...tablets.map(({ student, tablet }) => [student, tablet.said]), ...seen.map(({ student, said }) => [student, said])].flatMap(([student, said]) => lines(student, said)));
  const now = stored();
  const lost = [...wanted].filter(([key, value]) => now.get(key) !== value).map(([key, value]) => `${key} ${value}: ${now.get(key)}`);
  const foreign = [...now.keys()].filter((key) => !wanted.has(key));
  assert.deepEqual({ lost, foreign }, { lost: [], foreign: [] });
  t.diagnostic(`${wanted.size} answers of 45 children, ${early} acknowledged before the kill, ${waiting} outboxes waiting at it: 0 lost, 0 doubled`);
});

/** A child at its tablet: one tap after the other, sometimes another mind; what fails is tried again like outbox.js does. */
async function answer({ tablet, cards }, n) {
  const tries = setInterval(() => { void tablet.flush(); }, 1000);
  const sent = [];
  for (const card of cards) {
    for (const [at, row] of card.rows.entries()) {
      await pause(20 + ((n * 13 + at * 29) % 90));
      const pick = (k) => row.values[k % row.values.length];
      sent.push(tablet.tap(card, row, pick(n + at)));
      if ((n + at) % 4 === 0) sent.push(tablet.tap(card, row, pick(n + at + 1)));
    }
  }
  await Promise.all(sent);
  clearInterval(tries);
}

/** A child in a real page: the first card, then on from the moment the server is gone. */
function inChromium(student, killed) {
  const ready = signal();
  const work = async () => {
    const device = await openDevice(demo.sheet.address, SIZES.tablet, { hasTouch: true, lossy: true });
    try {
      await enterAsStudent(device.page, student);
      let card = 0;
      const filled = await fillSheets(device.page, (values, n) => values[(n * 7 + 1) % values.length], async () => {
        card += 1;
        if (card === 2) {
          ready.send();
          await killed.heard;
        }
      });
      assert.equal(await device.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("starlight.out.")).length), 0);
      return { student, ...filled };
    } finally { await device.close(); }
  };
  const done = work();
  return { ready: Promise.race([ready.heard, done]), done };
}

function signal() {
  let send;
  const heard = new Promise((resolve) => { send = resolve; });
  return { send, heard };
}

/** The children's answers of the open round as the program exports them: "voice,rater,ratee,indicator" → value. */
function stored() {
  const env = { ...process.env, STARLIGHT_DATABASE_URL: `sqlite:${join(demo.data, "starlight.db")}` };
  const file = join(demo.data, "sheets.csv");
  starlight(["export", "sheets", file, "--with", demo.sheet.open_round.id], { env, stdio: "pipe" });
  const own = new Set(demo.sheet.students.filter((student) => student.class === CLASS).map((student) => student.student_no));
  const rows = readCsv(file).filter((row) => row.round === demo.sheet.open_round.name && own.has(row.rater) && ["self", "peer"].includes(row.source));
  rmSync(file);
  const keys = rows.map((row) => [row.source, row.rater, row.ratee, row.indicator].join());
  assert.equal(new Set(keys).size, keys.length, "no answer twice");
  return new Map(rows.map((row, n) => [keys[n], row.anchor]));
}

async function everyStarIsLit(classUrl) {
  const { page, close } = await openDevice(demo.sheet.address, SIZES.tablet);
  try {
    await page.goto(classUrl);
    assert.equal(await page.locator('[data-test="tile"][data-state="done"]').count(), 45);
    const counts = await participation(page, demo.sheet, CLASS);
    assert.deepEqual([counts.done, counts.enrolled, counts.excused], [45, 45, 0]);
  } finally { await close(); }
}
