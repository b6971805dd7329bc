import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import type { DocumentAnswer } from '../../src/app/document-answers.ts'
import { type DocumentRequest, type PdfAnswer, serveDocuments } from '../../src/app/documents.ts'
import { storeDiscussion } from '../../src/library/discussions.ts'
import { fullText, storeFullText, storePosition } from '../../src/library/fulltexts.ts'
import { storeDay } from '../../src/library/intake.ts'
import { encodePng } from '../../src/pictures/png.ts'
import { runsText } from '../../src/text/run-layout.ts'
import { gradient } from '../pictures/samples.ts'
import { type FakeArxiv, startFakeArxiv } from '../support/fake-arxiv.ts'
import { latexmlPage } from '../support/fake-arxiv-papers.ts'
import { startFakeHub } from '../support/fake-hub.ts'
import { aPaper, idOf, temporaryLibrary } from '../support/papers.ts'

const ID = idOf(1)
const NOBODY = 'http://127.0.0.1:1'
const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const page = (version: number, words: string) =>
  latexmlPage(ID, version, `<div class="ltx_para"><p class="ltx_p">${words}</p></div>`)

type Answer = DocumentAnswer | PdfAnswer

/** The thread's service without a thread, over a library with one paper of version 2. */
function serve(arxivEndpoint: string, endpoint = NOBODY) {
  const held = temporaryLibrary()
  storeDay(held.library, '2025-01-06', [aPaper({ id: ID, version: 2 })])
  const { port1, port2 } = new MessageChannel()
  closing.push(() => port2.close())
  closing.push(() => held[Symbol.dispose]())
  const access = {
    endpoint,
    feeds: [],
    arxiv: { endpoint: arxivEndpoint, categories: [], enrich: false, interval: 0 },
  }
  serveDocuments(port1, { libraryFile: held.file, access, problem: null, pdfFolder: '/nowhere' })
  const said: Answer[] = []
  const looks = new Set<() => void>()
  port2.on('message', (answer: Answer) => {
    said.push(answer)
    for (const look of looks) look()
  })
  const until = (fits: (answer: Answer) => boolean) =>
    new Promise<Answer>((resolve) => {
      const look = () => {
        const found = said.find(fits)
        if (!found) return
        looks.delete(look)
        resolve(found)
      }
      looks.add(look)
      look()
    })
  return { library: held.library, said, until, ask: (request: DocumentRequest) => port2.postMessage(request) }
}

const open = (request: number, kind: 'fulltext' | 'discussion' = 'fulltext', fresh = false) =>
  ({ type: 'open-document', request, kind, id: ID, width: 80, fresh, look: null }) as const

const isLast = (answer: Answer) => answer.type === 'part' && answer.part.last
const textOf = (answer: Answer) =>
  answer.type === 'part' ? answer.part.lines.map(({ runs }) => runsText(runs)).join('\n') : ''

async function arxivWith(htmls: Record<string, string>): Promise<FakeArxiv> {
  const arxiv = await startFakeArxiv({ htmls: new Map(Object.entries(htmls)) })
  closing.push(() => arxiv.close())
  return arxiv
}

