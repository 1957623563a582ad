import { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';

import type { CliContext, CommandModule } from '../../src/cli/context.js';
import { EXIT } from '../../src/cli/exit-codes.js';
import { runProgram } from '../../src/cli/program.js';
import { ConfigError, DataError, InvariantError, LockError, ProviderError } from '../../src/core/errors.js';
import { folderWith } from '../config/folder.js';
import { swing, type Ended } from './run.js';

/** A command `try` that does what the test says. */
const trying = (action: (context: CliContext) => unknown): (() => Promise<CommandModule>) => async () => ({
  register(program: Command, context: CliContext) {
    program.command('try').action(async () => void (await action(context)));
  },
});

const attempt = (action: (context: CliContext) => unknown, argv: readonly string[] = []): Promise<Ended> => swing(['try', ...argv], { cwd: '/', commands: [trying(action)] });
const failing = (error: unknown): Promise<Ended> => attempt(() => {
  throw error;
});

describe('exit codes', () => {
  it.each([
    [new ConfigError('bad setting', { code: 'X' }), EXIT.usage],
    [new DataError('bad file', { code: 'X' }), EXIT.data],
    [new ProviderError('vendor down', { code: 'X' }), EXIT.provider],
    [new LockError('busy', { code: 'X' }), EXIT.locked],
    [Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' }), EXIT.data],
  ])('tell foreseen errors apart, each in one line: %s', async (error, code) => {
    expect(await failing(error)).toEqual({ code, stdout: '', stderr: `error: ${error.message}\n` });
  });

  it.each([new TypeError('undefined is no function'), new InvariantError('broken'), 'a text'])('call everything else a bug, with its stack: %s', async (error) => {
    const { code, stderr } = await failing(error);
    expect(code).toBe(EXIT.bug);
    expect(stderr).toContain('This is a bug in swinglab');
    if (error instanceof Error) expect(stderr).toMatch(/\n\s+at /);
  });

  it('come with a hint where the error has one', async () => {
    expect((await failing(new DataError('bad file', { code: 'X', fields: { hint: 'import it again' } }))).stderr).toBe('error: bad file\nhint: import it again\n');
  });

  it('are what the command says when it found something', async () => {
    expect((await attempt((context) => context.exitWith(EXIT.findings))).code).toBe(7);
  });

  it.each([[['bogus']], [['try', '--bogus']], [['try', '--log-level', 'loud']], [['--config']], [[]]])('are 2 for the command line %j', async (argv) => {
    const { code, stdout, stderr } = await swing(argv, { cwd: '/', commands: [trying(() => undefined)] });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it.each([['--help', /Usage: swing/], ['--version', /^\d+\.\d+\.\d+\n$/]])('are 0 for %s', async (option, expected) => {
    const { code, stdout, stderr } = await swing([option], { cwd: '/', commands: [trying(() => undefined)] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(expected);
  });

  it.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('tell that %s came: the command is aborted and ends its work', async (name, expected) => {
    let ended = false;
    const { code, stderr } = await attempt(async ({ signal }) => {
      setImmediate(() => process.emit(name, name));
      await wait(60_000, undefined, { signal }).finally(() => (ended = true));
    });
    expect(ended).toBe(true);
    expect(code).toBe(expected);
    expect(stderr).toMatch(/^error: interrupted/);
    expect(process.listenerCount(name)).toBe(0);
  });
});

describe('output', () => {
  it('keeps remarks off stdout, and --quiet silences them but not warnings', async () => {
    const talk = ({ output }: CliContext): void => {
      output.line('result');
      output.note('remark');
      output.warn('care');
    };
    expect(await attempt(talk)).toEqual({ code: 0, stdout: 'result\n', stderr: 'remark\nwarning: care\n' });
    expect(await attempt(talk, ['--quiet'])).toEqual({ code: 0, stdout: 'result\n', stderr: 'warning: care\n' });
  });

  it('holds one JSON document at most', async () => {
    const { code, stdout } = await attempt(({ output }) => {
      output.json({ a: 1 });
      output.json({ b: 2 });
    });
    expect(code).toBe(EXIT.bug);
    expect(JSON.parse(stdout)).toEqual({ a: 1 });
  });

  const writingTo = (code: string): Promise<number> => {
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(`${code}: write`), { code, syscall: 'write' })) });
    const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
    return runProgram({ argv: ['try'], commands: [trying(({ output }) => output.line('x'))], stdout, stderr });
  };

  it('goes nowhere, quietly, when the reader has gone', async () => {
    expect(await writingTo('EPIPE')).toBe(0);
  });

  it('that cannot be written is an error', async () => {
    expect(await writingTo('ENOSPC')).toBe(EXIT.data);
  });
});

describe('the context', () => {
  it('loads the configuration with the global options', async () => {
    const cwd = await folderWith({ 'mine.yaml': 'seed: 3\n' });
    const seeds: number[] = [];
    const note = async (context: CliContext): Promise<unknown> => seeds.push((await context.loadConfig()).config.seed);
    await swing(['try', '--config', 'mine.yaml'], { cwd, commands: [trying(note)] });
    await swing(['try', '--set', 'seed=5', '--set', 'seed=6'], { cwd, commands: [trying(note)] });
    await swing(['try'], { cwd, commands: [trying(note)] });
    expect(seeds).toEqual([3, 6, 7]);
  });
});
