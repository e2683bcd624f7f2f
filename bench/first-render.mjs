// How heavy each step of a child's round is and when its first words are seen, on a line of 1.6 Mbit/s with 150 ms
// latency and an empty cache.   node bench/first-render.mjs      STARLIGHT_BIN, CHROMIUM; RUNS (3), medians
import { startDemo } from "../tests/browser/lib/app.mjs";
import { SIZES, openDevice } from "../tests/browser/lib/browser.mjs";
import { enterAsStudent, fillSheets } from "../tests/browser/lib/people.mjs";
import { meter } from "../tests/browser/lib/wire.mjs";

const MOST_BYTES = 120 * 1024;
const MOST_PAINT = 1000;
const runs = Number(process.env.RUNS ?? 3);
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const demo = await startDemo();
const rows = [];
try {
  for (const [segment, code] of [["low", "101"], ["middle", "301"], ["high", "501"]]) {
    const device = await openDevice(demo.sheet.address, SIZES.tablet, { hasTouch: true });
    const child = demo.sheet.students.filter((student) => student.class === code)[30];
    for (const [step, address] of await steps(device.page, child)) {
      const { cold, stop } = await meter(device.page, { slow: true });
      const seen = [];
      for (let run = 0; run < runs; run += 1) seen.push(await cold(address));
      await stop();
      rows.push({ segment, step, bytes: median(seen.map((one) => one.bytes)), requests: seen[0].requests, paint: median(seen.map((one) => one.paint)) });
    }
    await device.close();
  }
} finally {
  await demo.stop();
  demo.remove();
}

/** The addresses of a round for a child that has answered once; the class page signs out, so it comes last. */
async function steps(page, child) {
  await page.goto(child.class_url);
  const pin = await page.getByTestId("tile").nth(30).getAttribute("href");
  await enterAsStudent(page, child);
  const { sheets } = await fillSheets(page, (values, n) => values[n % values.length]);
  await enterAsStudent(page, child);
  const at = (path) => new URL(path, child.class_url).href;
  const card = (source) => at(`/s/sheets/${sheets.find((key) => key.startsWith(`${source}:`)).replace(":", "/")}`);
  return [["own card", card("self")], ["peer card", card("peer")], ["own page", at("/s/me")], ["done", at("/s/done")], ["class page", child.class_url], ["PIN page", at(pin)]];
}

console.log("| segment | step | KB over the wire | requests | first contentful paint |\n|---|---|---:|---:|---:|");
for (const { segment, step, bytes, requests, paint } of rows) {
  const kept = (right) => (right ? "" : " (!)");
  console.log(`| ${segment} | ${step} | ${(bytes / 1024).toFixed(1)}${kept(bytes <= MOST_BYTES)} | ${requests} | ${Math.round(paint)} ms${kept(paint <= MOST_PAINT)} |`);
}
console.log(`targets: ≤ ${MOST_BYTES / 1024} KB, ≤ ${MOST_PAINT} ms`);
