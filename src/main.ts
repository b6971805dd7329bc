// Wiring: a terminal and no arguments open the reader; everything else is the command line.

const args = process.argv.slice(2)

// A reader that goes away (`broadsheet list | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

if (args.length === 0 && process.stdin.isTTY && process.stdout.isTTY) {
  const { runReader } = await import('./reader.ts')
  process.exitCode = await runReader()
} else {
  const { runCli } = await import('./cli/cli.ts')
  process.exitCode = await runCli(args)
}

export {}
