import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { changeMarks, undoLast } from '../../src/library/history.ts'
import { storeArrivals } from '../../src/library/intake.ts'
import { type Library, openLibrary } from '../../src/library/library.ts'
import { addListing } from '../../src/library/listings.ts'
import { countPapers, findPaper, storePaper } from '../../src/library/papers.ts'
import { listIds, listRows } from '../../src/library/rows.ts'
import { MIGRATIONS } from '../../src/library/schema.ts'
import { doiId, type Paper, provisionalId } from '../../src/paper.ts'
import { STARTER_DAY } from '../../src/sources/starter.ts'
import { aPaper, aTitle, temporaryLibrary } from '../support/papers.ts'

const TITLE = 'Tidal Maps of Quiet Graphs'
const SPELLED_ANOTHER_WAY = 'Tidal maps of  Quiet-Graphs'

const listingsOf = ({ db }: Library, id: string) =>
  db.prepare('SELECT day, source, rank FROM listings WHERE paper_id = ? ORDER BY day, source').all(id)
const markedIds = ({ db }: Library) => db.prepare('SELECT paper_id FROM marks ORDER BY 1').pluck().all()

describe('storing a paper', () => {
  it('tells new, same and changed apart', () => {
    using held = temporaryLibrary()
    const { library } = held
    expect(storePaper(library, aPaper())).toEqual({ id: aPaper().id, stored: 'new' })
    expect(storePaper(library, aPaper())).toEqual({ id: aPaper().id, stored: 'same' })
    expect(storePaper(library, aPaper({ upvotes: 9 }))).toEqual({ id: aPaper().id, stored: 'changed' })
    expect(findPaper(library, aPaper().id)?.upvotes).toBe(9)
    expect(countPapers(library)).toBe(1)
  })

  it('gives back every fact it was given', () => {
    using held = temporaryLibrary()
    const paper = aPaper({
      abstract: 'First paragraph.\n\nSecond, with “quotes”, naïve accents and 中文.',
      authors: ["Zoë O'Neill", 'Søren Ødegård', '"Quoted" Name'],
      aiSummary: 'One sentence.',
      keywords: ['a, b', 'c'],
      categories: ['cs.CL', 'hep-th'],
      organization: 'Saltmarsh Institute',
      projectPage: 'https://example.org/',
      githubRepo: 'https://github.com/example/tides',
      githubStars: 12,
      linked: [
        { kind: 'model', name: 'fern-lab/heron', likes: 3, downloads: 1200 },
        { kind: 'space', name: 'marsh/demo' },
      ],
      picture: 'https://cdn-uploads.huggingface.co/a.png',
    })
    storePaper(held.library, paper)
    expect(findPaper(held.library, paper.id)).toEqual({
      ...paper,
      day: paper.publishedOn,
      ...{ read: false, starred: false, later: false, hidden: false, tags: [], note: null, rules: [] },
    })
  })

  it('keeps the papers of a library that knew no pictures', () => {
    using held = temporaryLibrary()
    const file = `${held.file}.older`
    const db = new Database(file)
    db.pragma(`application_id = ${held.library.db.pragma('application_id', { simple: true })}`)
    const before = MIGRATIONS.findIndex((migration) => migration.includes('ADD COLUMN picture'))
    for (const migration of MIGRATIONS.slice(0, before)) db.exec(migration)
    db.pragma(`user_version = ${before}`)
    const linked = JSON.stringify([{ kind: 'model', name: 'fern-lab/heron' }])
    db.prepare(
      `INSERT INTO papers (id, title, title_key, abstract, authors, keywords, categories, linked, origin, day, rank)
       VALUES ('2501.00001', 'Lanterns', 'lanterns', '', '[]', '[]', '[]', ?, 'hub', '2025-01-06', 0)`,
    ).run(linked)
    db.close()
    const library = openLibrary(file)
    try {
      expect(findPaper(library, '2501.00001')).toMatchObject({ title: 'Lanterns', picture: null })
      const picture = 'https://cdn-thumbnails.huggingface.co/a.png'
      expect(storePaper(library, aPaper({ picture })).stored).toBe('changed')
      expect(findPaper(library, '2501.00001')).toMatchObject({
        picture,
        linked: [{ kind: 'model', name: 'fern-lab/heron' }],
      })
      // Who does not tell it takes nothing away.
      storePaper(library, aPaper({ origin: 'arxiv' }))
      expect(findPaper(library, '2501.00001')?.picture).toBe(picture)
    } finally {
      library.close()
    }
  })

  it('reads what was linked before counts were kept, and counts it from then on', () => {
    using held = temporaryLibrary()
    const known = [{ kind: 'model', name: 'fern-lab/heron' }] as const
    storePaper(held.library, aPaper({ linked: known }))
    expect(findPaper(held.library, aPaper().id)?.linked).toEqual(known)
    const counted = [{ ...known[0], likes: 3, downloads: 1200 }]
    expect(storePaper(held.library, aPaper({ linked: counted })).stored).toBe('changed')
    // A day's list does not tell what is linked, and takes nothing of it away.
    expect(storePaper(held.library, aPaper()).stored).toBe('same')
    expect(findPaper(held.library, aPaper().id)?.linked).toEqual(counted)
  })

  it.each<[string, Partial<Paper>, Partial<Paper>]>([
    ['a page says less than the Hub', { origin: 'hub' }, { origin: 'page' }],
    ['the starter library says less than a page', { origin: 'page' }, { origin: 'starter' }],
    ['the Hub says less than arXiv', { origin: 'arxiv' }, { origin: 'hub' }],
  ])('lets no less trusted source overwrite the text: %s', (_, known, said) => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper(known))
    storePaper(held.library, aPaper({ ...said, title: 'Other', abstract: 'Other.', authors: ['Nobody'] }))
    expect(findPaper(held.library, aPaper().id)).toMatchObject({
      title: aPaper().title,
      abstract: aPaper().abstract,
      authors: aPaper().authors,
      origin: known.origin,
    })
  })

  it('fills gaps from any source and lets no missing fact erase one', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper({ abstract: '', authors: [], upvotes: null, publishedOn: null }))
    storePaper(held.library, aPaper({ origin: 'page', abstract: 'From the page.', comments: null }))
    storePaper(held.library, aPaper({ origin: 'arxiv', abstract: '', categories: ['cs.LG', 'cs.CL'] }))
    storePaper(held.library, aPaper())
    expect(findPaper(held.library, aPaper().id)).toMatchObject({
      abstract: 'From the page.',
      publishedOn: '2025-01-02',
      comments: 1,
      categories: ['cs.LG', 'cs.CL'],
      origin: 'arxiv',
    })
  })
})

