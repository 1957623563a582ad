import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { openBackend } from '../../src/tensor/backend.js';
import { loadCheckpoint, readCheckpointMetadata, saveCheckpoint } from '../../src/tensor/checkpoint/checkpoint.js';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../../src/tensor/checkpoint/safetensors.js';
import { initDense, type Dense } from '../../src/tensor/layers/dense.js';
import { linear } from '../../src/tensor/ops/linear.js';
import { Adam } from '../../src/tensor/optim/adam.js';
import { disposeTree, flatten, variables } from '../../src/tensor/parameters.js';
import { tf, type Scalar } from '../../src/tensor/tensorflow.js';
import { trainStep } from '../../src/tensor/train-step.js';
import { temporaryFolder } from '../pipeline/small-market.js';
import { normalTensor } from './gradients.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
  await openBackend('wasm');
});
afterAll(() => place.remove());

const stored = fc.array(fc.tuple(fc.string(), fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), fc.boolean()), { maxLength: 5 }).map((list) => new Map(list.filter(([name]) => name !== '__metadata__' && name !== '__proto__').map(([name, shape, isWhole]): [string, StoredTensor] => {
  const size = shape.reduce((a, b) => a * b, 1);
  return [name, { shape, values: isWhole ? Int32Array.from({ length: size }, (_, i) => i - 2) : Float32Array.from({ length: size }, (_, i) => i / 3) }];
})));

describe('safetensors', () => {
  it('come back as they were', () => {
    fc.assert(fc.property(stored, fc.dictionary(fc.string().filter((key) => key !== '__proto__'), fc.string()), (tensors, metadata) => {
      const back = decodeSafetensors(encodeSafetensors({ tensors, metadata }), 'a file');
      expect(new Map(back.tensors)).toEqual(tensors);
      expect(back.metadata).toEqual({ ...metadata });
    }));
  });

  it('are what Python reads', async (context) => {
    if (spawnSync('python3', ['--version']).status !== 0) context.skip('python3 is not installed');
    const file = join(place.folder, 'python.safetensors');
    await writeFile(file, encodeSafetensors({ tensors: new Map<string, StoredTensor>([['a', { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6.5) }], ['b.c', { shape: [2], values: Int32Array.of(-7, 8) }]]), metadata: { seed: '7' } }));
    const script = 'import json,struct,sys\nraw=open(sys.argv[1],"rb").read()\nn=struct.unpack("<Q",raw[:8])[0]\nhead=json.loads(raw[8:8+n])\nassert n%8==0\nout={"metadata":head.pop("__metadata__")}\nfor name,one in head.items():\n  a,b=one["data_offsets"]\n  code={"F32":"f","I32":"i"}[one["dtype"]]\n  out[name]=[one["shape"],list(struct.unpack("<%d%s"%((b-a)//4,code),raw[8+n+a:8+n+b]))]\nprint(json.dumps(out))';
    const { status, stdout, stderr } = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ metadata: { seed: '7' }, a: [[2, 3], [1, 2, 3, 4, 5, 6.5]], 'b.c': [[2], [-7, 8]] });
  });

  const whole = encodeSafetensors({ tensors: new Map([['w', { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }]]), metadata: {} });
  const changed = (from: string, to: string): Uint8Array => Buffer.from(Buffer.from(whole).toString('latin1').replace(from, to), 'latin1');

  it.each([
    ['nothing', new Uint8Array(0), 'expected a header after its length in eight bytes in m.safetensors, found a length of -1 in 0 bytes'],
    ['half a file', whole.subarray(0, 20), 'found a length of'],
    ['cut values', whole.subarray(0, whole.length - 4), 'expected the bytes of a tensor [2,2] for "w" in m.safetensors, found offsets 0 to 16 of 12'],
    ['more than said', Buffer.concat([whole, Buffer.alloc(4)]), 'expected 16 bytes of values in m.safetensors, found 20'],
    ['another type', changed('F32', 'F16'), 'expected single precision (F32) or int32 (I32) in "w" in m.safetensors, found "F16"'],
    ['no JSON', changed('{"__metadata__"', '["__metadata__"'), 'expected a JSON object as its header in m.safetensors, found "["__metadata__"'],
    ['another shape', changed('[2,2]', '[2,3]'), 'expected the bytes of a tensor [2,3] for "w" in m.safetensors, found offsets 0 to 16 of 16'],
  ])('refuse %s', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'm.safetensors')).toThrow(message);
  });
});

describe('a checkpoint', () => {
  const make = (seed: number): { parameters: { layer: Dense }; optimizer: Adam } => {
    const parameters = variables({ layer: initDense(createRng(seed), 3, 2) });
    return { parameters, optimizer: new Adam(parameters, { weightDecay: 0.01, clipNorm: 1 }) };
  };
  const x = (): ReturnType<typeof normalTensor> => normalTensor(createRng(5), [7, 3]);

  async function train({ parameters, optimizer }: ReturnType<typeof make>, steps: number): Promise<number[]> {
    const losses: number[] = [];
    const input = x();
    for (let i = 0; i < steps; i++) losses.push((await trainStep({ parameters, optimizer, rate: 0.05, loss: () => tf.mean<Scalar>(tf.square(tf.sub(linear(input, parameters.layer.weight, parameters.layer.bias), 1))) })).loss);
    input.dispose();
    return losses;
  }

  const free = ({ parameters, optimizer }: ReturnType<typeof make>): void => {
    optimizer.dispose();
    disposeTree(parameters);
  };

  it('lets training go on bit for bit as if it had not stopped', async () => {
    const file = join(place.folder, 'model.safetensors');
    const [one, other] = [make(1), make(2)];
    await train(one, 4);
    await saveCheckpoint(file, { ...one, metadata: { seed: '1' } });
    const straight = await train(one, 3);
    expect(await loadCheckpoint(file, other)).toEqual({ seed: '1' });
    expect(await readCheckpointMetadata(file)).toEqual({ seed: '1' });
    expect(await train(other, 3)).toEqual(straight);
    for (const [name, tensor] of flatten(one.parameters)) expect([...(await flatten(other.parameters).get(name)!.data())]).toEqual([...(await tensor.data())]);
    free(one);
    free(other);
  });

  it('is refused by a model of other parts, and where there is no state of an optimizer', async () => {
    const file = join(place.folder, 'bare.safetensors');
    const one = make(1);
    await saveCheckpoint(file, { parameters: one.parameters, metadata: {} });
    await expect(loadCheckpoint(file, one)).rejects.toThrow(`expected the state of an optimizer in the checkpoint ${file}, found parameters alone`);
    const wide = { parameters: variables({ layer: initDense(createRng(1), 4, 2) }) };
    await expect(loadCheckpoint(file, wide)).rejects.toThrow(`expected "layer.weight" [4, 2] in single precision in the checkpoint ${file}, found [3, 2]`);
    const named = { parameters: variables({ other: initDense(createRng(1), 3, 2) }) };
    await expect(loadCheckpoint(file, named)).rejects.toThrow(`expected only parameters of the model in the checkpoint ${file}, found "layer.weight"`);
    await writeFile(file, (await readFile(file)).subarray(0, 30));
    await expect(loadCheckpoint(file, { parameters: one.parameters })).rejects.toMatchObject({ code: 'BAD_SAFETENSORS' });
    free(one);
    disposeTree(wide.parameters);
    disposeTree(named.parameters);
  });
});
