/**
 * Stands for `@tensorflow/tfjs` below the native build: hands out the project's own core, so that there is one engine and one `Tensor`.
 */
'use strict';

const util = require('node:util');
const core = require('@tensorflow/tfjs-core');

// the core has no methods on tensors; these are the ones that kernels of the binding call
const methods = {
  toInt: (x) => core.cast(x, 'int32'),
  toFloat: (x) => core.cast(x, 'float32'),
  add: core.add,
  sub: core.sub,
  mul: core.mul,
};
for (const [name, method] of Object.entries(methods)) {
  core.Tensor.prototype[name] ??= function onTensor(...rest) {
    return method(this, ...rest);
  };
}

// the binding calls both; Node 23 dropped the first and warns of the second
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray = Array.isArray;

module.exports = core;
