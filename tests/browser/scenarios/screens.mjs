// Displays as visitors see them: every slide of a hall and of a classroom measured by night and by day, hidden by the
// teacher within five seconds, the last good frame while the server is down, back by itself afterwards.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { crossed, cut, faint, red, tiny } from "../lib/board.mjs";
import { SIZES, accessible, look, openDevice, shoot } from "../lib/browser.mjs";
import { homeroomOf, signIn } from "../lib/people.mjs";

let demo;
before(async () => { demo = await startDemo(); });
after(async () => {
  await demo?.stop();
  demo?.remove();
});

async function at(size, work, options) {
  const device = await openDevice(demo.sheet.address, size, options);
  try {
    await work(device.page, device);
  } catch (error) {
    await shoot(device.page, "failed-screens").catch(() => {});
    device.complaints.length = 0;
    throw error;
  } finally {
    await device.close();
  }
}

const screen = (kind) => demo.sheet.screens.find((one) => one.kind === kind);

/** Goes through all slides of a paired display and returns their kinds; each one is held to every measure. */
async function measure(page, name) {
  const answer = await page.request.get(`${demo.sheet.address}/api/v1/screens/current/frame`);
  const { slides } = await answer.json();
  const faults = [];
  for (const [n, slide] of slides.entries()) {
    await page.goto(`${demo.sheet.address}/screen/show?slide=${n}`);
    await page.locator(".slot:not([hidden]) [data-test=slide]").waitFor();
    const told = await Promise.all([tiny(page), cut(page), crossed(page), faint(page), red(page)]);
    faults.push(...told.flat().map((line) => `${name} ${n} ${slide.kind}: ${line}`));
    await shoot(page, `screen-${name}-${String(n).padStart(2, "0")}-${slide.kind}`);
    await accessible(page, `${name} ${slide.kind}`);
    const rows = await page.locator(".slot:not([hidden]) .ranking [data-test=class-row]").count();
    assert.ok(rows <= 7, `${rows} rows on one slide`);
    const tiles = await page.locator(".slot:not([hidden]) li:not(.ranking li), .slot:not([hidden]) .ot, .slot:not([hidden]) .gd").count();
    assert.ok(tiles <= 12 || slide.kind === "ranking", `${tiles} tiles on ${slide.kind}`);
  }
  assert.deepEqual(faults, []);
  return slides.map((slide) => slide.kind);
}

/** The office sets a kind's programme: light, and how rankings are shown. */
async function programme(kind, light, view) {
  await at(SIZES.desk, async (page) => {
    await signIn(page, demo.sheet.address, demo.sheet.office);
    await page.goto(`${demo.sheet.address}/a/screens`);
    await look(page, "office-screens");
    await page.getByTestId(`programme-${kind}`).click();
    await page.locator(`input[name=light][value=${light}]`).check({ force: true });
    if (view) await page.locator(`input[name=view][value=${view}]`).check({ force: true });
    await look(page, `office-programme-${kind}`);
    await Promise.all([page.waitForURL(/\/a\/screens$/), page.locator("button[value=save]").click()]);
  });
}

for (const light of ["night", "day"]) {
  test(`every slide of a hall reads from six metres: ${light}`, async () => {
    await programme("hall", light, light === "day" ? "band" : "all");
    await at(SIZES.screen, async (page) => {
      await page.goto(screen("hall").url);
      const kinds = await measure(page, `hall-${light}`);
      for (const kind of [light === "day" ? "band" : "ranking", "constellation", "moment", "participation"]) assert.ok(kinds.includes(kind), `${kind} of ${kinds}`);
    });
  });

  test(`every slide of a classroom reads from six metres: ${light}`, async () => {
    await programme("classroom", light);
    await at(SIZES.screen, async (page) => {
      await page.goto(screen("classroom").url);
      const kinds = await measure(page, `room-${light}`);
      for (const kind of ["sky", "strengths", "place"]) assert.ok(kinds.includes(kind), `${kind} of ${kinds}`);
    });
  });
}

