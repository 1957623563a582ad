'use strict';
const { createRequire } = require('node:module');
const { join } = require('node:path');

/** An object that knows how to show itself has this method: () => { mime type: data } (Deno's kernel has the same convention). */
const DISPLAY = Symbol.for('Jupyter.display');

/** How swinglab shows its values, of the copy that the notebook imports; nothing before a cell imported it. */
function loadedBundles() {
  try {
    const fromNotebook = createRequire(join(process.cwd(), 'cell.js'));
    const path = fromNotebook.resolve('swinglab');
    return require.cache[path] ? fromNotebook(path).mimeBundles : undefined;
  } catch {
    return undefined; // a notebook without swinglab
  }
}

/** The outputs of a value that has a rich form, each { mime type: data }; empty for any other. */
function bundlesOf(value) {
  if (value === null || typeof value !== 'object') return [];
  if (typeof value[DISPLAY] === 'function') return [value[DISPLAY]()].filter(Boolean);
  return loadedBundles()?.(value) ?? [];
}

/**
 * The console that tslab's executor gets: it prints a cell's last expression through `log`, so rich values are sent
 * as display data there; everything else is printed as before.
 */
function richConsole(jupyter, { log, error }) {
  return {
    error,
    log(...values) {
      const bundles = values.length === 1 && jupyter.lastWriteDisplayData ? bundlesOf(values[0]) : [];
      for (const data of bundles) jupyter.lastWriteDisplayData({ data, metadata: {}, transient: {} }, false);
      if (bundles.length === 0) log.apply(console, values);
    },
  };
}

module.exports = { richConsole };