describe('a full text', () => {
  it('is brought where none is kept, told of meanwhile, and kept', async () => {
    const { library, said, until, ask } = serve((await arxivWith({ [ID]: page(2, 'New words.') })).url)
    ask(open(1))
    expect(textOf(await until(isLast))).toBe('New words.')
    expect(said[0]).toEqual({
      type: 'said',
      request: 1,
      text: 'Asking arXiv for the full text …',
      failed: false,
    })
    expect(said.at(-1)).toMatchObject({ part: { source: expect.stringMatching(/ · v2 · \d+ \w{3} \d{4}$/) } })
    await expect.poll(() => fullText(library, ID)?.version).toBe(2)
  })

  it('is not asked for again where it is kept, and begins where it was left', async () => {
    const arxiv = await arxivWith({})
    const { library, until, ask } = serve(arxiv.url)
    storeFullText(library, ID, { html: page(2, 'Kept words.'), url: 'https://arxiv.example/x', version: 2 })
    storePosition(library, ID, { block: 0, line: 0 })
    ask(open(1))
    expect(await until(isLast)).toMatchObject({ part: { first: true, place: { block: 0, line: 0 } } })
    expect(arxiv.requests).toEqual([])
  })

  it('of an old version is shown at once, and the new one after it', async () => {
    const { library, said, until, ask } = serve((await arxivWith({ [ID]: page(2, 'New words.') })).url)
    storeFullText(library, ID, { html: page(1, 'Old words.'), url: 'https://arxiv.example/x', version: 1 })
    ask(open(1))
    await until((answer) => textOf(answer) === 'New words.')
    expect(said.map(textOf)).toEqual(['Old words.', 'New words.'])
    await expect.poll(() => fullText(library, ID)?.version).toBe(2)
  })

  it('of an old version stays, and what is wrong is said, where there is no network', async () => {
    const { library, said, until, ask } = serve(NOBODY)
    storeFullText(library, ID, { html: page(1, 'Old words.'), url: 'https://arxiv.example/x', version: 1 })
    ask(open(1))
    expect(await until(({ type }) => type === 'said')).toMatchObject({ request: 1, failed: true })
    expect(said.map(textOf)[0]).toBe('Old words.')
    expect(fullText(library, ID)).toMatchObject({ version: 1 })
  }, 20_000)

  it('is laid out anew for another width, and what is sought is found anew', async () => {
    const words = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ')
    const { library, until, ask } = serve(NOBODY)
    storeFullText(library, ID, { html: page(2, words), url: 'https://arxiv.example/x', version: 2 })
    ask(open(1))
    await until(isLast)
    ask({ type: 'find', request: 1, text: 'word59' })
    const before = await until(({ type }) => type === 'matches')
    ask({ type: 'lay-out', request: 2, width: 20, block: 0 })
    const after = await until((answer) => answer.type === 'matches' && answer.request === 2)
    const lineOf = (answer: Answer) => (answer.type === 'matches' ? answer.matches[0]?.[0]?.line : undefined)
    expect(lineOf(before)).toBeLessThan(10)
    expect(lineOf(after)).toBeGreaterThan(15)
  })

  it('comes in the width that the screen has by then', async () => {
    const { said, until, ask } = serve((await arxivWith({ [ID]: page(2, 'New words.') })).url)
    ask(open(1))
    ask({ type: 'lay-out', request: 2, width: 30, block: 0 })
    expect(await until(isLast)).toMatchObject({ request: 2 })
    expect(said.some((answer) => answer.type === 'part' && answer.request === 1)).toBe(false)
  })

  it('says why it does not come, whatever width the screen has by then', async () => {
    const { until, ask } = serve(NOBODY)
    ask(open(1))
    ask({ type: 'lay-out', request: 2, width: 30, block: 0 })
    expect(await until((answer) => answer.type === 'said' && answer.failed)).toMatchObject({ request: 2 })
  }, 20_000)

  it('stays, in any width, where it is asked for anew and nobody answers', async () => {
    const { library, said, until, ask } = serve(NOBODY)
    storeFullText(library, ID, { html: page(2, 'Kept words.'), url: 'https://arxiv.example/x', version: 2 })
    ask(open(1))
    await until(isLast)
    ask(open(2, 'fulltext', true))
    await until((answer) => answer.type === 'said' && answer.failed)
    said.length = 0
    ask({ type: 'lay-out', request: 3, width: 30, block: 0 })
    expect(textOf(await until(isLast))).toBe('Kept words.')
  }, 20_000)

  it('gives way to another that is asked for meanwhile', async () => {
    const { library, said, until, ask } = serve(NOBODY)
    const many = Array.from(
      { length: 3000 },
      (_, at) => `</p></div><div class="ltx_para"><p class="ltx_p">Line ${at}.`,
    )
    storeFullText(library, ID, { html: page(2, many.join('')), url: 'https://arxiv.example/x', version: 2 })
    ask(open(1))
    ask(open(2))
    await until((answer) => isLast(answer) && answer.type === 'part' && answer.request === 2)
    expect(said.some((answer) => isLast(answer) && answer.type === 'part' && answer.request === 1)).toBe(
      false,
    )
  })
})

