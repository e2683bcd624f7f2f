// Looks over Cargo.lock: version floors, banned crates, licences, the RustSec database (CC0, parts
// CC-BY; its licence travels in the archive). Called by tests/all.sh; needs tar, cargo and no network.
//   node tests/supply/check.mjs [path of Cargo.lock]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { atLeast, compare, matches, parse } from "./semver.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const lockFile = process.argv[2] ?? join(root, "Cargo.lock");
const policy = JSON.parse(readFileSync(join(here, "policy.json"), "utf8"));
const packages = readLock(readFileSync(lockFile, "utf8"));

const problems = [...sources(), ...floors(), ...banned(), ...licences(), ...advisories()];
for (const problem of problems) console.log(problem);
console.log(`supply: ${packages.length} packages, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);

function readLock(text) {
  return text.split("[[package]]").slice(1).map((block) => {
    const field = (name) => new RegExp(`^${name} = "(.*)"$`, "m").exec(block)?.[1];
    return { name: field("name"), version: field("version"), source: field("source") };
  });
}

function sources() {
  return packages.filter((p) => p.source?.startsWith("git+")).map((p) => `${p.name} ${p.version}: comes from git`);
}

/** A crate with several maintained lines has a floor per line; a version is held against its own. */
function floors() {
  const low = packages.filter((p) => policy.floors[p.name] && !policy.floors[p.name].some((f) => holds(p.version, f, policy.floors[p.name])));
  return low.map((p) => `${p.name} ${p.version}: below ${policy.floors[p.name].join(" / ")}`);
}

function holds(version, floor, all) {
  const line = (v) => (parse(v)[0] > 0 ? String(parse(v)[0]) : `0.${parse(v)[1]}`);
  const newest = all.every((other) => compare(other, floor) <= 0);
  return atLeast(version, floor) && (newest || line(version) === line(floor));
}

function banned() {
  return packages.filter((p) => policy.banned.includes(p.name)).map((p) => `${p.name} ${p.version}: banned`);
}

function licences() {
  const options = { cwd: dirname(lockFile), encoding: "utf8", maxBuffer: 256 * 1024 * 1024 };
  const metadata = JSON.parse(execFileSync("cargo", ["metadata", "--format-version", "1", "--locked", "--all-features"], options));
  const bad = metadata.packages.filter((p) => p.source && !allowed(p.license ?? ""));
  return bad.map((p) => `${p.name} ${p.version}: licence ${p.license ?? "not declared"}`);
}

/** SPDX expressions as crates write them: AND of OR groups, `/` an old OR, brackets one deep. */
function allowed(expression) {
  const plain = expression.replaceAll("/", " OR ");
  const groups = plain.replace(/[()]/g, (bracket) => (bracket === "(" ? "\u0001" : "\u0002"));
  const parts = [];
  let depth = 0;
  let part = "";
  for (const word of groups.replace(/([\u0001\u0002])/g, " $1 ").split(/\s+/).filter(Boolean)) {
    if (word === "\u0001") depth += 1;
    else if (word === "\u0002") depth -= 1;
    else if (word === "AND" && depth === 0) [parts[parts.length], part] = [part, ""];
    else part += `${word} `;
  }
  parts.push(part);
  const atoms = (text) => text.split(/ OR | AND /).map((atom) => atom.trim());
  const any = (text) => atoms(text).some((atom) => policy.licences.includes(atom));
  return expression !== "" && parts.every(any);
}

function advisories() {
  const folder = mkdtempSync(join(tmpdir(), "starlight-advisories-"));
  try {
    execFileSync("tar", ["-xzf", join(here, "advisory-db.tar.gz"), "-C", folder]);
    return packages.flatMap((p) => advisoriesOf(join(folder, "crates", p.name), p));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function advisoriesOf(folder, found) {
  let files = [];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  return files.filter((f) => f.endsWith(".md")).map((f) => readFileSync(join(folder, f), "utf8")).flatMap((text) => {
    const matter = /```toml\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
    const id = /^id = "(.*)"/m.exec(matter)?.[1];
    if (/^withdrawn = /m.test(matter) || ignored(id)) return [];
    const list = (key) => [...(new RegExp(`^${key} = \\[([\\s\\S]*?)\\]`, "m").exec(matter)?.[1] ?? "").matchAll(/"([^"]*)"/g)].map((m) => m[1]);
    const safe = [...list("patched"), ...list("unaffected")].some((range) => matches(found.version, range));
    const title = /^# (.*)$/m.exec(text)?.[1] ?? "";
    return safe ? [] : [`${found.name} ${found.version}: ${id} ${title}`];
  });
}

/** An ignored advisory needs a reason and an end: {"id", "why", "until": "YYYY-MM-DD"}. */
function ignored(id) {
  const today = new Date().toISOString().slice(0, 10);
  return policy.ignored.some((entry) => entry.id === id && entry.why && entry.until >= today);
}
