// node --test tests/browser/lib: style sheets, scripts and templates use nothing that came after Chromium 86 (class
// tablets, panels on Windows 7), scripts no syntax after ES2017 (families' phones), and nothing that a plain-http LAN lacks.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const property = (names) => new RegExp(`(?:^|[;{\\s])(?:${names})\\s*:`);

/** What came later, with the version it came in. Not here, because nothing is missed where it is not known: text-wrap
 *  (lines of equal length) and text-underline-offset. */
const CSS = [
  [87, property("inset|(?:margin|padding|inset)-(?:inline|block)")],
  [88, /:(?:is|where)\(/], [88, property("aspect-ratio")], [88, /:not\([^()]*,/],
  [89, property("border-(?:start|end)-(?:start|end)-radius|forced-color-adjust|text-decoration-thickness")],
  [90, /overflow(?:-[xy])?\s*:\s*clip/], [92, property("size-adjust")], [93, property("accent-color")],
  [94, property("scrollbar-gutter")], [96, /prefers-contrast/], [99, /@layer/], [101, /\bhwb\(/],
  [104, property("translate|rotate|scale")], [104, /\((?:width|height)\s*[<>]/], [105, /:has\(/], [105, /@container|\bcq[wh]\b/],
  [108, /\d(?:[dsl]v[hwib]|[dsl]vmin|[dsl]vmax)\b/], [109, /\dr?lh\b/], [111, /\b(?:color-mix|oklch|oklab|lab|lch)\(/],
  [111, /:nth-(?:last-)?child\([^)]*\bof\b/], [112, /(?:^|[;{}])\s*&/], [113, /(?<!-webkit-)image-set\(/], [117, /subgrid/],
  [118, /@scope/], [119, /:user-(?:in)?valid|auto-phrase/], [120, /:dir\(/], [120, property("mask(?:-\\w+)?")],
  [121, property("scrollbar-(?:width|color)")], [123, /light-dark\(/], [123, property("field-sizing")], [136, property("print-color-adjust")],
];
const JS = [
  [87, /Intl\.Segmenter/], [92, /\.at\(/], [92, /randomUUID/], [93, /\bhasOwn\b/], [97, /\.findLast(?:Index)?\(/], [98, /structuredClone/],
  [99, /showPicker/], [103, /AbortSignal\.(?:timeout|any)/], [105, /checkVisibility|\.setHTML/], [110, /\.to(?:Sorted|Reversed|Spliced)\(|\.with\(/],
  [111, /startViewTransition/], [114, /showPopover/], [117, /groupBy/], [119, /withResolvers/], [120, /canParse/],
  ["a safe context", /crypto\.subtle|serviceWorker|navigator\.clipboard|navigator\.mediaDevices/],
  ["ES2018", /\{\s*\.\.\.|,\s*\.\.\.\w+\s*\}|for await|\(\?<[=!a-z]|\\p\{/], ["ES2019", /catch\s*\{/], ["ES2020", /\?\.(?!\d)|\?\?|\d+n\b|import\(/],
  ["ES2021", /\?\?=|\|\|=|&&=|\d_\d/], ["ES2022", /\bstatic\s*\{|this\.#|^\s*await\s/m], ["modules", /^\s*(?:import|export)\s/m],
];
const HTML = [[102, /<[^>]*\sinert[\s>]/], [114, /\spopover/], [118, /<search[\s>]/], [120, /<details[^>]*\sname=/], ["a module", /type="module"/]];

const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'])\/\/.*$/gm, "$1");
const withoutStrings = (text) => text.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");

function later(folder, ending, known, prepare) {
  const names = readdirSync(join(root, folder), { recursive: true }).map(String).filter((name) => name.endsWith(ending)).sort();
  assert.ok(names.length > 2, folder);
  return names.flatMap((name) => {
    const text = prepare(readFileSync(join(root, folder, name), "utf8"));
    return known.filter(([, pattern]) => pattern.test(text)).map(([since, pattern]) => `${folder}/${name}: “${text.match(pattern)[0].trim()}” needs ${since}`);
  });
}

test("style sheets", () => {
  assert.deepEqual(later("static/css", ".css", CSS, (text) => text.replace(/\/\*[\s\S]*?\*\//g, "")), []);
});

test("scripts", () => {
  assert.deepEqual(later("static/js", ".js", JS, (text) => withoutStrings(withoutComments(text))), []);
});

test("templates", () => {
  assert.deepEqual(later("templates", ".html", HTML, (text) => text), []);
});

test("the lists find what they are for", () => {
  const finds = (known, text) => known.some(([, pattern]) => pattern.test(text));
  for (const css of ["a{inset:0}", "a:is(b)", "a{aspect-ratio:1}", "a:has(b)", "a{height:10dvh}", "@layer x;", "a{color:color-mix(in srgb,red,blue)}", "a{accent-color:red}", "a{b{c:d}&:hover{}}"]) assert.ok(finds(CSS, css), css);
  for (const css of ["a{clip-path:inset(0)}", "a:not(.b)", "a{transform:scale(.5)}", "a{gap:1px;height:100vh}", "a{-webkit-mask:none}", "a{max-width:max(1px,2px)}"]) assert.ok(!finds(CSS, css), css);
  for (const js of ["x.at(-1)", "a?.b", "a ?? b", "try{}catch{}", "structuredClone(a)", "crypto.randomUUID()", "f({ ...a })", "x.findLast(f)"]) assert.ok(finds(JS, js), js);
  for (const js of ["a ? .5 : b", "f(...a)", "x.replaceAll(a, b)", "async function f() { await g(); }", "try{}catch(e){}"]) assert.ok(!finds(JS, js), js);
});
