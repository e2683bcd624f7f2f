// A monitor comes in without a class window, checks all classes of the post with few taps, offline too; the office and
// the class's teacher see what was found.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { clipped, small } from "../lib/layout.mjs";
import { homeroomOf, pinOf, signIn } from "../lib/people.mjs";

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

const windows = new Set(["101", "301", "501"]);
/** A monitor whose class has no open window, of the nth post of this name. */
function monitorOf(post, nth = 0) {
  const of = demo.sheet.monitors.filter((one) => one.post.startsWith(post));
  const all = of.map((one) => demo.sheet.students.find((child) => child.student_no === one.student_no));
  return all.filter((child) => !windows.has(child.class))[nth];
}
const device = (size, options = {}) => openDevice(demo.sheet.address, size, { hasTouch: true, ...options });

/** Comes in by number and PIN. */
async function comeIn(page, child) {
  await page.goto(child.class_url);
  await page.locator('[data-test="duty-door"] input').fill(child.student_no);
  await page.locator('[data-test="duty-door"] button').click();
  await page.locator("[data-pin]").waitFor();
  const { hook, keys } = pinOf(child);
  for (const key of keys) await page.locator(`[data-test="${hook}"][data-id="${key}"]`).first().click();
  await page.locator("[data-duty]").waitFor();
}

/** Counts its own taps. */
function finger() {
  let taps = 0;
  return { tap: async (locator) => { taps += 1; await locator.tap(); }, get taps() { return taps; } };
}

async function three(page, hand) {
  for (const nth of [1, 4, 6]) {
    const row = page.locator("[data-class]").nth(nth);
    await hand.tap(row.getByTestId("item-minus").first());
    await hand.tap(row.getByTestId("reason").first());
  }
}

test("twelve classes or more, three exceptions, at most eight taps on a tablet", async () => {
  const { page, close } = await device(SIZES.tablet);
  try {
    await comeIn(page, monitorOf("卫生岗"));
    await look(page, "duty-fresh");
    const classes = await page.locator("[data-class]").count();
    assert.ok(classes >= 12, `${classes} classes`);
    const hand = finger();
    await three(page, hand);
    await look(page, "duty-three");
    assert.deepEqual([...await small(page, 56), ...await clipped(page)], []);
    await hand.tap(page.getByTestId("send"));
    await page.getByTestId("duty-sent").waitFor();
    console.log(`duty: ${classes} classes, 3 exceptions, ${hand.taps} taps`);
    assert.ok(hand.taps <= 8, `${hand.taps} taps`);
    await look(page, "duty-sent");
    assert.equal(await page.locator(".dy-item.less").count(), 3, "what was sent stands there");
    await page.getByTestId("undo-sheet").tap();
    await page.locator(".toast").waitFor();
    assert.equal(await page.locator(".dy-item.less").count(), 0, "taken back");
  } finally { await close(); }
});

test("a deduction without reason is asked for, on a phone", async () => {
  const { page, close } = await device(SIZES.phone);
  try {
    await comeIn(page, monitorOf("纪律岗"));
    const row = page.locator("[data-class]").nth(2);
    await row.getByTestId("item-minus").first().tap();
    await page.getByTestId("send").tap();
    await row.locator(".ask").first().waitFor();
    await look(page, "duty-phone");
    assert.deepEqual(await clipped(page), []);
    await row.getByTestId("reason").first().tap();
    assert.equal(await row.locator(".ask").count(), 0);
    await page.reload();
    assert.equal(await page.locator(".dy-item.less").count(), 1, "a restart keeps what was tapped");
    await page.getByTestId("send").tap();
    await page.getByTestId("duty-sent").waitFor();
  } finally { await close(); }
});

