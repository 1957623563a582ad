import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type typescript from 'typescript';
import { describe, expect, it } from 'vitest';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const NOTEBOOKS = join(REPOSITORY, 'notebooks');
const inNotebooks = createRequire(join(NOTEBOOKS, 'cell.js'));

const isInstalled = existsSync(join(NOTEBOOKS, 'node_modules/@tslab/typescript-for-tslab'));
if (!isInstalled) console.warn('tests/notebook/typescript-5.0.test.ts skips: the notebooks\' TypeScript is not installed; npm --prefix notebooks ci');

/** What a notebook does with the public types, and what it may rely on: none of them has become `any` unseen. */
const CELL = `
import { open, show, Panel, computeFeatures, toArquero, readBars, FEATURES, buildGraph, indicators, fromEpochDay, type Graph, type SeriesFeature, type RecommendationDocument, type Presentable, type ShownFigure } from "swinglab";
import { desc } from "arquero";
type IsAny<T> = 0 extends 1 & T ? true : false;
const lab = await open({ data: "sample", seed: 7 });
const bars: Panel = await lab.panel({ universe: "sp500", start: "2017-01-03" });
const X = await lab.features(bars, ["momentum", FEATURES[0]]);
const document: RecommendationDocument = await lab.recommend({ asOf: "2018-02-07" });
const close = bars.series("close", "AAPL");
const first: string = fromEpochDay(bars.sessions[0]);
const rsi = indicators.rsi(Float64Array.from(close), 14);
const own: SeriesFeature = { ...(FEATURES[0] as SeriesFeature), compute: ({ close }) => close.map((price) => price * 2) };
const values = computeFeatures({ bars }, [own]).column(own.name);
const graph: Graph = buildGraph({ symbols: bars.symbols, sessions: bars.sessions, returns: rsi }, lab.config.config.graph, "2018-02-07");
const top = toArquero(X).orderby(desc("momentum-12-1")).objects({ limit: 3 });
const evaluation: Presentable = { toShown: () => ({ title: "IC", tables: [{ caption: "", columns: ["ic"], rows: [[0.01]] }] }) };
const figure: ShownFigure = { data: [{ type: "scatter", y: close }] };
[bars, document, top, evaluation, figure].forEach((one) => show(one));
const chain = await lab.options("SPY", { asOf: "2021-06-15" });
show(chain);
const flips: readonly number[] = chain.panel.gammaProfile.flips;
const said: readonly string[] = chain.signals.map(({ sentence }) => sentence);
const price: number = document.recommendations[0].entry;
const neverAny: [IsAny<typeof bars.sessions>, IsAny<typeof close>, IsAny<typeof rsi>, IsAny<typeof values>, IsAny<typeof graph.edges.correlation.weight>, IsAny<typeof document.actOn>, IsAny<ReturnType<typeof readBars>>, IsAny<typeof lab.config.config.graph>, IsAny<typeof chain.view>, IsAny<typeof chain.panel>] = [false, false, false, false, false, false, false, false, false, false];
export { first, price, flips, said, neverAny };
`;

/** Files that do not change from one compilation to the next. */
const parsed = new Map<string, typescript.SourceFile | undefined>();

interface Compiled {
  readonly version: string;
  /** Our own declaration files that were read. */
  readonly declarations: readonly string[];
  readonly messages: readonly string[];
}

interface CompileOptions {
  readonly skipLibCheck: boolean;
  /** Text added to a declaration file, by its end. */
  readonly planted?: { readonly file: string; readonly text: string };
}

/** Messages of tslab's compiler about a cell and, where asked, about our own declarations, set as tslab sets it. */
function compile(source: string, { skipLibCheck, planted }: CompileOptions): Compiled {
  const ts = inNotebooks('@tslab/typescript-for-tslab') as typeof typescript;
  const cell = join(NOTEBOOKS, 'public-types.ts');
  const options: typescript.CompilerOptions = {
    module: ts.ModuleKind.ESNext, moduleResolution: 2 satisfies typescript.ModuleResolutionKind.Node10, esModuleInterop: true, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'],
    declaration: true, experimentalDecorators: true, resolveJsonModule: true, typeRoots: [join(NOTEBOOKS, 'node_modules/@types'), join(REPOSITORY, 'node_modules/@types')], types: ['node'], skipLibCheck, noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => path === cell || fileExists.call(host, path);
  host.readFile = (path) => {
    if (path === cell) return source;
    const text = readFile.call(host, path);
    return planted && path.endsWith(planted.file) ? `${text}\n${planted.text}` : text;
  };
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) => {
    if (path === cell || (planted && path.endsWith(planted.file))) return getSourceFile.call(host, path, ...rest);
    if (!parsed.has(path)) parsed.set(path, getSourceFile.call(host, path, ...rest));
    return parsed.get(path);
  };
  const program = ts.createProgram([cell], options, host);
  const declarations = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(REPOSITORY, 'dist')));
  const found = [program.getSourceFile(cell)!, ...declarations].flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]);
  return { version: ts.version, declarations: declarations.map(({ fileName }) => fileName.replace(REPOSITORY, '')), messages: [...new Set(found.map(({ file, start, messageText }) => `${file!.fileName.replace(REPOSITORY, '')}:${ts.getLineAndCharacterOfPosition(file!, start!).line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`))] };
}

describe.skipIf(!isInstalled)("the public types under the notebooks' TypeScript", { timeout: 120_000 }, () => {
  it('are there: the package is built', () => {
    expect(existsSync(join(REPOSITORY, 'dist/index.d.ts')), 'expected dist/index.d.ts, found none: npm run build').toBe(true);
  });

  it('compile in a cell, and none has become any', () => {
    const { version, messages } = compile(CELL, { skipLibCheck: true });
    expect(version).toBe('5.0.4');
    expect(messages).toEqual([]);
  });

  it('hold no word in our declarations that this compiler does not know', () => {
    const { declarations, messages } = compile(CELL, { skipLibCheck: false });
    expect(messages).toEqual([]);
    expect(declarations).toContain('dist/index.d.ts');
    expect(declarations.length).toBeGreaterThan(100);
  });

  it('would be caught otherwise', () => {
    const wrongCell = compile('import { Panel } from "swinglab"; const x: number = "text"; export { Panel, x };', { skipLibCheck: true });
    expect(wrongCell.messages.join('\n')).toContain("Type 'string' is not assignable to type 'number'");
    const planted = { file: 'dist/table/panel.d.ts', text: 'export declare const planted: Float64Array<ArrayBuffer>;' };
    const wrongDeclaration = compile('import { Panel } from "swinglab"; export { Panel };', { skipLibCheck: false, planted });
    expect(wrongDeclaration.messages.join('\n')).toMatch(/^dist\/table\/panel\.d\.ts:\d+: Type 'Float64Array' is not generic/);
  });
});
