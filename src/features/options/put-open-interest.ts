import { notionalFeature } from './notional.js';

export const putOpenInterest = notionalFeature('put-open-interest', 'open puts, settled the session before', 'putOpenInterest');