test("without network it is kept, a double tap doubles nothing, and it arrives by itself", async () => {
  const { page, context, close } = await device(SIZES.tablet, { lossy: true });
  const child = monitorOf("礼仪岗");
  try {
    await comeIn(page, child);
    await context.setOffline(true);
    await three(page, finger());
    await page.getByTestId("send").dblclick();
    await page.locator("[data-kept]:visible").waitFor();
    await look(page, "duty-kept");
    const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    assert.ok(!/[\u4e00-\u9fff]/.test(kept), "no name and no words on the device");
    await context.setOffline(false);
    await page.getByTestId("duty-sent").waitFor({ timeout: 30000 });
    assert.equal(await page.locator(".dy-item.less").count(), 3);
    const left = await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("starlight.")));
    assert.deepEqual(left, []);
  } finally { await close(); }
});

test("without script the same sheet is a form of selects", async () => {
  const { page, close } = await device(SIZES.tablet, { javaScriptEnabled: false });
  const child = monitorOf("健体岗");
  try {
    await page.goto(child.class_url);
    await page.locator('[data-test="duty-door"] input').fill(child.student_no);
    await page.locator('[data-test="duty-door"] button').click();
    const { hook, keys } = pinOf(child);
    for (const key of keys) await page.locator(`[data-test="${hook}"][data-id="${key}"]`).first().click();
    const row = page.locator("[data-class]").first();
    await row.locator("select.num").first().selectOption("9");
    await row.locator("select.why").first().selectOption({ index: 1 });
    await page.getByTestId("send").click();
    await page.getByTestId("duty-sent").waitFor();
    assert.equal(await page.locator("[data-class] select.num").first().inputValue(), "9");
  } finally { await close(); }
});

test("a class's teacher appeals, the office puts it right; posts, week and certificates", async () => {
  const monitor = await device(SIZES.tablet);
  const child = monitorOf("阅读岗");
  await comeIn(monitor.page, child);
  const row = monitor.page.locator("[data-class]").first();
  const name = (await row.locator("legend").textContent()).trim();
  await row.getByTestId("item-minus").first().tap();
  await row.getByTestId("reason").first().tap();
  await monitor.page.getByTestId("send").tap();
  await monitor.page.getByTestId("duty-sent").waitFor();
  await monitor.close();
  const code = "0一二三四五六".indexOf(name[0]) * 100 + Number(name.match(/\d+/)[0]);
  const person = homeroomOf(demo.sheet, String(code));
  const teacher = await openDevice(demo.sheet.address, SIZES.desk);
  try {
    await signIn(teacher.page, demo.sheet.address, person);
    await teacher.page.locator('a[href^="/t/classes/"]').first().click();
    await teacher.page.locator('a[href$="/checks"]').first().click();
    await look(teacher.page, "checks");
    await teacher.page.getByTestId("check-ask").first().click();
    await teacher.page.locator('details[open] input[name="words"]').fill("那时正在大扫除。");
    await teacher.page.getByTestId("check-send").first().click();
    await teacher.page.locator(".sf-tag.open").first().waitFor();
    await teacher.page.setViewportSize(SIZES.phone);
    await look(teacher.page, "checks-phone");
  } finally { await teacher.close(); }
  const office = await openDevice(demo.sheet.address, SIZES.desk);
  try {
    const { page } = office;
    await signIn(page, demo.sheet.address, demo.sheet.office);
    await page.goto(`${demo.sheet.address}/a/inspections`);
    await look(page, "inspections-appeal");
    const appeal = page.getByTestId("check-appeal").filter({ hasText: "那时正在大扫除。" });
    await appeal.locator('input[name="words"]').fill("核实了。");
    await appeal.getByTestId("correct").click();
    await page.locator("s").first().waitFor();
    await look(page, "inspections");
    for (const [path, name] of [["/a/posts", "posts"], ["/a/week", "week"]]) {
      await page.goto(demo.sheet.address + path);
      await look(page, name);
      await page.setViewportSize(SIZES.phone);
      await look(page, `${name}-phone`);
      await page.setViewportSize(SIZES.desk);
    }
    await page.locator('a[href^="/a/week?day="]').nth(1).click();
    await look(page, "week-decided");
    await page.getByTestId("certificates").click();
    await page.getByTestId("certificate").first().waitFor();
    await look(page, "certificates");
    await page.pdf({ path: "/tmp/duty-certificates.pdf", preferCSSPageSize: true });
  } finally { await office.close(); }
});
