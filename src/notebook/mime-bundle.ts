import { html, type Html } from '../report/html.js';
import { figureHtml, figureJson, plotlyLoader } from './figure-html.js';
import { figureText } from './figure-text.js';
import { formsOf } from './forms/forms.js';
import type { Shown, ShownFigure } from './shown.js';
import { tableHtml } from './table-html.js';
import { tableText } from './table-text.js';

/** One output of a notebook cell in several forms, by MIME type; a front end takes the richest that it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A value's own outputs; the convention of Deno's kernel. */
const DISPLAY = Symbol.for('Jupyter.display');

let plotlySent = false;

/**
 * The rich outputs of a value in a notebook: one for its tables and sentences, one for each chart; none for a value of no
 * kind that is known. The first chart of a process carries plotly itself.
 */
export function mimeBundles(value: unknown): readonly MimeBundle[] {
  const own = ownBundle(value);
  if (own !== null) return [own];
  return formsOf(value).flatMap((shown) => [...textBundle(shown), ...(shown.figures ?? []).map(figureBundle)]);
}

/** What a value's method `Symbol.for("Jupyter.display")` gives; `null` without one. */
export function ownBundle(value: unknown): MimeBundle | null {
  const display = typeof value === 'object' && value !== null ? (value as Record<symbol, unknown>)[DISPLAY] : undefined;
  return typeof display === 'function' ? (display.call(value) as MimeBundle) : null;
}

/** The same in letters: heading, sentences, tables, and charts in words. */
export function shownText({ title, text = [], tables = [], figures = [] }: Shown): string {
  return [...(title === undefined ? [] : [title]), ...text, ...tables.map(tableText), ...figures.map(figureText)].join('\n');
}

function textBundle({ figures: _, ...shown }: Shown): readonly MimeBundle[] {
  const { title, text = [], tables = [] } = shown;
  if (title === undefined && text.length + tables.length === 0) return [];
  const markup: Html = html`${title === undefined ? null : html`<h4>${title}</h4>`}${text.map((sentence) => html`<p>${sentence}</p>`)}${tables.map(tableHtml)}`;
  return [{ 'text/html': String(markup), 'text/plain': shownText(shown) }];
}

function figureBundle(figure: ShownFigure): MimeBundle {
  const json = figureJson(figure);
  const loader = plotlySent ? null : plotlyLoader();
  plotlySent = true;
  return { 'application/vnd.plotly.v1+json': json, 'text/html': String(html`${loader}${figureHtml(json)}`), 'text/plain': figureText(figure) };
}
