import { CSS_REFERENCES as COLOUR } from '../../palette.js';
import { chartFrame, quietAxis } from '../../chart-frame.js';
import { LETTERS } from './packed-candles.js';

/** Pixels of a trade's chart. */
export const TRADE_HEIGHT = 300;

/**
 * Functions of the page's script that make the chart of one trade out of `data`, the page's trades: candles, a mark at each fill, the time
 * it was held in a tint, and its levels.
 */
export const TRADE_FIGURE_SCRIPT = `
  const FRAME = ${JSON.stringify(chartFrame(COLOUR))};
  const AXIS = ${JSON.stringify(quietAxis(COLOUR))};
  const LETTERS = '${LETTERS}';
  const unpack = ([first, steps, digits, base, letters, text]) => {
    const values = [];
    for (let i = 0; i < text.length; i += letters) {
      let value = 0;
      for (let k = 0; k < letters; k++) value = value * 64 + LETTERS.indexOf(text[i + k]);
      values.push(value === 64 ** letters - 1 ? null : (base + value) / 10 ** digits);
    }
    const every = (offset) => values.filter((_, i) => i % 4 === offset);
    const positions = [first];
    for (let i = 1; i < values.length / 4; i++) positions.push(positions[i - 1] + (steps ? steps[i - 1] : 1));
    return { positions, open: every(0), high: every(1), low: every(2), close: every(3) };
  };
  const marksOf = (i) => data.marks[i] ?? [[data.columns.entry[i], data.columns.bought[i], 1], [data.columns.exit[i], data.columns.sold[i], -1]].filter(([, price]) => price !== null);
  const ticksOf = (candles, from, to, isPhone) => {
    const count = candles.positions.length;
    const far = Math.ceil(count * (isPhone ? 0.34 : 0.11));
    const inMonth = (at) => isoText(days[candles.positions[at]]).slice(0, 7);
    const months = candles.positions.map((_, at) => at).filter((at) => at > 0 && inMonth(at) !== inMonth(at - 1));
    const ticks = to - from >= far ? [from, to] : [from];
    for (const at of months) if (ticks.every((tick) => Math.abs(tick - at) >= far)) ticks.push(at);
    return ticks;
  };
  const tradeFigure = (i, isPhone) => {
    const { columns } = data;
    const candles = unpack(data.candles[i]);
    const labels = candles.positions.map((position) => dateText(days[position]));
    const placeOf = (position) => { let at = 0; while (at + 1 < candles.positions.length && candles.positions[at + 1] <= position) at++; return at; };
    const style = (colour) => ({ line: { color: colour, width: 1 }, fillcolor: colour });
    const marks = (side, angle, colour, name) => {
      const own = marksOf(i).filter((mark) => mark[2] === side);
      return { type: 'scatter', mode: 'markers', name, x: own.map(([at]) => labels[placeOf(at)]), y: own.map(([, price]) => price), marker: { symbol: 'arrow', angle, standoff: 9, size: 17, color: colour, line: { width: 1, color: '${COLOUR.surface}' } }, hovertemplate: name + ' %{y:,.2f}<extra></extra>' };
    };
    const [from, to] = [placeOf(columns.entry[i]), placeOf(columns.exit[i])];
    const levels = [['Stop', columns.stop[i], '${COLOUR.down}'], ['Target', columns.target[i], '${COLOUR.up}']].filter(([, price]) => price !== null);
    const ends = [...candles.low, ...candles.high, ...marksOf(i).map(([, price]) => price), ...levels.map(([, price]) => price)].filter((price) => price !== null);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const air = 0.05 * (high - low || high);
    const layout = {
      ...FRAME, height: ${TRADE_HEIGHT}, margin: { l: isPhone ? 40 : 52, r: levels.length > 0 ? (isPhone ? 82 : 92) : 14, t: 10, b: 26 }, hovermode: 'x unified', boxgap: labels.length < 40 ? 0.55 : 0.3,
      xaxis: { ...AXIS, type: 'category', categoryorder: 'array', categoryarray: labels, range: [-1, labels.length], showgrid: false, rangeslider: { visible: false }, tickvals: ticksOf(candles, from, to, isPhone).map((at) => labels[at]), tickangle: 0 },
      yaxis: { ...AXIS, range: [low - air, high + air], tickformat: ',~f', nticks: 6 },
      shapes: [
        { type: 'rect', xref: 'x', x0: from - 0.5, x1: to + 0.5, yref: 'paper', y0: 0, y1: 1, layer: 'below', fillcolor: '${COLOUR.accentSoft}', line: { width: 0 } },
        ...levels.map(([, price, colour]) => ({ type: 'line', xref: 'x', x0: from - 0.5, x1: to + 0.5, yref: 'y', y0: price, y1: price, layer: 'above', line: { color: colour, width: 1.25, dash: 'dash' } })),
      ],
      annotations: levels.map(([name, price, colour]) => ({ xref: 'paper', x: 1, xanchor: 'left', xshift: 4, yref: 'y', y: price, yanchor: 'middle', text: name + ' ' + priceText(price), showarrow: false, font: { color: colour } })),
    };
    return {
      data: [
        { type: 'candlestick', name: 'Price', x: labels, open: candles.open, high: candles.high, low: candles.low, close: candles.close, increasing: style('${COLOUR.up}'), decreasing: style('${COLOUR.down}'), whiskerwidth: 0, hoverlabel: { split: false }, hovertemplate: 'open %{open:,.2f}<br>high %{high:,.2f}<br>low %{low:,.2f}<br>close %{close:,.2f}<extra></extra>' },
        marks(1, 90, '${COLOUR.accent}', 'bought'), marks(-1, -90, '${COLOUR.text}', 'sold'),
      ],
      layout,
    };
  };
`;
