import { NARROW_SESSIONS } from './page-charts.js';

/**
 * What runs in the reader's browser: draws the charts when they come near the screen (those that are folded away when they
 * are unfolded), again when the theme changes, and those that are printed, unfolded and in light colours, for paper.
 *
 * Figures stand in the page as JSON whose colours are references such as `var(--up)`; they are resolved at drawing time. A chart that is
 * `whole` is not cut on a phone; its `variants`, by the element's `data-variant`, replace parts of its layout. Other scripts of a page have
 * a chart drawn by the event `swinglab:draw` at its element (with the chart as detail where the page has none), and let go by `swinglab:drop`.
 */
export const PAGE_SCRIPT = `
(() => {
  'use strict';
  const DRAWN_AT_ONCE = 2;
  const PAPER = { equity: { autosize: false, width: 664, height: 200 }, card: { autosize: false, width: 384, height: 160 }, wide: { autosize: false, width: 664, height: 230 } };
  const root = document.documentElement;
  const page = JSON.parse(document.getElementById('charts').textContent);
  const charts = [...document.querySelectorAll('[data-chart]')];
  const drawn = new Set();
  const config = { displaylogo: false, responsive: true, displayModeBar: false };

  const phone = matchMedia('screen and (max-width: 560px)');
  const dark = matchMedia('(prefers-color-scheme: dark)');

  const resolved = (figure) => {
    const style = getComputedStyle(root);
    return JSON.parse(JSON.stringify(figure), (key, value) => {
      const reference = typeof value === 'string' ? /^var\\((--[a-z-]+)\\)$/.exec(value) : null;
      return reference ? style.getPropertyValue(reference[1]).trim() : value;
    });
  };
  const figureOf = (element, isPhone) => {
    const chart = page.charts[element.dataset.chart];
    const data = chart.data.map((own) => {
      const trace = { ...page.traces[own.name], ...own };
      if (trace.x) return trace;
      const bars = { ...trace, x: page.sessions[chart.sessions] };
      return isPhone && !chart.whole ? cut(bars) : bars;
    });
    return resolved({ data, layout: { ...page.layout, ...(isPhone ? chart.narrow : chart.wide), ...chart.variants?.[element.dataset.variant] } });
  };
  const cut = (trace) => Object.fromEntries(Object.entries(trace).map(([name, value]) => [name, Array.isArray(value) ? value.slice(-${NARROW_SESSIONS}) : value]));
  const draw = (element, size) => {
    if (!drawn.has(element)) element.replaceChildren();
    drawn.add(element);
    const { data, layout } = figureOf(element, phone.matches && !size);
    return window.Plotly.react(element, data, { ...layout, ...size }, config);
  };
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      if (!drawn.has(entry.target)) draw(entry.target);
    }
  }, { rootMargin: '700px 0px' });
  const folded = (element) => element.closest('details:not([open])') !== null;
  charts.forEach((element, i) => (i < DRAWN_AT_ONCE && !folded(element) ? draw(element) : observer.observe(element)));

  const redraw = (element) => {
    if (!folded(element)) return draw(element);
    window.Plotly.purge(element);
    drawn.delete(element);
    observer.observe(element);
  };
  document.addEventListener('swinglab:draw', ({ target, detail }) => {
    if (detail) page.charts[target.dataset.chart] = detail;
    if (!charts.includes(target)) charts.push(target);
    draw(target);
  });
  document.addEventListener('swinglab:drop', ({ target }) => {
    window.Plotly.purge(target);
    drawn.delete(target);
    charts.splice(charts.indexOf(target), 1);
  });
  for (const query of [dark, phone]) query.addEventListener('change', () => drawn.forEach(redraw));

  const unfold = () => {
    const target = document.querySelector('details :target');
    target?.closest('details').setAttribute('open', '');
    target?.scrollIntoView();
  };
  addEventListener('hashchange', unfold);
  unfold();

  const printed = (element) => element.closest('.screen-only') === null;
  let opened = [];
  addEventListener('beforeprint', () => {
    root.dataset.printing = '';
    opened = [...document.querySelectorAll('details:not([open]):not(.proof, .card-features)')].filter(printed);
    opened.forEach((element) => (element.open = true));
    charts.filter(printed).forEach((element) => draw(element, PAPER[element.dataset.paper ?? (element.matches('.equity') ? 'equity' : 'card')]));
  });
  addEventListener('afterprint', () => {
    delete root.dataset.printing;
    opened.forEach((element) => (element.open = false));
    drawn.forEach(redraw);
  });
})();
`;
