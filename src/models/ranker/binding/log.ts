import koffi from 'koffi';

import { requireSuccess } from './call.js';
import type { Native } from './native.js';

const LOG = koffi.pointer(koffi.proto('void LightGbmLog(const char *text)'));

/**
 * Sends what LightGBM says on this thread to `onLine` instead of the standard output, whole lines at a time, until it is disposed of.
 *
 * Fatal errors go to the standard error besides, whatever is asked here.
 */
export function listenToLog(native: Native, onLine: (line: string) => void): Disposable {
  let pending = '';
  const callback = koffi.register((text: string) => {
    // The level, the words and the end of the line arrive one by one.
    const lines = (pending + text).split('\n');
    pending = lines.pop()!;
    for (const line of lines) onLine(line);
  }, LOG);
  requireSuccess(native, native.LGBM_RegisterLogCallback(callback), 'take a listener to its log');
  return {
    [Symbol.dispose]: () => {
      native.LGBM_RegisterLogCallback(0n);
      koffi.unregister(callback);
    },
  };
}
