// Bundles the program into dist: the program, the reader and its background threads. What is loaded later is split out,
// so that a subcommand loads neither Ink nor React.

import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'

// Ink's renderer gets our Output in the place of its own.
let replaced = false
const paintsRows: Plugin = {
  name: 'paints-rows',
  setup: ({ onResolve, onEnd }) => {
    onResolve({ filter: /^\.\/output\.js$/ }, ({ importer }) => {
      if (!/[\\/]ink[\\/]build[\\/]renderer\.js$/.test(importer)) return undefined
      replaced = true
      return { path: resolve('src/ui/output.ts') }
    })
    onEnd(() =>
      replaced ? {} : { errors: [{ text: 'ink/build/renderer.js no longer imports ./output.js' }] },
    )
  },
}

// The reader is bundled by itself: main.ts asks for its file.
const readerApart: Plugin = {
  name: 'reader-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/reader\.ts$/ }, () => ({ path: './reader.js', external: true })),
}

const options: BuildOptions = {
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Native code stays outside. The rest is bundled: Ink then paints in about half the time.
  external: ['better-sqlite3'],
  define: { 'process.env.NODE_ENV': '"production"' },
  alias: {
    // Only Ink's development mode asks for it, and it is not installed.
    'react-devtools-core': './scripts/empty.ts',
    // Ink and its helpers bring five copies, each with tables that take 60 ms to build.
    'string-width': './src/text/width.ts',
  },
  // CommonJS packages inside the bundle still require Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
}

rmSync('dist', { recursive: true, force: true })
// The reader by itself: what it shares with the others would be cut into forty files, and its first frame come later.
await build({ ...options, entryPoints: { reader: 'src/reader.ts' }, plugins: [paintsRows] })
await build({
  ...options,
  entryPoints: { main: 'src/main.ts', worker: 'src/worker.ts' },
  plugins: [readerApart],
})
