// The home beside its form: papers typed in by keyboard, slips on paper, the page of rights without script, each page
// in both languages, small enough for a phone on a thin line.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { homeroomOf, signIn } from "../lib/people.mjs";
import { meter } from "../lib/wire.mjs";

const MOST_BYTES = 60 * 1024;
let demo;
let teacher;

before(async () => {
  demo = await startDemo();
  teacher = homeroomOf(demo.sheet, "301");
});
const devices = [];
// A browser left open by a failed test would keep the run waiting.
after(async () => {
  for (const device of devices) await device.close();
  await demo?.stop();
  demo?.remove();
});

async function atPapers(options = {}) {
  const device = await openDevice(demo.sheet.address, SIZES.desk, options);
  devices.push(device);
  await signIn(device.page, demo.sheet.address, teacher);
  const href = await device.page.locator('a[href^="/t/classes/"]').first().getAttribute("href");
  const path = `${href.split("/").slice(0, 4).join("/")}/paper`;
  await device.page.goto(demo.sheet.address + path);
  return { ...device, path };
}

/** The page of a child's family, opened by one tap; the notice is answered where it is asked. */
async function atHome(options = {}, at = 0) {
  const device = await openDevice(demo.sheet.address, SIZES.phone, options);
  devices.push(device);
  await device.page.goto(demo.sheet.family_links.at(-1 - at).url);
  await device.page.getByTestId("open").click();
  await device.page.waitForURL(/\/f\//);
  const agree = device.page.getByTestId("notice").getByTestId("agree");
  if (await agree.count()) await agree.click();
  return { ...device, here: new URL(device.page.url()).pathname };
}

test("a class's papers by keyboard: each row is there after a reload", async () => {
  const { page } = await atPapers();
  await page.locator("[data-js]:not([hidden])").first().waitFor();
  const rows = await page.locator("[data-row]").count();
  const columns = await page.locator("[data-row]").first().locator("select.cell").count();
  assert.ok(rows >= 10 && columns >= 3, `${rows} × ${columns}`);
  await page.locator("select.cell").first().focus();
  for (let y = 0; y < 5; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      await page.keyboard.press(String(((x + y) % 3) + 1));
      if (x + 1 < columns) await page.keyboard.press("ArrowRight");
    }
    await page.keyboard.press("ArrowDown");
    for (let x = 1; x < columns; x += 1) await page.keyboard.press("ArrowLeft");
  }
  // Filling down would put words into other families' mouths.
  await page.keyboard.press("Control+d");
  await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("starlight.grid.")));
  await page.reload();
  const values = await page.locator("[data-row]").evaluateAll((all) => all.map((row) => [...row.querySelectorAll("select.cell")].map((cell) => cell.value).join("")));
  for (let y = 0; y < 5; y += 1) {
    assert.equal(values[y], Array.from({ length: columns }, (_, x) => String(((x + y) % 3) + 1)).join(""), `row ${y}`);
  }
  assert.ok(values.slice(5).every((row) => row === ""), "other rows are as they were");
  await look(page, "paper");
});

test("slips on paper: two and four a sheet", async () => {
  const { page, path } = await atPapers();
  const homes = await page.locator("[data-row]").count();
  for (const [query, each] of [["", 2], ["?four=1", 4]]) {
    await page.goto(`${demo.sheet.address}${path}/print${query}`);
    assert.equal(await page.getByTestId("paper-slip").count(), homes);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
    assert.equal(pages, Math.ceil(homes / each), `${each} a sheet`);
  }
});

test("rights without script: refuse, come back, ask; both languages; small", async () => {
  const { page, here } = await atHome({ javaScriptEnabled: false }, 0);
  const go = async (path) => page.goto(demo.sheet.address + here + path);
  for (const lang of ["zh-CN", "en"]) {
    for (const path of ["?edit=1", "?sent=1", "", "/rights", "/data"]) {
      await go(`${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
      assert.equal(await page.locator("html").getAttribute("lang"), lang, path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} ${lang} scrolls sideways by ${over} px`);
    }
  }
  await go("/rights?lang=zh-CN");
  const change = async (say) => {
    await page.locator(`details:has([data-test=${say}]) summary`).click();
    await page.getByTestId(say).click();
  };
  await change("refuse");
  assert.equal(await page.getByTestId("decision").getAttribute("data-state"), "refused");
  await go("");
  assert.match(page.url(), /\/rights$/, "form and card are closed");
  await change("agree");
  assert.equal(await page.getByTestId("decision").getAttribute("data-state"), "given");
  // Without scripts the message stays until the next page.
  await go("/rights");
  await page.locator("details:has([data-test=ask]) summary").first().click();
  await page.locator("textarea").first().fill("名字的字不对");
  await page.getByTestId("ask").first().click();
  assert.equal(await page.getByTestId("request").getAttribute("data-state"), "open");
});

test("a family's pages: axe, 360 px, bytes from an empty cache", async () => {
  const { page, here } = await atHome({}, 1);
  const costs = await meter(page);
  for (const path of ["?edit=1", "?sent=1", "", "/rights", "/data"]) {
    const { bytes } = await costs.cold(demo.sheet.address + here + path);
    console.log(`# ${path || "card"}: ${(bytes / 1024).toFixed(1)} KB`);
    assert.ok(bytes <= MOST_BYTES, `${path}: ${bytes} bytes`);
    await look(page, `home${path.replace(/\W/g, "-")}`);
  }
});
