// Every setting of the configuration, once: parsing, complaints, `broadsheet config` and docs/configuration.md come from here.

import { homedir } from 'node:os'
import { isAbsolute } from 'node:path'
import { sanitiseUrl } from '../text/sanitise.ts'

/** What is wrong with a value: in words, and the text in the file that is meant where it is not the setting itself. */
export interface Wrong {
  readonly why: string
  readonly text?: string
}

export interface Setting<T = unknown> {
  readonly section: 'sources' | 'reading' | 'looks'
  /** As the file has it. */
  readonly name: string
  /** One sentence for people. */
  readonly about: string
  /** Its value where the file does not say. */
  readonly otherwise: T
  /** A value as the file would have it. */
  readonly example: string
  /** Its values where there are only a few. */
  readonly choices?: readonly T[]
  /** Reads what the file says; what is wrong with it is told, and what is left counts. */
  read(value: unknown, wrong: (problem: Wrong) => void): T
}

/** A value as the file would have it. */
export const printValue = (value: unknown): string =>
  value === null
    ? '""'
    : Array.isArray(value)
      ? `[${value.map((one) => JSON.stringify(one)).join(', ')}]`
      : JSON.stringify(value)

const CATEGORY = /^[a-z-]+(\.[A-Za-z-]+)?$/

type About = Pick<Setting, 'section' | 'name' | 'about'>

function list(
  about: About,
  example: string,
  check: (text: string) => string | null,
  what: string,
): Setting<string[]> {
  const { name } = about
  return {
    ...{ ...about, otherwise: [], example },
    read(value, wrong) {
      if (!Array.isArray(value)) {
        wrong({ why: `${name} is ${kindOf(value)}, not a list. Write ${name} = ${example}.` })
        return []
      }
      const texts = value.flatMap((item) => {
        if (typeof item === 'string') return [item.trim()]
        wrong({ why: `${name} holds ${kindOf(item)}, not a text in quotes. Write ${name} = ${example}.` })
        return []
      })
      const read = texts.flatMap((text) => {
        const good = check(text)
        if (good === null) wrong({ why: `${quote(text)} is ${what}`, text })
        return good ?? []
      })
      return [...new Set(read)]
    },
  }
}

function toggle(about: About, otherwise: boolean): Setting<boolean> {
  const { name } = about
  return {
    ...{ ...about, otherwise, example: String(!otherwise), choices: [otherwise, !otherwise] },
    read(value, wrong) {
      if (typeof value === 'boolean') return value
      wrong({ why: `${name} is ${kindOf(value)}, not true or false. Write ${name} = ${otherwise}.` })
      return otherwise
    },
  }
}

function choice<const T extends string>(about: About, values: readonly T[], otherwise: T): Setting<T> {
  const { name } = about
  const quoted = values.map((value) => `"${value}"`)
  const options = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
  return {
    ...{ ...about, otherwise, example: `"${values.find((value) => value !== otherwise)}"` },
    about: `${about.about} ${options}.`,
    choices: values,
    read(value, wrong) {
      const known = values.find((one) => one === value)
      if (known !== undefined) return known
      const said = typeof value === 'string' ? quote(value) : kindOf(value)
      wrong({ why: `${name} is ${said}. Write ${name} = ${options}.` })
      return otherwise
    },
  }
}

function wholeNumber(about: About, least: number, most: number, otherwise: number): Setting<number> {
  const { name } = about
  return {
    ...{ ...about, otherwise, example: String(Math.min(most, otherwise + 5)) },
    about: `${about.about} A whole number from ${least} to ${most}.`,
    read(value, wrong) {
      const number = typeof value === 'bigint' ? Number(value) : value
      if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
        return number
      const said = typeof number === 'number' ? String(number) : kindOf(value)
      wrong({
        why: `${name} is ${said}, not a whole number from ${least} to ${most}. Write ${name} = ${otherwise}.`,
      })
      return otherwise
    },
  }
}

function folder(about: About, example: string): Setting<string | null> {
  const { name } = about
  return {
    ...{ ...about, otherwise: null, example },
    read(value, wrong) {
      if (typeof value !== 'string') {
        wrong({ why: `${name} is ${kindOf(value)}, not a text in quotes. Write ${name} = ${example}.` })
        return null
      }
      const path = value.trim().replace(/^~(?=$|[\\/])/, homedir())
      if (isAbsolute(path) && !/\p{Cc}/u.test(path)) return path
      wrong({ why: `${name} is ${quote(value)}, which is no whole path. Write ${name} = ${example}.` })
      return null
    },
  }
}

