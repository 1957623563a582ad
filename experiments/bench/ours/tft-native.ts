export { prepare } from './tft.ts';