describe('a paper known by its title', () => {
  it('becomes the arXiv paper of that title, with marks, listings and history', () => {
    using held = temporaryLibrary()
    const { library } = held
    const { id } = storePaper(library, aTitle(TITLE))
    expect(id).toBe(provisionalId(TITLE))
    addListing(library, 'page', [{ id, day: '2025-01-06', rank: 4 }])
    changeMarks(library, [id], { read: true }, 'marked read')
    changeMarks(library, [id], { starred: true }, 'starred')

    const real = aPaper({ title: SPELLED_ANOTHER_WAY })
    expect(storePaper(library, real)).toEqual({ id: real.id, stored: 'changed' })
    expect(findPaper(library, id)).toBeNull()
    expect(countPapers(library)).toBe(1)
    expect(listRows(library)).toMatchObject([
      { id: real.id, title: SPELLED_ANOTHER_WAY, read: true, starred: true, day: '2025-01-06' },
    ])
    expect(listingsOf(library, real.id)).toEqual([{ day: '2025-01-06', source: 'page', rank: 4 }])
    expect(undoLast(library)).toEqual({ label: 'starred', ids: [real.id] })
    expect(findPaper(library, real.id)).toMatchObject({ read: true, starred: false })
    expect(undoLast(library)).toEqual({ label: 'marked read', ids: [real.id] })
    expect(markedIds(library)).toEqual([])
  })

  it('is the arXiv paper of that title where that one came first', () => {
    using held = temporaryLibrary()
    const { library } = held
    const real = aPaper({ title: SPELLED_ANOTHER_WAY, authors: ['Ada Marsh'] })
    storePaper(library, real)
    changeMarks(library, [real.id], { read: true }, 'marked read')
    const said = aTitle(TITLE, { abstract: 'As the page has it.', authorCount: 7 })
    expect(storePaper(library, said)).toEqual({ id: real.id, stored: 'same' })
    expect(findPaper(library, real.id)).toMatchObject({ ...real, read: true })
    expect(countPapers(library)).toBe(1)
  })

  it('is absorbed by a known paper that takes on its title', () => {
    using held = temporaryLibrary()
    const { library } = held
    const real = aPaper({ title: 'Tidal Maps, First Draft' })
    storePaper(library, real)
    addListing(library, 'hub', [{ id: real.id, day: '2025-01-03', rank: 0 }])
    changeMarks(library, [real.id], { starred: true }, 'starred the draft')
    const { id: twin } = storePaper(library, aTitle(TITLE))
    addListing(library, 'page', [{ id: twin, day: '2025-01-06', rank: 2 }])
    changeMarks(library, [twin], { read: true }, 'marked the page read')
    expect(countPapers(library)).toBe(2)

    expect(storePaper(library, { ...real, title: TITLE })).toEqual({ id: real.id, stored: 'changed' })
    expect(listRows(library)).toMatchObject([
      { id: real.id, title: TITLE, day: '2025-01-06', read: true, starred: true },
    ])
    expect(listingsOf(library, real.id)).toHaveLength(2)
    expect(undoLast(library)).toEqual({ label: 'marked the page read', ids: [real.id] })
    expect(findPaper(library, real.id)).toMatchObject({ read: false, starred: true })
    expect(undoLast(library)?.label).toBe('starred the draft')
    expect(markedIds(library)).toEqual([])
  })

  it('leaves the mark of the paper that absorbs it when only its own is undone', () => {
    using held = temporaryLibrary()
    const { library } = held
    const real = aPaper({ title: 'Tidal Maps, First Draft' })
    storePaper(library, real)
    changeMarks(library, [real.id], { read: true }, 'read the draft', 1000)
    const { id: twin } = storePaper(library, aTitle(TITLE))
    changeMarks(library, [twin], { read: true }, 'read the page', 2000)
    storePaper(library, { ...real, title: TITLE })
    expect(undoLast(library)?.label).toBe('read the page')
    expect(findPaper(library, real.id)?.read).toBe(true)
    expect(undoLast(library)?.label).toBe('read the draft')
    expect(findPaper(library, real.id)?.read).toBe(false)
  })

  it('is told from another of that title by the day it was published', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper({ id: '2401.00001', title: TITLE, publishedOn: '2024-01-01' }))
    storePaper(library, aPaper({ id: '2402.00002', title: TITLE, publishedOn: '2024-02-02' }))
    expect(countPapers(library)).toBe(2)
    expect(storePaper(library, aTitle(TITLE, { publishedOn: '2024-02-02' })).id).toBe('2402.00002')
    expect(storePaper(library, aTitle(TITLE, { publishedOn: '2024-01-01' })).id).toBe('2401.00001')
    expect(countPapers(library)).toBe(2)
  })

  it('is one paper however its title is spelled', () => {
    using held = temporaryLibrary()
    const { library } = held
    const { id: first } = storePaper(library, aTitle('Re-Ranking the Harbour'))
    changeMarks(library, [first], { read: true }, 'marked read')
    const { id: second } = storePaper(library, aTitle('Reranking the Harbour'))
    expect(listIds(library)).toEqual([second])
    expect(findPaper(library, second)?.read).toBe(true)
  })
})

