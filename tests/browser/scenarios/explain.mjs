// "Explain my stars": the pages of twenty children are redone step by step from what they show, what did not count
// included, and come to what `starlight score` makes of the exported sheets.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startDemo, starlight } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { readCsv } from "../lib/csv.mjs";
import { signIn } from "../lib/people.mjs";

const CHILDREN = 20;
/** As in the rubric's `[peer]`: a flat sheet at an end of the scale. */
const LIGHT = 0.25;

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

/** Numbers in [0, n) that look like chance and are the same each time. */
function* dice(n) {
  let state = 20260901;
  for (;;) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    yield Math.floor((state / 2 ** 31) * n);
  }
}

/** What an explanation page shows, as text. */
const shown = (page) => page.evaluate(() => {
  const text = (one) => one.textContent.trim();
  const cells = (row) => [...row.querySelectorAll("th, td")].map(text);
  const steps = [...document.querySelectorAll(".stp")];
  const rows = (step, selector) => [...(step?.querySelectorAll(selector) ?? [])].map(cells);
  const peers = steps.find((step) => step.querySelector(".sf-plot"));
  return {
    points: text(document.querySelector('[data-test="points"]')),
    marks: rows(peers, ".sf-tab tbody tr"),
    sum: peers && text(peers.querySelector(".fm span")),
    g1: peers && text(peers.querySelector(".fm .end")),
    unseen: peers && text(peers.querySelector(".lg")),
    voices: [...document.querySelectorAll(".vt tr:not(.sum)")].map((row) => ({ state: row.className, cells: cells(row) })),
    together: text(document.querySelector(".vt tr.sum td:last-child")),
    stars: rows(steps.find((step) => step.querySelector("th.dim")), "tbody tr"),
    notes: [...document.querySelectorAll(".sf-notes li")].map(text),
  };
});

const number = (text) => Number(text.replace("−", "-").replace("¼", "0.25").replace(/[^\d.+-]/g, ""));
/** `a` is `b` but for `units` of the last of so many decimals. */
function near(a, b, digits, units, what) {
  assert.ok(Math.abs(a - b) <= units * 10 ** -digits + 1e-9, `${what}: ${a} and ${b}`);
}

/** Redoes step 1; gives how many marks count lightly. */
function redoPeers(page, what) {
  let [above, below] = [0, 0];
  for (const [, written, leniency, corrected, clamped, weight] of page.marks) {
    // `written` has two decimals, so half a hundredth is open.
    near(number(written) - number(leniency), number(corrected), 2, 0.6, `${what} corrected`);
    const used = clamped === "—" ? number(corrected) : number(clamped);
    above += number(weight) * used;
    below += number(weight);
  }
  const [, prior] = page.sum.match(/ \+ (?:([\d.¼]+) × )?[\d.]+）÷/) ?? [];
  const strength = prior ? number(prior) : 1;
  above += strength * number(page.g1);
  below += strength;
  const [, total, result] = page.sum.match(/）÷ ([\d.]+) = ([\d.]+)/);
  near(below, number(total), 2, 0.51, `${what} total`);
  near(above / below, number(result), 2, 0.6, `${what} peer voice`);
  const peer = page.voices[1];
  if (peer.state === "heard") near(number(result), number(peer.cells[2]), 2, 0.51, `${what} peer voice in step 2`);
  return page.marks.filter((mark) => number(mark[5]) === LIGHT).length;
}

function redoVoices(page, what) {
  let sum = 0;
  for (const { state, cells } of page.voices) {
    if (state !== "heard" && state !== "filled") continue;
    const [, , mark, weight, product] = cells;
    near(number(mark) * number(weight), number(product), 3, 1.01, `${what} ${cells[0]}`);
    sum += number(product);
  }
  near(sum, number(page.together), 3, 2.01, `${what} together`);
  // One decimal of points is 0.004 stars.
  near(25 * (number(page.together) - 1), number(page.points), 1, 0.63, `${what} points`);
}

/** A star to which all four voices spoke, by the weights of step 2; how many there were. */
function redoStars(page, what) {
  const weights = page.voices.map((voice) => number(voice.cells[3] || "0"));
  const whole = page.stars.filter(([, ...said]) => said.slice(0, 4).every((one, at) => one !== "—" || weights[at] === 0));
  for (const [name, ...said] of whole) {
    const sum = said.slice(0, 4).reduce((sum, one, at) => sum + (weights[at] ? weights[at] * number(one) : 0), 0);
    near(sum, number(said[4]), 2, 1.01, `${what} ${name}`);
  }
  return whole.length;
}

