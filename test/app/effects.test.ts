import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { createEffects, type ThreadRequest } from '../../src/app/effects.ts'
import { createRuntime, type Runtime } from '../../src/app/runtime.ts'
import { type Effect, initialState, selectedRow } from '../../src/app/state.ts'
import { backgroundEvents } from '../../src/app/thread-events.ts'
import { frameText, view } from '../../src/app/view.ts'
import { changeMarks, changeTags } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import type { Library } from '../../src/library/library.ts'
import { countPapers, countUnread, findPaper } from '../../src/library/papers.ts'
import { listIds, listRows } from '../../src/library/rows.ts'
import { addRule, allRules } from '../../src/library/rules.ts'
import { keepView, savedViews } from '../../src/library/views.ts'
import { deriveRules } from '../../src/search/rules.ts'
import { aPaper, idOf, papers, temporaryFolder, temporaryLibrary } from '../support/papers.ts'

/** The app over a real library, with a background that only notes what it is asked. */
function start(library: Library, limit = 1000, edit = async (_file: string): Promise<string | null> => null) {
  const asked: ThreadRequest[] = []
  let quits = 0
  const written: string[] = []
  const rows = listRows(library, { limit, withHidden: true })
  const totals = { papers: countPapers(library), unread: countUnread(library) }
  let effects: (effect: Effect) => void = () => {}
  const runtime = createRuntime(initialState({ columns: 80, rows: 24 }, rows, totals), (dispatch) => {
    const background = { ask: (request: ThreadRequest) => void asked.push(request) }
    const write = (text: string) => void written.push(text)
    const suspend = () => {}
    effects = createEffects({
      library,
      background,
      dispatch,
      write,
      notify: () => {},
      pictures: { keep: () => {}, forget: () => {} },
      look: async () => null,
      suspend,
      edit,
      configure: () => {},
      quit: () => void quits++,
    })
    return effects
  })
  const press = (...keys: string[]) => {
    for (const key of keys) runtime.dispatch({ type: 'key', key })
  }
  return { runtime, press, asked, written, quits: () => quits, effects }
}

/** The state once it is as wanted. */
function until(runtime: Runtime, wanted: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (wanted()) return resolve()
    const stop = runtime.subscribe(() => {
      if (!wanted()) return
      stop()
      resolve()
    })
  })
}

const readIds = (library: Library) => listRows(library).flatMap(({ id, read }) => (read ? [id] : []))

describe('marks', () => {
  it('go to the library and to the screen, and come back with U', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-06', papers(3))
    const { runtime, press } = start(library)
    press('j', 'm')
    expect(readIds(library)).toEqual([idOf(2)])
    expect(selectedRow(runtime.state())).toMatchObject({ id: idOf(2), read: true })
    expect(runtime.state()).toMatchObject({
      totals: { papers: 3, unread: 2 },
      message: { kind: 'info', text: 'marked read “Paper number 2” · U undoes' },
    })
    press('b')
    expect(findPaper(library, idOf(2))).toMatchObject({ read: true, starred: true })
    press('U')
    expect(runtime.state().message?.text).toBe('Undone: starred “Paper number 2”')
    press('U')
    expect(readIds(library)).toEqual([])
    expect(selectedRow(runtime.state())).toMatchObject({ read: false, starred: false })
    expect(runtime.state().totals.unread).toBe(3)
    press('U')
    expect(runtime.state().message).toEqual({ kind: 'info', text: 'Nothing left to undo.' })
  })

  it('by opening a paper are quiet, and undone like others', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-06', papers(3))
    const { runtime, press } = start(library)
    press('enter')
    expect(readIds(library)).toEqual([idOf(1)])
    expect(runtime.state()).toMatchObject({
      reading: true,
      message: null,
      paper: { id: idOf(1), read: true },
    })
    press('U')
    expect(readIds(library)).toEqual([])
  })

  it('from before a restart are undone too', () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(3))
    changeMarks(held.library, [idOf(1), idOf(3)], { read: true }, 'marked read 2 papers')
    const library = held.reopen()
    const { runtime, press } = start(library)
    press('U')
    expect(runtime.state().message?.text).toBe('Undone: marked read 2 papers')
    expect(runtime.state().totals.unread).toBe(3)
    expect(runtime.state().rows.map(({ read }) => read)).toEqual([false, false, false])
  })

  it('that cannot be written say so, and the screen stays true', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-06', papers(2))
    const { runtime, press } = start(library)
    library.db.pragma('query_only = ON')
    press('m')
    expect(runtime.state().message?.kind).toBe('error')
    expect(runtime.state().message?.text).toContain(held.file)
    expect(selectedRow(runtime.state())?.read).toBe(false)
    library.db.pragma('query_only = OFF')
    press('m')
    expect(readIds(library)).toEqual([idOf(1)])
  })
})

