import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = {
  desktop: { width: 1280, height: 860 },
  phone: { width: 390, height: 844 },
} as const;

const violations = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/**
 * Looks at the page as it is now, at both sizes and in both colours: nothing may violate axe's rules, nothing may be wider
 * than the screen. With SCREENSHOTS_DIR set, pictures are kept there.
 */
export async function look(page: Page, name: string): Promise<void> {
  const dir = process.env['SCREENSHOTS_DIR'];
  await page.evaluate(AXE);
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate('scrollTo(0, 0)');
      if (dir !== undefined) {
        // On a phone the panel stands below the call.
        await page.screenshot({
          path: join(dir, `${name}-${size}-${colorScheme}.png`),
          fullPage: size === 'phone',
        });
      }
      const found = violations.parse(
        await page.evaluate('axe.run(document).then(({ violations }) => violations)'),
      );
      const words = found.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
      );
      expect(words, `${name}, ${size}, ${colorScheme}`).toEqual([]);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
        `${name}, ${size}: wider than the screen`,
      ).toBeLessThanOrEqual(0);
    }
  }
  await page.setViewportSize(SIZES.desktop);
}
