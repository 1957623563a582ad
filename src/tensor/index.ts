/** The tensor layer as `swinglab/tensor`: TensorFlow.js on own kernels, layers, optimizers, losses, checkpoints, ranks that train together. */
export { activeHeap, withoutKernels } from './active-heap.js';
export { BACKENDS, openBackend, type BackendName, type BackendReport } from './backend.js';
export { loadCheckpoint, readCheckpointMetadata, saveCheckpoint, type Checkpoint, type CheckpointMetadata } from './checkpoint/checkpoint.js';
export { decodeSafetensors, encodeSafetensors, type Safetensors, type StoredTensor } from './checkpoint/safetensors.js';
export { limitHeap } from './kernels/overrides.js';
export { gaussianLoss } from './losses/gaussian-loss.js';
export { huberLoss } from './losses/huber-loss.js';
export { listwiseLoss } from './losses/listwise-loss.js';
export { pairwiseLoss } from './losses/pairwise-loss.js';
export { quantileLoss } from './losses/quantile-loss.js';
export { Adam, type AdamSettings, type AdamState } from './optim/adam.js';
export { afterLoss, PLATEAU_START, type PlateauSettings, type PlateauState } from './optim/plateau.js';
export { constant, cosine, linearWarmUp, oneCycle, stepDecay, type CosineSettings, type OneCycleSettings, type Schedule } from './optim/schedules.js';
export { runRanks, serveRank, type RankContext, type RunRanks } from './parallel/ranks.js';
export { Reducer, sharedReduction, type SharedReduction } from './parallel/reducer.js';
export { disposeTree, flatten, parameterCount, valueAndGradients, variables, withTensors, type ParameterTree, type ValueAndGradients } from './parameters.js';
export { trainStep, type TrainStep } from './train-step.js';
export { tf, type Scalar, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from './tensorflow.js';