it('a long text is begun before it is read whole, but where it was left', async () => {
  const many = Array.from(
    { length: 4000 },
    (_, at) => `</p></div><div class="ltx_para"><p class="ltx_p">Line ${at}.`,
  )
  const { library, said, until, ask } = serve(NOBODY)
  storeFullText(library, ID, { html: page(2, many.join('')), url: 'https://arxiv.example/x', version: 2 })
  ask(open(1))
  const whole = await until(isLast)
  expect(said[0]).toMatchObject({ part: { first: true, last: false } })
  expect(said[1]).toMatchObject({ part: { first: true, last: false } })
  expect(
    textOf(said[0] as Answer)
      .split('\n')
      .slice(0, 100),
  ).toEqual(
    textOf(said[1] as Answer)
      .split('\n')
      .slice(0, 100),
  )
  expect(textOf(whole)).toContain('Line 3999.')
  storePosition(library, ID, { block: 2000, line: 0 })
  said.length = 0
  ask(open(2))
  await until(isLast)
  expect(textOf(said[0] as Answer)).toContain('Line 2000.')
})

describe('a discussion', () => {
  const said = { at: 0, markdown: 'Well.', hidden: false, reactions: [], replies: [] }
  const comment = { id: 'a', author: 'ada', ...said }

  it('does not begin where the full text was left', async () => {
    const { library, until, ask } = serve(NOBODY)
    storeDiscussion(library, ID, [comment], Date.now())
    storePosition(library, ID, { block: 7, line: 1 })
    ask(open(1, 'discussion'))
    expect(await until(isLast)).toMatchObject({ part: { place: null } })
  })

  it('is shown as it is kept, and that nobody answers after it is old', async () => {
    const { library, said, until, ask } = serve(NOBODY)
    storeDiscussion(library, ID, [comment], Date.now())
    ask(open(1, 'discussion'))
    expect(textOf(await until(isLast))).toContain('Well.')
    storeDiscussion(library, ID, [comment], 0)
    ask(open(2, 'discussion'))
    expect(await until(({ type }) => type === 'said')).toMatchObject({ request: 2, failed: true })
    expect(said.filter(isLast)).toHaveLength(2)
  }, 20_000)
})

it('a PDF that cannot be had is told of', async () => {
  const { until, ask } = serve((await arxivWith({})).url)
  ask({ type: 'download-pdf', id: ID })
  expect(await until(({ type }) => type === 'pdf')).toMatchObject({
    id: ID,
    kind: 'failed',
    why: expect.stringMatching(/arXiv has no PDF of /),
  })
})

