import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderFeaturePage } from '../../src/report/feature/page.js';
import { formatFeature } from '../../src/report/format.js';
import { renderRecommendationReport, type ReportInput } from '../../src/report/page.js';
import { featurePageInput } from './feature-fixture.js';
import { emptyInput, reportInput } from './fixture.js';
import { hostileInput } from './hostile.js';

const CANDIDATES = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const executablePath = CANDIDATES.find((path) => path !== undefined && path !== '' && existsSync(path));
if (executablePath === undefined) console.warn('tests/report/browser.test.ts skips: no Chromium found; set CHROMIUM_PATH to its executable');

/** Folder for pictures of the page; none are taken when unset. */
const pictures = process.env['SWINGLAB_SCREENSHOTS'];

interface Opened {
  readonly page: Page;
  /** Console errors and warnings, page errors, and requests beyond the file itself. */
  readonly complaints: readonly string[];
}

describe.skipIf(executablePath === undefined)('the report in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'swinglab-report-'));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (name: string, input: ReportInput, options: BrowserContextOptions): Promise<Opened> => openText(name, renderRecommendationReport(input), options);

  async function openText(name: string, text: string, options: BrowserContextOptions): Promise<Opened> {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, text);
    const address = pathToFileURL(file).href;
    const page = await (await browser.newContext(options)).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:')) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(address);
    await page.waitForLoadState('load');
    return { page, complaints };
  }

  async function picture(page: Page, name: string, fullPage = false): Promise<void> {
    if (pictures) await page.screenshot({ path: join(pictures, `report-${name}.png`), fullPage });
  }

  /** Scrolls through the page until every chart has drawn. */
  async function drawAll(page: Page): Promise<number> {
    for (const chart of await page.locator('[data-chart]').all()) {
      await chart.evaluate((element) => element.closest('details:not([open])')?.setAttribute('open', ''));
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('.main-svg').first().waitFor({ timeout: 10_000 });
    }
    return page.locator('[data-chart]:has(.main-svg)').count();
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [device, viewport] of [['desktop', { width: 1280, height: 900 }], ['tablet', { width: 820, height: 1100 }], ['phone', { width: 390, height: 844 }]] as const) {
      it(`draws every chart without a complaint or sideways scrolling on a ${device} in ${colorScheme}`, async () => {
        const { page, complaints } = await open(`${device}-${colorScheme}`, reportInput(), { viewport, colorScheme });
        await page.locator('.main-svg').first().waitFor();
        await picture(page, `${device}-${colorScheme}`);
        expect(await drawAll(page)).toBe(13);
        expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
        expect(await page.locator('.card .chart').first().evaluate((chart) => chart.querySelector('.main-svg')!.getBoundingClientRect().width - chart.getBoundingClientRect().width)).toBeLessThanOrEqual(0.5);
        expect(complaints).toEqual([]);
        await page.evaluate('scrollTo({ top: 0, behavior: "instant" })');
        await picture(page, `${device}-${colorScheme}-full`, true);
        await page.context().close();
      });
    }
  }

  it('draws far charts only when they come near', async () => {
    const { page } = await open('lazy', reportInput(), { viewport: { width: 1280, height: 800 } });
    await page.locator('.main-svg').first().waitFor();
    expect(await page.locator('[data-chart]:has(.main-svg)').count()).toBeLessThan(6);
    await page.context().close();
  });

  it('has candles, volume, three levels and a cone in the chart of an entry', async () => {
    const { page } = await open('parts', reportInput(), { viewport: { width: 1280, height: 900 } });
    const chart = page.locator('[data-chart="ABER"]');
    await chart.scrollIntoViewIfNeeded();
    await chart.locator('.main-svg').first().waitFor();
    expect(await chart.locator('path.box').count()).toBe(126);
    expect(await chart.locator('.bars .point').count()).toBe(126);
    expect(await chart.locator('.shapelayer path').count()).toBe(3);
    expect(await chart.locator('.annotation').allTextContents()).toEqual([expect.stringMatching(/^Entry/), expect.stringMatching(/^Stop/), expect.stringMatching(/^Target/)]);
    expect(await chart.locator('.js-fill').count()).toBe(1);
    await page.context().close();
  });

  it('draws fewer sessions on a phone, with the cone whole, and half a year again when turned', async () => {
    const input = reportInput();
    const recommendations = input.document.recommendations.map((one) => ({ ...one, forecastHorizon: one.expectedReturn === null ? null : 40 }));
    const { page, complaints } = await open('turned', { ...input, document: { ...input.document, recommendations } }, { viewport: { width: 390, height: 844 } });
    const chart = page.locator('[data-chart="ABER"]');
    await chart.scrollIntoViewIfNeeded();
    await expect.poll(() => chart.locator('path.box').count()).toBe(63);
    expect(await chart.locator('.bars .point').count()).toBe(63);
    expect(await chart.evaluate((element) => (element as unknown as { data: { x: unknown[] }[] }).data[2].x.length)).toBe(82);
    await page.setViewportSize({ width: 900, height: 600 });
    await expect.poll(() => chart.locator('path.box').count()).toBe(126);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('changes the colours of drawn charts with the theme', async () => {
    const { page, complaints } = await open('theme', reportInput(), { viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
    await page.locator('[data-chart="ABER"]').scrollIntoViewIfNeeded();
    const up = page.locator('[data-chart="ABER"] path.box').first();
    const colour = (): Promise<string | null> => up.evaluate((box) => box.getAttribute('style'));
    await up.waitFor();
    const light = await colour();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(colour).not.toBe(light);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('prints the charts of what is to be bought in light colours, unfolded, and folds again', async () => {
    const { page, complaints } = await open('print', reportInput(), { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' });
    await page.locator('.main-svg').first().waitFor();
    await page.evaluate('globalThis.atPrint = null; addEventListener("beforeprint", () => { atPrint = { charts: document.querySelectorAll("[data-chart]:has(.main-svg)").length, folded: [...document.querySelectorAll("details:not([open]):not(.proof, .card-features)")].filter((one) => one.closest(".screen-only") === null).length, text: getComputedStyle(document.body).color }; })');
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, ...(pictures ? { path: join(pictures, 'report-print.pdf') } : {}) });
    expect(pdf.length).toBeGreaterThan(50_000);
    expect(await page.evaluate('globalThis.atPrint')).toEqual({ charts: 7, folded: 0, text: 'rgb(27, 29, 34)' });
    expect(await page.locator('details[open]').count()).toBe(7);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows an evening without recommendations', async () => {
    const { page, complaints } = await open('empty', emptyInput(), { viewport: { width: 1280, height: 900 } });
    await picture(page, 'empty', true);
    expect(await page.locator('h1').innerText()).toContain('Nothing to trade');
    expect(await page.locator('section').count()).toBe(12);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows hostile text as text and runs none of it', async () => {
    const { page, complaints } = await open('hostile', hostileInput(), { viewport: { width: 390, height: 844 } });
    await drawAll(page);
    await picture(page, 'hostile', true);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(await page.locator('img, iframe, script:not([nonce]):not([type="application/json"])').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is reached by keyboard: the skip link first, then names lead to their cards and unfold them', async () => {
    const { page } = await open('keyboard', reportInput(), { viewport: { width: 1280, height: 900 } });
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.locator('.who a', { hasText: 'JNPR-B' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#name-JNPR-B');
    expect(await page.locator('#name-JNPR-B').count()).toBe(1);
    const chart = page.locator('[data-chart="CSTL"]');
    expect(await chart.isVisible()).toBe(false);
    await page.locator('.who a', { hasText: 'CSTL' }).focus();
    await page.keyboard.press('Enter');
    await chart.locator('.main-svg').first().waitFor({ timeout: 10_000 });
    expect(await chart.isVisible()).toBe(true);
    await page.context().close();
  });

  it.each([['desktop', 'light', 1280, 'wide'], ['tablet', 'light', 700, 'medium'], ['phone', 'dark', 390, 'narrow']] as const)('shows the page of a feature on a %s in %s in the size that fits', async (device, colorScheme, width, size) => {
    const { page, complaints } = await openText(`feature-${device}`, renderFeaturePage(featurePageInput()), { viewport: { width, height: 844 }, colorScheme });
    await picture(page, `feature-${device}-${colorScheme}`, true);
    const plots = page.locator('svg.plot:visible');
    expect(await plots.count()).toBe(3);
    for (const plot of await plots.all()) expect(await plot.getAttribute('class')).toBe(`plot ${size}`);
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    const outside = 'document.querySelectorAll("svg.plot text").values().filter((text) => text.getBoundingClientRect().width > 0).filter((text) => { const [own, frame] = [text.getBoundingClientRect(), text.closest(".plot-frame").getBoundingClientRect()]; return own.left < frame.left || own.right > frame.right; }).map((text) => text.textContent).toArray()';
    expect(await page.evaluate(outside)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('tells the values of the session under the pointer, and of the one the arrow keys lead to', async () => {
    const input = featurePageInput();
    const { page, complaints } = await openText('feature-pointer', renderFeaturePage(input), { viewport: { width: 1280, height: 900 } });
    const figure = page.locator('[data-reader="history"]');
    const legend = (): Promise<string> => figure.locator('.legend').innerText();
    const resting = await legend();
    expect(resting).toContain('7 Feb 2018');
    const plot = figure.locator('svg.wide');
    await plot.hover();
    expect(await page.evaluate('getComputedStyle(document.querySelector("[data-crossed] svg.wide .cross")).display')).toBe('block');
    expect(await legend()).not.toBe(resting);
    await page.mouse.move(0, 0);
    expect(await legend()).toBe(resting);
    await figure.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await legend()).toContain('6 Feb 2018');
    expect(await legend()).toContain(formatFeature(input.quantiles.median[498], 'return'));
    await page.keyboard.press('Home');
    expect(await legend()).toContain('2 Mar 2016');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
