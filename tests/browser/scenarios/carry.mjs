// A family takes a badge along at 360 px: what is in the file is said before, the guardian's yes is asked for, the files
// are checked by other people's programs without network (tests/verifier, and jose), changed ones are refused, and once
// the family takes it back everybody learns that it holds no longer.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { EmbeddedJWK, compactVerify } from "jose";
import { startDemo } from "../lib/app.mjs";
import { SIZES, look, openDevice } from "../lib/browser.mjs";
import { clipped, small } from "../lib/layout.mjs";

const LEAST_TARGET = 44;
const checker = fileURLToPath(new URL("../../verifier/check.py", import.meta.url));
const python = process.env.STARLIGHT_VERIFIER;
let demo;
let folder;
before(async () => {
  demo = await startDemo();
  folder = mkdtempSync(join(tmpdir(), "starlight-badges-"));
});
after(async () => {
  await demo?.stop();
  demo?.remove();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The badges of the first family whose child has one. */
async function atBadges() {
  const device = await openDevice(demo.sheet.address, SIZES.phone, { hasTouch: true, isMobile: true });
  const { page } = device;
  for (const link of demo.sheet.family_links.slice(0, 40)) {
    await device.context.clearCookies();
    await page.goto(link.url);
    await page.getByTestId("open").tap();
    await page.waitForURL(/\/f\//);
    if (await page.getByTestId("agree").count()) await page.getByTestId("agree").tap();
    await page.goto(`${demo.sheet.address}${new URL(page.url()).pathname}/badges`);
    if (await page.locator('[data-test="take-along"][data-state="open"]').count()) return device;
  }
  throw new Error("no family of the demo has a badge");
}

async function whole(page, name) {
  await look(page, `carry-${name}`);
  assert.deepEqual([...await small(page, LEAST_TARGET), ...await clipped(page)], [], name);
}

/** Every file of the page, saved; the signed text and the address of the page for checking. */
async function saved(page, into) {
  mkdirSync(into, { recursive: true });
  for (const file of await page.getByTestId("file").all()) {
    const started = page.waitForEvent("download");
    await file.tap();
    const download = await started;
    await download.saveAs(join(into, download.suggestedFilename().replace("starlight-", "")));
  }
  return readFileSync(join(into, "badge-v3.jwt"), "utf8");
}

const said = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());

/** What a reader with a network fetches, and the key. */
async function documents(token, v2) {
  const told = said(token);
  const badge = said(v2).badge;
  const key = said(v2).verification.creator;
  const wanted = [told.credentialStatus.statusListCredential, told.issuer.id, badge, key, `${told.issuer.id}/withdrawn`];
  const texts = await Promise.all(wanted.map(async (url) => [url, await (await fetch(url)).text()]));
  const all = Object.fromEntries(texts);
  writeFileSync(join(folder, "documents.json"), JSON.stringify(all));
  writeFileSync(join(folder, "key.pem"), JSON.parse(all[key]).publicKeyPem);
  return all;
}

/** The verdicts of the independent program, by file. */
function verdicts(files, ...rest) {
  return JSON.parse(execFileSync(python, [checker, files, join(folder, "key.pem"), ...rest], { encoding: "utf8" }));
}

/** A PNG with the sum of its text put right: whoever forges a file does so too. */
function summed(png) {
  const at = png.indexOf("iTXt");
  const end = at + 4 + png.readUInt32BE(at - 4);
  let sum = 0xffffffff;
  for (const byte of png.subarray(at, end)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  png.writeUInt32BE((sum ^ 0xffffffff) >>> 0, end);
  return png;
}

/** The same files with another name in them. */
function changed(from, to) {
  cpSync(from, to, { recursive: true });
  for (const name of ["v3.png", "v3.svg", "v3.jwt", "v2.png", "v2.svg"]) {
    const path = join(to, `badge-${name}`);
    const bytes = readFileSync(path, "latin1");
    const [, head, payload] = /(eyJ[\w-]+)\.(eyJ[\w-]+)\./.exec(bytes);
    const other = JSON.parse(Buffer.from(payload, "base64url").toString());
    for (const field of ["name", "narrative"]) if (other[field]) other[field] = [...other[field]].reverse().join("");
    const text = Buffer.from(JSON.stringify(other)).toString("base64url");
    assert.notEqual(text, payload, name);
    const forged = Buffer.from(bytes.replace(`${head}.${payload}`, `${head}.${text}`), "latin1");
    writeFileSync(path, name.endsWith("png") ? summed(forged) : forged);
  }
}

/** A refused form is answered with 422, which the console tells. */
const refused = (complaints) => assert.match(complaints.pop(), /status of 422/);

const verdict = (page) => page.getByTestId("verdict").getAttribute("data-verdict");

async function checkedHere(page, path) {
  await page.goto(`${demo.sheet.address}/verify`);
  await page.locator("#file").setInputFiles(path);
  await page.getByTestId("check-file").click();
  await page.getByTestId("verdict").waitFor();
  return verdict(page);
}

test("a badge is taken along, checked by others, and taken back", async (t) => {
  const { page, close, complaints } = await atBadges();
  const desk = await openDevice(demo.sheet.address);
  try {
    await whole(page, "list");
    await page.locator('[data-test="take-along"][data-state="open"]').first().tap();
    await page.getByTestId("take").waitFor();
    await whole(page, "ask");
    await page.getByTestId("take").tap();
    await page.getByRole("alert").waitFor();
    refused(complaints);
    await page.locator('input[value="short"]').check();
    await page.getByTestId("agree").tap();
    await page.getByTestId("take").tap();
    await page.getByTestId("file").first().waitFor();
    await whole(page, "files");

    const good = join(folder, "good");
    const token = await saved(page, good);
    const v2 = /verify="([^"]+)"/.exec(readFileSync(join(good, "badge-v2.svg"), "utf8"))[1];
    const { payload, protectedHeader } = await compactVerify(token, EmbeddedJWK);
    assert.equal(protectedHeader.alg, "RS256");
    assert.match(JSON.parse(Buffer.from(payload)).credentialSubject.identifier[0].identityHash, /^.\*\*$/);
    await compactVerify(v2, EmbeddedJWK);
    const bad = join(folder, "bad");
    changed(good, bad);
    const forged = readFileSync(join(bad, "badge-v3.jwt"), "utf8");
    await assert.rejects(compactVerify(forged, EmbeddedJWK), { code: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED" });

    await documents(token, v2);
    if (python) {
      const started = Date.now();
      const all = (told, what) => assert.ok(Object.keys(told).length === 5 && Object.values(told).every(what), JSON.stringify(told));
      all(verdicts(good), (one) => one === "valid");
      all(verdicts(good, join(folder, "documents.json")), (one) => one === "valid");
      all(verdicts(bad), (one) => /[Ss]ignature/.test(one));
      t.diagnostic(`openbadgeslib: 5 files valid, 5 changed ones refused, ${Date.now() - started} ms`);
    } else t.diagnostic("STARLIGHT_VERIFIER is not set: only jose looked at the files");

    assert.equal(await checkedHere(desk.page, join(good, "badge-v3.png")), "genuine");
    await look(desk.page, "verify-genuine");
    assert.deepEqual(await clipped(desk.page), []);
    assert.equal(await checkedHere(desk.page, join(good, "badge-v2.png")), "genuine");
    assert.equal(await checkedHere(desk.page, join(bad, "badge-v3.png")), "changed");
    await look(desk.page, "verify-changed");
    const picture = await fetch(`${demo.sheet.address}/static/badges/star.png`);
    writeFileSync(join(folder, "bare.png"), Buffer.from(await picture.arrayBuffer()));
    assert.equal(await checkedHere(desk.page, join(folder, "bare.png")), "unreadable");

    await page.locator("details.how summary").tap();
    await page.getByTestId("give-back").tap();
    await page.getByTestId("gone").waitFor();
    await whole(page, "gone");
    await documents(token, v2);
    if (python) {
      const told = verdicts(good, join(folder, "documents.json"));
      assert.ok(Object.values(told).every((one) => /revo/.test(one)), JSON.stringify(told));
    }
    assert.equal(await checkedHere(desk.page, join(good, "badge-v3.svg")), "withdrawn");
    await look(desk.page, "verify-withdrawn");
    const seen = await desk.page.goto(said(token).id);
    assert.equal(seen.status(), 200);
    assert.equal(await verdict(desk.page), "withdrawn");
  } finally {
    await desk.close();
    await close();
  }
});
