// Who may import what: the dependency rule of docs/architecture.md, read off the imports of src.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const SRC = join(import.meta.dirname, '../src')

interface Import {
  /** The importing file, from src: `app/list.ts`. */
  readonly from: string
  /** A file from src, or the name of a package (`cheerio`, `node:fs`). */
  readonly to: string
  readonly isPackage: boolean
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file))

// `import … from '…'`, `export … from '…'` and `import '…'` at the beginning of a line.
const STATEMENT = /^(?:import|export)\s+(?:(type\s+)?([\w$*{},\s]*?)\s*from\s*)?'([^']+)'/gm
const CALL = /(?<!typeof )\bimport\(\s*'([^']+)'\s*\)/g
const TYPE_CALL = /\btypeof import\(\s*'([^']+)'\s*\)/g

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  const named = (names: string) =>
    names.replace(/[{}\s]/g, '') !== '' && !/[{,]\s*(?!type\s|\})\w/.test(names)
  return [
    ...[...text.matchAll(STATEMENT)].map(([, type, names = '', to = '']) => ({
      to,
      typeOnly: type !== undefined || (names.startsWith('{') && named(names)),
    })),
    ...[...text.matchAll(CALL)].map(([, to = '']) => ({ to, typeOnly: false })),
    ...[...text.matchAll(TYPE_CALL)].map(([, to = '']) => ({ to, typeOnly: true })),
  ].map(({ to, typeOnly }) => {
    const isPackage = !to.startsWith('.')
    const path = relative(SRC, join(SRC, dirname(file), to)).replaceAll('\\', '/')
    const name = to.startsWith('node:')
      ? to
      : to
          .split('/')
          .slice(0, to.startsWith('@') ? 2 : 1)
          .join('/')
    return { from: file, to: isPackage ? name : path, isPackage, typeOnly }
  })
}

const imports = files.flatMap(importsOf)
const own = imports.filter(({ isPackage, to }) => !isPackage && to !== '../package.json')
const packages = imports.filter(({ isPackage }) => isPackage)

/** The domain: what everything else speaks of. */
const DOMAIN = ['paper.ts', 'days.ts']

/** `app` of `app/list.ts`; a file of src itself is the domain, `paper`, or wiring. */
const partOf = (file: string) =>
  file.startsWith('config/')
    ? 'wiring'
    : file.includes('/')
      ? (file.split('/')[0] ?? '')
      : DOMAIN.includes(file)
        ? 'paper'
        : 'wiring'

const ALLOWED: Record<string, readonly string[]> = {
  paper: ['paper'],
  text: ['paper', 'text'],
  sources: ['paper', 'text', 'sources'],
  pictures: ['pictures'],
  library: ['paper', 'library'],
  search: ['paper', 'text', 'library', 'search'],
  sync: ['paper', 'text', 'sources', 'library', 'search', 'sync'],
  app: ['paper', 'text', 'pictures', 'app'],
  ui: ['app', 'pictures', 'ui'],
  cli: ['paper', 'text', 'sources', 'library', 'search', 'sync', 'app', 'cli', 'wiring'],
  wiring: ['paper', 'text', 'sources', 'library', 'search', 'sync', 'app', 'cli', 'ui', 'pictures', 'wiring'],
}

/** The files of the app that touch the outside. */
const OUTSIDE = [
  'app/effects.ts',
  'app/background.ts',
  'app/background-search.ts',
  'app/background-sync.ts',
  'app/documents.ts',
  'app/text-sources.ts',
  'app/clipboard.ts',
  'app/decisions.ts',
  'app/other-instances.ts',
  'app/keeping.ts',
  'app/opening.ts',
  'app/row-loader.ts',
  'app/place-keeper.ts',
]
const THE_OUTSIDE = ['library', 'search', 'sources', 'sync']

/** What the prompt reads queries with: pure, and so the app's as well. */
const PURE = ['grammar', 'query', 'terms', 'fields', 'ranges', 'complete', 'rule-query'].map(
  (name) => `search/${name}.ts`,
)

const shown = (list: readonly Import[]) => list.map(({ from, to }) => `${from} imports ${to}`)

describe('the files of src', () => {
  it('are read whole: there are many, and many imports', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(own.length).toBeGreaterThan(100)
    expect(packages.length).toBeGreaterThan(20)
    for (const { to } of own) expect(files).toContain(to)
  })

  it('lie in parts that are known', () => {
    expect([...new Set(files.map(partOf))].filter((part) => !(part in ALLOWED))).toEqual([])
  })

  it('outside any part are the domain and wiring', () => {
    const root = files.filter((file) => !file.includes('/'))
    expect(root.toSorted()).toEqual(
      [
        ...[
          'access',
          'config',
          'days',
          'editor',
          'exit',
          'main',
          'open',
          'paper',
          'reader',
          'settings',
          'threads',
          'usage',
          'worker',
        ],
      ].map((name) => `${name}.ts`),
    )
  })
})

