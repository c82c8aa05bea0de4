// The pages (`pages/`) as files that the Worker serves: build/pages. Scripts and styles have names with a hash of
// their content in assets/, so they may be cached for ever; the HTML files name them.
//
// Rule: no script and no style stands inside an HTML file, since the content security policy forbids it, and a page
// with all that it loads stays below its limit.

import fs from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { root, run } from './machine.mjs';
import { pageSize } from './page_report.mjs';

export const pageNames = ['home', 'dashboard', 'playground'];
export const gzipKibMax = 150;

const sources = path.join(root, 'pages');
const target = path.join(root, 'build/pages');

/** Builds all pages. Returns the size of each, gzipped, in bytes: see pageSize(). */
export async function buildPages() {
  const { build } = await import('esbuild');
  fs.rmSync(target, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(pageNames.map((name) => [name, `pages/${name}/main.tsx`])),
    outdir: 'build/pages/assets',
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/assets',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.wasm': 'file', '.svg': 'file' },
    minify: true,
    metafile: true,
    logLevel: 'warning',
  });
  const sizes = {};
  for (const name of pageNames) sizes[name] = writePage(name, metafile.outputs);
  return sizes;
}

/** Are the types right? Told apart from the build, which must be quick. */
export function checkPageTypes() {
  return run('tsc', ['--noEmit', '-p', 'pages/tsconfig.json'], { what: 'the type check of the pages' });
}

/** What a page loads before anybody clicks: its script, what that imports, and its style. */
function filesOf(name, outputs) {
  const [entry] = Object.entries(outputs).find(([, each]) => each.entryPoint === `pages/${name}/main.tsx`);
  const scripts = new Set();
  const follow = (file) => {
    if (scripts.has(file)) return;
    scripts.add(file);
    for (const each of outputs[file].imports) if (each.kind === 'import-statement') follow(each.path);
  };
  follow(entry);
  return { entry, scripts: [...scripts], style: outputs[entry].cssBundle };
}

function writePage(name, outputs) {
  const { entry, scripts, style } = filesOf(name, outputs);
  const url = (file) => `/${path.posix.relative('build/pages', file)}`;
  const lines = [
    `<link rel="stylesheet" href="${url(style)}">`,
    ...scripts
      .filter((file) => file !== entry)
      .map((file) => `<link rel="modulepreload" href="${url(file)}">`),
    `<script type="module" src="${url(entry)}"></script>`,
  ];
  const html = fs.readFileSync(path.join(sources, name, 'index.html'), 'utf8');
  const file = path.join(target, `${name}.html`);
  fs.writeFileSync(
    file,
    html.replace('    <!-- scripts and styles -->', lines.map((line) => `    ${line}`).join('\n')),
  );
  return pageSize(file, [...scripts, style], outputs);
}

/**
 * @param {Record<string, ReturnType<typeof pageSize>>} sizes as of buildPages()
 * @throws {Failure} if a page is too large
 */
export function reportSizes(sizes) {
  const kib = (bytes) => (bytes / 1024).toFixed(1);
  for (const [name, { bytes, parts }] of Object.entries(sizes)) {
    const shares = Object.entries(parts).map(([part, size]) => `${part} ${kib(size)}`);
    console.log(`page ${name}: ${kib(bytes)} KiB gzipped of at most ${gzipKibMax}: ${shares.join(', ')}`);
    if (bytes > gzipKibMax * 1024) throw new Failure(`the page ${name} is too large`);
  }
}
