import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { mapLabels } from '../../src/report/graph/map-labels.js';
import { fitted, MAP_HEIGHT, MAP_WIDTH } from '../../src/report/graph/map-frame.js';
import { renderGraphPage } from '../../src/report/graph/page.js';
import { neighbourShares } from '../../src/report/graph/sector-matrix.js';
import { sectorClass } from '../../src/report/graph/sector-colours.js';
import { HOSTILE } from '../report/hostile.js';
import { emptyGraphPage, graphPageFixture } from './page-fixture.js';

describe('the page of a graph', () => {
  it('is the same for the same input, and needs nothing else', async () => {
    const page = renderGraphPage(await graphPageFixture());
    expect(renderGraphPage(await graphPageFixture())).toBe(page);
    expect(page.match(/(?:src|href)="(?!#|data:)[^"]*"|url\(/g)).toBeNull();
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it('draws every node once with its name, company and sector, and every edge of the tree', async () => {
    const input = await graphPageFixture();
    const page = renderGraphPage(input);
    const titles = [...page.matchAll(/<circle [^>]*><title>([^<]*)<\/title>/g)].map(([, title]) => title.split('\n'));
    expect(titles.map(([name]) => name)).toEqual(input.graph.nodes.map((symbol) => `${symbol} · ${symbol} Incorporated`));
    expect(titles.map(([, sector]) => sector)).toEqual([...input.graph.sectors].map((code) => input.graph.sectorNames[code]));
    expect(page.split('<g class="tree">')[1].split('</g>')[0].match(/<path/g)).toHaveLength(input.graph.nodes.length - 1);
  });

  it('says how many are in each sector and community', async () => {
    const { graph, ...rest } = await graphPageFixture();
    const page = renderGraphPage({ graph, ...rest });
    graph.sectorNames.forEach((name, code) => expect(page).toContain(`${name} <span class="sector-count">${graph.sectors.filter((sector) => sector === code).length}</span>`));
    const shown = [...page.matchAll(/<strong>(\d+)<\/strong> <span>(\d+) names?<\/span>/g)].map(([, , count]) => Number(count));
    expect(shown.length).toBeGreaterThan(1);
    expect(shown[0]).toBe(rest.communities.of.filter((one) => one === 0).length);
  });

  it('is calm about a graph of nobody', () => {
    const page = renderGraphPage(emptyGraphPage());
    expect(page).toContain('There is no graph of the session before.');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('lets no text from data run or break out', async () => {
    const page = renderGraphPage(await graphPageFixture({ spoil: (text) => HOSTILE + text }));
    expect(page).not.toContain('<img');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain('<!--');
  });
});

describe('shares of neighbours', () => {
  it('add up to one in each row', async () => {
    const { graph } = await graphPageFixture();
    for (const row of neighbourShares(graph)) expect(row!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

describe('the map', () => {
  it('lies within its frame', async () => {
    const { layout } = await graphPageFixture();
    const { x, y } = fitted(layout);
    expect(Math.min(...x, ...y)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...x)).toBeLessThanOrEqual(MAP_WIDTH);
    expect(Math.max(...y)).toBeLessThanOrEqual(MAP_HEIGHT);
    expect(fitted({ x: Float64Array.of(3), y: Float64Array.of(4) })).toEqual({ x: Float64Array.of(MAP_WIDTH / 2), y: Float64Array.of(MAP_HEIGHT / 2) });
  });

  it('labels first come first served, and none over another', () => {
    const places = { x: Float64Array.of(300, 304, 700), y: Float64Array.of(300, 300, 300) };
    const labels = mapLabels({ places, radius: Float64Array.of(4, 4, 4), names: ['LONGNAME', 'B', 'C'] }, [0, 1, 2], () => 'large');
    expect(labels.map(({ node }) => node)).toContain(0);
    expect(labels.map(({ node }) => node)).toContain(2);
    const crowd = Array.from({ length: 40 }, (_, i) => i);
    const packed = { x: Float64Array.from(crowd, (i) => 600 + (i % 7)), y: Float64Array.from(crowd, (i) => 400 + (i % 5)) };
    expect(mapLabels({ places: packed, radius: new Float64Array(40).fill(5), names: crowd.map((i) => `NAME${i}`) }, crowd, () => 'large').length).toBeLessThan(5);
  });

  it('has a colour for each GICS sector and one for all others', () => {
    expect(sectorClass('Utilities')).not.toBe(sectorClass('Energy'));
    expect(sectorClass('Alternative Carriers')).toBe(sectorClass(null));
  });
});

const CANDIDATES = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const executablePath = CANDIDATES.find((path) => path !== undefined && path !== '' && existsSync(path));
if (executablePath === undefined) console.warn('tests/graph/page.test.ts skips its browser: no Chromium found; set CHROMIUM_PATH to its executable');

describe.skipIf(executablePath === undefined)('the page in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'swinglab-graph-'));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([[1280, 'light'], [390, 'dark']] as const)('fits a screen of %i pixels, %s, and picks out a sector', async (width, colorScheme) => {
    const file = join(folder, `${width}.html`);
    writeFileSync(file, renderGraphPage(await graphPageFixture({ spoil: width === 390 ? (text) => HOSTILE + text : (text) => text })));
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => void (/^(file|data):/.test(request.url()) || complaints.push(request.url())));
    await page.goto(pathToFileURL(file).href);
    const chosen = (): Promise<number> => page.locator('circle.chosen').count();
    expect(await chosen()).toBe(0);
    const button = page.locator('.sector-legend button').first();
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    expect(await chosen()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    expect(await chosen()).toBe(0);
    const seen = await page.evaluate<{ wide: number; hacked: boolean }>(`({ wide: document.documentElement.scrollWidth, hacked: 'hacked' in globalThis })`);
    expect(complaints).toEqual([]);
    expect(seen.hacked).toBe(false);
    expect(seen.wide).toBeLessThanOrEqual(width);
    await page.close();
  });
});
