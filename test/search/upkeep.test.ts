import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Library, openLibrary } from '../../src/library/library.ts'
import { countPapers, storePaper } from '../../src/library/papers.ts'
import { countPending, liveSegments, paperTexts } from '../../src/library/segments.ts'
import { createSearcher, type Searcher } from '../../src/search/search.ts'
import { FORMAT, wordsOf } from '../../src/search/segment.ts'
import { isBehind, upkeep } from '../../src/search/upkeep.ts'
import { verifyIndex } from '../../src/search/verify.ts'
import { aPaper, idOf, temporaryFolder } from '../support/papers.ts'

/** A library in a folder of its own that may lose the last moments at a power cut: tests write a lot. */
function quickLibrary(): { library: Library; readonly file: string } & Disposable {
  const folder = temporaryFolder()
  const file = join(folder.path, 'library.db')
  const held = {
    library: openLibrary(file, { durability: 'normal' }),
    file,
    [Symbol.dispose]() {
      held.library.close()
      folder[Symbol.dispose]()
    },
  }
  return held
}

const WORDS = ['tide', 'tides', 'quay', 'naïve', 'lantern', '潮', 'β', '42']
const ASKED = ['tide', 'tides', 'quay', 'naive', 'lantern', '潮', 'beta', '42', 'quaytide', '2501', 'absent']

/** Which papers a look at every text finds. */
function scan(library: Library, word: string): string[] {
  const pks = library.prepare('SELECT pk FROM papers').pluck().all() as number[]
  return paperTexts(library, pks)
    .filter((paper) => wordsOf(paper).some((words) => words.has(word)))
    .map(({ id }) => id)
    .sort()
}

/** Every word finds what a look at every text does, and the index says what the texts say. */
function expectRight(library: Library, searcher: Searcher, asked: readonly string[] = ASKED): void {
  expect(verifyIndex(library).problems).toEqual([])
  for (const word of asked) {
    const ids = [...searcher.search(`"${word}"`, 10_000).ids].sort()
    expect([word, ids]).toEqual([word, scan(library, word)])
  }
}

/** A number of steps of upkeep, whatever is due. */
function steps(library: Library, count: number, flushAt = 1): void {
  let done = 0
  upkeep(library, { flushAt, stop: () => done++ >= count })
}

type Text = Record<'title' | 'abstract' | 'authors', readonly string[]>
const some = (minLength: number) => fc.array(fc.constantFrom(...WORDS), { minLength, maxLength: 3 })
const text: fc.Arbitrary<Text> = fc.record({ title: some(1), abstract: some(0), authors: some(0) })
const number = fc.nat(24)

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('store' as const),
      of: fc.array(fc.tuple(number, text), { minLength: 1, maxLength: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), number }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('rename' as const), number, to: number }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('vote' as const), number, upvotes: fc.nat(500) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('steps' as const),
      count: fc.integer({ min: 1, max: 4 }),
      flushAt: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'upkeep' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'reopen' as const }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Does a step to a library; papers are stored, go and change their ids as they do in the program. */
function take(library: Library, what: Exclude<Step, { type: 'reopen' }>): void {
  if (what.type === 'store')
    library.transaction(() => {
      for (const [at, { title, abstract, authors }] of what.of)
        storePaper(
          library,
          aPaper({
            id: idOf(at),
            title: title.join('-'),
            abstract: abstract.join(' '),
            authors: [...authors],
          }),
        )
    })
  else if (what.type === 'delete') library.prepare('DELETE FROM papers WHERE id = ?').run(idOf(what.number))
  else if (what.type === 'rename')
    library.prepare('UPDATE OR IGNORE papers SET id = ? WHERE id = ?').run(idOf(what.to), idOf(what.number))
  else if (what.type === 'vote')
    library.prepare('UPDATE papers SET upvotes = ? WHERE id = ?').run(what.upvotes, idOf(what.number))
  else if (what.type === 'steps') steps(library, what.count, what.flushAt)
  else upkeep(library, { flushAt: 1 })
}

describe('whatever comes in, changes and goes', () => {
  it('a search finds exactly what is there, after every step', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (taken) => {
        using held = quickLibrary()
        let searcher = createSearcher(held.library)
        // It looks only at the end: all at once must come to the same as bit by bit.
        const late = createSearcher(held.library)
        let reopened = false
        for (const what of taken) {
          if (what.type === 'reopen') {
            held.library.close()
            held.library = openLibrary(held.file, { durability: 'normal' })
            searcher = createSearcher(held.library)
            reopened = true
          } else take(held.library, what)
          expectRight(held.library, searcher)
        }
        if (!reopened) expectRight(held.library, late)
        upkeep(held.library, { flushAt: 1 })
        expectRight(held.library, searcher)
        expect(countPending(held.library)).toBe(0)
      }),
      { numRuns: 60 },
    )
  })
})

/** Papers with two words each of a few, so many in each segment. */
function fill(library: Library, segments: readonly number[]): void {
  let next = countPapers(library)
  for (const size of segments) {
    library.transaction(() => {
      for (let end = next + size; next < end; next++) {
        const [one = '', other = ''] = [WORDS[next % 8], WORDS[(next * 5 + 3) % 7]]
        storePaper(
          library,
          aPaper({ id: idOf(next), title: `${one} ${other}`, abstract: other, authors: [one] }),
        )
      }
    })
    steps(library, 1)
  }
}

