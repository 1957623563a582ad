/** Chance that |t| is as large or larger by Student's law, by Simpson's rule over the angle: t = √freedom · tan θ makes its density cosⁿ⁻¹ θ. */
export function studentTail(t: number, freedom: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const area = (end: number): number => {
    const steps = 2000;
    let sum = 0;
    for (let i = 0; i <= steps; i++) sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.cos((end * i) / steps) ** (freedom - 1);
    return (sum * end) / (3 * steps);
  };
  return Math.max(0, 1 - area(angle) / area(Math.PI / 2));
}
