// Runs every scenario against a freshly started demo, one after the other.
//   node run.mjs [scenario …]      STARLIGHT_BIN, CHROMIUM, SHOTS (folder for screenshots)
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { makeDemo } from "./lib/app.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "scenarios");
const wanted = process.argv.slice(2);
const names = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
const files = names.filter((name) => wanted.length === 0 || wanted.includes(name.replace(/\.mjs$/, "")));
const counts = { pass: 0, fail: 0 };

process.on("exit", makeDemo());
const stream = run({ files: files.sort().map((name) => join(folder, name)), concurrency: 1, timeout: 600_000 });
const leaf = (event) => event.details?.type !== "suite" && !files.some((name) => event.name.endsWith(name));
stream.on("test:pass", (event) => { if (leaf(event) && event.skip === undefined) counts.pass += 1; });
stream.on("test:fail", (event) => { counts.fail += 1; if (event) process.exitCode = 1; });
stream.on("end", () => console.log(`browser: ${counts.pass} passed, ${counts.fail} failed`));
if (files.length === 0) {
  console.log("browser: no scenario of that name");
  process.exitCode = 2;
}
const reporter = new spec();
stream.compose(reporter).pipe(process.stdout);
