import { notionalFeature } from './notional.js';

export const callOpenInterest = notionalFeature('call-open-interest', 'open calls, settled the session before', 'callOpenInterest');
