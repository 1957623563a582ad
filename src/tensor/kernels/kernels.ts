/** Address in the linear memory in bytes; 0 where something is left out. */
type Address = number;

/** What the compiled kernels export; `assembly/` says what each does. Sizes are counts of floats. */
export interface Kernels {
  readonly PRODUCT_SCRATCH: { readonly value: number };
  /** Where the constants of the kernels are kept; called once before any other. */
  setTable(at: Address): void;
  batchMatMul(a: Address, b: Address, c: Address, batchesA: number, batchesB: number, batches: number, m: number, n: number, depth: number, isTurnedA: number, isTurnedB: number, scratch: Address): void;
  linear(x: Address, w: Address, bias: Address, y: Address, rows: number, inputs: number, outputs: number, scratch: Address): void;
  exp(x: Address, y: Address, count: number): void;
  tanh(x: Address, y: Address, count: number): void;
  sigmoid(x: Address, y: Address, count: number): void;
  elu(x: Address, y: Address, count: number): void;
  eluGradient(dy: Address, y: Address, dx: Address, count: number): void;
  dropout(x: Address, y: Address, count: number, seed: number, threshold: number, scale: number): void;
  sumMiddle(x: Address, y: Address, outer: number, count: number, inner: number): void;
  sumSquares(x: Address, count: number): number;
  softmax(x: Address, y: Address, rows: number, width: number): void;
  transposeLast(x: Address, y: Address, batches: number, rows: number, columns: number): void;
  normScratch(width: number): number;
  normForward(x: Address, gates: Address, gamma: Address, beta: Address, y: Address, rows: number, width: number, scratch: Address): void;
  normBackward(x: Address, gates: Address, gamma: Address, dy: Address, dx: Address, dGates: Address, dGamma: Address, dBeta: Address, rows: number, width: number, scratch: Address): void;
  lstmGates(batch: number, time: number, hidden: number): number;
  lstmCells(batch: number, time: number, hidden: number): number;
  lstmScratch(input: number, hidden: number): number;
  lstmForward(x: Address, w: Address, u: Address, bias: Address, h0: Address, c0: Address, h: Address, cLast: Address, gates: Address, cells: Address, batch: number, time: number, input: number, hidden: number, scratch: Address): void;
  lstmBackward(x: Address, w: Address, u: Address, h0: Address, c0: Address, h: Address, gates: Address, cells: Address, dh: Address, dcLast: Address, dx: Address, dw: Address, du: Address, db: Address, dh0: Address, dc0: Address, batch: number, time: number, input: number, hidden: number, scratch: Address): void;
  selectionScratch(rows: number, variables: number, width: number, hasHidden: number): number;
  selectionUsed(): number;
  selectionSeries(): number;
  selectionKept(rows: number, variables: number, width: number): number;
  selectionForward(x: Address, weights: Address, skipScale: Address, skipShift: Address, scale: Address, shift: Address, hiddenWeights: Address, biasH: Address, gateWeights: Address, biasZ: Address, gamma: Address, beta: Address, out: Address, kept: Address, rows: number, variables: number, width: number, seed: number, threshold: number, keepScale: number, scratch: Address): void;
  selectionBackward(x: Address, weights: Address, skipScale: Address, skipShift: Address, scale: Address, shift: Address, hiddenWeights: Address, biasH: Address, gateWeights: Address, biasZ: Address, gamma: Address, beta: Address, kept: Address, cotangent: Address,
    dx: Address, dWeights: Address, dSkipScale: Address, dSkipShift: Address, dScale: Address, dShift: Address, dHiddenWeights: Address, dBiasH: Address, dGateWeights: Address, dBiasZ: Address, dGamma: Address, dBeta: Address, rows: number, variables: number, width: number, seed: number, threshold: number, keepScale: number, scratch: Address): void;
  gatherRows(x: Address, ids: Address, y: Address, outer: number, rows: number, count: number, width: number): number;
  segmentSum(x: Address, ids: Address, y: Address, rows: number, width: number, segments: number): void;
  neighboursForward(scores: Address, values: Address, sources: Address, starts: Address, attention: Address, out: Address, targets: number, heads: number, width: number, seed: number, threshold: number, scale: number): void;
  neighboursBackward(attention: Address, values: Address, sources: Address, starts: Address, dOut: Address, dAttention: Address, dScores: Address, dValues: Address, nodes: number, targets: number, heads: number, width: number, seed: number, threshold: number, scale: number): void;
  edgeScores(l: Address, r: Address, features: Address, vectors: Address, sources: Address, targets: Address, scores: Address, edges: number, heads: number, width: number, slope: number): void;
  edgeScoresBackward(l: Address, r: Address, features: Address, vectors: Address, sources: Address, targets: Address, dScores: Address, dl: Address, dr: Address, dFeatures: Address, dVectors: Address, nodes: number, edges: number, heads: number, width: number, slope: number): void;
  adamStep(p: Address, m: Address, v: Address, g: Address, count: number, scale: number, beta1: number, beta2: number, rest1: number, rest2: number, rate: number, correction: number, epsilon: number, decay: number): void;
}
