import { join } from 'node:path';

import { describe } from 'vitest';

import { localTracker } from '../../src/tracking/local-tracker.js';
import { trackerContract, type TrackerUnderTest } from '../contracts/tracker.js';
import { temporaryFolder } from './temporary-folder.js';

/** Every tracker there is. */
const TRACKERS: readonly TrackerUnderTest[] = [
  {
    name: 'local files',
    async make(clock) {
      const folder = join(await temporaryFolder(), 'tracking');
      return { tracker: localTracker({ folder, clock }), other: localTracker({ folder, clock }) };
    },
  },
];

describe.each(TRACKERS)('$name', (tracker) => trackerContract(tracker));
