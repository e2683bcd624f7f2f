// The homeroom teacher of 45 children prints the slips: eight to a sheet, none split, each code read off the paper by a
// decoder that is not ours leads to the address beside it; the class's poster; the texts to copy on plain http.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { clipped } from "../lib/layout.mjs";
import { printed } from "../lib/paper.mjs";
import { homeroomOf, largestClass, pupilsOf, signIn } from "../lib/people.mjs";
import { readQrs } from "../lib/qr.mjs";

const A_SHEET = 8;
let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });


/** At the links of the own class, where every child has one. */
async function atLinks(code) {
  const device = await openDevice(demo.sheet.address);
  await signIn(device.page, demo.sheet.address, homeroomOf(demo.sheet, code));
  await device.page.locator('.sf-links a[href$="/links"]').click();
  const issue = device.page.locator('main form button[value="issue"]').first();
  await issue.waitFor();
  if (await issue.isEnabled()) {
    await issue.click();
    await device.page.getByTestId("slip").first().waitFor();
    await device.page.goBack();
    await device.page.reload();
  }
  return device;
}

/** Name, address, code and digits of every slip on the page. */
const slips = (page) => page.getByTestId("slip").evaluateAll((all) => all.map((slip) => ({
  name: slip.querySelector("h2").firstChild.textContent.trim(),
  address: slip.querySelector(".addr").textContent.trim(),
  code: slip.querySelector('[data-test="slip-code"]').textContent.trim(),
  digits: slip.querySelector('[data-test="slip-digits"]')?.textContent.trim() ?? "",
})));

/** Words of a slip that reach over its dashes, as printed. */
async function over(page) {
  await page.emulateMedia({ media: "print" });
  const faults = await page.evaluate(() => [...document.querySelectorAll(".ls-slip")].flatMap((slip) => {
    const paper = slip.getBoundingClientRect();
    return [...slip.querySelectorAll("*")].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.bottom > paper.bottom - 2 || box.right > paper.right - 2 || box.top < paper.top || box.left < paper.left;
    }).map((node) => `${slip.querySelector("h2").textContent}: ${node.tagName} ${node.className}`);
  }));
  await page.emulateMedia({ media: null });
  return faults;
}

async function sheetsHold(page, name) {
  const all = await slips(page);
  assert.deepEqual(await over(page), []);
  const started = Date.now();
  const sheets = await printed(page, name);
  const read = [];
  for (const [n, { picture, text }] of sheets.entries()) {
    const own = all.slice(n * A_SHEET, (n + 1) * A_SHEET);
    const codes = await readQrs(picture);
    assert.deepEqual(codes.sort(), own.map((slip) => slip.address).sort(), `sheet ${n + 1}`);
    for (const slip of own) {
      assert.ok(text.includes(slip.code), `${slip.name}: its code on sheet ${n + 1}`);
      assert.ok(slip.digits === "" || text.includes(slip.digits), `${slip.name}: its digits`);
      assert.equal(text.replace(/\s/g, "").split(slip.name.replace(/\s/g, "")).length, 2, `${slip.name} once on sheet ${n + 1}`);
    }
    read.push(...codes);
  }
  return { all, sheets, read, ms: Date.now() - started };
}

test("45 slips on six sheets, every code read off the paper", async (t) => {
  const code = largestClass(demo.sheet);
  const { page, close } = await atLinks(code);
  try {
    await look(page, "links");
    assert.deepEqual(await clipped(page), []);
    await page.getByTestId("print-all").click();
    await page.getByTestId("slip").first().waitFor();
    await look(page, "slips");
    const { all, sheets, read, ms } = await sheetsHold(page, "slips");
    // A child may have several links and so several slips; here each has one.
    assert.deepEqual(all.map((slip) => slip.name).sort(), pupilsOf(demo.sheet, code).map((one) => one.name).sort());
    assert.equal(sheets.length, Math.ceil(45 / A_SHEET));
    assert.equal(new Set(read).size, 45);
    assert.equal(new Set(all.map((slip) => slip.code)).size, 45);
    for (const slip of all) {
      assert.match(slip.address, /\/p\/[a-z2-7]{32}$/);
      assert.equal(slip.digits, "");
      const known = demo.sheet.family_links.find((one) => one.url.endsWith(new URL(slip.address).pathname));
      if (known) assert.equal(demo.sheet.students.find((one) => one.student_no === known.student_no).name, slip.name);
      assert.equal((await page.request.get(`${demo.sheet.address}${new URL(slip.address).pathname}`)).status(), 200);
    }
    t.diagnostic(`${sheets.length} sheets, ${read.length} codes decoded, printed and read in ${ms} ms`);
  } finally { await close(); }
});

