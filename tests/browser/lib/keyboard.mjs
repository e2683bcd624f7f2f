// A person with a keyboard and nothing else: Tab to where one wants to be, and see where one is.
import assert from "node:assert/strict";

/** What of the focus is seen: runs in the page. The mark of a hidden radio is on the box beside it. */
function marks() {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const shown = one.matches("input[type=radio]") ? one.nextElementSibling : one;
  const look = () => {
    const style = getComputedStyle(shown);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && !/, 0\)$|transparent/.test(style.outlineColor);
    return { outline: outline ? `${style.outlineWidth} ${style.outlineColor}` : "", shadow: style.boxShadow };
  };
  const name = `${one.tagName.toLowerCase()}.${one.className} “${(one.getAttribute("aria-label") || one.textContent).replace(/\s+/g, "").slice(0, 20)}”`;
  const focused = look();
  one.blur();
  const blurred = look();
  one.focus({ preventScroll: true });
  const box = shown.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const place = `${Math.round(box.top)}…${Math.round(box.bottom)} of ${innerHeight}, scrolled ${scrollY}`;
  return {
    name,
    whatLies: `${at ? `${at.tagName}.${at.className}` : "nothing"} at ${place}`,
    marked: (focused.outline !== "" && focused.outline !== blurred.outline) || (focused.shadow !== "none" && focused.shadow !== blurred.shadow),
    covered: !at || !(shown.contains(at) || at.contains(one) || at === one),
  };
}

/** The focus is marked, and nothing lies over what has it. */
export async function seesFocus(page) {
  // A browser may scroll to what got the focus only with the next frame; a person sees no earlier one.
  await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
  const seen = await page.evaluate(marks);
  if (seen === null) return;
  assert.ok(seen.marked, `the focus is not seen on ${seen.name}`);
  assert.ok(!seen.covered, `${seen.whatLies} lies over ${seen.name}, which has the focus`);
}

/** Tab, or Shift+Tab where it lies behind, until `locator` has the focus; the focus is seen at every stop. */
export async function tabTo(page, locator, most = 120) {
  await locator.waitFor();
  for (let step = 0; step < most; step += 1) {
    const where = await locator.evaluate((wanted) => {
      const now = document.activeElement;
      if (now === wanted) return "here";
      return now && now !== document.body && now.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? "back" : "on";
    });
    if (where === "here") return;
    await page.keyboard.press(where === "back" ? "Shift+Tab" : "Tab");
    await seesFocus(page);
  }
  assert.fail(`${most} times Tab do not lead to ${locator}`);
}
