// RFC 4180 into objects by header, enough for what `starlight score` writes.
import { readFileSync } from "node:fs";

export function readCsv(path) {
  const [header, ...rows] = records(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  return rows.map((row) => Object.fromEntries(header.map((name, n) => [name, row[n] ?? ""])));
}

function records(text) {
  const rows = [[]];
  let field = "";
  let quoted = false;
  const put = () => { rows[rows.length - 1].push(field); field = ""; };
  for (let n = 0; n < text.length; n += 1) {
    const letter = text[n];
    if (quoted && letter === '"' && text[n + 1] === '"') { field += '"'; n += 1; }
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === ",") put();
    else if (!quoted && letter === "\n") { put(); rows.push([]); }
    else if (quoted || letter !== "\r") field += letter;
  }
  put();
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}
