// Long texts on a terminal: through the reader's own pager, as other programs do.

import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Prints a text through $PAGER (`less` unless told) where standard output is a terminal, else as it is. Never through a
 * shell. Without a pager the text is printed all the same.
 */
export async function page(text: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const [program = '', ...args] = (env.PAGER?.trim() || 'less').split(/\s+/)
  if (!process.stdout.isTTY || program === 'cat') return void process.stdout.write(`${text}\n`)
  // As git and others ask of it: leave short texts on the screen, show colours, do not clear.
  const pager = spawn(program, args, {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS: 'FRX', LV: '-c', ...env },
  })
  // Who leaves a pager early has read enough.
  pager.stdin.on('error', () => {})
  const ignore = () => {}
  process.on('SIGINT', ignore)
  try {
    pager.stdin.end(`${text}\n`)
    await once(pager, 'close')
  } catch {
    process.stdout.write(`${text}\n`)
  } finally {
    process.off('SIGINT', ignore)
  }
}
