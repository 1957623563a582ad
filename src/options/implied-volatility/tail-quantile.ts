/**
 * −Φ⁻¹(p) of a lower tail from r = √(−2 ln p), for p between 1e-350 and 0.4, to 1e-6 of its value: a start for what is refined.
 *
 * A rational fit by minimax.
 */
export function tailQuantile(r: number): number {
  const above = -2.9857284149256706 + r * (-4.119074509276049 + r * (2.97492145576035 + r * (2.0844527282998984 + r * 0.16089438803965936)));
  return above / (1 + r * (3.724875356219329 + r * (2.088146121419954 + r * 0.16087300009625546)));
}
