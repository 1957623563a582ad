import { describe } from 'vitest';
import { CALENDAR } from '../../src/features/calendar/family.js';
import { MARKET } from '../../src/features/market/family.js';
import { MACRO } from '../../src/features/macro/family.js';
import { FUNDAMENTALS } from '../../src/features/fundamentals/family.js';
import { testFeatureContract } from '../contracts/feature.js';
describe('mine', () => testFeatureContract([...CALENDAR, ...MARKET, ...MACRO, ...FUNDAMENTALS]));
