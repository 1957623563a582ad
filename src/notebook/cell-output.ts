import { createRequire } from 'node:module';

import type { MimeBundle } from './mime-bundle.js';

/** Sends an output to the notebook whose cell runs; one with an id is replaced by its updates. */
export type CellOutput = (bundle: MimeBundle, display?: { readonly id: string; readonly isUpdate: boolean }) => void;

/** The output of the cell that runs when we are in tslab's kernel or runner, whose main file can resolve it; else `null`. */
export function cellOutput(): CellOutput | null {
  try {
    const jupyter = createRequire(process.argv[1] ?? '/')('tslab/dist/jupyter.js') as { lastWriteDisplayData: ((message: object, isUpdate: boolean) => void) | null };
    const send = jupyter.lastWriteDisplayData;
    return send ? (data, display) => send({ data, metadata: {}, transient: display === undefined ? {} : { display_id: display.id } }, display?.isUpdate ?? false) : null;
  } catch {
    return null; // not in a notebook
  }
}
