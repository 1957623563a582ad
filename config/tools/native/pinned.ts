/** What the native build is made of. TensorFlow.js and its core must be of one version; the others were tried together. */
export const TFJS_VERSION = '4.22.0';
export const TENSORFLOW_VERSION = '2.21.0';
/** The library in the wheel does not depend on Python: any version that has a wheel will do, whichever Python fetches it. */
export const WHEEL_PYTHON = '3.12';
export const NODE_API_HEADERS = 'node-api-headers@1.9.0';
/** Required by the JavaScript of `@tensorflow/tfjs-node`. */
export const PROTOBUF = 'google-protobuf@3.21.4';
/** Version of Node's interface for addons that the binding is written for; later versions of Node keep it. */
export const NAPI_VERSION = 8;

export type Flavour = 'cpu' | 'gpu';

export interface Sources {
  /** Project on the Python package index. */
  readonly wheel: string;
  /** Package of the npm registry. */
  readonly binding: string;
}

export const SOURCES: Readonly<Record<Flavour, Sources>> = {
  cpu: { wheel: 'tensorflow-cpu', binding: '@tensorflow/tfjs-node' },
  gpu: { wheel: 'tensorflow', binding: '@tensorflow/tfjs-node-gpu' },
};

/** For which machines the wheels have a library that the binding links to. */
export const PLATFORMS: readonly string[] = ['linux-x64', 'linux-arm64'];
