'use strict';
/** An object that knows how to show itself has this method: () => { mime type: data } (Deno's kernel has the same convention). */
const DISPLAY = Symbol.for('Jupyter.display');

/** The MIME bundle of a value, or undefined when it has no rich form. */
function mimeBundle(value) {
  const show = value !== null && typeof value === 'object' ? value[DISPLAY] : undefined;
  return typeof show === 'function' ? show.call(value) : undefined;
}

/**
 * The console that tslab's executor gets: it prints a cell's last expression through `log`, so rich values are sent
 * as display data there; everything else is printed as before.
 */
function richConsole(jupyter, { log, error }) {
  return {
    error,
    log(...values) {
      const data = values.length === 1 ? mimeBundle(values[0]) : undefined;
      if (data && jupyter.lastWriteDisplayData) jupyter.lastWriteDisplayData({ data, metadata: {}, transient: {} }, false);
      else log.apply(console, values);
    },
  };
}

module.exports = { richConsole };