describe('the starter library', () => {
  const starter = aPaper({
    origin: 'starter',
    upvotes: null,
    abstract: 'In our words.',
    publishedOn: '2024-06-12',
  })

  it('gives way to the paper itself: its text and its place in the list go', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeArrivals(library, 'starter', [{ paper: starter, listedOn: STARTER_DAY }])
    changeMarks(library, [starter.id], { read: true }, 'marked read')
    expect(listRows(library)).toMatchObject([{ day: STARTER_DAY, origin: 'starter' }])
    storePaper(library, aPaper({ publishedOn: '2024-06-12' }))
    expect(listingsOf(library, starter.id)).toEqual([])
    expect(listRows(library)).toMatchObject([{ day: '2024-06-12', origin: 'hub', read: true }])
    expect(findPaper(library, starter.id)?.abstract).toBe(aPaper().abstract)
  })

  it('keeps the day that a page says as well', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeArrivals(library, 'starter', [{ paper: starter, listedOn: STARTER_DAY }])
    storeArrivals(library, 'page', [{ paper: aPaper({ origin: 'page' }), listedOn: STARTER_DAY }])
    expect(listingsOf(library, starter.id)).toEqual([{ day: STARTER_DAY, source: 'page', rank: 0 }])
    expect(listRows(library)).toMatchObject([{ day: STARTER_DAY, origin: 'page' }])
  })

  it('comes back to nothing that is known better', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper())
    expect(storePaper(library, starter).stored).toBe('same')
    expect(findPaper(library, starter.id)?.origin).toBe('hub')
  })
})