test("twenty explanations recompute to the shown digits", async (t) => {
  const { sheet } = demo;
  const round = sheet.published_rounds.at(-1);
  const { page, close } = await openDevice(sheet.address, SIZES.desk);
  const seen = [];
  let stars = 0;
  try {
    await signIn(page, sheet.address, sheet.office);
    await page.goto(`${sheet.address}/a/closing`);
    const classes = await page.locator('[data-test="closing-class"] a').evaluateAll((all) => all.map((a) => a.getAttribute("href").split("/")[3]));
    assert.equal(classes.length, 45);
    const known = new Map();
    const pick = dice(classes.length);
    const place = dice(30);
    while (seen.length < CHILDREN) {
      const id = classes[pick.next().value];
      if (!known.has(id)) {
        const answer = await page.request.get(`${sheet.address}/t/classes/${id}`);
        const html = await answer.text();
        known.set(id, [...html.matchAll(/name="student" value="([^"]+)"/g)].map((found) => found[1]));
      }
      const children = [...new Set(known.get(id))];
      const child = children[place.next().value % children.length];
      if (seen.some((one) => one.child === child)) continue;
      const address = `${sheet.address}/t/students/${child}/explanation?round=${round.id}`;
      await page.goto(address);
      if ((await page.getByTestId("points").count()) === 0) continue;
      const steps = await shown(page);
      const name = (await page.locator(".sf-hd h1").innerText()).trim();
      const light = steps.sum ? redoPeers(steps, name) : 0;
      redoVoices(steps, name);
      stars += redoStars(steps, name);
      seen.push({ child, steps, light, name });
      if (seen.length === 1) await look(page, "explain");
    }
  } finally { await close(); }

  await demo.stop();
  const folder = mkdtempSync(join(tmpdir(), "starlight-explain-"));
  try {
    const env = { ...process.env, STARLIGHT_DATABASE_URL: `sqlite:${join(demo.data, "starlight.db")}` };
    starlight(["export", "sheets", join(folder, "in")], { env });
    starlight(["score", join(folder, "in"), "--out", join(folder, "out")]);
    const scores = readCsv(join(folder, "out", "student_scores.csv")).filter((row) => row.round === round.name);
    const sheets = readCsv(join(folder, "in", "sheets.csv")).filter((row) => row.round === round.name && row.source === "peer");
    const people = sheet.students;
    let marks = 0;
    let light = 0;
    for (const one of seen) {
      const own = people.filter((child) => one.name.includes(child.name));
      // A name that several children have is told apart by the points.
      const rows = scores.filter((row) => own.some((child) => child.student_no === row.student_no.split("@")[0]) && row.points === one.steps.points);
      assert.ok(rows.length >= 1, `${one.name}: ${one.steps.points} is what score gives`);
      if (own.length !== 1 || rows[0].student_no.includes("@")) continue;
      const about = sheets.filter((row) => row.ratee === own[0].student_no);
      const raters = new Map();
      for (const row of about) raters.set(row.rater, [...(raters.get(row.rater) ?? []), row.anchor]);
      const spoke = [...raters.values()].filter((anchors) => anchors.some((anchor) => anchor !== ""));
      assert.equal(one.steps.marks.length, spoke.length, `${one.name}: everybody who said something has a mark`);
      const unseen = about.filter((row) => row.anchor === "").length;
      const told = Number(one.steps.unseen?.match(/没看见[^\d]*(\d+)/)?.[1] ?? 0);
      if (one.steps.sum) assert.equal(told, unseen, `${one.name}: what nobody saw is told`);
      const flat = one.steps.notes.find((note) => note.includes("极端"));
      assert.equal(Number(flat?.match(/\d+/)?.[0] ?? 0), one.light, `${one.name}: light marks are told`);
      marks += spoke.length;
      light += one.light;
    }
    assert.ok(marks > 30 && stars > 20, `${marks} marks, ${stars} stars redone`);
    t.diagnostic(`${seen.length} children, ${marks} marks (${light} light), ${stars} stars with all voices: all redone`);
  } finally { rmSync(folder, { recursive: true, force: true }); }
});
