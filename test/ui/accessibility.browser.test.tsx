// F8: axe finds nothing serious or critical on any screen, in both schemes and every language, wide and narrow.

import { page } from 'vitest/browser';
import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { type Mounted, mount, settle } from './mounted';
import { backupScreens, screens } from './screens';

let app: Mounted | undefined;
afterEach(() => app?.unmount());

const everyScreen = [...screens, ...backupScreens];
const [light, dark] = [everyScreen.filter((_, at) => at % 2 === 0), everyScreen.filter((_, at) => at % 2 === 1)];
// Colours are those of the scheme, whatever the language: the third language has half of the screens in each.
const looks = [
  ...(['light', 'dark'] as const).flatMap((theme) => (['en', 'zh-CN'] as const).map((language) => ({ theme, language, of: everyScreen }))),
  { theme: 'light', language: 'zh-TW', of: light },
  { theme: 'dark', language: 'zh-TW', of: dark },
] as const;

describe.each(looks)('$language, $theme', ({ theme, language, of }) => {
  test.each(of)('$name', async (screen) => {
    for (const width of [1280, 320]) {
      await page.viewport(width, 740);
      app = await mount(screen.hash, { ...screen.options, preferences: { theme, language } });
      await settle(120);
      await screen.act?.(app);
      await settle(80);
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        grave.map(
          ({ id, nodes }) =>
            `${width}: ${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join('\n')}`,
        ),
      ).toEqual([]);
      expect(document.documentElement.scrollWidth, 'no sideways scrolling').toBeLessThanOrEqual(width);
      app.unmount();
      app = undefined;
    }
  });
});
