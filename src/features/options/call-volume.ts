import { notionalFeature } from './notional.js';

export const callVolume = notionalFeature('call-volume', 'calls traded in the session', 'callVolume');
