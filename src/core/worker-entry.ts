import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Where a worker of `module` starts.
 *
 * Built code starts the module itself. In a source checkout (tests, scripts that Node runs as TypeScript) `x.js` exists
 * only as `x.ts`: Node strips its types, and a resolution hook does for its imports what the build would have done.
 */
export function workerEntry(module: URL): URL {
  const source = typescriptSource(module);
  return source === null ? module : new URL(`data:text/javascript,${encodeURIComponent(bootstrap(source))}`);
}

function typescriptSource(module: URL): URL | null {
  if (module.protocol !== 'file:') return null;
  if (module.pathname.endsWith('.ts')) return module;
  if (!module.pathname.endsWith('.js') || existsSync(fileURLToPath(module))) return null;
  const source = new URL(module.href.replace(/\.js$/, '.ts'));
  return existsSync(fileURLToPath(source)) ? source : null;
}

function bootstrap(source: URL): string {
  return `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, nextResolve) {
    try {
      return nextResolve(specifier, context);
    } catch (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/^(\\.|file:).*\\.js$/.test(specifier)) throw error;
      return nextResolve(specifier.replace(/\\.js$/, '.ts'), context);
    }
  },
});
await import(${JSON.stringify(source.href)});
`;
}
