// What a child's page is held to by measure: big targets, nothing clipped, nothing over another, pinyin over every
// hanzi of the low grades, a focus that is seen. Each function returns what is wrong, as sentences.

/** Runs in the page; what all checks share. */
const common = () => {
  if (globalThis.starlightLooks) return;
  const seen = (node) => {
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && style.opacity !== "0" && !node.closest(".sr, .skip, [hidden]") && !folded(node) && !cut(node);
  };
  // What a closed <details> keeps has a box all the same.
  const folded = (node) => {
    const fold = node.closest("details:not([open])");
    return fold !== null && fold !== node && !(node.closest("summary")?.parentElement === fold);
  };
  // Said to a screen reader only: words in a box of one pixel.
  const cut = (node) => {
    for (let one = node; one; one = one.parentElement) if (one.offsetWidth === 1 && getComputedStyle(one).overflow === "hidden") return true;
    return false;
  };
  const called = (node) => `${node.tagName.toLowerCase()}${[...node.classList].map((name) => `.${name}`).join("")} “${(node.textContent || node.getAttribute("aria-label") || "").replace(/\s+/g, "").slice(0, 16)}”`;
  globalThis.starlightLooks = { seen, called, all: (selector) => [...document.querySelectorAll(selector)].filter(seen) };
};

/** What can be tapped is at least `least` px high and wide; words inside running text are not targets of their own. */
export async function small(page, least = 56) {
  await page.evaluate(common);
  return page.evaluate((px) => {
    const { all, called } = globalThis.starlightLooks;
    return all("a[href], button, summary, label, [role=button]").map((node) => [node, node.getBoundingClientRect()])
      .filter(([, box]) => Math.min(box.width, box.height) < px - 0.5)
      .map(([node, box]) => `${called(node)} is ${Math.round(box.width)}×${Math.round(box.height)}`);
  }, least);
}

/** Text wider or higher than its box, or reaching out of the box it belongs to. */
export async function clipped(page) {
  await page.evaluate(common);
  return page.evaluate(() => {
    const { all, called } = globalThis.starlightLooks;
    const faults = [];
    for (const node of all(".box, .box b, .tx, .tile, .tile b, .pad-key, .pad-key b, .bt, .btn, .nx, .chip, summary, h1, h2, .ask, .kind, .thanks, .five .label, .gc li")) {
      // The tick of a chosen level stands over its corner on purpose.
      if (node.previousElementSibling?.checked) continue;
      if (node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0) faults.push(`${called(node)}: text ${node.scrollWidth} in ${node.clientWidth} px`);
    }
    const inside = [[".box b", ".box"], [".tile b", ".tile"], [".pad-key b", ".pad-key"], [".bt span", ".bt"], [".chip .rb", ".chip"], [".nx span", ".nx"], [".btn .rb", ".btn"], ["summary .rb", "summary"]];
    for (const [inner, outer] of inside) {
      for (const node of all(inner)) {
        const [a, b] = [node.getBoundingClientRect(), node.closest(outer).getBoundingClientRect()];
        const out = Math.max(b.left - a.left, a.right - b.right, b.top - a.top, a.bottom - b.bottom);
        if (out > -1) faults.push(`${called(node)} reaches the edge of its ${outer} (${out.toFixed(1)} px)`);
      }
    }
    return faults;
  });
}

/** Things that must stay clear of one another and do not. */
export async function overlapping(page) {
  await page.evaluate(common);
  return page.evaluate(() => {
    const { all, called } = globalThis.starlightLooks;
    const faults = [];
    // A button without ground may cover the words that it opens; what it shows of itself is its picture.
    const bare = (node) => node.matches("summary") && getComputedStyle(node).backgroundColor === "rgba(0, 0, 0, 0)";
    const things = all(".an .box, .tx .rb, .round, .lf summary, .rows-3 .di, .tile, .pad-key, .side h1, .side .ask, .side .kind, .places .btn, .c-lit, .p-class h1, .five .label .rb, .five .halo .st, .lit-page h1, .lit-page .thanks, .lit-page .ft > *, .try, .lf summary .ic").filter((node) => !bare(node));
    const boxes = things.map((node) => node.getBoundingClientRect());
    things.forEach((one, n) => things.slice(n + 1).forEach((other, m) => {
      const [a, b] = [boxes[n], boxes[n + 1 + m]];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 1 && !one.contains(other) && !other.contains(one)) faults.push(`${called(one)} lies over ${called(other)} by ${Math.round(wide)}×${Math.round(high)}`);
    }));
    return faults;
  });
}

/** Hanzi without their reading, but those inside `except`. */
export async function unread(page, except = []) {
  await page.evaluate(common);
  return page.evaluate((exceptions) => {
    const { seen } = globalThis.starlightLooks;
    const faults = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode.parentElement;
      const hanzi = walk.currentNode.data.match(/[\u4e00-\u9fff]/g);
      if (!hanzi || !seen(node) || node.closest("template, script, style, noscript, rt") || exceptions.some((selector) => node.closest(selector))) continue;
      const ruby = node.closest("ruby");
      const reading = ruby && ruby.querySelector("rt");
      if (!reading || !/[a-zàáǎèéěìíǐòóǒùúǔüǘǚǜāēīōū]/.test(reading.textContent)) faults.push(`“${walk.currentNode.data.trim()}” in ${node.tagName.toLowerCase()}.${node.className}`);
    }
    return faults;
  }, except);
}
