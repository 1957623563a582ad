import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import type { Environment } from './python.js';

/** What pip is told about where packages are. */
export interface PipSettings {
  /** Addresses of package indexes, in pip's order; they may carry names and passwords. */
  readonly indexes: readonly string[];
  /** Files with certificates of authorities to trust. */
  readonly certificates: readonly string[];
}

const SECTIONS = ['global', 'install', 'download'];

/** pip's settings by environment and configuration files, the environment first; only what HTTP can reach. */
export async function pipSettings(environment: Environment): Promise<PipSettings> {
  const main: string[] = [];
  const extra: string[] = [];
  const certificates: string[] = [];
  const add = (values: ReadonlyMap<string, string>): void => {
    main.push(...words(values.get('index-url')));
    extra.push(...words(values.get('extra-index-url')));
    certificates.push(...[values.get('cert')].flatMap((path) => path ?? []));
  };
  add(new Map([...namesOf(environment)]));
  for (const path of configFiles(environment)) add(parse(await readFile(path, 'utf8').catch(() => '')));
  const indexes = [...main, ...extra].filter((address) => /^https?:\/\//i.test(address) && URL.canParse(address));
  return { indexes: [...new Set(indexes)], certificates: [...new Set(certificates)] };
}

function* namesOf(environment: Environment): Generator<[string, string], void, void> {
  for (const key of ['index-url', 'extra-index-url', 'cert']) {
    const value = environment[`PIP_${key.toUpperCase().replaceAll('-', '_')}`];
    if (value !== undefined && value !== '') yield [key, value];
  }
}

/** Own files before the machine's. */
function configFiles(environment: Environment): string[] {
  const named = environment['PIP_CONFIG_FILE'];
  const home = environment['HOME'] ?? homedir();
  const inVirtualEnvironment = environment['VIRTUAL_ENV'];
  const folders = [environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), ...(environment['XDG_CONFIG_DIRS'] ?? '/etc/xdg').split(':')];
  const ofSystem = process.platform === 'win32' ? [join(environment['APPDATA'] ?? home, 'pip', 'pip.ini'), join(home, 'pip', 'pip.ini')] : [join(home, 'Library', 'Application Support', 'pip', 'pip.conf')];
  return [
    ...(named === undefined || named === '' ? [] : [named]),
    ...(inVirtualEnvironment === undefined ? [] : [join(inVirtualEnvironment, 'pip.conf')]),
    join(home, '.pip', 'pip.conf'),
    ...folders.map((folder) => join(folder, 'pip', 'pip.conf')),
    ...ofSystem,
    '/etc/pip.conf',
  ];
}

/** Values of the sections that downloads obey; a value may go on in indented lines. */
function parse(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let isRead = false;
  let key: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\[(.+)\]\s*$/.exec(line);
    const setting = /^([\w-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (/^\s*[#;]/.test(line)) continue;
    if (section !== null) [isRead, key] = [SECTIONS.includes(section[1]), null];
    else if (setting !== null) {
      key = setting[1].replaceAll('_', '-');
      if (isRead) values.set(key, setting[2].trim());
    } else if (isRead && key !== null && /^\s+\S/.test(line)) values.set(key, `${values.get(key)} ${line.trim()}`.trim());
  }
  return values;
}

const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');
