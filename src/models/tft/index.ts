/** The temporal fusion transformer as `swinglab/models/tft`. */
export { tftConfigSchema, type TftConfig } from './config.js';
export { applyTft, encodeTft, initTft, initTftBody, type Tft, type TftBatch, type TftBody, type TftEncoded, type TftOutput, type TftSettings } from './tft.js';
