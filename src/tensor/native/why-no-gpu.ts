import { existsSync } from 'node:fs';

/** Says of a machine's driver, without which no GPU is seen: the kernel module on Linux, or the one that Windows lends to its Linux. */
const DRIVERS = ['/proc/driver/nvidia/version', '/dev/dxg'];

/** Why TensorFlow may see no GPU, in words. */
export function whyNoGpu(): string {
  return DRIVERS.some((path) => existsSync(path)) ? 'there is an NVIDIA driver; TF_CPP_MIN_LOG_LEVEL=0 makes TensorFlow say which CUDA library it lacks' : `there is no NVIDIA driver (none of ${DRIVERS.join(', ')})`;
}
