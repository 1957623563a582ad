import { fromEpochDay } from '../../../core/dates.js';
import type { FeatureInputs } from '../../../features/compute/feature-inputs.js';
import { nearly } from '../../../features/laws/breach.js';
import type { ColumnValues, Panel } from '../../../table/panel.js';
import { auditValue, checkOf, counted, valueText, type AuditCheck } from '../audit-report.js';
import { comparePanels } from '../compare-panels.js';

export interface PriceLevelsInput {
  readonly inputs: FeatureInputs;
  /** Features [symbol, session] of some inputs. */
  readonly compute: (inputs: FeatureInputs) => Panel | Promise<Panel>;
}

const PRICES = ['open', 'high', 'low', 'close', 'vwap'];
/** New shares for one old, different for neighbours, so that a comparison of levels between names shows too. */
const RATIOS = [2, 3, 20];

/**
 * Whether anything reads the level of adjusted prices: a split after the last session restates all of history, prices by one over
 * its ratio and volumes by the ratio, while what was quoted and traded in money stays. Nobody knew that split, so nothing may move.
 */
export async function priceLevels({ inputs, compute }: PriceLevelsInput): Promise<AuditCheck> {
  const { compared, differences } = comparePanels(await compute(inputs), await compute(restated(inputs)), { same: nearly });
  const findings = differences.map(({ column, symbol, session, whole, part, count }) => {
    const [day, ratio] = [fromEpochDay(session), RATIOS[inputs.bars.row(symbol) % RATIOS.length]];
    const message = `"${column}" of ${symbol} on ${day} is ${valueText(whole)}, and ${valueText(part)} once a split of ${ratio} for 1 after the last session has restated its history; ${counted(count, 'value')} moved: it reads a level of adjusted prices or volumes, which depends on splits and dividends that came later`;
    return { code: 'adjusted-price-level', subject: column, symbol, session: day, expected: auditValue(whole), found: auditValue(part), differences: count, message };
  });
  return checkOf({ name: 'price levels', describe: `features of history as splits of ${RATIOS.join(', ')} for 1 after its end would restate it`, compared, findings });
}

function restated(inputs: FeatureInputs): FeatureInputs {
  const { bars } = inputs;
  const width = bars.sessions.length;
  const scaled = (name: string, factor: (ratio: number) => number): ColumnValues => bars.column(name).map((value, at) => value * factor(RATIOS[Math.floor(at / width) % RATIOS.length]));
  const columns = [...PRICES.filter((name) => bars.has(name)).map((name) => [name, scaled(name, (ratio) => 1 / ratio)] as const), ['volume', scaled('volume', (ratio) => ratio)] as const];
  return { ...inputs, bars: bars.with(Object.fromEntries(columns)) };
}
