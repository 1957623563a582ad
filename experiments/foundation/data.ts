import { isoDate, rankWithinSessions, samplesOf, toEpochDay, type Labels, type Panel, type Samples } from '../../dist/index.js';

/** What a run of the experiment is learnt from and judged on. */
export interface Study {
  readonly bars: Panel;
  readonly labels: Labels;
  readonly train: Samples;
  readonly validation: Samples;
  /** Everything that counts on the sessions that are foretold: the last of validation, so that intervals can be calibrated as they would have been, then those of the test. */
  readonly foretold: Samples;
}

export interface Spans {
  readonly trainFrom: string;
  readonly validationFrom: string;
  readonly foretellFrom: string;
  readonly testFrom: string;
}

/** Parts the sessions: no label of one part is decided within the next. */
export function parted(features: Panel, labels: Labels, bars: Panel, spans: Spans): Study {
  const tables = { features: rankWithinSessions(features, labels), labels };
  const { sessions } = bars;
  const at = (day: string): number => sessions.findIndex((session) => session >= toEpochDay(isoDate(day)));
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const [train, validation, foretell, test] = [spans.trainFrom, spans.validationFrom, spans.foretellFrom, spans.testFrom].map(at);
  return {
    bars,
    labels,
    train: samplesOf(tables, range(train, validation - labels.span), { labelled: true }),
    validation: samplesOf(tables, range(validation, test - labels.span), { labelled: true }),
    foretold: samplesOf(tables, range(foretell, sessions.length), { labelled: false }),
  };
}

export const SPANS: Spans = { trainFrom: '2009-01-02', validationFrom: '2020-01-02', foretellFrom: '2021-01-04', testFrom: '2022-01-03' };
