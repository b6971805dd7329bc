// A command at regular times, in the words of each program that can see to it: systemd, launchd, cron. Pure text.

/** What is to run, and how often. Paths are absolute. */
export interface Job {
  /** The program and its arguments. */
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly every: Interval
}

/** So many minutes that an hour, or so many hours that a day, is a whole number of them: cron knows no others. */
export type Interval = (typeof INTERVALS)[keyof typeof INTERVALS]

/** The intervals by their names, in minutes. */
export const INTERVALS = {
  '15m': 15,
  '20m': 20,
  '30m': 30,
  '1h': 60,
  '2h': 120,
  '3h': 180,
  '4h': 240,
  '6h': 360,
  '8h': 480,
  '12h': 720,
  '1d': 1440,
} as const

/** In every file and line of ours, and how we know them again. Without hyphens in a row, for the sake of XML. */
export const MARKER = 'Written by Broadsheet'

export const UNIT = 'broadsheet-sync'
export const LABEL = 'broadsheet.sync'

/** systemd's service: what runs. */
export function systemdService({ command, env }: Job): string {
  const variables = Object.entries(env).map(
    ([name, value]) => `Environment=${systemdWord(`${name}=${value}`)}`,
  )
  const [program = '', ...args] = command
  const word = (arg: string) => systemdWord(arg.replaceAll('$', '$$$$'))
  // A program's own path must not have quotes in it, and a dollar stands there for itself, not for a variable.
  const start = /["'\\]/.test(program) ? ['/usr/bin/env', word(program)] : [systemdWord(program)]
  return [
    `# ${MARKER}. "broadsheet sync --schedule --install" writes it anew.`,
    '[Unit]',
    'Description=Broadsheet: bring in new papers',
    '',
    '[Service]',
    'Type=oneshot',
    ...variables,
    `ExecStart=${[...start, ...args.map(word)].join(' ')}`,
    '# Without a network there is nothing to do, and nothing wrong.',
    'SuccessExitStatus=3',
    '',
  ].join('\n')
}

/** systemd's timer: when it runs. What was missed while the computer slept is made up for. */
export function systemdTimer({ every }: Job): string {
  const calendar =
    every === 1440 ? 'daily' : every === 60 ? 'hourly' : every < 60 ? `*:0/${every}` : `0/${every / 60}:00`
  return [
    `# ${MARKER}. "broadsheet sync --schedule --install" writes it anew.`,
    '[Unit]',
    `Description=Broadsheet: bring in new papers ${everyWords(every)}`,
    '',
    '[Timer]',
    `OnCalendar=${calendar}`,
    '# Not everybody at once.',
    'RandomizedDelaySec=5min',
    'Persistent=true',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n')
}

const systemdWord = (text: string) =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`

/** launchd's property list. What was missed while the computer slept runs once when it wakes. */
export function launchdPlist({ command, env, every }: Job): string {
  const variables = Object.entries(env).map(([name, value]) => `    <key>${name}</key>${xmlString(value)}`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    `<!-- ${MARKER}. It is written anew when the schedule is installed again. -->`,
    '<plist version="1.0">',
    '<dict>',
    `  <key>Label</key>${xmlString(LABEL)}`,
    '  <key>ProgramArguments</key>',
    '  <array>',
    ...command.map((word) => `    ${xmlString(word)}`),
    '  </array>',
    ...(variables.length === 0
      ? []
      : ['  <key>EnvironmentVariables</key>', '  <dict>', ...variables, '  </dict>']),
    `  <key>StartInterval</key><integer>${every * 60}</integer>`,
    '  <key>ProcessType</key><string>Background</string>',
    '</dict>',
    '</plist>',
    '',
  ].join('\n')
}

const xmlString = (text: string) =>
  `<string>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</string>`

/** Some crons cut what is longer. */
const MAX_CRON_LINE = 990

/**
 * cron's line. Throws where a word cannot be written there: crons disagree about backslashes. What the job prints goes
 * nowhere; what goes wrong cron mails.
 */
export function cronLine({ command, env, every }: Job): string {
  const words = [
    ...Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`),
    ...command.map(shellWord),
  ]
  if (words.some((word) => word.replaceAll(`'\\''`, '').includes('\\')))
    throw new Error(
      'A path of Broadsheet or its library has a backslash in it, which cron does not take. Move it elsewhere.',
    )
  // A minute that is always the same for one installation, and another for most others.
  const minute =
    [...words.join(' ')].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 3600, 7) % 60
  const times =
    every < 60
      ? `${minute % every}-59/${every} *`
      : every === 60
        ? `${minute} *`
        : `${minute} ${every === 1440 ? '12' : `*/${every / 60}`}`
  // To cron a percent sign is the end of the line.
  const line = `${times} * * * ${words.join(' ').replaceAll('%', '\\%')} >/dev/null # ${MARKER}`
  if (line.length > MAX_CRON_LINE)
    throw new Error(
      'The paths and addresses that would have to be written down are longer than cron takes. Unset what is not needed.',
    )
  return line
}

/** A word that a POSIX shell takes as it is. */
export function shellWord(text: string): string {
  return /^[\w./:@=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** An interval in words: `every hour`, `every 15 minutes`. */
export function everyWords(every: Interval): string {
  if (every === 1440) return 'every day'
  if (every === 60) return 'every hour'
  return every < 60 ? `every ${every} minutes` : `every ${every / 60} hours`
}