test("with the digits on, each slip has its own four; the texts to copy have none", async () => {
  const office = await openDevice(demo.sheet.address);
  try {
    await signIn(office.page, demo.sheet.address, demo.sheet.office);
    await office.page.goto(`${demo.sheet.address}/a/families`);
    await office.page.locator('input[name="digits"][value="on"]').check();
    await look(office.page, "families");
    await office.page.locator("main form button").click();
    await office.page.locator('input[value="on"]:checked').waitFor();
  } finally { await office.close(); }
  const { page, close } = await atLinks(largestClass(demo.sheet));
  try {
    const here = page.url();
    await page.getByTestId("print-all").click();
    const { all } = await sheetsHold(page, "slips-digits");
    assert.ok(all.every((slip) => /^\d{4}$/.test(slip.digits)));
    await page.goto(here);
    await page.getByTestId("messages").click();
    const texts = page.getByTestId("message");
    await texts.first().waitFor();
    await look(page, "messages");
    const said = await texts.evaluateAll((list) => list.map((one) => one.value));
    assert.equal(said.length, 45);
    for (const [n, text] of said.entries()) {
      const { name, address, digits } = all[n];
      assert.ok(text.includes(`${[...name][0]}**`) && text.includes(`${address} `), text);
      assert.ok(!text.includes(name) && !text.replace(address, "").includes(digits), text);
    }
    // Plain http has no clipboard interface: the text is selected, and the old command copies it.
    const copy = page.locator("[data-copy]").nth(2);
    await copy.click();
    const selected = await page.evaluate(() => { const one = document.activeElement; return one.value.slice(one.selectionStart, one.selectionEnd); });
    assert.equal(selected, said[2]);
    assert.notEqual(await page.locator("[data-copied]").textContent(), "");
  } finally { await close(); }
});

test("a class link: poster with a code that is read, then a child's own code opens the own child", async () => {
  const code = largestClass(demo.sheet);
  const { page, close } = await atLinks(code);
  const phone = await openDevice(demo.sheet.address, SIZES.phone, { hasTouch: true, lossy: true });
  try {
    const here = page.url();
    await page.getByTestId("print-all").click();
    const all = await slips(page);
    await page.goto(here);
    await page.locator('form[action$="/class-link"] button[value="make"]').click();
    await page.locator(".ls-poster").waitFor();
    await look(page, "class-link");
    const [sheet, ...more] = await printed(page, "class-link");
    assert.deepEqual(more, []);
    const address = (await page.locator(".ls-poster .addr").innerText()).trim();
    assert.deepEqual(await readQrs(sheet.picture), [address]);
    assert.ok(all.every(({ name }) => !sheet.text.includes(name)));

    const at = `${demo.sheet.address}${new URL(address).pathname}`;
    await phone.page.goto(at);
    await look(phone.page, "class-landing");
    await phone.page.getByTestId("code").fill("aa aaaaa");
    await phone.page.getByTestId("open").click();
    await phone.page.locator('[role="alert"]').waitFor();
    await look(phone.page, "class-landing-wrong");
    const { name, code: own } = all[6];
    await phone.page.getByTestId("code").fill(own.toLowerCase());
    await phone.page.getByTestId("open").click();
    await phone.page.waitForURL(/\/f\//);
    assert.ok((await phone.page.locator("h1").innerText()).includes(`${[...name][0]}**`));
  } finally {
    await phone.close();
    await close();
  }
});
