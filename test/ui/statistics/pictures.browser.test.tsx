// Charts as pictures: what is in them, in both forms, also where names are hostile.

import { afterEach, describe, expect, test, vi } from 'vitest';
import { createPicture, pictureWidthPx, pngOf, svgText } from '../../../src/ui/charts/picture';
import { type Mounted, mount, named, until } from '../mounted';

const colours = {
  paper: 'rgb(255, 255, 255)',
  ink: 'rgb(0, 0, 0)',
  quiet: 'rgb(90, 90, 90)',
  accent: 'rgb(11, 110, 99)',
  raised: 'rgb(230, 230, 230)',
};
const hostile = ['<script>alert(1)</script>', '"&\u0001\u0000\ud800', 'ا'.repeat(300), '\u202eabc', '👩‍👩‍👧‍👦'.repeat(80)];

function drawn(): SVGSVGElement {
  const picture = createPicture(colours);
  picture.heading(hostile.join(' '), hostile.join(' '));
  picture.facts(hostile.map((text) => [text, text]));
  picture.bars(hostile.map((name) => ({ name, value: 3, words: '3' })));
  picture.columns([{ key: 'a', value: 4, title: 'a', mark: 'a' }]);
  picture.heat({ cells: [{ column: 0, row: 0, value: 2, title: '' }], columns: 3, rows: 1, columnLabels: [], rowLabels: [] });
  picture.line('😂 🚢');
  return picture.finish('Camphor');
}

describe('a picture', () => {
  test('is whole as XML, and names are text in it', () => {
    const text = svgText(drawn());
    const read = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(read.querySelector('parsererror')).toBeNull();
    expect(read.querySelector('script')).toBeNull();
    expect(read.documentElement.textContent).toContain('<script>');
    expect([...read.querySelectorAll('text')].every((element) => Number(element.getAttribute('x')) < pictureWidthPx)).toBe(true);
  });

  test('becomes points in which something is drawn', async () => {
    const bitmap = await createImageBitmap(await pngOf(drawn()));
    expect(bitmap.width).toBe(pictureWidthPx);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
    let accents = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] === 11 && data[at + 1] === 110 && data[at + 2] === 99) accents += 1;
    expect(accents).toBeGreaterThan(1000);
  });
});

describe('the year', () => {
  let app: Mounted;
  afterEach(() => {
    app.unmount();
    vi.restoreAllMocks();
  });
  const choose2024 = async (): Promise<Element> => {
    app = await mount('#/statistics');
    const year = await until('the years', () => app.root.querySelector<HTMLSelectElement>('main select'));
    expect([...year.options].map(({ value }) => value)).toEqual(['', '2024', '2023']);
    year.value = '2024';
    year.dispatchEvent(new Event('change', { bubbles: true }));
    return until('its picture with emoji', () => {
      const picture = app.root.querySelector('[role=img] svg');
      return picture?.textContent?.includes('😂') === true ? picture : null;
    });
  };

  test('has its numbers, and names only where they are wanted', async () => {
    const picture = await choose2024();
    expect(picture.textContent).toContain('2024');
    expect(picture.textContent).toContain('妈妈');
    const label = app.root.querySelector('[role=img][aria-label^="A picture of 2024"]')?.getAttribute('aria-label') ?? '';
    expect(picture.textContent).toContain(/: ([\d,]+) messages/.exec(label)?.[1]);
    const tick = [...app.root.querySelectorAll('label')].find(({ textContent }) => textContent === 'With names');
    tick?.querySelector('input')?.click();
    const without = await until('one without names', () => {
      const now = app.root.querySelector('[role=img] svg');
      return now?.textContent?.includes('妈妈') === false ? now : null;
    });
    expect(without.textContent).not.toMatch(/Ann|سارة/);
  });

  test('is saved in both forms', async () => {
    await choose2024();
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    for (const form of ['PNG', 'SVG']) {
      (await until('the menu', () => named(app.root, /^Save “2024”/))).click();
      (await until(form, () => named(app.root, form))).click();
    }
    await until('both', () => saved.length === 2);
    expect(saved.toSorted()).toEqual(['camphor-2024.png', 'camphor-2024.svg']);
  });
});
