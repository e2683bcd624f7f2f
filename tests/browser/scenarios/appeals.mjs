// A family says that something is not right; the homeroom teacher proposes, the office grants. Numbers, ranking and
// export follow at once, the trace says who and why, and what the family sees with a peer part waits for its renewal.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { answerAsFamily, enterAsStudent, fillSheets, homeroomOf, signIn } from "../lib/people.mjs";

const WHY = "看错了行，写到隔壁孩子那里了";
const ANSWER = "谢谢您告诉我们，已经重新看过了。";
let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

test("a family appeals, the teacher proposes, the office grants", async () => {
  const { sheet } = demo;
  const round = sheet.published_rounds.at(-1);
  // The refused form is answered with 422, which the console tells.
  const desk = await openDevice(sheet.address, SIZES.desk, { lossy: true });
  const office = await openDevice(sheet.address, SIZES.desk);
  const phone = await openDevice(sheet.address, SIZES.phone);
  try {
    const { link, child, teacher } = await someoneRated(desk.page, sheet, round);
    // The family at its phone: the card, one tap on what, and the card says that it was heard.
    await answerAsFamily(phone.page, link);
    await phone.page.waitForURL(/\/f\//);
    const family = new URL(phone.page.url()).pathname;
    await phone.page.goto(sheet.address + family);
    const stars = await phone.page.locator(".five").innerText();
    await look(phone.page, "appeals-family-card");
    await phone.page.getByTestId("appeal").click();
    await look(phone.page, "appeals-family-form");
    await phone.page.locator('textarea[name="words"]').fill("他每次都认真值日。");
    await phone.page.locator('[data-test="appeal-about"][value="labour"]').click();
    await phone.page.locator('[data-test="appeal-news"][data-state="open"]').waitFor();

    // The teacher: the clock on the first page, the sheets, a proposal with its reason.
    await desk.page.goto(`${sheet.address}/t`);
    await look(desk.page, "appeals-today");
    await desk.page.getByTestId("appeals-waiting").first().click();
    await look(desk.page, "appeals-class");
    await desk.page.getByTestId("appeal-sheets").click();
    const sheets = new URL(desk.page.url());
    const student = sheets.pathname.split("/")[3];
    const number = async () => {
      await desk.page.goto(`${sheet.address}/t/students/${student}/explanation?round=${round.id}`);
      return desk.page.getByTestId("points").innerText();
    };
    const points = await number();
    await desk.page.goto(sheets.href);
    await look(desk.page, "appeals-sheets");
    const peer = desk.page.getByTestId("sheet-peer").first();
    await peer.getByTestId("weigh-out").click();
    await peer.locator('input[name="reason"]').fill("？");
    await peer.locator('button[value="propose-out"]').click();
    await desk.page.locator('[role="alert"]').waitFor();
    await look(desk.page, "appeals-sheets-refused");
    const form = desk.page.getByTestId("sheet-peer").first();
    assert.equal(await form.locator('input[name="reason"]').inputValue(), "？");
    await form.locator('input[name="reason"]').fill(WHY);
    await form.locator('button[value="propose-out"]').click();
    await desk.page.locator(".toast").waitFor();
    assert.equal(await number(), points, "a proposal moves nothing");

    // The office: ranking and export before, the grant, and both after it.
    await signIn(office.page, sheet.address, sheet.office);
    const told = async () => {
      const ranking = await office.page.request.get(`${sheet.address}/api/v1/rounds/${round.id}/rankings/classes?limit=100`);
      const row = (await ranking.json()).items.find((one) => one.class === child.class);
      const table = await (await office.page.request.get(`${sheet.address}/a/export/scores.csv`)).text();
      const scores = table.split("\n").find((line) => line.includes(round.name) && line.includes(link.student_no));
      assert.ok(row && scores, "the class is ranked and the child exported");
      // round, student_no, class, four voices, heard, score, points
      const [score, shown] = scores.split(",").slice(8, 10).map(Number);
      return { ranking: JSON.stringify(row), score, shown };
    };
    const was = await told();
    assert.equal(Number(points), was.shown, "page and export say the same before");
    await office.page.goto(`${sheet.address}/a/appeals`);
    await look(office.page, "appeals-office");
    const card = office.page.getByTestId("appeal").first();
    await card.locator('input[name="words"]').fill(ANSWER);
    const began = Date.now();
    await card.getByTestId("grant").click();
    await office.page.locator(".toast").waitFor();
    console.log(`granted and published again in ${Date.now() - began} ms`);
    await look(office.page, "appeals-office-granted");
    const is = await told();
    // One sheet of several can move the number by less than the digit that is shown: the exact score tells.
    assert.ok(Math.abs(is.score - was.score) > 1e-9, `the score moves: ${was.score}, ${is.score}`);
    assert.notEqual(is.ranking, was.ranking, "the ranking follows");
    assert.equal(Number(await number()), is.shown, "the page follows the export");
    const line = desk.page.getByTestId("correction").first();
    assert.match(await line.innerText(), new RegExp(`${WHY}（${sheet.office.name ?? ""}`));
    await look(desk.page, "appeals-explanation");
    await desk.page.setViewportSize(SIZES.phone);
    await desk.page.goto(sheets.href);
    await look(desk.page, "appeals-sheets-phone");

    // The family: heard and answered; the stars wait for their renewal.
    await phone.page.goto(sheet.address + family);
    await phone.page.locator('[data-test="appeal-news"][data-state="granted"]').waitFor();
    assert.ok((await phone.page.content()).includes(ANSWER));
    assert.equal(await phone.page.locator(".five").innerText(), stars, "not before the next renewal");
    await look(phone.page, "appeals-family-answered");
  } finally { await desk.close(); await office.close(); await phone.close(); }
});

/** A family whose child has a classmate's sheet in the round; its homeroom teacher is signed in. */
async function someoneRated(page, sheet, round) {
  const inClass = (link) => sheet.students.find((one) => one.student_no === link.student_no);
  const { class: code } = inClass(sheet.family_links[0]);
  const teacher = homeroomOf(sheet, code);
  await signIn(page, sheet.address, teacher);
  await page.goto(`${sheet.address}/t`);
  const home = await page.locator(".sf-class h2 a").first().getAttribute("href");
  for (const link of sheet.family_links) {
    const child = inClass(link);
    await page.goto(sheet.address + home);
    const row = page.locator("tr", { hasText: child.name }).first();
    const student = await row.locator('input[name="student"]').first().getAttribute("value");
    await page.goto(`${sheet.address}/t/students/${student}/sheets?round=${round.id}`);
    if ((await page.getByTestId("sheet-peer").count()) > 1) return { link, child, teacher };
  }
  throw new Error("no child with two classmates' sheets");
}

for (const [segment, code] of [["low", "101"], ["high", "501"]]) {
  test(`${segment}: a child says it with one tap`, async () => {
    const child = demo.sheet.students.filter((one) => one.class === code)[3];
    const { page, close } = await openDevice(demo.sheet.address, SIZES.tablet);
    try {
      await enterAsStudent(page, child);
      await fillSheets(page, () => 1);
      await page.goto(`${demo.sheet.address}/s/me`);
      await page.getByTestId("appeal").click();
      await look(page, `appeals-child-${segment}`);
      await page.getByTestId("appeal-about").last().click();
      await page.locator('[data-test="appeal-news"][data-state="open"]').waitFor();
      await look(page, `appeals-child-${segment}-sent`);
    } finally { await close(); }
  });
}
