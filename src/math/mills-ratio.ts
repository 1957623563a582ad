/** From here on 1 / z is the ratio in double precision, and the powers below would overflow in the end. */
const FAR = 1e9;

/**
 * Mills' ratio R(z) = (1 − Φ(z)) / φ(z) of the standard normal distribution for z ≥ 0, to a few units in the last place however far out:
 * √(π/2) at 0, 1/z in the end; √(π/2) erfcx(z/√2) by another name.
 *
 * One rational function, a minimax fit (1e-17 of the value) whose coefficients are all positive, so that nothing cancels; even and odd powers apart
 * make short chains.
 *
 * @see Mills (1926)
 */
export function millsRatio(z: number): number {
  if (z > FAR) return 1 / z;
  const y = z * z;
  const above = 1.2533141373155003 + y * (1.8225718253720689 + y * (0.37746734120967596 + y * (0.021839541223201777 + y * (0.0003550357679466087 + y * 8.326988054384132e-7))));
  const aboveOdd = 2.1502659200371013 + y * (0.9890445780664794 + y * (0.10547330833069787 + y * (0.003315846102914026 + y * 2.442267297202518e-5)));
  const below = 1 + y * (2.9597234933299696 + y * (1.088130443136289 + y * (0.10874030910532355 + y * (0.003340268775888722 + y * 2.4422672972025204e-5))));
  const belowOdd = 2.513548540021039 + y * (2.1598483286165853 + y * (0.3986051371416581 + y * (0.022192911593258435 + y * (0.0003558684667520338 + y * 8.326988054384132e-7))));
  return (above + z * aboveOdd) / (below + z * belowOdd);
}

/**
 * −R′(z) = 1 − z R(z) of Mills' ratio for z ≥ 0, to a few units in the last place where the difference itself would cancel: 1 at 0, 1/z² in the end.
 *
 * A fit as that of `millsRatio`.
 */
export function millsSlope(z: number): number {
  const y = z * z;
  if (z > FAR) return 1 / y;
  const above = 1 + y * (1.061268580122693 + y * (0.17222124989168136 + y * (0.008257148357854953 + y * (0.00011686582554262844 + y * 2.5222027331517964e-7))));
  const aboveOdd = 1.450494621954236 + y * (0.5058793346838921 + y * (0.043526861425187115 + y * (0.0011626518137958987 + y * 7.64690759121983e-6)));
  const below = 1 + y * (3.4499903227130706 + y * (1.5331927342907303 + y * (0.19630209246899583 + y * (0.008606232512603555 + y * (0.00011762248636256484 + y * 2.5222027331517964e-7)))));
  const belowOdd = 2.7038087592697324 + y * (2.7526492891278793 + y * (0.6298052046145678 + y * (0.04696893543794408 + y * (0.001185592536571609 + y * 7.646907591219845e-6))));
  return (above + z * aboveOdd) / (below + z * belowOdd);
}
