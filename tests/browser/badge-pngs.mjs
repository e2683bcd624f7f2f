// Draws static/badges/*.png, the badges of children as a picture file, from static/badges.svg:
//   cd tests/browser && npm ci && CHROMIUM=$(which chromium) node badge-pngs.mjs
// A family takes a badge along as such a file (src/exchange/bake.rs puts the proof into it).
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const SIDE = 240;
const folder = new URL('../../static/', import.meta.url);
const sprite = await readFile(new URL('badges.svg', folder), 'utf8');
const listed = await readFile(new URL('../../src/domain/badges/pictures.rs', import.meta.url), 'utf8');
const ofChildren = listed.match(/OF_CHILDREN[^=]*= \[(.*?)\];/s)[1];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } });
for (const [, name, box, drawing] of sprite.matchAll(/<symbol id="b-([a-z-]+)" viewBox="([^"]+)">(.*?)<\/symbol>/gs)) {
  if (!ofChildren.includes(`"${name}"`)) continue;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${SIDE}" height="${SIDE}">${drawing}</svg>`;
  await page.setContent(`<body style="margin:0;background:transparent">${svg}</body>`);
  await writeFile(new URL(`badges/${name}.png`, folder), await page.screenshot({ omitBackground: true }));
}
await browser.close();
