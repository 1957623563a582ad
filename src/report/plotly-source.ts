import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

let source: string | undefined;

/** Program text of plotly's finance bundle (candlestick, bar, scatter), read once from the installed package. */
export function plotlySource(): string {
  source ??= readFileSync(createRequire(import.meta.url).resolve('plotly.js-finance-dist-min'), 'utf8');
  return source;
}
