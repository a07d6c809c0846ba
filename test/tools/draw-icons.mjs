// Draws the icons of public/icons from one mark: `node test/tools/draw-icons.mjs`. The mark is a chest seen from the front
// whose lid is a speech bubble, with a keyhole where they meet; one weight, so that it holds at 16 px and in one colour.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

const folder = join(import.meta.dirname, '../../public/icons');
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** In a box of 512: the lid with its tail at the lower left, the chest, and the keyhole cut out of both. */
const lid = 'M56 246c30-8 48-32 48-66v-4c0-48 38-86 86-86h132c48 0 86 38 86 86v70z';
const chest = 'M104 270h304v112c0 22-18 40-40 40H144c-22 0-40-18-40-40z';
const keyhole = 'M256 214a42 42 0 0 1 22 78l12 64h-68l12-64a42 42 0 0 1 22-78z';
const mark = (colour) =>
  `<mask id="k"><path fill="#fff" d="M0 0h512v512H0z"/><path d="${keyhole}"/></mask><g mask="url(#k)" fill="${colour}"><path d="${lid}"/><path d="${chest}"/></g>`;
const svg = (body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${body}</svg>\n`;
const scaled = (factor, body) => `<g transform="translate(256 256) scale(${factor}) translate(-256 -256)">${body}</g>`;

const tile = svg(`<rect width="512" height="512" rx="112" fill="#0B6E63"/>${scaled(1, mark('#fff'))}`);
const fullBleed = svg(`<rect width="512" height="512" fill="#0B6E63"/>${scaled(0.72, mark('#fff'))}`);
const monochrome = svg(mark('#000'));

const pictures = [
  ['mark-192.png', tile, 192],
  ['mark-512.png', tile, 512],
  ['maskable-192.png', fullBleed, 192],
  ['maskable-512.png', fullBleed, 512],
  ['monochrome-512.png', monochrome, 512],
  ['apple-touch.png', fullBleed, 180],
];

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'mark.svg'), tile);
writeFileSync(join(folder, 'monochrome.svg'), monochrome);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
for (const [name, picture, sizePx] of pictures) {
  await page.setViewportSize({ width: sizePx, height: sizePx });
  await page.setContent(`<style>body{margin:0;background:transparent}svg{display:block;width:100vw;height:100vh}</style>${picture}`);
  writeFileSync(join(folder, name), await page.screenshot({ omitBackground: true }));
}
await browser.close();
