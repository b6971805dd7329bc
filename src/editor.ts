// The reader's own editor.

import { spawn } from 'node:child_process'

/**
 * Opens a file in the editor that VISUAL or EDITOR names, with the terminal. Null where it ended well, else how it ended:
 * `the editor ended with 1`.
 */
export function runEditor(
  file: string,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  const named = env.VISUAL?.trim() || env.EDITOR?.trim()
  const editor = named || (platform === 'win32' ? 'notepad' : 'vi')
  // Editors are named with their options (`code --wait`), which a shell takes apart; the file is an argument of its own.
  const [program, args] =
    platform === 'win32'
      ? (['cmd', ['/c', ...editor.split(/\s+/), file]] as const)
      : (['sh', ['-c', `${editor} "$1"`, 'sh', file]] as const)
  const how = named ? `“${editor}”` : `“${editor}” (set EDITOR to another)`
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' })
    child.on('error', ({ message }) => resolve(`${how} cannot be started (${message})`))
    child.on('exit', (status, signal) => {
      if (status === 0) resolve(null)
      else if (status === 127) resolve(`${how} is not there`)
      else resolve(signal ? `${how} was ended by ${signal}` : `${how} ended with ${status}`)
    })
  })
}
