/**
 * Opens an HTML report in the system's Chromium: `node .ci/open-report.mjs REPORT.html [PICTURE.png]`.
 * Fails on a console error, an exception, a request that leaves the file, or a page without visible content.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [report, picture] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const MIN_TEXT = 200;

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console error: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => /^(file|data|blob):/.test(request.url()) || faults.push(`request to ${request.url()}`));
  await page.goto(pathToFileURL(resolve(report)).href, { waitUntil: 'load' });
  // charts draw when they come into view
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 600) {
      window.scrollTo(0, y);
      await new Promise((next) => setTimeout(next, 50));
    }
    window.scrollTo(0, 0);
  });
  await page.waitForTimeout(500);
  const seen = await page.evaluate(() => ({ title: document.title, text: document.body.innerText.trim().length, tables: document.querySelectorAll('table').length, charts: document.querySelectorAll('svg').length }));
  if (picture) await page.screenshot({ path: picture, fullPage: true });
  console.log(`note: report "${seen.title}": ${seen.tables} tables, ${seen.charts} drawings, ${seen.text} characters`);
  if (seen.title === '' || seen.text < MIN_TEXT || seen.tables === 0) faults.push(`expected a title, a table and text, found ${JSON.stringify(seen)}`);
  if (faults.length > 0) {
    console.error(faults.join('\n'));
    process.exitCode = 1;
  }
} finally {
  await browser.close();
}
