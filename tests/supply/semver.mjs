// As much of semantic versions as RustSec's ranges use. Used by check.mjs.

/** Major, minor, patch and the pre-release text. */
export function parse(version) {
  const [core, pre] = version.trim().replace(/\+.*$/, "").split(/-(.*)/);
  const numbers = core.split(".").map(Number);
  return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, pre ?? ""];
}

export function compare(a, b) {
  const [x, y] = [parse(a), parse(b)];
  for (const n of [0, 1, 2]) if (x[n] !== y[n]) return x[n] - y[n];
  if (x[3] === y[3]) return 0;
  if (x[3] === "") return 1;
  if (y[3] === "") return -1;
  return comparePre(x[3].split("."), y[3].split("."));
}

function comparePre(a, b) {
  for (let n = 0; n < Math.max(a.length, b.length); n += 1) {
    if (a[n] === undefined) return -1;
    if (b[n] === undefined) return 1;
    const numeric = /^\d+$/.test(a[n]) && /^\d+$/.test(b[n]);
    if (a[n] !== b[n]) return numeric ? Number(a[n]) - Number(b[n]) : a[n] < b[n] ? -1 : 1;
  }
  return 0;
}

export const atLeast = (version, floor) => compare(version, floor) >= 0;

/** Whether a version lies in a range such as `>= 1.2.3, < 2` or `^0.4.1`. */
export function matches(version, range) {
  return range.split(",").every((part) => matchesOne(version, part.trim()));
}

function matchesOne(version, part) {
  const [, operator, wanted] = /^(>=|<=|>|<|=|\^|~)?\s*(.*)$/.exec(part);
  if (wanted === "*") return true;
  const order = compare(version, wanted);
  switch (operator) {
    case ">=": return order >= 0;
    case "<=": return order <= 0;
    case ">": return order > 0;
    case "<": return order < 0;
    case "=": return order === 0;
    case "~": return order >= 0 && parse(version)[0] === parse(wanted)[0] && parse(version)[1] === parse(wanted)[1];
    default: return order >= 0 && sameLine(version, wanted);
  }
}

/** Caret: nothing left of and including the first number that is not 0 may differ. */
function sameLine(version, wanted) {
  const [v, w] = [parse(version), parse(wanted)];
  const first = [0, 1, 2].find((n) => w[n] !== 0) ?? 2;
  return [0, 1, 2].filter((n) => n <= first).every((n) => v[n] === w[n]);
}