describe('rows', () => {
  it('come in pieces, all of them and in their order', async () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-06', papers(777))
    const { runtime } = start(library, 10)
    expect(runtime.state()).toMatchObject({ complete: false, totals: { papers: 777 } })
    runtime.dispatch({ type: 'started' })
    await until(runtime, () => runtime.state().complete)
    expect(runtime.state().rows.map(({ id }) => id)).toEqual(listIds(library))
  })

  it('are as the library has them when the last one asked', async () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-06', papers(300))
    const { runtime, effects } = start(library)
    effects({ type: 'load-rows' })
    storeDay(library, '2025-01-07', papers(320).slice(300))
    effects({ type: 'load-rows' })
    storeDay(library, '2025-01-08', papers(330).slice(320))
    effects({ type: 'load-rows' })
    await until(runtime, () => runtime.state().rows.length === 330)
    expect(runtime.state().rows.map(({ id }) => id)).toEqual(listIds(library))
    expect(selectedRow(runtime.state())?.id).toBe(idOf(1))
  })

  it('are the same objects where the library says the same', async () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2026-03-02', papers(4))
    const { runtime, effects } = start(library, 0)
    const loaded = async (change: () => unknown) => {
      const { rows } = runtime.state()
      change()
      effects({ type: 'load-rows', now: true })
      await until(runtime, () => runtime.state().rows !== rows)
      return runtime.state().rows
    }
    const first = await loaded(() => {})
    const second = await loaded(() => {
      changeTags(library, [idOf(2)], { add: ['oils'], remove: [] }, 'tagged')
      changeMarks(library, [idOf(3)], { starred: true }, 'starred')
    })
    expect(second.map((row, at) => row === first[at])).toEqual([true, false, false, true])
    expect(second.map(({ tags, starred }) => [...tags, starred])).toEqual([
      ...[[false], ['oils', false], [true], [false]],
    ])
  })

  it('are not read from a library that has been closed', async () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(3))
    const { runtime, effects } = start(held.library)
    effects({ type: 'load-rows' })
    held.library.close()
    const before = runtime.state()
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    expect(runtime.state()).toBe(before)
  })
})

describe('rules', () => {
  it('are kept, turned and removed in the library, and worked out by the sync’s thread', () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(3))
    const { press, asked } = start(held.library)
    press('M', 'a', 'm', ...'paper', 'enter', 'enter')
    expect(allRules(held.library)).toMatchObject([
      { kind: 'mute', query: 'paper', name: 'paper', isOn: true },
    ])
    expect(asked.filter(({ type }) => type === 'derive-rules')).toHaveLength(1)
    press('space')
    expect(allRules(held.library)).toMatchObject([{ isOn: false }])
    press('D', 'y')
    expect(allRules(held.library)).toEqual([])
    press('u')
    expect(allRules(held.library)).toMatchObject([{ kind: 'mute', query: 'paper', isOn: false }])
  })

  it('that mute hide nothing that is starred, as soon as it is', async () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(3))
    addRule(held.library, { kind: 'mute', query: 'paper', name: 'No papers' })
    deriveRules(held.library)
    const { runtime, press } = start(held.library)
    const hidden = () => runtime.state().rows.flatMap(({ id, hidden }) => (hidden ? [id] : []))
    press('0', 'j', 'b')
    expect(hidden()).toEqual([1, 3].map(idOf))
    expect(runtime.state().totals.unread).toBe(1)
    press('1')
    expect(selectedRow(runtime.state())?.id).toBe(idOf(2))
    press('b')
    expect(hidden()).toHaveLength(3)
    press('U')
    expect(hidden()).toEqual([1, 3].map(idOf))
  })
})

describe('saved views', () => {
  it('are kept in the library, refused with a reason, removed and brought back', () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(3))
    keepView(held.library, { name: 'Wicks', query: 'wick', key: 5, sort: null })
    const { runtime, press } = start(held.library)
    runtime.dispatch({ type: 'views', saved: savedViews(held.library) })
    press('v', '/', ...'wicks', 'escape')
    while (!frameText(view(runtime.state())).match(/^> 5 Wicks/m)) press('j')
    press('D', 'y')
    expect(savedViews(held.library)).toEqual([])
    press('u')
    expect(savedViews(held.library)).toMatchObject([{ name: 'Wicks', key: 5 }])
    press('5', 'escape', '/', ...'oil', 'escape')
    expect(runtime.state().views.saved).toHaveLength(1)
  })
})