test("the other shapes of displays hold the slides as well", async () => {
  for (const size of [{ width: 1366, height: 768 }, { width: 1280, height: 800 }, { width: 3840, height: 2160 }]) {
    await at(size, async (page) => {
      await page.goto(screen("hall").url);
      await page.getByTestId("slide").first().waitFor();
      const told = [await tiny(page), await cut(page)].flat();
      assert.deepEqual(told, [], `${size.width}×${size.height}`);
    });
  }
});

test("a display without motion changes slides without fading", async () => {
  await at(SIZES.screen, async (page) => {
    await page.goto(screen("hall").url);
    const time = await page.locator(".slot").first().evaluate((slot) => getComputedStyle(slot).transitionDuration);
    assert.match(time, /^0s/);
  }, { reducedMotion: "reduce" });
});

test("the teacher hides the own classroom within five seconds and shows it again", async () => {
  const room = screen("classroom");
  const teacher = homeroomOf(demo.sheet, room.class);
  await at(SIZES.screen, async (display) => {
    await display.goto(room.url);
    await display.locator('[data-kind="sky"]').first().waitFor();
    await at(SIZES.desk, async (page) => {
      await signIn(page, demo.sheet.address, teacher);
      await page.locator('a[href*="/t/classes/"]').first().click();
      const home = page.url().replace(/(\/t\/classes\/[^/?]+).*/, "$1");
      await page.goto(`${home}/screen`);
      await look(page, "teacher-screen");
      let began = Date.now();
      await page.getByTestId("screen-hide").click();
      await display.locator('.slot:not([hidden]) [data-kind="quiet"]').waitFor({ timeout: 5_000 });
      const hidden = Date.now() - began;
      assert.deepEqual([await tiny(display), await faint(display), await cut(display)].flat(), []);
      assert.equal(await display.locator('[data-kind="sky"]').count(), 0, "what is hidden is not there");
      await shoot(display, "screen-room-hidden");
      await look(page, "teacher-screen-hidden");
      began = Date.now();
      await page.getByTestId("screen-show").click();
      await display.locator('.slot:not([hidden]) [data-kind="sky"], .slot:not([hidden]) [data-kind]:not([data-kind="quiet"])').first().waitFor({ timeout: 5_000 });
      console.log(`hidden after ${hidden} ms, back after ${Date.now() - began} ms`);
    });
  });
});

test("a display that is turned off goes dark and lights up again by itself", async () => {
  await at(SIZES.screen, async (display) => {
    await display.goto(screen("hall").url);
    await display.getByTestId("slide").first().waitFor();
    const toggle = (on) => at(SIZES.desk, async (page) => {
      await signIn(page, demo.sheet.address, demo.sheet.office);
      await page.goto(`${demo.sheet.address}/a/screens/hall`);
      await page.locator("input[name=on]").setChecked(on);
      await Promise.all([page.waitForURL(/\/a\/screens$/), page.locator("button[value=save]").click()]);
    });
    await toggle(false);
    await display.locator('[data-board][data-mode="off"]').waitFor({ timeout: 6_000 });
    assert.equal(await display.locator(".slot").count(), 0);
    await toggle(true);
    await display.locator(".slot:not([hidden]) [data-test=slide]").waitFor({ timeout: 20_000 });
  }, { lossy: true });
});

test("the last good frame stays while the server is down, and the display comes back by itself", async () => {
  await at(SIZES.screen, async (page) => {
    await page.goto(screen("hall").url);
    await page.getByTestId("slide").first().waitFor();
    await page.waitForTimeout(1_500);
    await demo.kill();
    await page.waitForTimeout(6_000);
    assert.ok((await page.locator(".slot:not([hidden]) [data-test=slide]").count()) > 0, "slides stay");
    assert.match(await page.getByTestId("updated-at").innerText(), /\d\d:\d\d/);
    const back = page.waitForResponse((answer) => answer.url().endsWith("/events") && answer.status() === 200, { timeout: 60_000 });
    await demo.restart();
    const began = Date.now();
    await back;
    const took = Date.now() - began;
    console.log(`back ${took} ms after the server`);
    assert.ok(took <= 10_000, `${took} ms`);
  }, { lossy: true });
});
