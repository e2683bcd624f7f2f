// Starts `starlight demo` in a throwaway folder and reads its sign-in sheet. Used by every scenario.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

export function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const candidates = [process.env.STARLIGHT_BIN, join(target, "release", "starlight"), join(target, "debug", "starlight")];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error("no starlight binary: build it, or set STARLIGHT_BIN");
  return found;
}

/** Runs one command of the program to its end; its standard output. */
export function starlight(args, options = {}) {
  return execFileSync(binary(), args, { encoding: "utf8", maxBuffer: 256 * 1024 * 1024, cwd: root, ...options });
}

/** Makes the demo's data once for a whole run; every `startDemo` then begins with a copy of it. */
export function makeDemo() {
  const folder = mkdtempSync(join(tmpdir(), "starlight-made-"));
  starlight(["demo", "--data", folder, "--listen", "127.0.0.1:0", "--prepare-only", "--json"], { stdio: ["ignore", "pipe", "ignore"] });
  process.env.STARLIGHT_DEMO_MADE = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The demo, serving on a free port: `sheet` as in interfaces.md, `data` its folder; `stop()`; `kill()`, which leaves
 *  the program no time for anything; `restart()` on the same data and port; `remove()`. */
export async function startDemo() {
  const data = mkdtempSync(join(tmpdir(), "starlight-demo-"));
  const remove = () => rmSync(data, { recursive: true, force: true });
  if (process.env.STARLIGHT_DEMO_MADE) cpSync(process.env.STARLIGHT_DEMO_MADE, data, { recursive: true });
  try {
    let running = await launch(data, "127.0.0.1:0");
    const listen = new URL(running.sheet.address).host;
    return {
      sheet: running.sheet,
      data,
      stop: () => running.end("SIGTERM"),
      kill: () => running.end("SIGKILL"),
      restart: async () => { running = await launch(data, listen); },
      log: () => running.log(),
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function launch(data, listen) {
  const child = spawn(binary(), ["demo", "--data", data, "--listen", listen, "--json"], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.on("data", (chunk) => { log = (log + chunk).slice(-20_000); });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const end = async (signal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  try {
    const sheet = await Promise.race([readSheet(child), failure(ended), late(180)]);
    await ready(sheet.address);
    return { sheet, end, log: () => log };
  } catch (error) {
    await end("SIGTERM");
    throw new Error(`the demo did not start: ${error.message}\n${log}`);
  }
}

/** One JSON object, however it is laid out, then nothing else there. */
function readSheet(child) {
  return new Promise((resolve) => {
    let text = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (!/\}\s*$/.test(text)) return;
      try {
        resolve(JSON.parse(text));
      } catch {
        // Not all of it yet.
      }
    });
  });
}

async function failure(ended) {
  throw new Error(`it ended with ${await ended}`);
}

function late(seconds) {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`nothing after ${seconds} s`)), seconds * 1000).unref();
  });
}

async function ready(address) {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`${address}/healthz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("healthz does not answer");
}
