// What a display is held to by measure: nothing smaller than a child reads from six metres, nothing cut off, nothing over
// another, contrast of at least 7:1 on whatever lies behind. Each function returns what is wrong, as sentences.

/** Runs in the page; texts of the slide that is seen, with their boxes. */
const common = () => {
  if (globalThis.starlightBoard) return;
  const texts = () => {
    const found = [];
    for (const node of document.querySelectorAll(".slot:not([hidden]) *, .bd-upd, .bd.pairing *")) {
      const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
      if (!own || node.closest(".sr, template") || getComputedStyle(node).display === "none") continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width > 0) found.push({ node, box, word: node.textContent.trim().replace(/\s+/g, " ").slice(0, 14) });
    }
    return found;
  };
  const channel = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const colours = (text) => [...text.matchAll(/rgba?\(([^)]*)\)/g)].map((m) => m[1].split(",").map(Number)).filter((c) => c.length === 3 || c[3] === 1);
  /** Every colour that may lie behind a node: of the nearest ground, and of hills that are drawn behind it. */
  const grounds = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      // Specks of light are no ground.
      const drawn = /radial/.test(style.backgroundImage) ? [] : colours(style.backgroundImage);
      const here = [...colours(style.backgroundColor), ...drawn];
      if (here.length) return one === document.body ? [...here, ...hills(node)] : here;
    }
    return [[255, 255, 255]];
  };
  const hills = (node) => {
    const slide = node.closest(".slide");
    const low = node.getBoundingClientRect().bottom > innerHeight * 0.64;
    return slide && low ? [...slide.querySelectorAll(".far, .near")].flatMap((hill) => colours(getComputedStyle(hill).fill)) : [];
  };
  globalThis.starlightBoard = { texts, ratio, colours, grounds };
};

/** Text below the floor of 6.2 vh. */
export async function tiny(page) {
  await page.evaluate(common);
  return page.evaluate(() => {
    const vh = innerHeight / 100;
    const size = (node) => parseFloat(getComputedStyle(node).fontSize) / vh;
    return globalThis.starlightBoard.texts().filter(({ node }) => size(node) < 6.19).map(({ node, word }) => `${word}: ${size(node).toFixed(2)} vh`);
  });
}

/** Text beyond the display or beyond the tile, row or head it stands in. */
export async function cut(page) {
  await page.evaluate(common);
  return page.evaluate(() => {
    const faults = [];
    for (const { node, box, word } of globalThis.starlightBoard.texts()) {
      if (box.left < 0 || box.right > innerWidth || box.top < -1 || box.bottom > innerHeight + 1) faults.push(`${word} leaves the display`);
      const holder = node.parentElement.closest("li, .gd, .ot, header, .pt");
      const outer = holder?.getBoundingClientRect();
      if (outer && (box.left < outer.left - 1 || box.right > outer.right + 1)) faults.push(`${word} leaves its ${holder.tagName.toLowerCase()}.${holder.className}`);
    }
    return faults;
  });
}

/** Texts whose glyphs stand over one another; lines of a font are higher than its glyphs, so some overlap is none. */
export async function crossed(page) {
  await page.evaluate(common);
  return page.evaluate(() => {
    const all = globalThis.starlightBoard.texts();
    const faults = [];
    all.forEach((one, n) => all.slice(n + 1).forEach((other) => {
      if (one.node.contains(other.node) || other.node.contains(one.node)) return;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide > 2 && high > 0.3 * Math.min(one.box.height, other.box.height)) faults.push(`${one.word} over ${other.word} by ${Math.round(wide)}×${Math.round(high)}`);
    }));
    return faults;
  });
}

/** Text with less than 7:1 on any colour behind it. */
export async function faint(page) {
  await page.evaluate(common);
  return page.evaluate(() => {
    const { texts, ratio, colours, grounds } = globalThis.starlightBoard;
    const faults = [];
    for (const { node, word } of texts()) {
      const ink = colours(getComputedStyle(node).color)[0];
      const least = Math.min(...grounds(node).map((ground) => ratio(ink, ground)));
      if (least < 7) faults.push(`${word}: ${least.toFixed(2)}:1`);
    }
    return faults;
  });
}

/** Letters whose colour is a red: a display shows none. */
export async function red(page) {
  await page.evaluate(common);
  return page.evaluate(() => globalThis.starlightBoard.texts()
    .filter(({ node }) => { const [r, g, b] = globalThis.starlightBoard.colours(getComputedStyle(node).color)[0]; return r > 120 && g < r * 0.5 && b < r * 0.5; })
    .map(({ word }) => word));
}
