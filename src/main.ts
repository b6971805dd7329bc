// Wiring: a terminal and no arguments, or the reader's own, open the reader; everything else is the command line.

import { enableCompileCache } from 'node:module'
import { readSettings } from './settings.ts'

const args = process.argv.slice(2)

// Who reads us may go away (`broadsheet list | head`): that is no error. A full disk behind `>` is one.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    if (stream === process.stdout)
      process.stderr.write(`broadsheet: the output cannot be written (${error.code})\n`)
    process.exit(1)
  })

const isReaders = (arg: string) => arg === '--no-images' || arg === '--screen-reader'
if (args.every(isReaders) && process.stdin.isTTY && process.stdout.isTTY) {
  // The first frame is painted a fifth sooner where its code need not be compiled again.
  enableCompileCache(readSettings().cacheFolder)
  const { runReader } = await import('./reader.ts')
  process.exitCode = await runReader({
    images: !args.includes('--no-images'),
    // What Ink’s programs are told by too.
    linear: args.includes('--screen-reader') || process.env.INK_SCREEN_READER === 'true',
  })
} else {
  const { runCli } = await import('./cli/cli.ts')
  process.exitCode = await runCli(args)
}
