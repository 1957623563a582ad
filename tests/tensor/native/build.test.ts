import { describe, expect, it } from 'vitest';

import { BuildError, must } from '../../../config/tools/native/commands.js';
import { requireTools } from '../../../config/tools/native/tools.js';
import { cudaRequirements } from '../../../config/tools/native/wheel.js';

describe('the native build', () => {
  it('takes the libraries for a GPU from what the wheel requires', () => {
    const metadata = ['Name: tensorflow', 'Requires-Dist: numpy>=1.26.0', 'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"', "Requires-Dist: nvidia-nccl-cu12 (<3.0,>=2.27.7) ; extra == 'and-cuda'", 'Requires-Dist: tensorboard; extra == "other"'].join('\n');
    expect(cudaRequirements(metadata)).toEqual(['nvidia-cublas-cu12<13.0,>=12.5.3.2', 'nvidia-nccl-cu12<3.0,>=2.27.7']);
  });

  it('refuses a platform for which there is no library', () => {
    expect(() => requireTools('win32-x64')).toThrow(/linux-x64, linux-arm64, found win32-x64/);
  });

  it('tells a command that is not there and one that fails', () => {
    expect(() => must('an answer', 'no-such-command', [])).toThrow(BuildError);
    expect(() => must('an answer', 'no-such-command', [])).toThrow('expected an answer by "no-such-command", found spawnSync no-such-command ENOENT');
    expect(() => must('an answer', process.execPath, ['-e', 'console.error("words"); process.exit(3)'])).toThrow(/found exit code 3\nwords/);
  });
});
