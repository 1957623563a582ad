export { VERSION } from './core/version.js';
export { panelFromParquet } from './data/store/read-bars.js';
export { toDanfo } from './table/danfo.js';
export { Panel } from './table/panel.js';
