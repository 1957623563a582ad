/**
 * The 158 features of the set of that name, after the published definitions of Microsoft's Qlib; those differ in:
 *
 * - A value needs a full window, four fifths of which are there; Qlib gives values from the first session on. Comparisons with
 *   a missing price are missing here, false there.
 * - The terms + 10⁻¹² in denominators are left out. Parts of a range or of a sum of movements are 0 where that is 0, as there;
 *   VMA and VSTD are NaN at a session without trades, where Qlib divides by 10⁻¹².
 * - CORR takes ln V for ln(V + 1), so that it does not depend on the unit of volume; sessions without trades do not count.
 * - CORR, CORD and RSQR are NaN where a series is constant up to rounding; Qlib says so below a standard deviation of 2 · 10⁻⁵
 *   in the unit of the series, which depends on the price.
 * - VWAP0 is NaN where the source has no volume-weighted price.
 */
import type { Feature, SeriesFeature } from '../feature.js';
import { beta } from './beta.js';
import { cntd } from './cntd.js';
import { cntn } from './cntn.js';
import { cntp } from './cntp.js';
import { cord } from './cord.js';
import { corr } from './corr.js';
import { imax } from './imax.js';
import { imin } from './imin.js';
import { imxd } from './imxd.js';
import { kbar } from './kbar.js';
import { ma } from './ma.js';
import { max } from './max.js';
import { min } from './min.js';
import { priceRatios } from './price-ratios.js';
import { qtld } from './qtld.js';
import { qtlu } from './qtlu.js';
import { rank } from './rank.js';
import { resi } from './resi.js';
import { roc } from './roc.js';
import { rsqr } from './rsqr.js';
import { rsv } from './rsv.js';
import { std } from './std.js';
import { sumd } from './sumd.js';
import { sumn } from './sumn.js';
import { sump } from './sump.js';
import { vma } from './vma.js';
import { vstd } from './vstd.js';
import { vsumd } from './vsumd.js';
import { vsumn } from './vsumn.js';
import { vsump } from './vsump.js';
import { wvma } from './wvma.js';

const WINDOWS = [5, 10, 20, 30, 60];

type Operator = (window: number) => SeriesFeature;

/** In Qlib's order. */
const OPERATORS: readonly Operator[] = [
  ...[roc, ma, std, beta, rsqr, resi, max, min, qtlu, qtld, rank, rsv, imax, imin, imxd],
  ...[corr, cord, cntp, cntn, cntd, sump, sumn, sumd],
  ...[vma, vstd, wvma, vsump, vsumn, vsumd],
];

/** The 158 features of the set of that name. */
export const ALPHA158: readonly Feature[] = [...kbar, ...priceRatios, ...OPERATORS.flatMap((operator) => WINDOWS.map(operator))];
