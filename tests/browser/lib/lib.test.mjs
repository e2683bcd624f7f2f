// node --test tests/browser/lib
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readCsv } from "./csv.mjs";
import { totp } from "./totp.mjs";

test("codes are those of RFC 6238, cut to six digits", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  assert.equal(totp(secret, 59_000), "287082");
  assert.equal(totp(secret, 1_111_111_109_000), "081804");
  assert.equal(totp(secret, 20_000_000_000_000), "353130");
});

test("quoted fields, empty fields, no last line end", () => {
  const folder = mkdtempSync(join(tmpdir(), "starlight-csv-"));
  try {
    writeFileSync(join(folder, "x.csv"), '\uFEFFa,b\r\n"1,""2""\n",\r\n3,4');
    assert.deepEqual(readCsv(join(folder, "x.csv")), [{ a: '1,"2"\n', b: "" }, { a: "3", b: "4" }]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
