import type { IsoDate } from '../../core/dates.js';
import { formatShortDate } from '../format.js';
import { html, type Html } from '../html.js';

/** A line or band of a plot over sessions, as its legend tells it. */
export interface ReaderRow {
  readonly kind: 'median' | 'band' | 'one' | 'share';
  readonly title: string;
  /** [session], as text. */
  readonly texts: readonly string[];
}

/** What the page's script needs to tell the values of the session under the pointer. */
export interface SessionReader {
  readonly sessions: readonly IsoDate[];
  readonly rows: readonly ReaderRow[];
}

/** The legend of a plot with the values of the last session; the script writes those of the session pointed at. */
export function legend({ sessions, rows }: SessionReader): Html {
  const last = sessions.length - 1;
  return html`<ul class="legend">${rows.map(({ kind, title, texts }) => html`<li><span class="swatch ${kind}" aria-hidden="true"></span>${title} <b>${texts[last]}</b></li>`)}<li class="at"><time>${formatShortDate(sessions[last])}</time></li></ul>`;
}

/** A reader as it stands in the page. */
export function readerData({ sessions, rows }: SessionReader): unknown {
  return { at: sessions.map(formatShortDate), rows: rows.map(({ texts }) => texts) };
}

/** What runs in the reader's browser: a cross at the session under the pointer, or moved by the arrow keys, and its values in the legend. */
export const READER_SCRIPT = `
(() => {
  'use strict';
  const readers = JSON.parse(document.getElementById('readers').textContent);
  for (const figure of document.querySelectorAll('[data-reader]')) {
    const { at, rows } = readers[figure.dataset.reader];
    const last = at.length - 1;
    const time = figure.querySelector('.legend time');
    const values = [...figure.querySelectorAll('.legend b')];
    const crosses = [...figure.querySelectorAll('.cross')];
    let current = last;
    const place = (cross) => Number(cross.dataset.from) + (Number(cross.dataset.to) - Number(cross.dataset.from)) * (last > 0 ? current / last : 0);
    const tell = (session, crossed) => {
      current = Math.min(last, Math.max(0, session));
      time.textContent = at[current];
      values.forEach((value, i) => (value.textContent = rows[i][current]));
      for (const cross of crosses) cross.setAttribute('transform', 'translate(' + place(cross) + ')');
      figure.toggleAttribute('data-crossed', crossed);
    };
    figure.addEventListener('pointermove', (event) => {
      const plot = event.target.closest('svg');
      const cross = plot && plot.querySelector('.cross');
      if (!cross) return;
      const box = plot.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * plot.viewBox.baseVal.width;
      const span = Number(cross.dataset.to) - Number(cross.dataset.from);
      tell(Math.round(span > 0 ? ((x - Number(cross.dataset.from)) / span) * last : 0), true);
    });
    figure.addEventListener('pointerleave', () => tell(last, false));
    figure.addEventListener('blur', () => tell(last, false));
    figure.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -21, PageDown: 21, Home: -last, End: last }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      tell(current + step, true);
    });
  }
})();
`;
