#!/usr/bin/env node
import type { CommandModule } from './context.js';

/** Nothing is imported before this is known: an old Node fails inside libraries with errors that tell nobody why. */
const OLDEST_NODE = { major: 22, minor: 18 };

/** Files of `commands/`, in the order of the help; what a command needs, it imports when it runs. */
const COMMANDS: readonly (() => Promise<CommandModule>)[] = [
  () => import('./commands/init.js'),
  () => import('./commands/daily.js'),
  () => import('./commands/book.js'),
  () => import('./commands/ingest.js'),
  () => import('./commands/data.js'),
  () => import('./commands/options.js'),
  () => import('./commands/features.js'),
  () => import('./commands/audit.js'),
  () => import('./commands/graph.js'),
  () => import('./commands/runs.js'),
  () => import('./commands/train.js'),
  () => import('./commands/predict.js'),
  () => import('./commands/evaluate.js'),
  () => import('./commands/backtest.js'),
  () => import('./commands/experiment.js'),
  () => import('./commands/config.js'),
  () => import('./commands/doctor.js'),
];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE.major || (major === OLDEST_NODE.major && minor < OLDEST_NODE.minor)) {
  process.stderr.write(`error: expected Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or later, found ${process.versions.node} (${process.execPath})\n`);
  process.exitCode = 2;
} else {
  const { runProgram } = await import('./program.js');
  process.exitCode = await runProgram({ argv: process.argv.slice(2), commands: COMMANDS });
}
