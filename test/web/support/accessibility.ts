import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

interface Finding {
  readonly id: string;
  readonly impact: 'minor' | 'moderate' | 'serious' | 'critical' | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

const axe = readFileSync(join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Fails when the page, as it is now, has an accessibility finding that axe calls serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityFindings(page)).toEqual([]);
}

/** The serious and critical ones, each in a few lines. The page's policy forbids script tags, so axe comes by evaluation. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const findings = await page.evaluate<Finding[]>('axe.run(document).then(({ violations }) => violations)');
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) =>
      [`${id}: ${help}`, ...nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`)].join(
        '\n  ',
      ),
    );
}
