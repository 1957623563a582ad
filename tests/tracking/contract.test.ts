import { join } from 'node:path';

import { describe } from 'vitest';

import { localTracker } from '../../src/tracking/local-tracker.js';
import { trackerContract, type TrackerUnderTest } from '../contracts/tracker.js';
import { FakeMlflow } from './fake-mlflow/server.js';
import { mirrored } from './mirrored.js';
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
  {
    name: 'local files, copied to MLflow',
    async make(clock) {
      const folder = join(await temporaryFolder(), 'tracking');
      const { url } = await FakeMlflow.start();
      return { tracker: mirrored({ folder, url, clock }).tracker, other: mirrored({ folder, url, clock }).tracker };
    },
  },
  {
    name: 'local files, where MLflow does not answer',
    async make(clock) {
      const folder = join(await temporaryFolder(), 'tracking');
      const server = await FakeMlflow.start();
      await server.stop();
      return { tracker: mirrored({ folder, url: server.url, clock }).tracker, other: localTracker({ folder, clock }) };
    },
  },
];

describe.each(TRACKERS)('$name', (tracker) => trackerContract(tracker));
