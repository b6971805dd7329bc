import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { wantsColour } from '../app/ansi.ts'
import { bindKeys } from '../config/bindings.ts'
import { printValue, SECTIONS, SETTINGS, type Setting } from '../config/settings.ts'
import { problemsOf, remarks, settingRows } from '../config/shown.ts'
import { readConfig } from '../config.ts'
import { UsageError } from '../usage.ts'
import type { Session } from './session.ts'

export interface ConfigOptions {
  readonly init?: boolean
  readonly json?: boolean
}

interface Effective {
  readonly name: string
  readonly value: unknown
  /** `default`, `line 3`, `environment`, or what of the environment it gives way to. */
  readonly from: string
}

/** What of the environment counts. A token is not repeated, nor a password in an address. */
const VARIABLES = [
  'HF_ENDPOINT',
  'HF_TOKEN',
  'BROADSHEET_HOME',
  'BROADSHEET_ARXIV_ENDPOINT',
  'NO_COLOR',
  'INK_SCREEN_READER',
  'VISUAL',
  'EDITOR',
  'PAGER',
  'BROWSER',
  ...['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'],
  'NODE_EXTRA_CA_CERTS',
] as const

/** `broadsheet config`: every setting's value and where it comes from; with --init, a file that explains them all. */
export function config(session: Session, { init, json }: ConfigOptions): void {
  const { configFile } = session.settings
  if (init) return writeFirst(session, configFile)
  const read = readConfig(configFile)
  const settings = settingRows(read).map(({ key, name, value, from }): Effective => {
    // The environment has the last word on colours.
    if (key === 'theme' && read.theme !== 'mono' && !wantsColour())
      return { name, value: 'mono', from: process.env.NO_COLOR ? 'NO_COLOR' : 'TERM=dumb' }
    return { name, value, from }
  })
  const bound = bindKeys(read.keys)
  const keys = bound.kept.map(
    ({ command, context, keys, place }): Effective => ({
      name: `keys.${context === null ? '' : `${context}.`}${command}`,
      value: keys,
      from: place === null ? 'the file' : `line ${place.line}`,
    }),
  )
  const variables = VARIABLES.flatMap((name): Effective[] => {
    const value = process.env[name]
    if (!value) return []
    const shown = name === 'HF_TOKEN' ? 'set' : value.replace(/^([a-z][a-z\d+.-]*:\/\/)?[^/\s]*@/i, '$1…@')
    return [{ name, value: shown, from: 'environment' }]
  })
  const all = [...settings, ...keys, ...variables]
  if (json) session.out(JSON.stringify({ file: configFile, settings: all }, null, 2))
  else {
    const width = Math.max(...all.map(({ name }) => name.length))
    session.out(
      [
        `${configFile}${existsSync(configFile) ? '' : ' (not there: "broadsheet config --init" makes it)'}`,
        ...all.map(({ name, value, from }) => `${name.padEnd(width)}  ${printValue(value)}  (${from})`),
      ].join('\n'),
    )
  }
  const problems = problemsOf(read, bound, configFile)
  for (const line of [...problems, ...remarks(bound.losses, configFile)]) session.warn(line)
  const count = problems.length
  if (count > 0)
    throw new Error(
      `${count} ${count === 1 ? 'line' : 'lines'} of the configuration cannot count. Mend what is named above.`,
    )
}

function writeFirst({ out }: Session, file: string): void {
  if (existsSync(file)) throw new UsageError(`${file} is there already and stays as it is.`)
  mkdirSync(dirname(file), { recursive: true })
  // `wx`: another program may have been quicker.
  writeFileSync(file, explained(), { flag: 'wx' })
  out(`${file} explains every setting; take away the # before what you want to change.`)
}

/** A configuration file in which every setting stands as a comment, with what it does. */
export function explained(): string {
  const sections = SECTIONS.map((section) =>
    [
      `[${section}]`,
      ...Object.values<Setting>(SETTINGS)
        .filter((setting) => setting.section === section)
        .map(({ name, about, otherwise, example }) => {
          const value =
            otherwise === null || (Array.isArray(otherwise) && otherwise.length === 0)
              ? example
              : printValue(otherwise)
          return `\n# ${about}\n# ${name} = ${value}`
        }),
    ].join('\n'),
  )
  const keys = `[keys]

# Keys by the names of commands, which "broadsheet keys --json" lists. [keys.list] is for the list alone.
# toggle-star = "B"
# first = ["g g", "Home"]`
  return `# Broadsheet's configuration. "broadsheet config" prints what counts.\n\n${[...sections, keys].join('\n\n')}\n`
}