describe('the background', () => {
  it('is asked for syncs and searches', () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(3))
    const { runtime, press, asked } = start(held.library)
    runtime.dispatch({ type: 'started' })
    press('r', '/', 'a', 'b')
    expect(asked).toMatchObject([
      { type: 'sync', asked: false },
      { type: 'sync', asked: true },
      { type: 'warm-up' },
      { type: 'search', request: 1, query: 'a' },
      { type: 'search', request: 2, query: 'ab' },
    ])
  })

  it('is asked for papers like the selected one', () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(3))
    const { press, asked } = start(held.library)
    press('j', '~')
    expect(asked).toEqual([{ type: 'similar', request: 1, id: idOf(2), limit: 100 }])
  })

  it('tells the reader the values of fields', () => {
    using held = temporaryLibrary()
    const { runtime } = start(held.library)
    const values = { author: ['Ada Marsh'], org: [], cat: [], date: ['2025-01'], tag: [] }
    for (const event of backgroundEvents({ type: 'values', values })) runtime.dispatch(event)
    expect(runtime.state().values).toEqual(values)
  })

  it('is answered to by events', () => {
    const found = { query: 'a', ids: [idOf(1)], matched: [] }
    const end = { kind: 'done', added: 1, asked: true } as const
    const event = { type: 'day', day: '2025-01-06', done: 0, total: 1 } as const
    expect(backgroundEvents({ type: 'found', request: 3, found })).toEqual([
      { type: 'found', request: 3, found },
    ])
    expect(backgroundEvents({ type: 'sync', event, ms: 7 })).toEqual([{ type: 'sync-event', event, ms: 7 }])
    expect(backgroundEvents({ type: 'synced', end })).toEqual([{ type: 'synced', end }])
  })

  it('that could not search shows nothing found and says why', () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(3))
    const { runtime, press } = start(held.library)
    press('/', 'a', 'enter')
    for (const event of backgroundEvents({
      type: 'search-failed',
      request: 1,
      why: 'It is torn.',
    }))
      runtime.dispatch(event)
    expect(runtime.state()).toMatchObject({ prompt: null, shown: new Uint32Array(), held: [] })
    expect(runtime.state().message).toEqual({ kind: 'error', text: 'The search failed: It is torn.' })
  })
})

describe('queries', () => {
  it('that are kept come back with Up, also after a restart', () => {
    using held = temporaryLibrary()
    const keep = ({ press, runtime }: ReturnType<typeof start>, letter: string) => {
      press('/', letter)
      const { asked = 0 } = runtime.state().search ?? {}
      runtime.dispatch({ type: 'found', request: asked, found: { query: letter, ids: [], matched: [] } })
      press('enter')
    }
    const before = start(held.library)
    keep(before, 'a')
    keep(before, 'b')
    before.press('/', 'up', 'up')
    expect(before.runtime.state()).toMatchObject({ history: ['b', 'a'], prompt: { text: 'a' } })
    const after = start(held.reopen())
    after.press('/', 'up')
    expect(after.runtime.state().prompt?.text).toBe('b')
  })
})

it('quits only when it is asked to', () => {
  using held = temporaryLibrary()
  const { press, quits } = start(held.library)
  press('j', 'escape')
  expect(quits()).toBe(0)
  press('q')
  expect(quits()).toBe(1)
})

