import { TRADE_FIGURE_SCRIPT } from './trade-figure-script.js';
import { ROWS_SHOWN } from './trade-list.js';

/**
 * What fills the list of trades in the reader's browser: sorts, searches, shows some rows at a time, and opens the chart of a trade under
 * its row. Trades stand in the page as columns of JSON.
 */
export const TRADE_LIST_SCRIPT = `
(() => {
  'use strict';
  const place = document.getElementById('trade-list');
  if (place === null) return;
  const data = JSON.parse(document.getElementById('trades-data').textContent);
  const { columns, symbols, companies, reasons } = data;
  const days = [];
  data.days.forEach((step, i) => days.push(i === 0 ? step : days[i - 1] + step));
  const formats = new Map();
  const number = (value, digits) => {
    if (!formats.has(digits)) formats.set(digits, new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }));
    const text = formats.get(digits).format(Math.abs(value));
    return (value < 0 && /[1-9]/.test(text) ? '\\u2212' : '') + text;
  };
  const priceText = (price) => (price === null ? '\\u2013' : number(price, Math.abs(price) < 1 ? 4 : 2));
  const signed = (value, digits) => {
    const size = Math.round(Math.round(Math.abs(value) * 1e6) / 10 ** (4 - digits)) / 10 ** digits; // halves up by decimal digits, as everywhere
    return (value > 0 && size > 0 ? '+' : '') + number(Math.sign(value) * size, digits) + '%';
  };
  const isoText = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const dateText = (day) => { const iso = isoText(day); return Number(iso.slice(8)) + ' ' + MONTHS[Number(iso.slice(5, 7)) - 1] + ' ' + iso.slice(0, 4); };
  const shareText = (shares) => number(shares, Number.isInteger(shares) ? 0 : 2);
${TRADE_FIGURE_SCRIPT}
  const CELLS = [
    ['symbol', (i) => symbols[columns.symbol[i]]], ['entry', (i) => dateText(days[columns.entry[i]])], ['exit', (i) => dateText(days[columns.exit[i]])], ['held', (i) => number(columns.held[i], 0)], ['shares', (i) => shareText(columns.shares[i])],
    ['bought', (i) => priceText(columns.bought[i])], ['sold', (i) => priceText(columns.sold[i])], ['gain', (i) => signed(columns.gain[i], 2)], ['profit', (i) => number(columns.profit[i], 0)], ['why', (i) => reasons[columns.why[i]]],
  ];
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  };
  const body = place.querySelector('tbody');
  const heads = [...place.querySelectorAll('[data-sort]')];
  const titles = Object.fromEntries(heads.map((head) => [head.dataset.sort, head.textContent]));
  const state = { sort: 'exit', rising: false, page: 0, name: '', why: '' };
  const all = columns.symbol.map((_, i) => i);

  const chosen = () => {
    const { sort, rising, name, why } = state;
    const values = columns[sort];
    const key = sort === 'symbol' || sort === 'why' ? (i) => values[i] : (i) => values[i] ?? -Infinity;
    const fits = symbols.map((symbol, s) => symbol.toUpperCase().includes(name) || (companies[s] || '').toUpperCase().includes(name));
    return all.filter((i) => fits[columns.symbol[i]] && (why === '' || reasons[columns.why[i]] === why)).sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b) * (rising ? 1 : -1));
  };
  const row = (i) => {
    const made = element('tr', { role: 'row', class: 'trade' });
    for (const [key, text] of CELLS) {
      const kind = key === 'symbol' || key === 'why' ? 'text' : 'number';
      const tint = key === 'gain' || key === 'profit' ? (columns[key][i] < 0 ? ' loss' : ' gain') : '';
      if (key === 'symbol') made.append(element('th', { scope: 'row', role: 'rowheader', class: 'text' }, element('button', { type: 'button', 'aria-expanded': 'false' }, text(i))));
      else made.append(element('td', { role: 'cell', class: kind + tint, 'data-label': titles[key] }, text(i)));
    }
    made.addEventListener('click', () => toggle(made, i));
    return made;
  };
  const drop = (detail) => {
    detail.querySelector('[data-chart]')?.dispatchEvent(new CustomEvent('swinglab:drop', { bubbles: true }));
    detail.remove();
  };
  const sentences = (i) => {
    const marks = marksOf(i);
    const filled = marks.map(([at, price, side]) => (side === 1 ? 'bought' : 'sold') + ' at ' + priceText(price) + ' on ' + dateText(days[at])).join(', ');
    const company = companies[columns.symbol[i]] ? companies[columns.symbol[i]] + ': ' : '';
    const facts = [company + (filled || 'fills are not known')].map((text) => text[0].toUpperCase() + text.slice(1));
    facts.push(signed(columns.gain[i], 2) + ' after costs' + (columns.expected[i] === null ? '' : ', ' + signed(columns.expected[i], 2) + ' was expected'));
    if (columns.worst[i] !== null) facts.push('at the worst ' + signed(columns.worst[i], 1) + ' while held');
    if (columns.ratio[i] !== null) facts.push('later prices restated for a split, ' + number(columns.ratio[i], 4).replace(/\\.?0+$/, '') + ' new shares for one');
    if (data.candles[i] && data.candles[i][1]) facts.push('each candle may span several sessions');
    return facts.join('; ') + '.';
  };
  const toggle = (made, i) => {
    const button = made.querySelector('button');
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!isOpen));
    if (isOpen) return drop(made.nextElementSibling);
    const chart = data.candles[i] ? element('div', { class: 'chart', 'data-chart': 'trade ' + i, role: 'img', 'aria-label': 'Candlestick chart of ' + symbols[columns.symbol[i]] + ' around the trade' }) : null;
    const words = element('p', { class: 'note' }, sentences(i));
    const cell = element('td', { role: 'cell', colspan: String(CELLS.length) }, words, chart ?? element('p', { class: 'note' }, 'No prices to draw: none are known, or others gained or lost more.'));
    made.after(element('tr', { role: 'row', class: 'detail screen-only' }, cell));
    if (chart === null) return;
    const { data: traces, layout } = tradeFigure(i, false);
    chart.dispatchEvent(new CustomEvent('swinglab:draw', { bubbles: true, detail: { sessions: 0, whole: true, data: traces, wide: layout, narrow: tradeFigure(i, true).layout } }));
  };
  const show = () => {
    body.querySelectorAll('.detail').forEach(drop);
    const found = chosen();
    const pages = Math.max(1, Math.ceil(found.length / ${ROWS_SHOWN}));
    state.page = Math.min(state.page, pages - 1);
    const shown = found.slice(state.page * ${ROWS_SHOWN}, (state.page + 1) * ${ROWS_SHOWN});
    body.replaceChildren(...shown.map(row));
    heads.forEach((head) => {
      const isSorted = head.dataset.sort === state.sort;
      head.closest('th').setAttribute('aria-sort', isSorted ? (state.rising ? 'ascending' : 'descending') : 'none');
    });
    const sum = (key) => found.reduce((total, i) => total + columns[key][i], 0);
    document.getElementById('trade-sum').textContent = number(found.length, 0) + (found.length === 1 ? ' trade' : ' trades') + (found.length === 0 ? '' : ', mean return ' + signed(sum('gain') / found.length, 2) + ', profit ' + number(sum('profit'), 0));
    document.getElementById('trade-page').textContent = found.length === 0 ? 'none' : number(state.page * ${ROWS_SHOWN} + 1, 0) + '\\u2013' + number(state.page * ${ROWS_SHOWN} + shown.length, 0) + ' of ' + number(found.length, 0);
    document.getElementById('trade-back').disabled = state.page === 0;
    document.getElementById('trade-next').disabled = state.page >= pages - 1;
  };
  const change = (entries) => { Object.assign(state, entries); show(); };
  heads.forEach((head) => head.addEventListener('click', () => change({ page: 0, sort: head.dataset.sort, rising: state.sort === head.dataset.sort ? !state.rising : head.dataset.sort === 'symbol' || head.dataset.sort === 'why' })));
  document.getElementById('trade-search').addEventListener('input', ({ target }) => change({ page: 0, name: target.value.trim().toUpperCase() }));
  const why = document.getElementById('trade-why');
  why.append(...reasons.map((reason) => element('option', { value: reason }, reason)));
  why.addEventListener('change', () => change({ page: 0, why: why.value }));
  document.getElementById('trade-back').addEventListener('click', () => change({ page: state.page - 1 }));
  document.getElementById('trade-next').addEventListener('click', () => change({ page: state.page + 1 }));
  show();
})();
`;
