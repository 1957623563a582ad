/** Graph attention as `swinglab/models/gat`. */
export { gatConfigSchema, type GatConfig } from './config.js';
export { applyGat, initGat, type Gat } from './gat.js';
export { applyGatv2, initGatv2, type Gatv2 } from './gatv2.js';
export { disposeGraph, graphTensors, joinGraphs, withSelfLoops, type Graph, type GraphTensors, type LoopFill } from './graph.js';
export type { GatBatch, GatDrops, GatOutput } from './layer.js';
