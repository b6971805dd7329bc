import { statSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fullText,
  hasFullText,
  position,
  storeFullText,
  storePosition,
  storeTextless,
  textlessSince,
} from '../../src/library/fulltexts.ts'
import { storePaper } from '../../src/library/papers.ts'
import { doiId } from '../../src/paper.ts'
import { latexmlPage } from '../support/fake-arxiv-papers.ts'
import { aPaper, aTitle, idOf, papers, temporaryLibrary } from '../support/papers.ts'

const { id: ID } = aPaper()
const TEXT = { html: latexmlPage(ID, 2), url: `https://arxiv.org/html/${ID}`, version: 2 }

describe('a full text', () => {
  it('is there again after closing, with where and when it came from', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper())
    expect([hasFullText(held.library, ID), fullText(held.library, ID)]).toEqual([false, null])
    storeFullText(held.library, ID, TEXT, 1000)
    const library = held.reopen()
    expect(hasFullText(library, ID)).toBe(true)
    expect(fullText(library, ID)).toEqual({ ...TEXT, fetchedAt: 1000 })
  })

  it('gives way to a newer one', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper())
    storeFullText(held.library, ID, TEXT, 1000)
    storeFullText(held.library, ID, { html: 'newer', url: 'https://a.example/', version: null }, 2000)
    expect(fullText(held.library, ID)).toEqual({
      html: 'newer',
      url: 'https://a.example/',
      version: null,
      fetchedAt: 2000,
    })
  })

  it('is kept as it is, whatever it holds', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper())
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (html) => {
        storeFullText(held.library, ID, { ...TEXT, html })
        expect(fullText(held.library, ID)?.html).toBe(html)
      }),
    )
  })

  it('takes little room', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper())
    const html = latexmlPage(ID, 1, '<p class="ltx_p">A line of a paper.</p>\n'.repeat(50_000))
    storeFullText(held.library, ID, { ...TEXT, html })
    held.library.close()
    expect(statSync(held.file).size).toBeLessThan(html.length / 5)
  })
})

describe('a position', () => {
  it('is kept for each paper, also after closing', () => {
    using held = temporaryLibrary()
    for (const paper of papers(2)) storePaper(held.library, paper)
    expect(position(held.library, idOf(1))).toBeNull()
    storePosition(held.library, idOf(1), { block: 12, line: 3 })
    storePosition(held.library, idOf(1), { block: 20, line: 0 })
    storePosition(held.library, idOf(2), { block: 1, line: 1 })
    const library = held.reopen()
    expect(position(library, idOf(1))).toEqual({ block: 20, line: 0 })
    expect(position(library, idOf(2))).toEqual({ block: 1, line: 1 })
  })

  it('stays where the full text is fetched anew', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper())
    storePosition(held.library, ID, { block: 12, line: 3 })
    storeFullText(held.library, ID, TEXT)
    storeFullText(held.library, ID, { ...TEXT, version: 3 })
    expect(position(held.library, ID)).toEqual({ block: 12, line: 3 })
  })

  it('keeps its paper from being deleted, and a full text goes with its paper', () => {
    using held = temporaryLibrary()
    const { library } = held
    for (const paper of papers(2)) storePaper(library, paper)
    const remove = (id: string) => library.prepare('DELETE FROM papers WHERE id = ?').run(id)
    storePosition(library, idOf(1), { block: 1, line: 0 })
    expect(() => remove(idOf(1))).toThrow('FOREIGN KEY')
    storeFullText(library, idOf(2), TEXT)
    remove(idOf(2))
    expect(fullText(library, idOf(2))).toBeNull()
  })
})

describe('a paper that gets its arXiv id', () => {
  const TITLE = 'Tidal Maps of Quiet Graphs'

  it('keeps its full text and position', () => {
    using held = temporaryLibrary()
    const { library } = held
    const { id } = storePaper(library, aTitle(TITLE))
    storeFullText(library, id, TEXT, 1000)
    storePosition(library, id, { block: 5, line: 2 })
    storePaper(library, aPaper({ title: TITLE }))
    expect(fullText(library, ID)).toEqual({ ...TEXT, fetchedAt: 1000 })
    expect(position(library, ID)).toEqual({ block: 5, line: 2 })
  })

  const DOI = '10.1000/tides'
  /** A paper known by its DOI beside the arXiv paper that says it later. */
  const twins = (work: (library: ReturnType<typeof temporaryLibrary>['library'], twin: string) => void) => {
    using held = temporaryLibrary()
    const { library } = held
    const twin = doiId(DOI)
    storePaper(library, aPaper({ id: twin, doi: DOI, title: TITLE, origin: 'feed' }))
    storePaper(library, aPaper())
    work(library, twin)
    storePaper(library, aPaper({ doi: DOI, version: 2 }))
    const of = (id: string) => [fullText(library, id)?.html ?? null, position(library, id)]
    expect(of(twin)).toEqual([null, null])
    return of(ID)
  }

  it('takes those of a record that becomes part of it', () => {
    const kept = twins((library, twin) => {
      storeFullText(library, twin, TEXT)
      storePosition(library, twin, { block: 5, line: 2 })
    })
    expect(kept).toEqual([TEXT.html, { block: 5, line: 2 }])
  })

  it.each([
    ['its own', 2000, 1000, { block: 1, line: 1 }],
    ['the other’s', 1000, 2000, { block: 5, line: 2 }],
  ])('has the position that was seen last where both have one: %s', (_whose, own, other, expected) => {
    const kept = twins((library, twin) => {
      storeFullText(library, ID, { ...TEXT, html: 'own' })
      storeFullText(library, twin, { ...TEXT, html: 'other' })
      storePosition(library, ID, { block: 1, line: 1 }, own)
      storePosition(library, twin, { block: 5, line: 2 }, other)
    })
    expect(kept).toEqual(['own', expected])
  })
})

describe('that there is none', () => {
  const DAY = 86_400_000

  it('is believed for two weeks, until there is a newer version or a text after all', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper())
    expect(textlessSince(held.library, ID, 2, 0)).toBeNull()
    storeTextless(held.library, ID, 2, 1000)
    const library = held.reopen()
    expect(textlessSince(library, ID, 2, 1000 + 14 * DAY)).toBe(1000)
    expect(textlessSince(library, ID, null, 1000)).toBe(1000)
    expect(textlessSince(library, ID, 2, 1001 + 14 * DAY)).toBeNull()
    expect(textlessSince(library, ID, 3, 1000)).toBeNull()
    storeFullText(library, ID, TEXT, 2000)
    expect(textlessSince(library, ID, 2, 2000)).toBeNull()
  })
})
