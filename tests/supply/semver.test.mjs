// node --test tests/supply
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, matches } from "./semver.mjs";

const check = (version, range, expected) => assert.equal(matches(version, range), expected, `${version} in ${range}`);

test("ranges of RustSec", () => {
  check("1.2.3", ">= 1.2.3", true);
  check("1.2.2", ">= 1.2.3", false);
  check("0.4.5", "^0.4.1", true);
  check("0.5.0", "^0.4.1", false);
  check("0.0.3", "^0.0.2", false);
  check("1.9.0", ">= 1.8, < 1.9", false);
  check("2.0.1", "~2.0.0", true);
  check("1.0.0-beta.2", ">= 1.0.0", false);
  check("1.2.3", "= 1.2.3", true);
});

test("order", () => {
  assert.ok(compare("1.10.0", "1.9.9") > 0);
  assert.ok(compare("1.0.0-rc.10", "1.0.0-rc.9") > 0);
  assert.equal(compare("1.0", "1.0.0"), 0);
});