it('keeps two arXiv papers of one title apart', () => {
  using held = temporaryLibrary()
  const { library } = held
  storePaper(library, aPaper({ id: '2401.00001', title: TITLE }))
  expect(storePaper(library, aPaper({ id: '2402.00002', title: TITLE })).stored).toBe('new')
  expect(listIds(library).sort()).toEqual(['2401.00001', '2402.00002'])
})

describe('a paper with a DOI', () => {
  const DOI = '10.1103/physrevd.76.013009'
  const article = (facts: Partial<Paper> = {}) =>
    aPaper({ id: doiId(DOI), doi: DOI, origin: 'feed', title: 'Spectra of Harbour Lanterns', ...facts })
  const preprint = (facts: Partial<Paper> = {}) =>
    aPaper({ title: 'Lantern spectra', origin: 'arxiv', ...facts })

  it.each([
    ['says its DOI', { doi: DOI }],
    ['has its title', { title: 'Spectra of harbour lanterns' }],
  ])('becomes the arXiv paper that %s, with its marks', (_how, facts) => {
    using held = temporaryLibrary()
    storePaper(held.library, article())
    changeMarks(held.library, [doiId(DOI)], { read: true }, 'read')
    expect(storePaper(held.library, preprint(facts))).toEqual({ id: preprint().id, stored: 'changed' })
    expect(listRows(held.library)).toMatchObject([{ id: preprint().id, read: true }])
    expect(findPaper(held.library, preprint().id)).toMatchObject({ doi: DOI, origin: 'arxiv' })
  })

  it('goes into an arXiv paper that gets the DOI later, with its marks', () => {
    using held = temporaryLibrary()
    storePaper(held.library, article())
    storePaper(held.library, preprint())
    changeMarks(held.library, [doiId(DOI)], { starred: true }, 'star')
    storePaper(held.library, preprint({ doi: DOI, version: 2 }))
    expect(listRows(held.library)).toMatchObject([{ id: preprint().id, starred: true }])
  })

  it('is another paper than one of the same short title', () => {
    using held = temporaryLibrary()
    storePaper(held.library, article({ title: 'Editorial' }))
    storePaper(held.library, preprint({ title: 'Editorial' }))
    expect(listRows(held.library)).toHaveLength(2)
  })

  it('is another paper than one with a DOI of its own', () => {
    using held = temporaryLibrary()
    storePaper(held.library, article())
    storePaper(held.library, article({ id: doiId('10.1000/b'), doi: '10.1000/b' }))
    expect(listRows(held.library)).toHaveLength(2)
  })
})
