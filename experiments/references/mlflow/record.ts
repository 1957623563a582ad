/**
 * Records how a real MLflow server with an empty database answers: `node experiments/references/mlflow/record.ts ADDRESS`
 * writes tests/tracking/recorded/exchanges.json, to which the server of the tests is held.
 */
import { writeFile } from 'node:fs/promises';

import { converse } from '../../../tests/tracking/recorded/conversation.ts';

const [address] = process.argv.slice(2);
if (address === undefined) throw new Error('expected the address of an MLflow server with an empty database');
const version = await (await fetch(new URL('/version', address))).text();
const exchanges = await converse(address);
const lines = exchanges.map((exchange) => `    ${JSON.stringify(exchange)}`);
const file = new URL('../../../tests/tracking/recorded/exchanges.json', import.meta.url);
await writeFile(file, `{\n  "mlflow": ${JSON.stringify(version)},\n  "exchanges": [\n${lines.join(',\n')}\n  ]\n}\n`);
console.log(`${exchanges.length} exchanges with MLflow ${version}`);
