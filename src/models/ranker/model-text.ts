/**
 * The text of a model with the number of threads it was trained by set to LightGBM's default: nothing else in it depends on
 * them, and the same data and seed are to give the same file.
 */
export function withoutThreads(text: string): string {
  return text.replace(/^\[num_threads: \d+\]$/m, '[num_threads: 0]');
}
