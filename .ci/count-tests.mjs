/**
 * Prints `PASSED FAILED SKIPPED` of a Vitest JSON report; `--say` prints the failed tests with their messages instead.
 * A file that failed to load counts as one failed test, and so does a run that failed for any other reason.
 */
import { existsSync, readFileSync } from 'node:fs';

const [path, mode] = process.argv.slice(2);

function failures(report) {
  return report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    if (file.status === 'failed' && failed.length === 0) return [{ name: file.name, message: file.message }];
    return failed.map((test) => ({ name: `${file.name}: ${test.fullName}`, message: test.failureMessages.join('\n') }));
  });
}

function count(report) {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const found = failures(report).length;
  const failed = found === 0 && !report.success ? 1 : found;
  return { passed, failed, skipped: tests.filter(({ status }) => !['passed', 'failed'].includes(status)).length };
}

// no report: the check `tests-ran` has failed and is counted already
const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { testResults: [], success: true };
const { passed, failed, skipped } = count(report);
if (mode === '--say') {
  for (const { name, message } of failures(report)) console.log(`note: FAILED ${name}\n${message.split('\n').slice(0, 12).map((line) => `note:     ${line}`).join('\n')}`);
  console.log(`note: tests: ${passed} passed, ${failed} failed, ${skipped} skipped`);
} else {
  console.log(`${passed} ${failed} ${skipped}`);
}
