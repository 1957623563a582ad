/** Opens the backend that is its last argument and prints its report as JSON: run as a process of its own, since a native library may take its process down. */
import { openBackend, type BackendName } from './backend.js';

const report = await openBackend(process.argv.at(-1) as BackendName);
process.stdout.write(`${JSON.stringify(report)}\n`);
