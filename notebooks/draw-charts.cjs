'use strict';
/** Plotly charts as pictures, drawn by the system's Chromium with the plotly that reports carry. */
const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const inProject = createRequire(join(__dirname, '..', 'package.json'));
const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const WIDTH = 900;

/** Chromium's executable. @throws when there is none, saying how to get it */
function chromiumPath() {
  const named = process.env.CHROMIUM_PATH;
  const found = named ? [named].find(existsSync) : CANDIDATES.find(existsSync);
  if (!found) throw new Error(`expected Chromium to draw the charts that are stored, found none${named ? ` at CHROMIUM_PATH "${named}"` : ''}; install it (Debian: apt-get install chromium) or set CHROMIUM_PATH`);
  return found;
}

/** Each chart ({ data, layout }) as a PNG in base64, 900 pixels wide. */
async function drawCharts(charts) {
  const { chromium } = inProject('playwright-core');
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb'] });
  try {
    const page = await browser.newPage({ viewport: { width: WIDTH, height: 600 }, deviceScaleFactor: 1 });
    await page.setContent('<!doctype html><title>charts</title><div id="chart"></div>');
    await page.addScriptTag({ content: readFileSync(inProject.resolve('plotly.js-finance-dist-min'), 'utf8') });
    const pictures = [];
    for (const chart of charts) pictures.push(await page.evaluate(draw, { chart, width: WIDTH }));
    return pictures;
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
async function draw({ chart: { data, layout }, width }) {
  const place = document.getElementById('chart');
  await window.Plotly.newPlot(place, data, { ...layout, autosize: false, width }, { staticPlot: true });
  const address = await window.Plotly.toImage(place, { format: 'png', width, height: place._fullLayout.height, scale: 1 });
  window.Plotly.purge(place);
  return address.slice(address.indexOf(',') + 1);
}

module.exports = { chromiumPath, drawCharts };