describe('upkeep', () => {
  it('leaves a few new papers to the memory of searches, and takes many into a segment', () => {
    using held = quickLibrary()
    const { library } = held
    for (let at = 0; at < 255; at++) storePaper(library, aPaper({ id: idOf(at), title: `tide ${at}` }))
    expect(isBehind(library)).toBe(false)
    upkeep(library)
    expect([countPending(library), liveSegments(library)]).toEqual([255, []])
    storePaper(library, aPaper({ id: idOf(255), title: 'quay' }))
    expect(isBehind(library)).toBe(true)
    upkeep(library)
    expect([countPending(library), liveSegments(library).length]).toEqual([0, 1])
    expectRight(library, createSearcher(library))
  })

  it('makes one segment of four of a size, and keeps what the newest says', () => {
    using held = quickLibrary()
    const { library } = held
    const searcher = createSearcher(library)
    fill(library, [20, 20, 20])
    library.prepare(`UPDATE papers SET title = 'quokka' WHERE pk % 7 = 0`).run()
    library.prepare(`DELETE FROM papers WHERE pk % 11 = 0`).run()
    fill(library, [20])
    expect(liveSegments(library)).toHaveLength(4)
    expectRight(library, searcher, [...ASKED, 'quokka'])
    upkeep(library, { flushAt: 1 })
    expect(liveSegments(library)).toHaveLength(1)
    expectRight(library, searcher, [...ASKED, 'quokka'])
    expect(library.prepare('SELECT count(DISTINCT segment) FROM search_postings').pluck().get()).toBe(1)
  })

  it('builds segments by other rules anew, a step at a time, while everything stays found', () => {
    using held = quickLibrary()
    const { library } = held
    const searcher = createSearcher(library)
    fill(library, [300, 30, 20])
    library.prepare(`UPDATE papers SET abstract = 'quokka' WHERE pk % 50 = 0`).run()
    library.prepare('UPDATE search_segments SET format = 0').run()
    expectRight(library, searcher, [...ASKED, 'quokka'])
    const old = () =>
      library.prepare('SELECT count(*) FROM search_segments WHERE format <> ?').pluck().get(FORMAT)
    let taken = 0
    for (; Number(old()) > 0; taken++) {
      expect(taken).toBeLessThan(20)
      steps(library, 1, 256)
      expectRight(library, searcher, [...ASKED, 'quokka'])
    }
    expect(taken).toBeGreaterThan(3)
    upkeep(library)
    expectRight(library, createSearcher(library), [...ASKED, 'quokka'])
  })
})

describe('of two programs that keep the index in shape at once', () => {
  /** A library in which, once, something happens behind a call of one of its functions. */
  const interrupted = (library: Library, call: 'snapshot' | 'transaction', happens: () => void): Library => {
    let happened = false
    return {
      ...library,
      [call]: <T>(work: () => T): T => {
        const result = library[call](work)
        if (!happened) {
          happened = true
          happens()
        }
        return result
      },
    }
  }

  it('the one that merges old segments does not undo what the other has taken in since', () => {
    using held = quickLibrary()
    const other = openLibrary(held.file, { durability: 'normal' })
    fill(held.library, [5, 5, 5, 5])
    const between = () => {
      other.prepare(`UPDATE papers SET title = 'quokka' WHERE pk = 3`).run()
      steps(other, 1)
    }
    upkeep(interrupted(held.library, 'snapshot', between), { flushAt: 2 })
    other.close()
    expectRight(held.library, createSearcher(held.library), [...ASKED, 'quokka'])
    expect(liveSegments(held.library).length).toBeLessThan(4)
  })

  it('the one that comes too late with a merge leaves the other’s', () => {
    using held = quickLibrary()
    const other = openLibrary(held.file, { durability: 'normal' })
    fill(held.library, [5, 5, 5, 5])
    upkeep(
      interrupted(held.library, 'transaction', () => upkeep(other)),
      {},
    )
    other.close()
    expectRight(held.library, createSearcher(held.library))
    expect(liveSegments(held.library)).toHaveLength(1)
    expect(held.library.prepare('SELECT count(*) FROM search_segments').pluck().get()).toBe(1)
  })
})

const BUSY = `
  import { openLibrary } from ${JSON.stringify(join(import.meta.dirname, '../../src/library/library.ts'))}
  import { upkeep } from ${JSON.stringify(join(import.meta.dirname, '../../src/search/upkeep.ts'))}
  const library = openLibrary(process.argv[1], { durability: 'normal' })
  process.stdout.write('ready')
  for (;;) {
    const [one, other] = [Math.random(), Math.random()].map((part) => Math.floor(part * 40))
    library.prepare('UPDATE papers SET title = ? WHERE pk % 40 = ?').run('tide word' + one, other)
    upkeep(library, { flushAt: 60 })
  }`

it('killed at any moment, it leaves an index that is right', { timeout: 120_000 }, async () => {
  using held = quickLibrary()
  fill(held.library, [1500, 700, 800])
  held.library.close()
  for (let kill = 0; kill < 10; kill++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', BUSY, held.file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    await once(child.stdout, 'data')
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 400)
    expect(await ended).toEqual([null, 'SIGKILL'])
    held.library = openLibrary(held.file, { durability: 'normal' })
    expect(held.library.db.pragma('integrity_check', { simple: true })).toBe('ok')
    expectRight(held.library, createSearcher(held.library), ['tide', 'quay', `word${kill}`])
    held.library.close()
  }
  held.library = openLibrary(held.file, { durability: 'normal' })
  upkeep(held.library, { flushAt: 1 })
  expectRight(held.library, createSearcher(held.library))
})
