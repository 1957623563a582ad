/**
 * Opens an HTML report in the system's Chromium as a reader would, on a desk in light and in dark and on a phone:
 * `node .ci/open-report.mjs REPORT.html [--pictures FOLDER]`.
 *
 * Fails on a console error, an exception, a request that leaves the file, a page without visible content, one that
 * scrolls sideways on a phone, a chart that does not draw once what it is folded into is opened, or one whose print is
 * longer than 20 pages. Pictures are of what fits the screen: `report-light.png`, `report-phone.png`,
 * `report-dark.png`, and with a card `report-card-light.png`.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: { pictures }, positionals: [report] } = parseArgs({ allowPositionals: true, options: { pictures: { type: 'string' } } });
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const TIMEOUT_MS = 120_000; // machines without a graphics card draw a chart in seconds
const MIN_TEXT = 200;
const MAX_PAGES = 20; // of an evening with about 20 names; 14 where this was written, other fonts take more
const DESK = { width: 1280, height: 1180 };
/** `whole`: reads to the end, so that every chart is drawn; the dark page has the same charts in other colours. */
const READERS = [
  { name: 'light', whole: true, colorScheme: 'light', viewport: DESK },
  { name: 'phone', whole: true, colorScheme: 'light', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  { name: 'dark', whole: false, colorScheme: 'dark', viewport: DESK },
];

if (pictures) mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({ executablePath, timeout: TIMEOUT_MS, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
const faults = [];
try {
  for (const { name, whole, ...options } of READERS) {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(TIMEOUT_MS);
    context.setDefaultNavigationTimeout(TIMEOUT_MS);
    (await read(await context.newPage(), { name, whole })).forEach((fault) => faults.push(`${name}: ${fault}`));
    await context.close();
  }
} finally {
  await browser.close();
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}

/** Opens the report for one reader and tells what is wrong with it. */
async function read(page, { name, whole }) {
  const found = [];
  page.on('console', (message) => message.type() === 'error' && found.push(`console error: ${message.text()}`));
  page.on('pageerror', (error) => found.push(`exception: ${error.message}`));
  page.on('request', (request) => /^(file|data|blob):/.test(request.url()) || found.push(`request to ${request.url()}`));
  await page.goto(pathToFileURL(resolve(report)).href, { waitUntil: 'load' });
  await picture(page, name);
  const drawn = whole ? await drawCharts(page) : 0;
  const seen = await page.evaluate(() => ({
    title: document.title, text: document.body.innerText.trim().length, tables: document.querySelectorAll('table').length,
    charts: document.querySelectorAll('[data-chart]').length, sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  console.log(`note: report "${seen.title}" (${name}): ${seen.tables} tables, ${drawn} charts drawn, ${seen.text} characters`);
  if (seen.title === '' || seen.text < MIN_TEXT || seen.tables === 0) found.push(`expected a title, a table and text, found ${JSON.stringify(seen)}`);
  if (whole && drawn !== seen.charts) found.push(`expected ${seen.charts} charts to be drawn, found ${drawn}`);
  if (name === 'phone' && seen.sideways > 0) found.push(`expected nothing wider than the screen, found ${seen.sideways} pixels beyond it`);
  if (name === 'light') {
    const pages = await printedPages(page);
    console.log(`note: report prints on ${pages} pages`);
    if (pages > MAX_PAGES) found.push(`expected at most ${MAX_PAGES} printed pages, found ${pages}`);
  }
  const card = page.locator('.card:has(.badge.enter):has([data-chart])').first();
  if (name === 'light' && (await card.count()) > 0) {
    await card.evaluate((element) => window.scrollTo({ top: element.getBoundingClientRect().top + window.scrollY - 60, behavior: 'instant' }));
    await picture(page, 'card-light');
  }
  return found;
}

/** Charts draw when they come into view: opens what they are folded into, passes each of them and waits for it. */
async function drawCharts(page) {
  for (const chart of await page.locator('[data-chart]').all()) {
    await chart.evaluate((element) => {
      element.closest('details:not([open])')?.setAttribute('open', '');
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
    });
    await chart.locator('.main-svg').first().waitFor({ state: 'attached' });
  }
  return page.locator('[data-chart]:has(.main-svg)').count();
}

/** Pages of the document that a reader prints. */
async function printedPages(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
}

async function picture(page, name) {
  if (!pictures) return;
  const path = join(pictures, `report-${name}.png`);
  await page.screenshot({ path, timeout: TIMEOUT_MS });
  console.log(`note: ${path.split('/').at(-1)}: ${Math.round(statSync(path).size / 1024)} kB`);
}
