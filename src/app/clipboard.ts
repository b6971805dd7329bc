// Copying: by an escape sequence of the terminal, which works over SSH too, and by the platform's own program.

import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'

type Environment = Readonly<Record<string, string | undefined>>

const ESC = '\u001b'
const BEL = '\u0007'

/** Terminals cut off what is longer, or take none of it. In characters of base64. */
const MAX_SEQUENCE = 100_000
/** GNU screen passes no longer string on. */
const MAX_SCREEN_STRING = 200

/**
 * What makes the terminal copy a text (OSC 52); null for more than about 75 kB, which terminals do not take. Inside tmux
 * it needs `set-clipboard` on.
 */
export function osc52(text: string, env: Environment): string | null {
  const encoded = Buffer.from(text).toString('base64')
  if (encoded.length > MAX_SEQUENCE) return null
  const sequence = `${ESC}]52;c;${encoded}${BEL}`
  return isInScreen(env) ? throughScreen(sequence) : sequence
}

// tmux often calls itself `screen-256color`, also where it runs at the other end of SSH; it needs no wrapping.
const isInScreen = ({ TERM = '', TMUX }: Environment) => TMUX === undefined && /^screen(?:\.|$)/.test(TERM)

/** GNU screen hands what is in a device control string to the terminal around it. */
function throughScreen(sequence: string): string {
  const strings = sequence.match(new RegExp(`[^]{1,${MAX_SCREEN_STRING}}`, 'g')) ?? []
  return strings.map((string) => `${ESC}P${string}${ESC}\\`).join('')
}

/** How long all programs together may take, in ms. */
const PATIENCE = 1000

/**
 * Copies by the platform's program. False where there is none, or none that works. Whoever leaves meanwhile need not wait,
 * but for a text that is too large for a pipe.
 */
export async function copyToPlatform(
  text: string,
  env: Environment,
  platform: NodeJS.Platform,
): Promise<boolean> {
  const until = performance.now() + PATIENCE
  for (const program of programs(env, platform)) {
    const left = until - performance.now()
    if (left > 0 && (await feed(program, text, env, left))) return true
  }
  return false
}

interface Program {
  readonly command: readonly [program: string, ...args: string[]]
  readonly encoding: 'utf8' | 'utf16le'
}

function programs(env: Environment, platform: NodeJS.Platform): Program[] {
  const utf8 = (...command: [string, ...string[]]): Program => ({ command, encoding: 'utf8' })
  // Reads the system's old code page, or UTF-16.
  const clip: Program = { command: ['clip.exe'], encoding: 'utf16le' }
  if (platform === 'darwin') return [utf8('pbcopy')]
  if (platform === 'win32') return [clip]
  return [
    ...(env.WSL_DISTRO_NAME ? [clip] : []),
    ...(env.WAYLAND_DISPLAY ? [utf8('wl-copy')] : []),
    ...(env.DISPLAY ? [utf8('xclip', '-selection', 'clipboard'), utf8('xsel', '-b', '-i')] : []),
  ]
}

/** Whether a program took the text and ended well within `patience` ms. */
function feed(
  { command, encoding }: Program,
  text: string,
  env: Environment,
  patience: number,
): Promise<boolean> {
  const [program, ...args] = command
  return new Promise((resolve) => {
    // On its own: on X11 and Wayland what was copied is there as long as the program lives on.
    const child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env,
      windowsHide: true,
    })
    const timer = setTimeout(() => {
      child.kill()
      resolve(false)
    }, patience)
    const ended = (took: boolean) => {
      clearTimeout(timer)
      resolve(took)
    }
    child.on('error', () => ended(false))
    child.on('exit', (status) => ended(status === 0))
    // A program that does not read says so by its status.
    child.stdin.on('error', () => {})
    child.stdin.end(text, encoding)
    timer.unref()
    child.unref()
    ;(child.stdin as Socket).unref()
  })
}
