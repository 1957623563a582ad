/**
 * Runs test files again whose process was ended by one known fault of the engine, and puts what came of it into the Vitest JSON report:
 * `node rerun-crashed.mjs REPORT LOG`.
 *
 * V8 aborts now and then while it frees WebAssembly code ("Check failed: jit_page…", nodejs/node#64500), in whichever test is running. A file is run
 * again only where the log shows that very check and a process that ended by SIGTRAP; a crash of any other kind, and a second one, fail as they are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const [path, logPath] = process.argv.slice(2);
const log = readFileSync(logPath, 'utf8').replaceAll(/\u001b\[[0-9;]*m/g, '');
const crashed = [...new Set([...log.matchAll(/Worker exited unexpectedly with signal SIGTRAP .*?while running test file (\S+)/g)].map(([, file]) => file))];
const checks = log.match(/^# Check failed: jit_page/gm)?.length ?? 0;
const unhandled = Number(/Vitest caught (\d+) unhandled error/.exec(log)?.[1] ?? 0);

if (crashed.length > 0 && checks >= crashed.length && unhandled === crashed.length && existsSync(path)) {
  const folder = mkdtempSync(join(tmpdir(), 'rerun-'));
  const second = join(folder, 'second.json');
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...crashed, '--reporter=json', `--outputFile.json=${second}`], { stdio: 'inherit' });
  if (existsSync(second)) {
    const [report, again] = [path, second].map((file) => JSON.parse(readFileSync(file, 'utf8')));
    const others = report.testResults.filter(({ name }) => !crashed.includes(name));
    const testResults = [...others, ...again.testResults];
    const success = again.success && testResults.every(({ status }) => status === 'passed');
    writeFileSync(path, JSON.stringify({ ...report, testResults, success }));
    for (const file of crashed) console.log(`note: the engine aborted in ${relative(process.cwd(), file)} while it freed WebAssembly code: run again, ${again.success ? 'passed' : 'FAILED'}`);
  }
  rmSync(folder, { recursive: true });
}
