/** The temporal fusion transformer as `swinglab/models/tft`. */
export { tftConfigSchema, type TftConfig } from './config.js';
export { applyTft, initTft, type Tft, type TftBatch, type TftOutput, type TftSettings } from './tft.js';
