import { BuildError, run } from './commands.ts';
import { PLATFORMS } from './pinned.ts';

export interface Tool {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cure: string;
}

/** What the build runs; `args` ask for the version. */
export const TOOLS: readonly Tool[] = [
  { name: 'a C++ compiler', command: 'g++', args: ['--version'], cure: 'Debian: apt-get install g++' },
  { name: 'Python 3', command: 'python3', args: ['--version'], cure: 'Debian: apt-get install python3' },
  { name: 'pip', command: 'python3', args: ['-m', 'pip', '--version'], cure: 'Debian: apt-get install python3-pip' },
  { name: 'npm', command: 'npm', args: ['--version'], cure: 'it comes with Node' },
];

/** First line of the tool's version, `null` when it is not there. */
export function versionOf({ command, args }: Tool): string | null {
  const { status, output } = run(command, args);
  return status === 0 ? output.split('\n')[0].replace(/ from .*$/, '') : null;
}

/** @throws BuildError naming each tool that is missing, or the platform for which there is no library */
export function requireTools(platform = `${process.platform}-${process.arch}`): void {
  if (!PLATFORMS.includes(platform)) throw new BuildError(`expected one of the platforms ${PLATFORMS.join(', ')}, found ${platform}: no wheel has a TensorFlow library for it that this build can link to`);
  const missing = TOOLS.filter((tool) => versionOf(tool) === null);
  if (missing.length > 0) throw new BuildError(missing.map(({ name, command, args, cure }) => `expected ${name} ("${command} ${args.join(' ')}"), found none. ${cure}`).join('\n'));
}