/** The settings by what the program calls them, in the order of the documentation. */
export const SETTINGS = {
  arxiv: list(
    { section: 'sources', name: 'arxiv', about: 'arXiv’s categories to follow.' },
    '["cs.CL", "math.PR"]',
    (text) => (CATEGORY.test(text) ? text : null),
    'no arXiv category. Write it as arXiv does: cs.CL, math.PR, hep-th.',
  ),
  feeds: list(
    { section: 'sources', name: 'feeds', about: 'Addresses of RSS, Atom or JSON feeds to follow.' },
    '["https://example.org/feed.xml"]',
    sanitiseUrl,
    'no web address. Write it whole, as in https://example.org/feed.xml.',
  ),
  enrich: toggle(
    {
      section: 'sources',
      name: 'enrich',
      about: 'Whether papers of other sources are looked up at arXiv, which keeps their mathematics.',
    },
    true,
  ),
  markRead: choice(
    {
      section: 'reading',
      name: 'mark_read',
      about:
        'When a paper is marked read: as its abstract opens, after some seconds of reading, or by hand alone.',
    },
    ['open', 'after', 'never'],
    'open',
  ),
  markReadAfter: wholeNumber(
    {
      section: 'reading',
      name: 'mark_read_after',
      about: 'After how many seconds, where mark_read is "after".',
    },
    1,
    600,
    5,
  ),
  pdfFolder: folder(
    {
      section: 'reading',
      name: 'pdf_folder',
      about: 'Where PDFs go; a folder beside the library where nothing is said.',
    },
    '"~/Papers"',
  ),
  images: choice(
    {
      section: 'reading',
      name: 'images',
      about: 'Pictures: where the terminal has a way for them, else in its colours too, or never.',
    },
    ['auto', 'blocks', 'off'],
    'auto',
  ),
  theme: choice(
    {
      section: 'looks',
      name: 'theme',
      about:
        'Colours: the terminal’s own, for a light or a dark background, by weight and lines alone, or none.',
    },
    ['terminal', 'light', 'dark', 'contrast', 'mono'],
    'terminal',
  ),
  ascii: toggle(
    {
      section: 'looks',
      name: 'ascii',
      about: 'Whether the interface keeps to ASCII; what papers say does not.',
    },
    false,
  ),
  split: wholeNumber(
    {
      section: 'looks',
      name: 'split',
      about:
        'The list’s share of the width beside the abstract, in percent; < and > change it while reading.',
    },
    20,
    80,
    55,
  ),
  mouse: toggle(
    {
      section: 'looks',
      name: 'mouse',
      about: 'Whether clicks and the wheel are the reader’s; with Shift they stay the terminal’s.',
    },
    true,
  ),
  windowTitle: toggle(
    { section: 'looks', name: 'window_title', about: 'Whether the window’s title says what is read.' },
    true,
  ),
  progress: toggle(
    {
      section: 'looks',
      name: 'progress',
      about: 'Whether the window or its tab shows how far a sync is (OSC 9;4).',
    },
    true,
  ),
  notify: toggle(
    {
      section: 'looks',
      name: 'notify',
      about: 'Whether new papers that a rule watches for ring the bell and, by OSC 9, notify the desktop.',
    },
    true,
  ),
} as const satisfies Readonly<Record<string, Setting>>

export type SettingKey = keyof typeof SETTINGS

/** The values of all settings. */
export type Values = {
  readonly [K in SettingKey]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never
}

export const SECTIONS = ['sources', 'reading', 'looks'] as const

/** In words, what a value is instead of what it should be. */
export const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : value instanceof Date
      ? 'a date'
      : typeof value === 'object'
        ? 'a section'
        : typeof value === 'string'
          ? 'a text'
          : typeof value === 'boolean'
            ? 'true or false'
            : 'a number'

/** A text from the file, cut to fit a line; a password before a host is not repeated. */
export const quote = (text: string) => `“${text.replace(/\/\/[^/@]*@/, '//…@').slice(0, 60)}”`
