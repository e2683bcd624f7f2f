// What people do on the pages, by the test hooks of interfaces.md. Used by the scenarios.
import assert from "node:assert/strict";
import { freshTotp } from "./totp.mjs";

/** Done, or all said while the network is away. */
const ENDED = '[data-test="done"], .waits';
let lastCode = "";

/** Office and teachers: login, password and, for the office, a one-time code. */
export async function signIn(page, address, person) {
  await page.goto(`${address}/sign-in`);
  await page.locator('input[name="login"]').fill(person.login);
  await page.locator('input[name="password"]').fill(person.password);
  const code = page.locator('input[name="code"]');
  if (person.totp_secret && (await code.count()) > 0) await code.fill((lastCode = await freshTotp(person.totp_secret, lastCode)));
  await submit(page);
  if (person.totp_secret && /sign-in/.test(page.url()) && (await code.count()) > 0) {
    await code.fill((lastCode = await freshTotp(person.totp_secret, lastCode)));
    await submit(page);
  }
  assert.ok(!/sign-in/.test(page.url()), `still at ${page.url()}: sign-in refused`);
}

/** The homeroom teacher of a class, by its code. */
export const homeroomOf = (sheet, code) => sheet.teachers.find((one) => one.role === "homeroom" && one.classes.includes(code));

/** The children of a class, by its code. */
export const pupilsOf = (sheet, code) => sheet.students.filter((one) => one.class === code);

/** The code of the first class of 45. */
export const largestClass = (sheet) => [...new Set(sheet.students.map((one) => one.class))].sort().find((code) => pupilsOf(sheet, code).length === 45);

async function submit(page) {
  await Promise.all([page.waitForLoadState("load"), page.locator('main form[method="post"] button:not([type="button"])').first().click()]);
}

const touch = new WeakMap();

/** A finger where the device has a touch screen, a mouse elsewhere. */
async function press(locator) {
  const context = locator.page().context();
  if (!touch.has(context)) touch.set(context, await locator.evaluate(() => navigator.maxTouchPoints > 0));
  await (touch.get(context) ? locator.tap() : locator.click());
}

/** A homeroom teacher lets the own class sign in. */
export async function openWindow(page, address, teacher) {
  await signIn(page, address, teacher);
  const button = (value) => page.locator(`form[action$="/window"] button[value="${value}"]`).first();
  await button(0).or(button(1)).waitFor();
  if (await button(1).count()) await button(1).click();
  await button(0).waitFor();
}

/** The office's counts of a class in the open round. */
export async function participation(page, sheet, code) {
  await signIn(page, sheet.address, sheet.office);
  const answer = await page.request.get(`${sheet.address}/api/v1/rounds/${sheet.open_round.id}/participation?limit=100`);
  return (await answer.json()).items.find((one) => one.class === code);
}

/** Class page → tile → pictures or digits. Returns the number of taps. */
export async function enterAsStudent(page, student) {
  await page.goto(student.class_url);
  return tapIn(page, student);
}

/** The same from a class page that is there already; `watch` sees the PIN page. */
export async function tapIn(page, student, watch = async () => {}) {
  await press(await tileOf(page, student.name));
  await page.locator("[data-pin]").waitFor();
  await watch();
  const { hook, keys } = pinOf(student);
  for (const key of keys) await press(page.locator(`[data-test="${hook}"][data-id="${key}"]`).first());
  await page.getByTestId("sheet").first().waitFor();
  return 1 + keys.length;
}

/** What a child presses on the PIN page, and where. */
export function pinOf({ secret }) {
  return { hook: secret.pictures ? "pin-picture" : "pin-digit", keys: secret.pictures ?? [...secret.digits] };
}

/** Tiles hold ruby and numbers: only the characters of the name count. */
export async function tileOf(page, name) {
  const tiles = page.getByTestId("tile");
  await tiles.first().waitFor();
  const at = await tiles.evaluateAll((list, wanted) => list.findIndex((tile) => {
    const words = tile.querySelector("b").cloneNode(true);
    words.querySelectorAll("rt").forEach((rt) => rt.remove());
    return words.textContent.trim() === wanted;
  }), name);
  assert.ok(at >= 0, `no tile for ${name}`);
  return tiles.nth(at);
}

/** Answers sheet after sheet until done; `choose(values, n)` picks an anchor. Returns taps, sheets seen and what was
 *  said last: "source:ratee:indicator" → value. */
export async function fillSheets(page, choose, watch = async () => {}) {
  const seen = [];
  const said = new Map();
  let taps = 0;
  for (let step = 0; step < 40 && (await page.locator(ENDED).count()) === 0; step += 1) {
    const sheet = page.getByTestId("sheet").first();
    const key = `${await sheet.getAttribute("data-source")}:${await sheet.getAttribute("data-ratee")}`;
    if (!seen.includes(key)) seen.push(key);
    await watch(key);
    const given = await answerAll(sheet, choose, seen.length, (id, value) => said.set(`${key}:${id}`, Number(value)));
    const moved = await forward(page, key);
    // The one question about the class is not counted (product.md, Student).
    if (!key.startsWith("class:")) taps += given + moved;
  }
  await page.getByTestId("done").first().waitFor();
  return { taps, sheets: seen, said };
}

async function answerAll(sheet, choose, number, note) {
  let taps = 0;
  for (const indicator of await sheet.getByTestId("indicator").all()) {
    const anchors = indicator.locator('[data-test="anchor"]:not([data-value=""])');
    const values = await anchors.evaluateAll((list) => list.map((one) => one.getAttribute("data-value")));
    const value = choose(values, number + taps);
    await press(indicator.locator(`[data-test="anchor"][data-value="${value}"]`).first());
    note(await indicator.getAttribute("data-id"), value);
    taps += 1;
  }
  return taps;
}

/** Next or send; a friendly question in between is answered by going on. */
async function forward(page, before) {
  const [source, ratee] = before.split(":");
  const button = page.locator('[data-test="send"]:visible, [data-test="next"]:visible').first();
  const question = page.locator('[data-test="kind-question"]:visible');
  const other = page.locator(`[data-test="sheet"]:not([data-ratee="${ratee}"]), [data-test="sheet"]:not([data-source="${source}"])`);
  const moved = page.locator(ENDED).or(other).first();
  await press(button);
  await moved.or(question).first().waitFor();
  if ((await question.count()) === 0) return 1;
  await press(button);
  await moved.waitFor();
  return 2;
}

/** A family at its own phone: landing, one tap to open, one tap each, send. Returns the taps. */
export async function answerAsFamily(page, link) {
  await page.goto(link.url);
  await page.getByTestId("open").click();
  let taps = 1;
  await page.getByTestId("indicator").first().waitFor();
  for (const indicator of await page.getByTestId("indicator").all()) {
    await indicator.locator('[data-test="anchor"]:not([data-value=""])').last().click();
    taps += 1;
  }
  await page.getByTestId("send").click();
  return taps + 1;
}
