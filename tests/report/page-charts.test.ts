import { describe, expect, it } from 'vitest';
import { recommendationFigure } from '../../src/report/figure.js';
import { EQUITY_CHART, equityFigure } from '../../src/report/equity-figure.js';
import { pageCharts } from '../../src/report/page-charts.js';
import { CSS_REFERENCES } from '../../src/report/palette.js';
import { positionViews, type PositionView } from '../../src/report/position-view.js';
import { EQUITY_HEIGHT } from '../../src/report/style/book.js';
import { CHART_HEIGHT } from '../../src/report/style/cards.js';
import { reportInput } from './fixture.js';

const { document, charts } = reportInput();
const views = positionViews(document, { charts, chartSessions: 126 });

/** Puts a chart together again, as the page script does. */
function restored(all: ReturnType<typeof pageCharts>, symbol: string): unknown {
  const chart = all.charts[symbol];
  const data = chart.data.map((own) => ({ x: all.sessions[chart.sessions], ...all.traces[String(own['name'])], ...own }));
  return { data, layout: { ...all.layout, ...chart.wide } };
}

function figure({ recommendation, bars }: PositionView): unknown {
  return recommendationFigure({ recommendation, bars: bars!, height: CHART_HEIGHT, palette: CSS_REFERENCES });
}

describe('the charts of a page', () => {
  it('are the figures, with what they share written once', () => {
    const all = pageCharts(views);
    for (const view of views) expect(restored(all, view.recommendation.symbol)).toEqual(figure(view));
    expect(all.sessions).toHaveLength(1);
    const sessionsWritten = JSON.stringify(all).split('2018-02-06').length - 1;
    expect(sessionsWritten).toBe(1);
  });

  it('keep the sessions of a name with a shorter history apart', () => {
    const young = { ...views[3], bars: positionViews(document, { charts, chartSessions: 40 })[3].bars };
    const all = pageCharts([...views.slice(0, 3), young]);
    expect(all.sessions.map((sessions) => sessions.length)).toEqual([126, 40]);
    expect(restored(all, young.recommendation.symbol)).toEqual(figure(young));
  });

  it('have that of equity beside them, whole when put together with what the others share', () => {
    const { equity } = document.trackRecord!;
    const all = pageCharts(views, equity);
    expect({ ...all, charts: { ...all.charts, [EQUITY_CHART]: undefined } }).toEqual({ ...pageCharts(views), charts: { ...pageCharts(views).charts, [EQUITY_CHART]: undefined } });
    expect(restored(all, EQUITY_CHART)).toEqual(equityFigure(equity, EQUITY_HEIGHT, CSS_REFERENCES));
  });

  it('are none without bars', () => {
    expect(pageCharts(views.map((view) => ({ ...view, bars: null })), document.trackRecord!.equity.slice(0, 1)).charts).toEqual({});
  });
});
