// Telling this computer of a schedule: our files where they belong, and the programs that have to know of them.

import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { unwrapLine } from '../text/sanitise.ts'
import { LABEL, MARKER, UNIT } from './timers.ts'

/** A file of ours, and what is to be in it. */
export interface Planned {
  readonly path: string
  readonly text: string
}

/** How this computer is told, in full: what to write, what to run, how to take it back. */
export type Plan =
  | {
      readonly kind: 'systemd' | 'launchd'
      readonly files: readonly Planned[]
      /** What to run then, for people to copy. */
      readonly commands: readonly string[]
      readonly undo: string
    }
  | { readonly kind: 'cron'; readonly line: string; readonly undo: string }

/** This user's session, as launchd calls it. */
export const launchdDomain = () => `gui/${process.getuid?.() ?? 501}`

/**
 * Does what a plan says, and tells in words what was done. Doing it again changes nothing. Throws where a file of the same
 * name is not ours, where it cannot be written, and where a program fails.
 */
export async function carryOut(plan: Plan, env: NodeJS.ProcessEnv): Promise<string> {
  if (plan.kind === 'cron') return addLine(plan.line, env)
  // First all is looked at, then all is written: what is refused leaves nothing half done.
  const changed = plan.files.filter(({ path, text }) => ownText(path) !== text)
  for (const file of changed) writeWhole(file)
  const names = (files: readonly Planned[]) => files.map(({ path }) => path).join(' and ')
  const wrote = changed.length === 0 ? `${names(plan.files)} were there already.` : `Wrote ${names(changed)}.`
  const path = plan.files[0]?.path ?? ''
  if (plan.kind === 'launchd') await load(path, changed.length > 0, env)
  else
    for (const args of [['daemon-reload'], ['enable', '--now', `${UNIT}.timer`]])
      mustRun('systemctl', ['--user', ...args], env)
  return wrote
}

/** The text of a file of ours; null where there is none. Throws where the file is somebody else's. */
function ownText(path: string): string | null {
  try {
    // A link that leads nowhere is there as well: systemd's way of switching a unit off.
    lstatSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    throw unwritten(path, error)
  }
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw unwritten(path, error)
  }
  if (text.slice(0, 500).includes(MARKER)) return text
  throw new Error(
    `${path} is there, and not from Broadsheet: it is left as it is. Move it away and try again.`,
  )
}

/** Writes a file so that it is there whole or not at all. */
function writeWhole({ path, text }: Planned): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(beside, 'w', 0o644)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(beside, path)
  } catch (error) {
    if (existsSync(beside)) rmSync(beside)
    throw unwritten(path, error)
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null)

const unwritten = (path: string, error: unknown) =>
  new Error(
    `${path} cannot be written (${codeOf(error)}). Check the permissions of its folder and try again.`,
    {
      cause: error,
    },
  )

/** Tells launchd of the file, anew where it knows an older one. */
async function load(path: string, isChanged: boolean, env: NodeJS.ProcessEnv): Promise<void> {
  const isLoaded = run('launchctl', ['print', `${launchdDomain()}/${LABEL}`], env).status === 0
  if (isLoaded && !isChanged) return
  if (isLoaded) mustRun('launchctl', ['bootout', `${launchdDomain()}/${LABEL}`], env)
  // launchd takes a moment to forget a job, and refuses it until then.
  for (let tries = isLoaded ? 5 : 1; tries > 1; tries--) {
    if (run('launchctl', ['bootstrap', launchdDomain(), path], env).status === 0) return
    await delay(300)
  }
  mustRun('launchctl', ['bootstrap', launchdDomain(), path], env)
}

/** Puts our line into the crontab, in the place of an older one. */
function addLine(line: string, env: NodeJS.ProcessEnv): string {
  const listed = run('crontab', ['-l'], env)
  // Only then is there none: after any other failure writing would wipe out what could not be read.
  const isNone = listed.status !== 0 && /no crontab|no such file/i.test(listed.err)
  if (listed.status !== 0 && !isNone) throw failed('crontab', ['-l'], listed)
  // Byte by byte, since the lines of others may be in any encoding.
  const ours = Buffer.from(line).toString('latin1')
  const known = isNone ? '' : listed.out.toString('latin1')
  const lines = known.split('\n')
  if (lines.includes(ours)) return 'The line is in your crontab already.'
  const isOurs = (each: string) => each.trimEnd().endsWith(`# ${MARKER}`)
  const others = lines.filter((each) => !isOurs(each))
  while (others.at(-1) === '') others.pop()
  mustRun('crontab', ['-'], env, Buffer.from(`${[...others, ours].join('\n')}\n`, 'latin1'))
  return `${lines.some(isOurs) ? 'Changed our line in' : 'Added a line to'} your crontab:\n${line}`
}

interface Ran {
  readonly status: number | null
  readonly out: Buffer
  readonly err: string
}

/** Longer than any of these commands takes that does not hang. */
const TIMEOUT = 30_000

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv, input?: Buffer): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    env,
    timeout: TIMEOUT,
    ...(input === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input }),
  })
  if (codeOf(error) === 'ENOENT')
    throw new Error(`${command} is not on this computer. Run "broadsheet sync" by what it has instead.`)
  const why = codeOf(error) === 'ETIMEDOUT' ? 'it does not end' : (error?.message ?? '')
  return { status, out: stdout ?? Buffer.alloc(0), err: `${stderr ?? ''}${why}` }
}

function mustRun(command: string, args: readonly string[], env: NodeJS.ProcessEnv, input?: Buffer): void {
  const ran = run(command, args, env, input)
  if (ran.status !== 0) throw failed(command, args, ran)
}

const failed = (command: string, args: readonly string[], { status, err }: Ran) => {
  const why = unwrapLine(err).slice(0, 200) || `status ${status}`
  return new Error(
    `"${[command, ...args].join(' ')}" failed (${why.replace(/\.$/, '')}). The schedule is not in force: once that is mended, run "broadsheet sync --schedule --install" again.`,
  )
}
