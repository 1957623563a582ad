import { cellOutput } from './cell-output.js';
import type { MimeBundle } from './mime-bundle.js';

/** One output of a cell that is drawn anew; only its last state is stored. */
export interface LiveOutput {
  draw(bundle: MimeBundle): void;
  /** A further output, which stays as it is. */
  add(bundle: MimeBundle): void;
}

let made = 0;

/** An output of the cell that runs, when we are in a notebook; else `null`. */
export function liveOutput(): LiveOutput | null {
  const output = cellOutput();
  if (output === null) return null;
  const id = `swinglab-${process.pid}-${made++}`;
  let isDrawn = false;
  return {
    draw(bundle) {
      output(bundle, { id, isUpdate: isDrawn });
      isDrawn = true;
    },
    add: (bundle) => output(bundle),
  };
}
