import { access, constants, statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

import { dateIn, lastDecidedSession } from '../../core/clock.js';
import { XNYS } from '../../core/calendar.js';
import { missing, ok, warn, type Check } from './check.js';

export const nodeVersion: Check = {
  name: 'Node',
  required: true,
  run: async () => {
    const version = process.versions.node;
    // An older one does not get as far as this.
    return process.release.name === 'node' ? ok(`${version}, ${process.platform} ${process.arch}`) : warn(`${version} of ${process.release.name}`, 'run swing with Node itself');
  },
};

const GIB = 1024 ** 3;

export const folderAndDisk: Check = {
  name: 'Project folder',
  required: true,
  run: async ({ config, cwd }) => {
    const folder = nearestExisting(config instanceof Error ? cwd : config.paths.store);
    const mayWrite = await access(folder, constants.W_OK).then(() => true, () => false);
    if (!mayWrite) return missing(`${folder} may not be written`, 'change its permissions, or set paths.store and paths.runs');
    const { bavail, bsize } = await statfs(folder);
    const free = (bavail * bsize) / GIB;
    const found = `${folder} may be written, ${free.toFixed(1)} GiB free`;
    if (free < 0.2) return missing(found, 'free at least 0.2 GiB; the sample alone needs that');
    return free < 5 ? warn(found, 'twenty years of the index and its models need about 5 GiB') : ok(found);
  },
};

function nearestExisting(path: string): string {
  let folder = path;
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

export const calendarToday: Check = {
  name: 'Clock and calendar',
  required: true,
  run: async ({ clock, config }) => {
    const today = dateIn('America/New_York', clock.now());
    const time = config instanceof Error ? {} : { time: config.config.clock.decisionTime };
    const decided = lastDecidedSession(clock, XNYS, time);
    const found = `${today} in New York, last decided session ${decided}, next session ${XNYS.next(today)}`;
    return today < '2025-01-01' ? warn(found, 'set the clock of this machine; swinglab is younger than that') : ok(found);
  },
};
