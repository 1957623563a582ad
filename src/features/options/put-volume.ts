import { notionalFeature } from './notional.js';

export const putVolume = notionalFeature('put-volume', 'puts traded in the session', 'putVolume');
