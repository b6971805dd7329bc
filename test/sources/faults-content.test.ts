// Answers that arrive whole and say something odd: what is told, and what is stored.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeMarks } from '../../src/library/history.ts'
import { markTime } from '../../src/library/marks.ts'
import { countPapers, findPaper } from '../../src/library/papers.ts'
import { listIds } from '../../src/library/rows.ts'
import { type FakeHub, onDay, startFakeHub } from '../support/fake-hub.ts'
import { generateDay, generateEntry, type HubEntry } from '../support/generate.ts'
import { temporaryLibrary } from '../support/papers.ts'
import { listed, syncInto } from '../support/synced.ts'

const DAY = '2025-01-06'
const SIZE = 5

let hub: FakeHub
let held: ReturnType<typeof temporaryLibrary>
beforeEach(async () => {
  hub = await startFakeHub({ days: new Map([[DAY, generateDay(DAY, SIZE)]]), today: '2025-01-12' })
  held = temporaryLibrary()
})
afterEach(async () => {
  held[Symbol.dispose]()
  await hub.close()
})

const sync = () => syncInto(held.library, { endpoint: hub.url, days: [DAY] })
const idsOf = (entries: readonly HubEntry[] | undefined) => (entries ?? []).map(({ paper }) => paper.id)
const WELL = { error: null, problems: [], pages: [] }

/** The hub's list, to be changed. */
const list = () => hub.days.get(DAY) ?? []

describe('a day that changes between two syncs', () => {
  it('and shrinks loses those listings, and no paper and no mark', async () => {
    await sync()
    const [gone = '', ...rest] = idsOf(list())
    changeMarks(held.library, [gone], { starred: true }, 'starred', 7)
    hub.days.set(DAY, list().slice(1))
    expect(await sync()).toMatchObject(WELL)
    expect(listed(held.library, DAY)).toEqual(rest)
    expect(countPapers(held.library)).toBe(SIZE)
    expect(findPaper(held.library, gone)).not.toBeNull()
    expect(markTime(held.library, gone, 'starred')).toBe(7)
  })

  it('and grows and is put in another order is as the server has it', async () => {
    await sync()
    hub.days.set(DAY, [generateEntry(900, DAY), ...list().toReversed()])
    expect(await sync()).toMatchObject(WELL)
    expect(listed(held.library, DAY)).toEqual(idsOf(list()))
  })

  it('and has another title for an id is about the same paper, with its mark', async () => {
    await sync()
    const [entry] = list()
    if (!entry) throw new Error('no entry')
    changeMarks(held.library, [entry.paper.id], { read: true }, 'read', 7)
    entry.title = entry.paper.title = 'Another Title Altogether'
    expect(await sync()).toMatchObject(WELL)
    expect(countPapers(held.library)).toBe(SIZE)
    expect(findPaper(held.library, entry.paper.id)).toMatchObject({ title: 'Another Title Altogether' })
    expect(markTime(held.library, entry.paper.id, 'read')).toBe(7)
  })

  it('and has two papers exchange their titles keeps both', async () => {
    await sync()
    const [one, two] = list()
    if (!one || !two) throw new Error('no entries')
    const titles = [one.paper.title, two.paper.title]
    ;[two.paper.title = '', one.paper.title = ''] = titles
    expect(await sync()).toMatchObject(WELL)
    expect(listed(held.library, DAY)).toEqual(idsOf(list()))
    for (const { paper } of [one, two])
      expect(findPaper(held.library, paper.id)?.title).toBe(paper.title.replace(/\s+/g, ' '))
  })
})

describe('a paper that comes more than once', () => {
  it('in one answer, thrice, is listed once, at its first place', async () => {
    const [first, second, ...rest] = list()
    if (!first || !second) throw new Error('no entries')
    hub.days.set(DAY, [first, second, first, ...rest, first])
    expect(await sync()).toMatchObject(WELL)
    expect(listed(held.library, DAY)).toEqual(idsOf([first, second, ...rest]))
  })

  it('as several versions is one paper', async () => {
    const [first, ...rest] = list()
    if (!first) throw new Error('no entry')
    const version = (suffix: string) => ({ ...first, paper: { ...first.paper, id: first.paper.id + suffix } })
    hub.days.set(DAY, [version('v1'), ...rest, version('v2'), version('v10')])
    expect(await sync()).toMatchObject(WELL)
    expect(listed(held.library, DAY)).toEqual(idsOf([first, ...rest]))
  })

  it('on a second page that is the first again is listed once, and a third page is not asked for', async () => {
    const whole = generateDay(DAY, 100)
    hub.days.set(DAY, [...whole, ...whole, ...whole])
    expect(await sync()).toMatchObject(WELL)
    expect(listed(held.library, DAY)).toEqual(idsOf(whole))
    expect(hub.requests).toHaveLength(2)
  })

  it('on two pages, since the list moved between them, is listed once', async () => {
    const whole = generateDay(DAY, 150)
    hub.days.set(DAY, [...whole.slice(0, 100), ...whole.slice(97)])
    expect(await sync()).toMatchObject(WELL)
    expect(listed(held.library, DAY)).toEqual(idsOf(whole))
  })
})

