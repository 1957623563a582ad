import type { ChainPanel } from '../../../options/panel/chain-panel.js';
import { formatPrice } from '../../format.js';
import type { PriceLevel } from './level-lines.js';

type Marked = 'spot' | 'gammaFlip' | 'callWall' | 'putWall' | 'maxPain';

const LOOKS: Readonly<Record<Marked, Omit<PriceLevel, 'price' | 'label'> & { readonly name: string }>> = {
  spot: { name: 'spot', colour: 'text', dash: 'solid' },
  gammaFlip: { name: 'flip', colour: 'caution', dash: 'dash' },
  callWall: { name: 'call wall', colour: 'up', dash: 'dot' },
  putWall: { name: 'put wall', colour: 'down', dash: 'dot' },
  maxPain: { name: 'max pain', colour: 'accent', dash: 'dot' },
};

/** Levels of a chain that are known, named with their prices. */
export function chainLevels({ spot, summary }: Pick<ChainPanel, 'spot' | 'summary'>, wanted: readonly Marked[]): PriceLevel[] {
  return wanted.flatMap((key) => {
    const price = key === 'spot' ? spot : summary[key];
    const { name, colour, dash } = LOOKS[key];
    return Number.isFinite(price) ? [{ label: `${name} ${formatPrice(price)}`, price, colour, dash }] : [];
  });
}
