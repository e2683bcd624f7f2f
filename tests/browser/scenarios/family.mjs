// Families at 360 px: chat apps fetch every link before anybody taps it; from the link to "done" in eight taps, with
// scripts and without; light, accessible pages; English by a switch; two children in one browser never mix.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice, shoot } from "../lib/browser.mjs";
import { clipped, small } from "../lib/layout.mjs";
import { meter } from "../lib/wire.mjs";

const MOST_TAPS = 8;
const MOST_BYTES = 60 * 1024;
/** Product and design ask for 44 px on phones. */
const LEAST_TARGET = 44;
/** End of the names of pages without scripts. */
const PLAIN = "-plain";
const BOTS = [
  "MicroMessenger/8.0", "WeCom-Preview/4.1", "QQ/9.0 LinkPreview", "DingTalkBot-LinkService/1.0", "TelegramBot (like TwitterBot)",
  "WhatsApp/2.23", "facebookexternalhit/1.1", "Twitterbot/1.0", "Slackbot-LinkExpanding 1.0", "Discordbot/2.0",
  "SkypeUriPreview Preview/0.5", "LinkedInBot/1.0", "Googlebot/2.1", "bingbot/2.0", "Baiduspider/2.0",
  "Sogou web spider/4.0", "360Spider", "YisouSpider/5.0", "Bytespider", "curl/8.5",
];

let demo;
before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); demo?.remove(); });

const child = (link) => demo.sheet.students.find((one) => one.student_no === link.student_no);
/** One link a segment, and none twice. */
const taken = new Set();
const linkOf = (...grades) => {
  const fits = (one) => grades.includes(Number(child(one).class[0])) && !taken.has(one.url);
  const link = demo.sheet.family_links.find(fits);
  if (link) taken.add(link.url);
  return link;
};

