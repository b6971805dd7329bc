import { existsSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve, sep } from 'node:path'
import { sanitise } from '../text/sanitise.ts'
import { UsageError } from '../usage.ts'
import { carryOut, launchdDomain, type Plan } from './install-timer.ts'
import type { Session } from './session.ts'
import {
  cronLine,
  everyWords,
  INTERVALS,
  type Job,
  LABEL,
  launchdPlist,
  shellWord,
  systemdService,
  systemdTimer,
  UNIT,
} from './timers.ts'

export interface ScheduleOptions {
  readonly install?: boolean
  /** `1h`, if nothing is said. */
  readonly every?: string
  readonly json?: boolean
}

/**
 * `broadsheet sync --schedule`: prints what would make this computer sync at regular times and, with `install`, sees to
 * it. Throws where a file of the same name is not ours, and where a command fails.
 */
export async function schedule(
  session: Session,
  { install = false, every = '1h', json = false }: ScheduleOptions,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  program: readonly string[] = thisProgram(),
): Promise<void> {
  if (session.settings.problem) throw new UsageError(session.settings.problem)
  const job: Job = { command: [...program, 'sync'], env: carriedOver(session, env), every: interval(every) }
  if (program.some((path) => path.includes(`${sep}_npx${sep}`)))
    session.warn(
      'npx keeps a program for a while only. Install Broadsheet, and run this with what is installed.',
    )
  const plan = planFor(job, platform, env)
  const done = install ? await carryOut(plan, env) : null
  if (json) return session.out(JSON.stringify({ ...plan, every: job.every, installed: install }, null, 2))
  session.out(
    sanitise(
      done === null
        ? printed(plan)
        : `${done}\nThe computer now syncs ${everyWords(job.every)}.\n${undoText(plan)}`,
    ),
  )
}

function interval(text: string): Job['every'] {
  if (Object.hasOwn(INTERVALS, text)) return INTERVALS[text as keyof typeof INTERVALS]
  throw new UsageError(`--every is one of ${Object.keys(INTERVALS).join(', ')}.`)
}

/** Node and the launcher, as they are called now. */
function thisProgram(): string[] {
  return [process.execPath, realpathSync(process.argv[1] ?? '')]
}

/** Where the library and the configuration are, and whose certificates count. */
const PLACES = ['BROADSHEET_HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'NODE_EXTRA_CA_CERTS']
/** Whom to ask, and by which way. */
const ADDRESSES = [
  ...['HF_ENDPOINT', 'BROADSHEET_ARXIV_ENDPOINT', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
  ...['http_proxy', 'https_proxy', 'no_proxy'],
]

/** The variables that have to be written down, since a timer has another environment. Secrets are not. */
function carriedOver({ warn }: Session, env: NodeJS.ProcessEnv): Record<string, string> {
  const carried: Record<string, string> = {}
  for (const name of PLACES) {
    const place = env[name]
    if (place) carried[name] = resolve(place)
  }
  for (const name of ADDRESSES) {
    const address = env[name]?.trim()
    if (address?.includes('@'))
      warn(`${name} holds a password and is not written down: scheduled syncs go without it.`)
    else if (address) carried[name] = address
  }
  if (env.HF_TOKEN) warn('HF_TOKEN is not written down: scheduled syncs go without it, which works as well.')
  return carried
}

function planFor(job: Job, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Plan {
  if ([...job.command, ...Object.values(job.env)].some((text) => /\p{Cc}/u.test(text)))
    throw new Error(
      'A path of Broadsheet or its library has a line break or the like in it. Move it elsewhere.',
    )
  if (platform === 'win32')
    throw new Error(
      `Broadsheet does not know Windows’ Task Scheduler. Make a task there that runs ${everyWords(job.every)}: ${job.command.map((word) => `"${word}"`).join(' ')}`,
    )
  const home = env.HOME || homedir()
  if (platform === 'darwin') {
    const path = join(home, 'Library', 'LaunchAgents', `${LABEL}.plist`)
    return {
      kind: 'launchd',
      files: [{ path, text: launchdPlist(job) }],
      commands: [`launchctl bootstrap ${launchdDomain()} ${shellWord(path)}`],
      undo: `launchctl bootout ${launchdDomain()}/${LABEL} && rm ${shellWord(path)}`,
    }
  }
  if (platform === 'linux' && hasSystemd(env)) {
    const config =
      env.XDG_CONFIG_HOME && isAbsolute(env.XDG_CONFIG_HOME) ? env.XDG_CONFIG_HOME : join(home, '.config')
    const folder = join(config, 'systemd', 'user')
    const service = join(folder, `${UNIT}.service`)
    const timer = join(folder, `${UNIT}.timer`)
    return {
      kind: 'systemd',
      files: [
        { path: service, text: systemdService(job) },
        { path: timer, text: systemdTimer(job) },
      ],
      commands: ['systemctl --user daemon-reload', `systemctl --user enable --now ${UNIT}.timer`],
      undo: `systemctl --user disable --now ${UNIT}.timer && rm ${shellWord(service)} ${shellWord(timer)}`,
    }
  }
  return { kind: 'cron', line: cronLine(job), undo: 'take the line out again with "crontab -e"' }
}

/** Whether there is a systemd of this user's to talk to; where there is none, systemctl could not either. */
function hasSystemd({ XDG_RUNTIME_DIR: folder }: NodeJS.ProcessEnv): boolean {
  return folder !== undefined && folder !== '' && existsSync(join(folder, 'systemd'))
}

function printed(plan: Plan): string {
  const itself = '"broadsheet sync --schedule --install" does this for you.'
  if (plan.kind === 'cron')
    return `Add this line to your crontab ("crontab -e"):\n\n${plan.line}\n\n${itself}`
  const files = plan.files.map(({ path, text }) => `${path}\n\n${text.replace(/^(?=.)/gm, '    ')}`)
  const write = plan.files.length === 1 ? 'Write this file' : 'Write these files'
  return [
    `${write}:`,
    ...files,
    `Then run:\n\n${plan.commands.map((command) => `    ${command}`).join('\n')}\n`,
    itself,
  ]
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
}

function undoText(plan: Plan): string {
  return plan.kind === 'cron' ? `To undo it, ${plan.undo}.` : `To undo it: ${plan.undo}`
}
