// Five hundred event streams over real sockets: one change reaches all of them, the server is killed and comes back, all
// streams return within ten seconds without hearing twice what they had, and a revoked display's streams end within five.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, test } from "node:test";
import { startDemo } from "../lib/app.mjs";
import { SIZES, openDevice } from "../lib/browser.mjs";
import { signIn } from "../lib/people.mjs";

const STREAMS = 500;
let demo;
let device;
let streams = [];

before(async () => {
  demo = await startDemo();
  device = await openDevice(demo.sheet.address, SIZES.desk, { lossy: true });
  await signIn(device.page, demo.sheet.address, demo.sheet.office);
});
after(async () => {
  for (const stream of streams) stream.stop();
  await device?.close();
  await demo?.stop();
  demo?.remove();
});

/** A display as a browser is one: comes back two seconds after its stream ended, with the id of the last frame. */
class Stream {
  constructor(token) {
    Object.assign(this, { token, ids: [], open: false, status: 0, opened: 0, done: false, rest: "" });
    this.begin();
  }

  begin() {
    if (this.done) return;
    const { hostname, port } = new URL(demo.sheet.address);
    const last = this.ids.at(-1);
    const headers = { authorization: `Bearer ${this.token}`, ...(last ? { "last-event-id": last } : {}) };
    this.rest = "";
    this.request = http.get({ hostname, port, path: "/api/v1/screens/current/events", headers, agent: false }, (answer) => {
      this.status = answer.statusCode;
      this.open = answer.statusCode === 200;
      this.opened = Date.now();
      answer.setEncoding("utf8");
      answer.on("data", (text) => this.read(text));
      answer.on("close", () => this.again());
      answer.on("error", () => {});
    });
    this.request.on("error", () => this.again());
  }

  again() {
    this.open = false;
    this.closed = Date.now();
    clearTimeout(this.timer);
    if (this.status !== 401) this.timer = setTimeout(() => this.begin(), 2_000);
  }

  read(text) {
    const parts = (this.rest + text).split("\n\n");
    this.rest = parts.pop();
    for (const part of parts) {
      const id = /^id: (.*)$/m.exec(part)?.[1];
      if (!id) continue;
      JSON.parse(/^data: (.*)$/m.exec(part)[1]);
      this.ids.push(id);
    }
  }

  stop() {
    this.done = true;
    clearTimeout(this.timer);
    this.request?.destroy();
  }
}

async function until(what, holds, most) {
  const began = Date.now();
  while (!holds()) {
    if (Date.now() - began > most) assert.fail(`${what}: not after ${most} ms; ${streams.filter((s) => s.open).length} open, frames ${JSON.stringify([...new Set(streams.map((s) => s.ids.length))])}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const took = Date.now() - began;
  console.log(`${what}: ${took} ms`);
  return took;
}

async function change(seconds) {
  await device.page.goto(`${demo.sheet.address}/a/screens/hall`);
  await device.page.locator("input[name=seconds]").fill(String(seconds));
  await Promise.all([device.page.waitForURL(/\/a\/screens$/), device.page.locator("button[value=save]").click()]);
}

const heard = (n) => () => streams.every((stream) => stream.ids.length === n);

test("five hundred streams hear each change once and in order", async () => {
  const token = new URL(demo.sheet.screens.find((one) => one.kind === "hall").url).pathname.split("/").pop();
  streams = Array.from({ length: STREAMS }, () => new Stream(token));
  await until(`${STREAMS} streams have the first frame`, heard(1), 20_000);
  for (const [n, seconds] of [20, 21, 22].entries()) {
    await change(seconds);
    await until(`change ${n + 1} reached all`, heard(n + 2), 5_000);
  }
  const order = streams[0].ids;
  assert.ok(streams.every((stream) => stream.ids.join() === order.join()));
  const boards = order.map((id) => Number(id.split("-")[0]));
  assert.deepEqual(boards, [...boards].sort((a, b) => a - b));
});

test("after a kill all are back within ten seconds, and hear nothing twice", async () => {
  await demo.kill();
  await until("all know", () => streams.every((stream) => !stream.open), 5_000);
  await demo.restart();
  const took = await until("all are back", () => streams.every((stream) => stream.open), 10_000);
  assert.ok(took <= 10_000);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  assert.ok(heard(4)(), "no frame twice");
  await signIn(device.page, demo.sheet.address, demo.sheet.office).catch(() => {});
  await change(23);
  await until("the next change reached all", heard(5), 5_000);
});

test("a revoked display's streams end within five seconds and stay out", async () => {
  await device.page.goto(`${demo.sheet.address}/a/screens`);
  const row = device.page.locator("tr", { has: device.page.locator("td", { hasText: "大厅" }) }).first();
  await row.locator("button[value=revoke]").click();
  await until("all ended", () => streams.every((stream) => !stream.open), 5_000);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  assert.ok(streams.every((stream) => stream.status === 401), "401 when they come back");
});
