// Bundles the program into dist: one entry for the program, one for its background thread, shared code split out, so
// that a subcommand loads neither Ink nor React.

import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'

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

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: { main: 'src/main.ts', worker: 'src/worker.ts' },
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
  plugins: [paintsRows],
  // CommonJS packages inside the bundle still require Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
})