type Fields = Record<string, unknown>
const NONSENSE: unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e308, 2 ** 53, '', ' ', 'text', '\u001b[2J\u202e\ud800', 'x'.repeat(50_000)],
  ...[[], {}, [null], [{}], [[]], ['x'], [{ name: 7, hidden: 'no' }], { fullname: 3, name: [] }],
]
const INNER = Object.keys({
  ...generateEntry(1, DAY).paper,
  ...{ projectPage: '', githubRepo: '', githubStars: 0, ai_summary: '', ai_keywords: [], organization: {} },
  ...{ submittedOnDailyAt: '', mediaUrls: [], linkedModels: [], linkedDatasets: [], linkedSpaces: [] },
})
const OUTER = Object.keys({ ...generateEntry(1, DAY), organization: {}, isAuthorParticipating: true })

/** A list in which each paper says something else that makes no sense in a field. */
function spoilt(field: string, isInner: boolean): HubEntry[] {
  return NONSENSE.map((value, at) => {
    const entry = generateEntry(1000 + at, DAY)
    if (isInner) (entry.paper as unknown as Fields)[field] = value
    else (entry as unknown as Fields)[field] = value
    return entry
  })
}

describe('a field that makes no sense', () => {
  it.each([
    ...INNER.filter((field) => !['id', 'title', 'submittedOnDailyAt'].includes(field)).map((field) => [
      field,
      true,
    ]),
    ...OUTER.filter((field) => field !== 'paper').map((field) => [field, false]),
  ] as [string, boolean][])('costs itself alone: %s (of the paper itself: %s)', async (field, isInner) => {
    hub.days.set(DAY, [...list(), ...spoilt(field, isInner)])
    expect(await sync()).toMatchObject(WELL)
    expect(listed(held.library, DAY)).toEqual(idsOf(list()))
    for (const id of listIds(held.library)) {
      const paper = findPaper(held.library, id)
      expect(paper?.title).toMatch(/\S/)
      expect(JSON.stringify(paper)).not.toMatch(/\\u001b|\u202e|\\ud800/)
      for (const count of [paper?.upvotes, paper?.comments, paper?.githubStars])
        expect(count === null || (Number.isSafeInteger(count) && Number(count) >= 0)).toBe(true)
    }
  })

  it('costs itself alone, where it says the day', async () => {
    hub.days.set(DAY, [...list(), ...spoilt('submittedOnDailyAt', true)])
    expect(await sync()).toMatchObject(WELL)
    expect(listed(held.library, DAY)).toEqual(idsOf(list()))
  })

  it.each([
    ['id', true],
    ['paper', false],
  ])('costs the paper, in words, where nobody could say which it is: %s', async (field, isInner) => {
    const sound = idsOf(list())
    hub.days.set(DAY, [...list(), ...spoilt(field, isInner)])
    const told = await sync()
    expect(told).toMatchObject({ error: null, pages: [] })
    expect(listed(held.library, DAY)).toEqual(sound)
    expect(told.problems).toEqual(
      NONSENSE.map((_value, at) =>
        expect.stringMatching(`^${DAY}: entry ${SIZE + at + 1} left out: no arXiv id`),
      ),
    )
    for (const problem of told.problems) expect(problem).toMatch(/^[\x20-\x7e]{1,120}$/)
  })

  it('is made good by the other title, or costs the paper, in words: title', async () => {
    hub.days.set(DAY, [...list(), ...spoilt('title', true)])
    const told = await sync()
    expect(told).toMatchObject({ error: null, pages: [] })
    expect(listed(held.library, DAY)).toHaveLength(list().length - told.problems.length)
    for (const problem of told.problems) expect(problem).toMatch(/entry \d+ left out: [\d.]+ has no title$/)
  })

  it('costs the paper, in words, where it has no other title', async () => {
    const untitled = spoilt('title', true).map((entry, at) => ({ ...entry, title: NONSENSE[at] as string }))
    const titled = untitled.filter(({ title }) => /x|te/.test(String(title)) && typeof title === 'string')
    const sound = idsOf(list())
    hub.days.set(DAY, [...list(), ...untitled])
    const told = await sync()
    expect(told).toMatchObject({ error: null, pages: [] })
    expect(listed(held.library, DAY)).toEqual([...sound, ...idsOf(titled)])
    expect(told.problems).toHaveLength(NONSENSE.length - titled.length)
    for (const problem of told.problems) expect(problem).toMatch(/entry \d+ left out: [\d.]+ has no title$/)
  })

  it.each([null, 7, 'paper', [], [[]]])('costs the entry where it is the whole of it: %j', async (entry) => {
    const json = [...list().slice(0, 2), entry, ...list().slice(2)]
    hub.faults = [{ kind: 'shape', json, match: onDay(DAY) }]
    const told = await sync()
    expect(told.problems).toEqual([expect.stringMatching(`^${DAY}: entry 3 left out: `)])
    expect(listed(held.library, DAY)).toEqual(idsOf(list()))
  })
})
