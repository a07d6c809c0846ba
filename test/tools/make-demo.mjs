// Makes public/demo.zip from test/samples/demo: three invented chats with drawn pictures and one sound, as WhatsApp exports
// them. Needs Chromium (for the pictures). The result is kept in git, so that a build needs neither.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeZip } from 'client-zip';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';
import { pictures } from './demo-pictures.mjs';

const root = join(import.meta.dirname, '../..');
const chats = ['周末爬山', 'Lena', '妈妈'].map((name) => `WhatsApp Chat with ${name}.txt`);
const writtenAt = new Date(Date.UTC(2026, 2, 16, 12));

/** A few soft notes over a rustle, 8 kHz, 8 bit: what ice might sound like. */
function makeSound() {
  const rate = 8000;
  const samples = new Uint8Array(rate * 3);
  let noise = 1;
  for (let at = 0; at < samples.length; at += 1) {
    noise = (noise * 16807) % 2147483647;
    const seconds = at / rate;
    const note = [523.25, 659.25, 783.99, 1046.5][Math.floor(seconds / 0.75) % 4];
    const fade = Math.exp(-3 * (seconds % 0.75));
    samples[at] = 128 + Math.round(50 * fade * Math.sin(2 * Math.PI * note * seconds) + 4 * (noise / 2147483647 - 0.5));
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  for (const [value, at, bytes] of [
    [16, 16, 4],
    [1, 20, 2],
    [1, 22, 2],
    [rate, 24, 4],
    [rate, 28, 4],
    [1, 32, 2],
    [8, 34, 2],
  ])
    head.writeUIntLE(value, at, bytes);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

async function drawPictures() {
  const { module } = await runnerImport(join(root, 'test/tools/chromium.ts'));
  const browser = await chromium.launch({ executablePath: module.findChromium(), args: module.chromiumFlags });
  const page = await browser.newPage({ viewport: { width: 960, height: 720 } });
  const drawn = [];
  for (const [name, svg] of Object.entries(pictures)) {
    await page.setContent(`<style>body{margin:0}svg{display:block;width:960px;height:720px}</style>${svg}`);
    drawn.push({ name, input: await page.screenshot({ type: 'jpeg', quality: 82 }), lastModified: writtenAt });
  }
  await browser.close();
  return drawn;
}

const texts = chats.map((name) => ({ name, input: readFileSync(join(root, 'test/samples/demo', name)), lastModified: writtenAt }));
const files = [...texts, ...(await drawPictures()), { name: 'AUD-20260214-WA0002.wav', input: makeSound(), lastModified: writtenAt }];
writeFileSync(join(root, 'public/demo.zip'), Buffer.from(await new Response(makeZip(files)).arrayBuffer()));
