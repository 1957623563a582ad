/** The document of `swing daily --json`: one JSON value, the promised fields, levels on the right side of the entry. */
import { readFileSync } from 'node:fs';

const expect = (condition, what, found) => {
  if (!condition) throw new Error(`expected ${what}, found ${JSON.stringify(found)}`);
};

const document = JSON.parse(readFileSync(process.argv[2], 'utf8'));
expect(/^\d{4}-\d{2}-\d{2}$/.test(document.asOf), 'asOf as yyyy-mm-dd', document.asOf);
expect(Array.isArray(document.recommendations) && document.recommendations.length > 0, 'recommendations', document.recommendations);
for (const recommendation of document.recommendations) {
  expect(['enter', 'hold', 'reduce', 'exit'].includes(recommendation.action), 'action enter, hold, reduce or exit', recommendation);
  expect(typeof recommendation.symbol === 'string' && recommendation.symbol !== '', 'a symbol', recommendation);
  expect(Array.isArray(recommendation.reasons) && recommendation.reasons.length > 0, 'reasons', recommendation);
  const { action, side, entry, stop, target } = recommendation;
  if (action === 'enter' && side === 'long') expect(stop < entry && entry < target, 'stop < entry < target', recommendation);
}
expect(document.model?.origin === 'released' || document.notices.some((notice) => notice.startsWith('LightGBM is not available')), 'the released model, or a notice that LightGBM cannot be had', { model: document.model, notices: document.notices });
console.log(`note: model ${document.model.name}`);
console.log(`note: ${document.recommendations.length} recommendations for ${document.asOf}`);
