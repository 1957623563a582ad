import { fromEpochDay, toEpochDay, type EpochDay, type IsoDate } from '../../../core/dates.js';
import type { Panel } from '../../../table/panel.js';
import { counted, notApplicable, type AuditCheck, type AuditFinding } from '../audit-report.js';

/** A stay in an index: from `start` until the day before `end`. */
export interface Stay {
  readonly symbol: string;
  readonly start: IsoDate;
  readonly end: IsoDate | null;
}

export interface SurvivorsInput {
  /** Name of the universe. */
  readonly name: string;
  /** Who was a member when, as the pipeline takes it. */
  readonly stays: readonly Stay[];
  /** Column `close` [symbol, session] of everyone the pipeline has bars of. */
  readonly bars: Panel;
  /** Where the data itself says that those who left are missing; `null` where it says nothing. */
  readonly declared: string | null;
}

/** Members that leave an index in a year, at the least (share): the S&P 500 loses about 4 % to takeovers, failures and demotions. */
const LEAST_TURNOVER = 0.02;
/** Chance below which it is none that so few have left. */
const UNLIKELY = 0.001;
/** How much less is known of those who left than of those who stayed before it counts (share). */
const LACKING = 0.1;
/** Leavers below which nothing can be said. */
const FEWEST = 5;
/** Sessions before its end at which a name's last bar may lie. */
const NEAR_END = 5;
const DAYS_PER_YEAR = 365.25;

/**
 * Whether those who left are there. An index that hardly anybody leaves is a list of survivors; bars that those who left lack and those who
 * stayed have are bars of survivors. Both flatter every backtest. Where the data itself says so, it is told and not counted as found.
 */
export function survivors(input: SurvivorsInput): AuditCheck {
  const describe = `who left "${input.name}" within the bars, and whether they have any`;
  const { bars } = input;
  if (bars.sessions.length === 0) return notApplicable('universe', describe, 'there are no bars');
  const facts = factsOf(input);
  const findings = [nobodyLeaves(input, facts), leaversMissing(input, facts)].filter((one) => one !== null);
  const notes = [
    `${counted(facts.leavers, 'member')} of ${facts.members} left, ${facts.leaversPriced} of them with bars; ${facts.stayersPriced} of ${facts.stayers} who stayed have bars; bars of ${counted(facts.ended, 'name')} end before the last session`,
  ];
  const common = { name: 'universe', describe, compared: facts.members };
  if (findings.length > 0 && input.declared !== null) return { ...common, verdict: 'declared', findings: [], notes: [...notes, ...findings.map(({ message }) => message), `the data says so: ${input.declared}`] };
  return { ...common, verdict: findings.length > 0 ? 'found' : 'passed', findings, notes };
}

interface Facts {
  /** Names that were members at any time in the span. */
  readonly members: number;
  readonly leavers: number;
  readonly leaversPriced: number;
  readonly stayers: number;
  readonly stayersPriced: number;
  /** Names with bars whose last one lies before the end. */
  readonly ended: number;
  readonly years: number;
  /** The first who left and has no bars. */
  readonly example: Stay | null;
}

function factsOf({ stays, bars }: SurvivorsInput): Facts {
  const [first, last] = [bars.sessions[0], bars.sessions[bars.sessions.length - 1]];
  const within = lastStays(stays, first, last);
  const hasLeft = ({ end }: Stay): boolean => end !== null && toEpochDay(end) <= last;
  const [leavers, stayers] = [within.filter(hasLeft), within.filter((stay) => !hasLeft(stay))];
  const isPriced = ({ symbol, start, end }: Stay): boolean => hasBar(bars, symbol, Math.max(first, toEpochDay(start)), Math.min(last, end === null ? last : toEpochDay(end) - 1));
  return {
    members: within.length,
    leavers: leavers.length,
    leaversPriced: leavers.filter(isPriced).length,
    stayers: stayers.length,
    stayersPriced: stayers.filter(isPriced).length,
    ended: bars.symbols.filter((symbol) => endsEarly(bars, symbol)).length,
    years: (last - first) / DAYS_PER_YEAR,
    example: leavers.find((stay) => !isPriced(stay)) ?? null,
  };
}

/** The last stay of each name that was a member in the span. */
function lastStays(stays: readonly Stay[], first: EpochDay, last: EpochDay): Stay[] {
  const byName = new Map<string, Stay>();
  for (const stay of [...stays].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    if (toEpochDay(stay.start) <= last && (stay.end === null || toEpochDay(stay.end) > first)) byName.set(stay.symbol, stay);
  }
  return [...byName.values()];
}

function hasBar(bars: Panel, symbol: string, from: EpochDay, to: EpochDay): boolean {
  if (!bars.hasSymbol(symbol)) return false;
  const close = bars.series('close', symbol);
  return close.subarray(bars.indexOnOrBefore(from - 1) + 1, bars.indexOnOrBefore(to) + 1).some((value) => value > 0);
}

function endsEarly(bars: Panel, symbol: string): boolean {
  const close = bars.series('close', symbol);
  return close.some((value) => value > 0) && !close.subarray(Math.max(0, close.length - 1 - NEAR_END)).some((value) => value > 0);
}

function nobodyLeaves({ name, bars }: SurvivorsInput, { members, leavers, years }: Facts): AuditFinding | null {
  const expected = LEAST_TURNOVER * years * members;
  if (!(poissonAtMost(leavers, expected) < UNLIKELY)) return null;
  const message = `${counted(leavers, 'member')} of ${members} left "${name}" in ${years.toFixed(1)} years, where at least ${Math.round(expected)} are usual: it is a list of those who are members in the end, applied to the past`;
  return { code: 'survivors-only', subject: name, symbol: null, session: fromEpochDay(bars.sessions[0]), expected: Math.round(expected), found: leavers, differences: Math.round(expected) - leavers, message };
}

function leaversMissing({ name }: SurvivorsInput, { leavers, leaversPriced, stayers, stayersPriced, ended, example }: Facts): AuditFinding | null {
  if (leavers < FEWEST || stayers < FEWEST) return null;
  const [left, stayed] = [leaversPriced / leavers, stayersPriced / stayers];
  const pooled = (leaversPriced + stayersPriced) / (leavers + stayers);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / leavers + 1 / stayers));
  if (stayed - left < LACKING || stayed - left < 4 * error) return null;
  const message = `bars of ${leaversPriced} of ${counted(leavers, 'member')} who left "${name}", and of ${stayersPriced} of ${stayers} who stayed; bars of ${counted(ended, 'name')} end before the last session${example === null ? '' : `; ${example.symbol}, a member until ${example.end}, has none`}: these are survivors`;
  return { code: 'survivors-only', subject: name, symbol: example?.symbol ?? null, session: example?.end ?? null, expected: leavers, found: leaversPriced, differences: leavers - leaversPriced, message };
}

/** Chance that a Poisson number is at most `count`. */
function poissonAtMost(count: number, rate: number): number {
  let [term, sum] = [Math.exp(-rate), 0];
  for (let k = 0; k <= count; k++) {
    sum += term;
    term *= rate / (k + 1);
  }
  return sum;
}
