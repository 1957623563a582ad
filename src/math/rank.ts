/** Ranks of finite values stretched to [−½, ½], ties at their mean rank; NaN stays NaN, a lone value is 0. */
export function centredRanks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).filter((i) => !Number.isNaN(values[i]));
  order.sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && values[order[j + 1]] === values[order[i]]) j++;
    const rank = order.length === 1 ? 0 : (i + j) / 2 / (order.length - 1) - 0.5;
    for (; i <= j; i++) ranks[order[i]] = rank;
  }
  return ranks;
}