test("twenty bots on every link of a class learn nothing and are in nobody's way", async (t) => {
  const links = demo.sheet.family_links.filter((one) => child(one).class === child(demo.sheet.family_links[0]).class);
  const seen = new Set();
  let fetched = 0;
  for (const link of links) {
    const asked = BOTS.flatMap((bot) => ["HEAD", "GET"].map(async (method) => {
      const answer = await fetch(link.url, { method, headers: { "user-agent": bot, "sec-purpose": "prefetch;prerender" }, redirect: "manual" });
      assert.equal(answer.status, 200);
      fetched += 1;
      const path = new URL(link.url).pathname;
      if (method === "GET") seen.add((await answer.text()).replaceAll(path, "PATH").replaceAll(encodeURIComponent(path), "PATH").replace(/name="csrf" value="[^"]*"/, "CSRF"));
    }));
    await Promise.all(asked);
  }
  assert.equal(seen.size, 1, "every child's landing page is the same");
  const [page] = seen;
  for (const student of demo.sheet.students) assert.ok(!page.includes(student.name) && !page.includes(student.student_no), student.name);
  assert.ok(!/og:|<!--|[一二三四五六]\(\d+\)/.test(page));
  t.diagnostic(`${fetched} fetches of ${links.length} links`);
});

/** Everything that can be wrong with the page shown; without scripts nothing can be asked of it, it is only kept. */
async function whole(page, name) {
  if (name.endsWith(PLAIN)) return shoot(page, `family-${name}`);
  await look(page, `family-${name}`);
  assert.deepEqual([...await small(page, LEAST_TARGET), ...await clipped(page)], [], name);
}

/** One tap on the landing page; the notice that a family is shown once is answered and not counted (issue 6). */
async function open(page, name) {
  await page.getByTestId("open").tap();
  const notice = page.getByTestId("notice");
  await notice.or(page.getByTestId("indicator")).or(page.getByTestId("card")).first().waitFor();
  if (await notice.count()) {
    if (name) await whole(page, `notice-${name}`);
    await page.getByTestId("agree").tap();
    await page.getByTestId("indicator").first().waitFor();
  }
}

/** From the link to done; the taps. */
async function answer(page, link, name) {
  let taps = 0;
  const tap = async (locator) => { await locator.tap(); taps += 1; };
  await page.goto(link.url);
  await whole(page, `landing-${name}`);
  await open(page, name);
  taps += 1;
  const questions = page.getByTestId("indicator");
  assert.ok(await questions.count() <= 5);
  for (const question of await questions.all()) await tap(question.getByTestId("anchor").last());
  // Clear of the foot, which stays where it is.
  await page.mouse.wheel(0, 3000);
  await page.waitForTimeout(300);
  await tap(page.locator(".chips .pick").nth(1));
  await whole(page, `form-${name}`);
  await tap(page.getByTestId("send"));
  await page.getByTestId("done").waitFor();
  await whole(page, `done-${name}`);
  return taps;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";
  test(`from the link to done in ${MOST_TAPS} taps, ${how}`, async (t) => {
    const links = [linkOf(1, 2), linkOf(3, 4), linkOf(5, 6)].filter(Boolean);
    assert.ok(links.length > 0);
    for (const link of links) {
      const { page, close } = await openDevice(demo.sheet.address, SIZES.phone, { hasTouch: true, isMobile: true, javaScriptEnabled });
      try {
        const taps = await answer(page, link, `${child(link).class}${javaScriptEnabled ? "" : PLAIN}`);
        assert.ok(taps <= MOST_TAPS, `${taps} taps`);
        const name = child(link).name;
        const said = await page.locator("main").innerText();
        assert.ok(!said.includes(name), "the name is veiled");
        await page.locator(".two .btn.open").tap();
        await page.getByTestId("card").waitFor();
        await whole(page, `card-${child(link).class}${javaScriptEnabled ? "" : PLAIN}`);
        // The same link later: changed until the round closes.
        await page.goto(link.url);
        await open(page);
        await page.getByTestId("card").waitFor();
        t.diagnostic(`${child(link).class}: ${taps} taps ${how}`);
      } finally { await close(); }
    }
  });
}

test("no page weighs more than 60 KB", async (t) => {
  const link = linkOf(1, 2, 3, 4, 5, 6);
  const { page, close } = await openDevice(demo.sheet.address, SIZES.phone, { hasTouch: true, isMobile: true });
  const { cold, stop } = await meter(page);
  const light = async (name, address) => {
    const { bytes, requests } = await cold(address);
    t.diagnostic(`${name}: ${bytes} bytes in ${requests} requests`);
    assert.ok(bytes > 0 && bytes <= MOST_BYTES, `${name}: ${bytes} bytes`);
  };
  try {
    await light("landing", link.url);
    await page.goto(link.url);
    await open(page);
    const here = page.url();
    await light("form", here);
    await page.goto(here);
    await page.getByTestId("anchor").last().tap();
    await page.getByTestId("send").tap();
    await page.getByTestId("done").waitFor();
    for (const [name, more] of [["done", "?sent=1"], ["card", ""], ["edit", "?edit=1"], ["wrong child", "?wrong=1"]]) await light(name, here + more);
    await stop();
  } finally { await close(); }
});

test("two children in one browser: two tabs, each its own, whatever is opened in between", async () => {
  const [one, two] = [linkOf(1, 2, 3, 4, 5, 6), linkOf(1, 2, 3, 4, 5, 6)];
  assert.notEqual(one.student_no, two.student_no);
  const { page, context, close } = await openDevice(demo.sheet.address, SIZES.phone, { hasTouch: true, isMobile: true });
  try {
    const other = await context.newPage();
    await page.goto(one.url);
    await other.goto(two.url);
    for (const tab of [page, other]) {
      await open(tab);
    }
    const [a, b] = [page.url(), other.url()];
    assert.notEqual(a, b);
    // Opening the first link again, in a third tab, must not spoil the form that is being filled in.
    const third = await context.newPage();
    await third.goto(one.url);
    await open(third);
    assert.equal(third.url(), a);
    await other.getByTestId("anchor").first().tap();
    await page.getByTestId("anchor").last().tap();
    for (const tab of [other, page]) {
      await tab.getByTestId("send").tap();
      await tab.getByTestId("done").waitFor();
    }
    for (const [tab, address, nth] of [[page, a, "last"], [other, b, "first"]]) {
      await tab.goto(`${address}?edit=1`);
      const rows = tab.getByTestId("indicator");
      const row = nth === "last" ? rows.last() : rows.first();
      const anchors = row.getByTestId("anchor");
      assert.ok(await (nth === "last" ? anchors.last() : anchors.first()).locator("input").isChecked());
      assert.equal(await tab.locator(".fq input:checked").count(), 1);
    }
  } finally { await close(); }
});

test("in English by a switch", async () => {
  const link = linkOf(1, 2, 3, 4, 5, 6);
  const { page, close } = await openDevice(demo.sheet.address, SIZES.phone, { hasTouch: true, isMobile: true });
  const english = async () => assert.equal(await page.locator("html").getAttribute("lang"), "en");
  try {
    await page.goto(link.url);
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
    await page.getByTestId("language").tap();
    await page.locator("html[lang=en]").waitFor();
    assert.equal(page.url().split("?")[0], link.url);
    assert.doesNotMatch(await page.locator("main h1").innerText(), /[\u4e00-\u9fff]/);
    await whole(page, "landing-en");
    await open(page);
    await english();
    await whole(page, "form-en");
    await page.getByTestId("anchor").last().tap();
    await page.getByTestId("send").tap();
    await page.getByTestId("done").waitFor();
    await english();
    await whole(page, "done-en");
    await page.getByTestId("language").tap();
    await page.locator("html[lang=zh-CN]").waitFor();
  } finally { await close(); }
});