describe('imports', () => {
  it.each(Object.keys(ALLOWED))('of %s stay within what it may know', (part) => {
    const wrong = own
      .filter(({ from }) => partOf(from) === part)
      .filter(({ from, to, typeOnly }) => {
        if (ALLOWED[part]?.includes(partOf(to))) return false
        if (part !== 'app' || !THE_OUTSIDE.includes(partOf(to))) return true
        return !typeOnly && !OUTSIDE.includes(from) && !PURE.includes(to)
      })
    expect(shown(wrong)).toEqual([])
  })

  it('of what reads queries lead to nothing that the app must not load', () => {
    const beyond = own.filter(
      ({ from, to, typeOnly }) =>
        PURE.includes(from) && !typeOnly && !PURE.includes(to) && !DOMAIN.includes(to),
    )
    expect(shown(beyond)).toEqual([])
  })

  it('of the domain are of no package, and of the paper none at all', () => {
    const domain = imports.filter(({ from }) => DOMAIN.includes(from))
    expect(shown(domain.filter(({ from, isPackage }) => from === 'paper.ts' || isPackage))).toEqual([])
  })

  it('of the screen come from the reader alone, and of the command line from the program alone', () => {
    const users = (part: string) => [
      ...new Set(
        own.filter(({ from, to }) => partOf(to) === part && partOf(from) !== part).map(({ from }) => from),
      ),
    ]
    expect(users('ui')).toEqual(['reader.ts'])
    expect(users('cli')).toEqual(['main.ts'])
  })

  // LaTeX's mathematics holds text, and its text mathematics: what reads them calls each other.
  const isOneGrammar = (circle: readonly string[]) => circle.every((file) => file.startsWith('text/latex/'))

  it('never go round in a circle', () => {
    const next = (file: string) =>
      own.filter(({ from, typeOnly }) => from === file && !typeOnly).map(({ to }) => to)
    const circles: string[] = []
    const done = new Set<string>()
    const follow = (file: string, path: readonly string[]) => {
      const circle = path.includes(file) ? [...path.slice(path.indexOf(file)), file] : []
      if (!isOneGrammar(circle)) circles.push(circle.join(' → '))
      if (path.includes(file) || done.has(file)) return
      for (const to of next(file)) follow(to, [...path, file])
      done.add(file)
    }
    for (const file of files) follow(file, [])
    expect(circles).toEqual([])
  })
})

const HOMES: Record<string, RegExp> = {
  undici: /^sources\/http(?:-\w+)?\.ts$/,
  'better-sqlite3': /^library\//,
  ink: /^ui\//,
  react: /^ui\//,
  cheerio: /^(?:sources|text)\//,
  'fuse.js': /^(?:search\/|app\/(?:palette-entries|views)\.ts$)/,
  'fastest-levenshtein': /^(?:search\/|config\.ts$|config\/)/,
  feedsmith: /^sources\/feed-entries\.ts$/,
  'smol-toml': /^config\/toml\.ts$/,
  'string-width': /^text\/width\.ts$/,
  marked: /^text\/markdown(?:-\w+)?\.ts$/,
  'strip-ansi': /^text\/sanitise\.ts$/,
  commander: /^cli\/cli\.ts$/,
  'env-paths': /^settings\.ts$/,
  'node:child_process': /^(?:editor\.ts|app\/(?:opening|clipboard)\.ts|cli\/)/,
  'node:worker_threads': /^(?:threads|worker|app\/(?:background(?:-\w+)?|documents))\.ts$/,
  'node:fs':
    /^(?:open\.ts|config\.ts|config\/write\.ts|app\/decisions\.ts|library\/library\.ts|cli\/(?:config|import|note|schedule|install-timer)\.ts)$/,
  pngjs: /^pictures\/png\.ts$/,
  '@jsquash/jpeg': /^pictures\/codecs\.ts$/,
  '@jsquash/webp': /^pictures\/codecs\.ts$/,
  'node:fs/promises': /^(?:sources\/partial-file|pictures\/codecs)\.ts$/,
  'node:http': /^$/,
  'node:https': /^$/,
  // Its type alone.
  'node:net': /^app\/clipboard\.ts$/,
}

describe('packages', () => {
  it.each(Object.entries(HOMES))('%s is imported only where it belongs', (name, home) => {
    expect(shown(packages.filter(({ from, to }) => to === name && !home.test(from)))).toEqual([])
  })

  it('are those of package.json, each with a home, and each is used', () => {
    const used = new Set(packages.map(({ to }) => to).filter((name) => !name.startsWith('node:')))
    expect([...used].toSorted()).toEqual(Object.keys(manifest.dependencies).toSorted())
    expect([...used].filter((name) => !(name in HOMES))).toEqual([])
  })

  it('of the domain, the words of the text and the state are none that touch the outside', () => {
    const pure = packages.filter(
      ({ from }) => ['app', 'text', 'search'].includes(partOf(from)) && !OUTSIDE.includes(from),
    )
    const outside = ['node:fs', 'node:child_process', 'node:worker_threads', 'undici', 'better-sqlite3']
    expect(shown(pure.filter(({ to, typeOnly }) => outside.includes(to) && !typeOnly))).toEqual([])
  })
})

it('nobody reaches for the network but http.ts', () => {
  const callers = files.filter((file) => /(?<![.\w])fetch\(/.test(readFileSync(join(SRC, file), 'utf8')))
  expect(callers).toEqual([])
})
