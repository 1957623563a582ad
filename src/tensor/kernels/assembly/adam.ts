// A step of Adam (Kingma, Ba 2015) in place; with decoupled weight decay AdamW (Loshchilov, Hutter 2019).
import { at, loadPart, madd, storePart } from './vector';

/**
 * Updates parameters p and moments m, v [count] by gradients g. `scale` multiplies the gradients (clipping); `rest` is 1 - beta, which
 * single precision would not give; `rate` is the learning rate over
 * 1 - beta1^t, `correction` 1 / sqrt(1 - beta2^t), `decay` 1 - rate x weight decay.
 */
export function adamStep(p: usize, m: usize, v: usize, g: usize, count: i32, scale: f32, beta1: f32, beta2: f32, rest1: f32, rest2: f32, rate: f32, correction: f32, epsilon: f32, decay: f32): void {
  const s = f32x4.splat(scale), b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2), r = f32x4.splat(-rate), c = f32x4.splat(correction), e = f32x4.splat(epsilon), k = f32x4.splat(decay);
  const n1 = f32x4.splat(rest1), n2 = f32x4.splat(rest2);
  for (let i = 0; i < count; i += 4) {
    const o = <usize>i << 2;
    const left = count - i;
    const isPart = left < 4;
    const grad = f32x4.mul(isPart ? loadPart(g + o, left) : at(g + o), s);
    const m1 = madd(b1, isPart ? loadPart(m + o, left) : at(m + o), f32x4.mul(n1, grad));
    const v1 = madd(b2, isPart ? loadPart(v + o, left) : at(v + o), f32x4.mul(n2, f32x4.mul(grad, grad)));
    const move = f32x4.div(m1, madd(f32x4.sqrt(v1), c, e));
    const p1 = madd(r, move, f32x4.mul(k, isPart ? loadPart(p + o, left) : at(p + o)));
    if (isPart) {
      storePart(m + o, m1, left);
      storePart(v + o, v1, left);
      storePart(p + o, p1, left);
    } else {
      v128.store(m + o, m1);
      v128.store(v + o, v1);
      v128.store(p + o, p1);
    }
  }
}
