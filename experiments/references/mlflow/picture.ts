/**
 * Takes the pictures of docs/TRACKING.md: `node experiments/references/mlflow/picture.ts ADDRESS`, a server that has runs of
 * `swing evaluate` and models of `swing train`. Needs Chromium (CHROMIUM_PATH).
 */
import { statSync } from 'node:fs';

import { chromium, type Page } from 'playwright-core';

const [address] = process.argv.slice(2);
if (address === undefined) throw new Error('expected the address of an MLflow server');
const IMAGES = new URL('../../../docs/images/', import.meta.url).pathname;
const TIMEOUT_MS = 60_000;
const SIZE = { width: 1500, height: 520 };

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', timeout: TIMEOUT_MS, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
try {
  const page = await (await browser.newContext({ viewport: SIZE })).newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  await openRuns(page, await experimentId('swinglab/evaluate'));
  await page.getByText('Model training', { exact: true }).click(); // it opens for chats
  await page.getByRole('button', { name: 'Close' }).click(); // an assistant that nobody called
  await chooseColumns(page, { off: ['Dataset', 'Source', 'Models'], on: ['rank_ic', 'rank_ic_low', 'rank_ic_high', 'rank_ic_t', 'spread_return', 'turnover_1', 'sessions'] });
  await picture(page, 'mlflow-runs.png');
  const training = await experimentId('swinglab/train');
  await openRuns(page, training);
  await chooseColumns(page, { off: ['Dataset'], on: ['validation rank IC', 'validation t', 'pay-off of rank', 'samples'] });
  await picture(page, 'mlflow-training.png');
  await page.setViewportSize({ ...SIZE, height: 900 });
  await page.goto(`${address}/#/experiments/${training}/models/${await modelId(training)}`);
  await page.getByText('validation rank IC').first().waitFor();
  await picture(page, 'mlflow-model.png');
} finally {
  await browser.close();
}

async function openRuns(page: Page, id: string): Promise<void> {
  await page.goto(`${address}/#/experiments/${id}/runs`, { waitUntil: 'load' });
  await page.getByText('matching runs').waitFor();
}

/** The list of columns is taller than the picture. */
async function chooseColumns(page: Page, { off, on }: { readonly off: readonly string[]; readonly on: readonly string[] }): Promise<void> {
  await page.setViewportSize({ ...SIZE, height: 1500 });
  await page.getByRole('button', { name: 'Columns' }).first().click();
  await page.getByPlaceholder('Search columns').waitFor();
  for (const name of [...off, ...on]) await page.getByText(name, { exact: true }).last().click();
  await page.keyboard.press('Escape');
  await page.setViewportSize(SIZE);
}

async function experimentId(name: string): Promise<string> {
  const { experiment } = (await (await fetch(`${address}/api/2.0/mlflow/experiments/get-by-name?${new URLSearchParams({ experiment_name: name }).toString()}`)).json()) as { experiment: { experiment_id: string } };
  return experiment.experiment_id;
}

/** The model that is called champion. */
async function modelId(experiment: string): Promise<string> {
  const body = JSON.stringify({ experiment_ids: [experiment], filter: "tags.`mlflow.modelVersions` LIKE '%swinglab-lightgbm%'", max_results: 1 });
  const { models } = (await (await fetch(`${address}/api/2.0/mlflow/logged-models/search`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json()) as { models: readonly { info: { model_id: string } }[] };
  return models[0].info.model_id;
}

async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(2000); // what slides has come to rest
  await page.screenshot({ path: IMAGES + name });
  console.log(`${name}: ${Math.round(statSync(IMAGES + name).size / 1024)} kB`);
}
