import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { evaluateScores } from '../../src/evaluation/evaluate-scores.js';
import { renderEvaluationPage } from '../../src/report/evaluation/page.js';
import { evaluationWorld } from '../evaluation/world.js';
import { HOSTILE } from './hostile.js';

const CANDIDATES = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const executablePath = CANDIDATES.find((path) => path !== undefined && path !== '' && existsSync(path));
if (executablePath === undefined) console.warn('tests/report/evaluation-browser.test.ts skips: no Chromium found; set CHROMIUM_PATH to its executable');

describe.skipIf(executablePath === undefined)('the page of an evaluation in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'swinglab-evaluation-'));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([['light', 1280], ['dark', 1280], ['light', 390]] as const)('draws every chart without a complaint or sideways scrolling in %s, %i pixels wide, also with hostile names', async (colorScheme, width) => {
    const input = evaluationWorld({ sessions: 300 });
    const sectors = new Map([...input.sectors!].map(([symbol, sector]) => [symbol, `${HOSTILE}${sector}`]));
    const file = join(folder, `${colorScheme}-${width}.html`);
    writeFileSync(file, renderEvaluationPage(evaluateScores({ ...input, sectors }), { title: HOSTILE, label: HOSTILE, generatedBy: 'swinglab' }));
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, colorScheme })).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => request.url().startsWith('file:') || request.url().startsWith('data:') || complaints.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    for (const chart of await page.locator('[data-chart]').all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('.main-svg').first().waitFor({ timeout: 10_000 });
    }
    expect(await page.locator('[data-chart]:has(.main-svg)').count()).toBe(7);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
