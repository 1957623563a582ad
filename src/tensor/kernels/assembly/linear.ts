// A dense layer: product and bias in one pass.
import { BIAS, gemm, SET } from './gemm';
import { clear, copyRow } from './vector';

/** y [rows, outputs] = x [rows, inputs] w [inputs, outputs] + bias [outputs] (0: none). */
export function linear(x: usize, w: usize, bias: usize, y: usize, rows: i32, inputs: i32, outputs: i32, scratch: usize): void {
  const stride = <usize>outputs << 2;
  gemm(x, <usize>inputs << 2, false, w, stride, false, y, stride, rows, outputs, inputs, bias ? BIAS : SET, bias, scratch);
  if (inputs > 0) return;
  clear(y, rows * outputs);
  if (bias) for (let r = 0; r < rows; r++) copyRow(bias, y + <usize>r * stride, outputs);
}