describe('the picture of an abstract', () => {
  const HOST = 'https://cdn-thumbnails.huggingface.co'
  const look = { kind: 'blocks', depth: 'truecolor' } as const
  const show = (request: number, name: string, width = 40) =>
    ({ type: 'show-picture', request, src: `${HOST}/${name}.png`, width, look }) as const
  const png = Buffer.from(encodePng(gradient(160, 80)))

  async function withHub() {
    const pictures = new Map(['a', 'b'].map((name) => [`/${name}.png`, png]))
    const hub = await startFakeHub({ pictures: pictures.set('/text.png', Buffer.from('no picture')) })
    closing.push(() => hub.close())
    const thread = serve(NOBODY, hub.url)
    const shown = async (request: number) => {
      const answer = await thread.until((said) => said.type === 'picture' && said.request === request)
      return answer.type === 'picture' ? answer.lines.map(({ runs }) => runsText(runs).length) : []
    }
    return { ...thread, hub, shown, paths: () => hub.requests.map(({ url }) => url) }
  }

  it('comes as rows that fit, and is fetched once', async () => {
    const thread = await withHub()
    thread.ask(show(1, 'a'))
    expect(await thread.shown(1)).toEqual(Array(5).fill(20))
    thread.ask({ type: 'hide-picture' })
    thread.ask(show(2, 'b'))
    await thread.shown(2)
    thread.ask(show(3, 'a', 10))
    expect(await thread.shown(3)).toEqual(Array(3).fill(10))
    expect(thread.paths()).toEqual(['/a.png', '/b.png'])
  })

  it('is left alone by who goes on at once', async () => {
    const thread = await withHub()
    thread.ask(show(1, 'a'))
    thread.ask({ type: 'hide-picture' })
    thread.ask(show(2, 'b'))
    await thread.shown(2)
    expect(thread.paths()).toEqual(['/b.png'])
    expect(thread.said.filter(({ type }) => type === 'picture')).toHaveLength(1)
  })

  it('is nothing where there is none or it is no picture, which is asked once', async () => {
    const thread = await withHub()
    for (const [request, name] of ['missing', 'text', 'missing', 'text'].entries()) {
      thread.ask(show(request + 1, name))
      await expect.poll(() => thread.paths()).toContain(`/${name}.png`)
    }
    thread.ask(show(9, 'a'))
    await thread.shown(9)
    expect(thread.paths()).toEqual(['/missing.png', '/text.png', '/a.png'])
    expect(thread.said.map(({ type }) => type)).toEqual(['picture'])
  })

  it('is taken off a terminal that keeps it, before another comes', async () => {
    const thread = await withHub()
    const kitty = { kind: 'kitty', cell: { width: 10, height: 20 }, throughTmux: false } as const
    thread.ask({ ...show(1, 'a'), look: kitty })
    await thread.shown(1)
    thread.ask({ ...show(2, 'b'), look: kitty })
    await thread.shown(2)
    thread.ask({ type: 'hide-picture' })
    await thread.until(() => thread.said.filter(({ type }) => type === 'drawn').length === 4)
    const sent = thread.said.flatMap((answer) =>
      answer.type === 'drawn'
        ? answer.preparations.flatMap((each) => (each.kind === 'send' ? [each.text] : [])).join('') || []
        : [],
    )
    expect(sent.map((command) => /a=(\w)/.exec(command)?.[1])).toEqual(['T', 'd', 'T', 'd'])
  })
})

describe('the pictures of a text', () => {
  const look = {
    ...({ kind: 'painted', protocol: 'sixel', colours: 256 } as const),
    cell: { width: 10, height: 20 },
  }
  /** What is told, in short: pictures by their numbers, lines by the number of the picture in them. */
  const inShort = (answer: Answer): (string | number | null)[][] => {
    if (answer.type === 'drawn')
      return answer.preparations.map((each) =>
        each.kind === 'send' ? [each.kind] : [each.kind, each.number],
      )
    if (answer.type !== 'part') return []
    const drawn = answer.part.lines.flatMap(({ runs }) => runs).find((run) => run.drawn)?.drawn
    const [, green, blue] = /38;2;0;(\d+);(\d+)m/.exec(drawn ?? '') ?? []
    return [['lines', answer.request, drawn ? Number(green) * 256 + Number(blue) : null]]
  }

  it('are given away before the lines that show them, and what they replace is taken back after', async () => {
    const figure = '<figure class="ltx_figure"><img src="x1.png" class="ltx_graphics"></figure>'
    const arxiv = await arxivWith({ [ID]: latexmlPage(ID, 2, figure) })
    arxiv.pictures.set(`${ID}v2/x1.png`, Buffer.from(encodePng(gradient(600, 200))))
    const { said, until, ask } = serve(arxiv.url)
    ask({ ...open(1), look })
    await until((answer) => inShort(answer).flat().includes(256) && answer.type === 'part')
    // Of the widths that a window has while it is dragged the last one counts.
    const before = said.length
    for (let width = 79; width >= 40; width--) ask({ type: 'lay-out', request: 81 - width, width, block: 0 })
    await until((answer) => inShort(answer).flat().includes('forget'))
    ask({ type: 'close-document' })
    await until((answer) => inShort(answer).flat().includes(257) && inShort(answer).flat().includes('forget'))
    expect(said.slice(0, before).flatMap(inShort)).toEqual([
      ['lines', 1, null],
      ['keep', 256],
      ['lines', 1, 256],
    ])
    expect(said.slice(before).flatMap(inShort)).toEqual([
      ['keep', 257],
      ['lines', 41, 257],
      ['forget', 256],
      ['forget', 257],
    ])
  }, 20_000)
})
