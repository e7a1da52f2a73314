// Builds the pages: node portal/build.mjs OUTPUT_FOLDER
// Needs node_modules (npm ci) and portal/gen (protoc-gen-es); the CMake build
// makes both.
import {cp, mkdir, readFile, rm} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2];
if (!output) {
  console.error('usage: node portal/build.mjs OUTPUT_FOLDER');
  process.exit(2);
}

// What a first visit may load, gzipped, in bytes; over it the build fails.
const LIMITS = {
  'index.html + portal.js + portal.css': [80_000, ['index.html', 'portal.js', 'portal.css']],
  'widget.js': [30_000, ['widget.js']],
};

await rm(output, {recursive: true, force: true});
await mkdir(output, {recursive: true});
const common = {
  bundle: true, minify: true, target: 'es2022', outdir: output, logLevel: 'warning',
  jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none',
  tsconfig: join(here, '../tsconfig.json'), charset: 'utf8',
};
const page = (name) => ({in: join(here, `src/${name}/main.tsx`), out: name});
const sheet = (name) => ({in: join(here, `styles/${name}.css`), out: name});
await build({...common, format: 'esm', entryPoints:
  [...['portal', 'agent', 'operator'].map(page), ...['portal', 'agent', 'operator'].map(sheet)]});
// One plain script with its styles inside, for other people's pages.
await build({...common, format: 'iife', entryPoints: [page('widget')], loader: {'.css': 'text'}});
await cp(join(here, 'pages'), output, {recursive: true});
await cp(join(output, 'index.html'), join(output, 'ticket.html'));

for (const [what, [limit, files]] of Object.entries(LIMITS)) {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(join(output, file)), {level: 9}).length;
  if (bytes > limit) {
    console.error(`${what}: ${bytes} bytes gzipped, the limit is ${limit}`);
    process.exit(1);
  }
}
