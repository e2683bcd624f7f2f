// A child's tablet without a browser: the requests of the PIN page and of static/js/{pin,sheet,outbox}.js, so that a
// whole class can answer at the same time. Used by the scenario that kills the server.
import assert from "node:assert/strict";

const PATIENCE = 12_000;
const tag = (text, name) => text.match(new RegExp(`${name}="([^"]*)"`))?.[1] ?? "";

export class Tablet {
  /** What waits here: form key → { s, a }, as outbox.js keeps it. */
  outbox = new Map();
  /** What the child said last, and of it what the server has acknowledged: "source:ratee:indicator" → value. */
  said = new Map();
  acknowledged = new Map();
  #cookies = new Map();
  #sending = new Map();

  constructor(address) {
    this.address = address;
  }

  async #ask(path, options = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, origin: this.address, ...options.headers };
    const answer = await fetch(new URL(path, this.address), { redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split("=");
      this.#cookies.set(name, value);
    }
    return answer;
  }

  async #page(path) {
    let answer = await this.#ask(path);
    while (answer.status === 303) answer = await this.#ask(answer.headers.get("location"));
    assert.equal(answer.status, 200, path);
    return answer.text();
  }

  /** Tile → PIN → the cards: [{ key, stamp, stored, source, ratee, rows: [{ id, values }] }]. */
  async enter(student) {
    const tiles = (await this.#page(student.class_url)).matchAll(/<a class="tile[^"]*" href="([^"]+)"[\s\S]*?<b[^>]*>([\s\S]*?)<\/b>/g);
    const name = (html) => html.replace(/<rt[\s\S]*?<\/rt>/g, "").replace(/<[^>]*>/g, "");
    const [, href] = [...tiles].find(([, , html]) => name(html) === student.name);
    const pin = await this.#page(href);
    const csrf = tag(pin.slice(pin.indexOf('name="csrf"')), "value");
    const pictures = student.secret.pictures;
    const keys = pictures ?? [...student.secret.digits];
    const fields = { csrf, so_far: keys.slice(0, -1).join(pictures ? "," : ""), [pictures ? "pick" : "digit"]: keys.at(-1) };
    const answer = await this.#ask(href, { method: "POST", body: new URLSearchParams(fields) });
    assert.equal(answer.status, 303, `${student.name} is let in`);
    return (await this.#page(answer.headers.get("location"))).split('<form class="sheet').slice(1).map(card);
  }

  /** sheet.js `save`: the tap goes into the outbox, and from there to the server. */
  tap(form, row, value) {
    const entry = this.outbox.get(form.key) ?? { s: form.stamp, a: {} };
    form.stamp = Math.max(entry.s, form.stamp) + 1;
    this.outbox.set(form.key, { s: form.stamp, a: { ...entry.a, [row.id]: value }, about: `${form.source}:${form.ratee}` });
    this.said.set(`${form.source}:${form.ratee}:${row.id}`, value);
    return this.deliver(form.key, row.id);
  }

  /** outbox.js `deliver`; a failure leaves the entry for the next try. */
  async deliver(key, live) {
    while (this.#sending.has(key)) await this.#sending.get(key);
    const entry = this.outbox.get(key);
    if (!entry) return;
    const sent = this.#send(key, entry, live).finally(() => this.#sending.delete(key));
    this.#sending.set(key, sent);
    await sent;
  }

  async #send(key, entry, live) {
    const body = JSON.stringify({ key, stamp: entry.s, late: live === undefined, scores: entry.a });
    const answer = await this.#ask("/s/outbox", { method: "POST", body, headers: { "content-type": "application/json" } }).catch(() => null);
    if (answer === null || answer.status === 429 || answer.status >= 500) return;
    assert.equal(answer.status, 200, "one tablet a child: nothing is stale, nothing refused");
    for (const [id, value] of Object.entries(entry.a)) this.acknowledged.set(`${entry.about}:${id}`, value);
    if (this.outbox.get(key)?.s === entry.s) this.outbox.delete(key);
  }

  /** outbox.js `flush`. */
  async flush() {
    await Promise.all([...this.outbox.keys()].map((key) => this.deliver(key)));
  }
}

/** One form of the page, read as sheet.js reads it. */
function card(html) {
  const rows = html.split('data-test="indicator"').slice(1).map((row) => ({
    id: tag(row, "data-id"),
    values: [...row.matchAll(/data-test="anchor" data-value="([^"]*)"/g)].map(([, value]) => (value === "" ? null : Number(value))),
  }));
  const number = (name) => Number(tag(html, name));
  return { key: tag(html, "data-key"), stamp: number("data-stamp"), stored: number("data-stored"), source: tag(html, "data-source"), ratee: tag(html, "data-ratee"), rows };
}