describe('opening pages', () => {
  it.each(['file:///etc/passwd', 'javascript:alert(1)', '--help', 'x-scheme:y', ''])(
    'refuses %j and says so',
    (url) => {
      using held = temporaryLibrary()
      const { runtime, effects } = start(held.library)
      effects({ type: 'open', url })
      expect(runtime.state().message?.kind).toBe('error')
      expect(runtime.state().message?.text).toMatch(/^Not opened: .*is no http address\.$/)
      expect(runtime.state().message?.text).toContain(url)
    },
  )

  it('starts $BROWSER with the address alone, without a shell', async () => {
    using held = temporaryLibrary()
    using folder = temporaryFolder()
    const browser = join(folder.path, 'browser')
    const seen = join(folder.path, 'seen')
    writeFileSync(browser, `#!/bin/sh\nprintf '%s|' "$@" > '${seen}.new' && mv '${seen}.new' '${seen}'\n`)
    chmodSync(browser, 0o755)
    vi.stubEnv('BROWSER', browser)
    const { runtime, effects } = start(held.library)
    const url = 'https://example.org/?a=$(touch%20x)&b=;ls'
    effects({ type: 'open', url })
    vi.unstubAllEnvs()
    await until(runtime, () => runtime.state().message !== null)
    expect(runtime.state().message).toEqual({ kind: 'info', text: `Opening ${url}` })
    await vi.waitUntil(() => existsSync(seen), { timeout: 20_000 })
    expect(readFileSync(seen, 'utf8')).toBe(`${url}|`)
  })

  it.each([
    ['exit 0', [true, true]],
    ['case "$1" in *2) exit 3;; esac', [true, false]],
    ['exec sleep 3', [true, true]],
  ])('marks those papers read, and together, whose pages have opened: %s', async (script, read) => {
    using held = temporaryLibrary()
    using folder = temporaryFolder()
    const browser = join(folder.path, 'browser')
    writeFileSync(browser, `#!/bin/sh\n${script}\n`)
    chmodSync(browser, 0o755)
    vi.stubEnv('BROWSER', browser)
    storeDay(held.library, '2025-01-06', papers(2))
    const { runtime, effects } = start(held.library)
    const pages = [1, 2].map((at) => ({ url: `https://example.org/${at}`, id: idOf(at), read: false }))
    effects({ type: 'read-outside', pages, pageless: 0 })
    vi.unstubAllEnvs()
    const marks = () => pages.map(({ id }) => readIds(held.library).includes(id))
    await until(runtime, () => marks()[0] === true)
    expect(marks()).toEqual(read)
    const { message } = runtime.state()
    expect(message?.text).toMatch(read[1] ? /^Opening 2 pages$/ : /opens no pages here/)
    effects({ type: 'undo' })
    expect(marks()).toEqual([false, false])
  })

  it('says how many papers have no page', () => {
    using held = temporaryLibrary()
    vi.stubEnv('BROWSER', 'true')
    storeDay(held.library, '2025-01-06', [
      ...papers(1),
      aPaper({ id: 'title:no-page-1234', title: 'No page' }),
    ])
    const { runtime, press } = start(held.library)
    press('*', 'o')
    vi.unstubAllEnvs()
    expect(runtime.state().message?.text).toBe('Opening 1 page; 1 paper has none')
  })

  it('marks what was opened before what is decided afterwards', () => {
    using held = temporaryLibrary()
    using folder = temporaryFolder()
    const browser = join(folder.path, 'browser')
    writeFileSync(browser, '#!/bin/sh\nexec sleep 1\n')
    chmodSync(browser, 0o755)
    vi.stubEnv('BROWSER', browser)
    storeDay(held.library, '2025-01-06', papers(2))
    const { effects } = start(held.library)
    effects({
      type: 'read-outside',
      pages: [{ url: 'https://example.org/', id: idOf(1), read: false }],
      pageless: 0,
    })
    vi.unstubAllEnvs()
    effects({ type: 'mark', ids: [idOf(2)], change: { read: true }, say: true })
    effects({ type: 'undo' })
    expect(readIds(held.library)).toEqual([idOf(1)])
    effects({ type: 'undo' })
    expect(readIds(held.library)).toEqual([])
  })

  it('marks what was opened as the reader is left', async () => {
    using held = temporaryLibrary()
    vi.stubEnv('BROWSER', 'sleep')
    storeDay(held.library, '2025-01-06', papers(1))
    const { effects } = start(held.library)
    effects({
      type: 'read-outside',
      pages: [{ url: 'https://example.org/', id: idOf(1), read: false }],
      pageless: 0,
    })
    effects({ type: 'quit' })
    vi.unstubAllEnvs()
    expect(readIds(held.library)).toEqual([idOf(1)])
  })

  it('says so where $BROWSER is not there', async () => {
    using held = temporaryLibrary()
    vi.stubEnv('BROWSER', '/no/such/browser')
    const { runtime, effects } = start(held.library)
    effects({ type: 'open', url: 'https://example.org/' })
    vi.unstubAllEnvs()
    await until(runtime, () => runtime.state().message !== null)
    expect(runtime.state().message).toMatchObject({ kind: 'error' })
    expect(runtime.state().message?.text).toContain('BROWSER')
  })
})
