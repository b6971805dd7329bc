import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dayOf } from '../../src/days.ts'
import { encodePng } from '../../src/pictures/png.ts'
import { gradient } from '../pictures/samples.ts'
import { type FakeArxiv, startFakeArxiv } from '../support/fake-arxiv.ts'
import { latexmlPage, pdfBytes } from '../support/fake-arxiv-papers.ts'
import { type FakeHub, onPath, startFakeHub } from '../support/fake-hub.ts'
import { hubComment } from '../support/fake-hub-pages.ts'
import { generateDay } from '../support/generate.ts'
import { temporaryFolder } from '../support/papers.ts'
import { footerOf, LAUNCHER, LIST, NOBODY, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

/** The first paper of the starter library's list. */
const ID = '2406.08607'

const sentence = (word: string, at: number) =>
  `<div class="ltx_para" id="${word}${at}"><p class="ltx_p">${at}. ${Array(40).fill(word).join(' ')}.</p></div>`
const section = (number: number, title: string, inner: string) =>
  `<section id="S${number}" class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">${number} </span>${title}</h2>${inner}</section>`

const wideTable = `<figure id="S2.T1" class="ltx_table"><table class="ltx_tabular"><tbody>${['head', 'body']
  .map(
    (row) =>
      `<tr class="ltx_tr">${Array.from({ length: 24 }, (_, at) => `<td class="ltx_td">${row}${at}</td>`).join('')}</tr>`,
  )
  .join('')}</tbody></table><figcaption class="ltx_caption">Table 1: All oils.</figcaption></figure>`

const BODY = [
  '<h1 class="ltx_title ltx_title_document">A Lantern Handbook</h1>',
  section(
    1,
    'Wicks',
    `<div class="ltx_para"><p class="ltx_p">Wicks burn <cite class="ltx_cite"><a class="ltx_ref" href="#bib.bib1">Marsh 1999</a></cite>
     as <a class="ltx_ref" href="https://lanterns.example/wicks">shown elsewhere</a>, with
     <math class="ltx_Math" alttext="\\alpha^{2}" display="inline"><mi>x</mi></math> of heat.</p></div>
     ${Array.from({ length: 20 }, (_, at) => sentence('wick', at)).join('')}`,
  ),
  section(2, 'Oils', `${Array.from({ length: 20 }, (_, at) => sentence('oil', at)).join('')}${wideTable}`),
  section(3, 'Ends', Array.from({ length: 20 }, (_, at) => sentence('end', at)).join('')),
  `<section id="bib" class="ltx_bibliography"><h2 class="ltx_title ltx_title_bibliography">References</h2><ul class="ltx_biblist">
   <li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag ltx_role_refnum ltx_tag_bibitem">Marsh 1999</span>
   <span class="ltx_bibblock">A. Marsh, The Book of Wicks.</span></li></ul></section>`,
].join('')

/** An arXiv that has the paper as HTML and as PDF, until the scope is left. */
async function arxivWithText(): Promise<FakeArxiv & AsyncDisposable> {
  const arxiv = await startFakeArxiv({
    htmls: new Map([[ID, latexmlPage(ID, 1, BODY)]]),
    pdfs: new Map([[ID, pdfBytes(300_000)]]),
  })
  return Object.assign(arxiv, { [Symbol.asyncDispose]: () => arxiv.close() })
}

/** A Hub whose one paper is that of the id, until the scope is left. */
async function hubThatLists(id: string): Promise<FakeHub & AsyncDisposable> {
  const day = '2024-06-13'
  const listed = generateDay(day, 1).map((entry) => ({ ...entry, paper: { ...entry.paper, id } }))
  const hub = await startFakeHub({ days: new Map([[day, listed]]) })
  return Object.assign(hub, { [Symbol.asyncDispose]: () => hub.close() })
}

function openedAt(home: { path: string }, arxiv: FakeArxiv, options: Parameters<typeof openReader>[1] = {}) {
  const { env, ...rest } = options
  return openReader(home, { ...rest, env: { BROADSHEET_ARXIV_ENDPOINT: arxiv.url, ...env } })
}

// Side by side: arXiv is asked once in three seconds, and some of them ask more than once. What polls takes the `expect` of
// its own test.
describe.concurrent('a full text', () => {
  it('opens from the list and the abstract, scrolls, jumps, follows links, and reads on offline where it was left', async ({
    expect,
  }) => {
    await using arxiv = await arxivWithText()
    using home = temporaryHome()
    const opened = join(home.path, 'opened')
    const browser = join(home.path, 'browser')
    writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > ${opened}\n`, { mode: 0o755 })
    {
      await using terminal = openedAt(home, arxiv, { columns: 100, env: { BROWSER: browser } })
      await terminal.waitFor('offline')
      await pressing(terminal, [
        ['f', /Wicks burn Marsh 1999/],
        [']', /A Lantern Handbook · |1 Wicks/],
        ['q', '1/45'],
        ['enter', 'Summary'],
        ['enter', 'with α² of heat'],
        ['G', '100%'],
        ['5', '100%'],
        ['0', '100%'],
        ['%', ' 50%'],
        ['home', ' 0%'],
        [' ', /wick wick/],
        ['b', ' 0%'],
        ['ctrl+d', /[1-9]%/],
        ['ctrl+u', ' 0%'],
        ['t', /2 Oils +│/],
        [']', /1 Wicks/],
        [']', /2 Oils\n|· 2 Oils/],
        ['[', /Wicks burn/],
      ])
      terminal.press('t')
      await terminal.waitGone(/2 Oils +│/)
      terminal.press('f')
      await terminal.waitFor(/Esc none/)
      const hints = terminal
        .cells()
        .flatMap((row) => row.filter(({ inverse, bold }) => inverse && bold).map(({ text }) => text))
      expect(hints).toHaveLength(2)
      await pressing(terminal, [
        [hints[0] ?? '', 'The Book of Wicks.'],
        ['ctrl+o', 'Wicks burn'],
        ['f', 'Esc none'],
        [hints[1] ?? '', 'Opening https://lanterns.example/wicks'],
        ['/', /^\//m],
        ['E', /^\/E /m],
        ['N', /^\/EN /m],
        ['D', /^\/END .* 1 of \d+$/m],
        ['enter', /1\/\d+ found/],
        ['n', /2\/\d+ found/],
        ['N', /1\/\d+ found/],
      ])
      terminal.press('escape')
      await terminal.waitGone(/found/)
      await pressing(terminal, [
        ['home', ' 0%'],
        [']', '1 Wicks'],
        [']', '· 2 Oils'],
      ])
      await expect.poll(() => existsSync(opened)).toBe(true)
      // The place is kept a moment after the last key.
      await pressing(terminal, [['q', 'Summary']])
      terminal.press('ctrl+c')
      expect((await terminal.waitExit()).exitCode).toBe(0)
    }
    const before = arxiv.requests.length
    await using again = openReader(home, { columns: 100 })
    await again.waitFor('offline')
    await pressing(again, [['f', '· 2 Oils']])
    expect(arxiv.requests.length).toBe(before)
    // Narrower, wider, and another size of the window: the place stays.
    again.press('<')
    again.resize(60, 20)
    await again.waitFor((screen) => screen.split('\n')[1]?.includes('2 Oils') ?? false)
    again.press('>')
    again.resize(140, 30)
    await again.waitFor((screen) => screen.split('\n')[1]?.includes('2 Oils') ?? false)
  })

  it('is whole again after every change of the window', async () => {
    await using arxiv = await arxivWithText()
    using home = temporaryHome()
    await using terminal = openedAt(home, arxiv, { columns: 100, rows: 30 })
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['f', 'Wicks burn'],
      ['G', 'The Book of Wicks.'],
    ])
    for (const [columns, rows] of [
      [60, 30],
      [100, 20],
      [40, 12],
      [90, 28],
    ] as const) {
      terminal.resize(columns, rows)
      // Every line is of the text, and each once: nothing of another size is left.
      await terminal.waitFor((screen) => {
        const lines = screen.split('\n')
        const parts = lines.slice(1, -1).map((line) => line.trim())
        return (
          lines.length === rows &&
          parts.includes('References') &&
          parts.every((line) =>
            /^(?:[─ ]*|References|(?:\d+\. )?(?:end ?)+\.?|.*(?:Marsh|Wicks|1999).*)$/.test(line),
          )
        )
      })
    }
  })

  it('scrolls a wide table sideways', async () => {
    await using arxiv = await arxivWithText()
    using home = temporaryHome()
    await using terminal = openedAt(home, arxiv)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['f', 'Wicks burn'],
      ['/', /^\//m],
    ])
    terminal.press(...'head0')
    await terminal.waitFor('1 of 1')
    await pressing(terminal, [['enter', /head0 /]])
    expect(terminal.screen()).not.toContain('head23')
    for (let times = 0; times < 25 && !terminal.screen().includes('head23'); times++) {
      terminal.press('right')
      await terminal.waitFor(new RegExp(`→ ${8 * (times + 1)}|head23|Nothing on the screen`))
    }
    expect(terminal.screen()).toContain('head23')
    await pressing(terminal, [['left', '→ ']])
  })

  it('shows its pictures in the terminal’s colours where that is wanted, and their captions alone on i', async () => {
    await using arxiv = await arxivWithText()
    using home = temporaryHome()
    writeFileSync(join(home.path, 'config.toml'), '[reading]\nimages = "blocks"\n')
    const figure = `<figure class="ltx_figure"><img src="x1.png" alt="Refer to caption" class="ltx_graphics">
      <figcaption class="ltx_caption">Figure 1: A lantern.</figcaption></figure>`
    arxiv.htmls.set(
      ID,
      latexmlPage(ID, 1, `<p class="ltx_p">Before.</p>${figure}<p class="ltx_p">After.</p>`),
    )
    arxiv.pictures.set(`${ID}v1/x1.png`, Buffer.from(encodePng(gradient(320, 160))))
    await using terminal = openedAt(home, arxiv, { rows: 50, env: { COLORTERM: 'truecolor' } })
    await terminal.waitFor('offline')
    await pressing(terminal, [['f', 'Figure 1: A lantern.']])
    await terminal.waitFor('▀▀▀▀', 30_000)
    const row = terminal.cells().find((cells) => cells.some(({ text }) => text === '▀')) ?? []
    const [first] = row.filter(({ text }) => text === '▀')
    expect(row.filter(({ text }) => text === '▀')).toHaveLength(40)
    expect([first?.fg.kind, first?.bg.kind]).toEqual(['rgb', 'rgb'])
    terminal.press('i')
    await terminal.waitGone('▀')
    await pressing(terminal, [['i', '▀▀▀▀']])
    terminal.resize(30, 40)
    await terminal.waitFor((screen) => /▀/.test(screen) && !/▀{31}/.test(screen))
    await pressing(terminal, [['q', '1/45']])
    writeFileSync(join(home.path, 'config.toml'), '[reading]\nimages = "blocks"\n[looks]\nascii = true\n')
    await using plain = openedAt(home, arxiv, { rows: 50, env: { COLORTERM: 'truecolor' } })
    await plain.waitFor('offline')
    await pressing(plain, [
      ['f', 'Figure 1: A lantern.'],
      ['i', 'This terminal shows no pictures'],
    ])
  }, 60_000)

  it('that is not there is told of, with the way to the PDF, which comes to the folder of choice and opens', async ({
    expect,
  }) => {
    await using arxiv = await arxivWithText()
    using home = temporaryHome()
    using folder = temporaryFolder()
    const opened = join(home.path, 'opened')
    const tools = join(home.path, 'tools')
    mkdirSync(tools)
    for (const name of ['xdg-open', 'open'])
      writeFileSync(join(tools, name), `#!/bin/sh\nprintf %s "$1" > ${opened}\n`, { mode: 0o755 })
    writeFileSync(join(home.path, 'config.toml'), `[reading]\npdf_folder = ${JSON.stringify(folder.path)}\n`)
    arxiv.htmls.delete(ID)
    await using terminal = openedAt(home, arxiv, { env: { PATH: `${tools}:${process.env.PATH}` } })
    await terminal.waitFor('offline')
    terminal.press('f')
    await terminal.waitFor(/This paper has no HTML version\..*p gets the PDF/s, 30_000)
    terminal.press('p')
    await terminal.waitFor(/Opening .*\.pdf/, 30_000)
    expect(existsSync(join(folder.path, `${ID}.pdf`))).toBe(true)
    await expect.poll(() => existsSync(opened)).toBe(true)
    await pressing(terminal, [['q', '1/45']])
    // The second time nobody is asked, until r asks anew.
    arxiv.htmls.set(ID, latexmlPage(ID, 1, BODY))
    terminal.press('f')
    await terminal.waitFor(/This paper has no HTML version, as was found on/)
    terminal.press('r')
    await terminal.waitFor('A Lantern Handbook', 30_000)
  }, 90_000)
})

describe.concurrent.each(SIZES)('at $columns by $rows a full text', (size) => {
  it('opens, is scrolled, has its sections and contents, and is searched', async () => {
    await using arxiv = await arxivWithText()
    using home = temporaryHome()
    await using terminal = openedAt(home, arxiv, size)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['f', /Wicks burn Marsh 1999/],
      ['G', '100%'],
      ['home', ' 0%'],
      [']', /^ *1 Wicks *$/m],
      ['t', /^ {3}2 Oils/m],
      // Where the contents take the place of the text they are gone through, and left; elsewhere they stand beside it.
      ...(size.columns < 100
        ? ([
            ['j', / 3\d% /],
            ['enter', /^ *2 Oils *$/m],
          ] as const)
        : ([[']', /· 2 Oils /]] as const)),
      ['/', /^\//m],
      ['END', /^\/END .* 1 of \d+$/m],
      ['enter', /1\/\d+ found/],
      ['n', /2\/\d+ found/],
    ])
    terminal.press('escape')
    await terminal.waitGone('found')
    await pressing(terminal, [['q', LIST]])
    expect(terminal.line(0)).toContain(' 1/45')
  })
})

describe('what else belongs to a paper', () => {
  it('shows its picture below the abstract, i switches it off, and without pictures nobody is asked', async () => {
    const day = dayOf(Date.now())
    const [entry] = generateDay(day, 1)
    const id = entry?.paper.id ?? ''
    const path = new URL(entry?.thumbnail ?? '').pathname
    const hub = await startFakeHub({
      days: new Map([[day, entry ? [entry] : []]]),
      pictures: new Map([[path, Buffer.from(encodePng(gradient(320, 160)))]]),
    })
    await using _closed = { [Symbol.asyncDispose]: () => hub.close() }
    using home = temporaryHome()
    writeFileSync(join(home.path, 'config.toml'), '[reading]\nimages = "blocks"\n')
    const options = { endpoint: hub.url, rows: 60, env: { COLORTERM: 'truecolor' } }
    const asked = () => hub.requests.filter(({ url }) => url === path).length
    {
      await using terminal = openReader(home, options)
      await terminal.waitFor('synced')
      await pressing(terminal, [
        ['home', '1/46'],
        ['enter', /Picture\n[^\n]*▀{20}/],
      ])
      expect(terminal.screen()).toContain(`https://arxiv.org/abs/${id}`)
      const row = terminal.cells().find((cells) => cells.some(({ text }) => text === '▀')) ?? []
      expect(row.find(({ text }) => text === '▀')?.fg.kind).toBe('rgb')
      terminal.press('i')
      await terminal.waitGone('▀')
      await pressing(terminal, [['i', '▀▀▀▀']])
      terminal.resize(30, 60)
      await terminal.waitFor(/^ All 1\/46/m)
      terminal.press('end')
      await terminal.waitFor((screen) => /▀/.test(screen) && !/▀{27}/.test(screen))
      terminal.press('q')
      await terminal.waitGone('▀')
      terminal.resize(80, 60)
      await terminal.waitFor(/^ Broadsheet +All 1\/46/m)
      await pressing(terminal, [['enter', '▀▀▀▀']])
      expect(asked()).toBe(1)
    }
    // Without a network the abstract is whole without it.
    await using offline = openReader(home, { ...options, endpoint: NOBODY })
    await offline.waitFor('1/46')
    await pressing(offline, [['enter', 'Abstract']])
    await using without = openReader(home, { ...options, args: [LAUNCHER, '--no-images'] })
    await without.waitFor('1/46')
    await pressing(without, [
      ['enter', 'Abstract'],
      ['i', 'This terminal shows no pictures'],
    ])
    expect(asked()).toBe(1)
  })

  it('shows what was said on the Hub, and keeps it', async () => {
    await using hub = await hubThatLists(ID)
    using home = temporaryHome()
    hub.comments.set(ID, [
      hubComment('one', { raw: 'A **fine** `lantern`.', name: 'ada' }),
      hubComment('two', { raw: 'Quite.', name: 'bo', parentCommentId: 'one' }),
    ])
    {
      await using terminal = openReader(home, { endpoint: hub.url })
      await terminal.waitFor('synced')
      await pressing(terminal, [['c', 'Comments on']])
      const screen = await terminal.waitFor('Quite.')
      expect(screen).toContain('ada · ')
      expect(screen).toContain('A fine lantern.')
      expect(screen).toMatch(/│ bo · /)
      await pressing(terminal, [['q', '1/45']])
    }
    await using again = openReader(home)
    await again.waitFor('1/45')
    await pressing(again, [['c', 'A fine lantern.']])
  })

  it('lists the links of its open text below its own', async () => {
    await using arxiv = await arxivWithText()
    using home = temporaryHome()
    await using terminal = openedAt(home, arxiv, { columns: 100 })
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['f', 'Wicks burn'],
      ['L', /shown elsewhere +https:\/\/lanterns\.example\/wicks/],
    ])
    const letters = /^ +(\w+) +shown elsewhere/m.exec(terminal.screen())?.[1] ?? ''
    await pressing(terminal, [['y', 'A letter copies the address']])
    terminal.press(...letters)
    await terminal.waitFor('Copied the address of “shown elsewhere”')
    expect(copied(terminal.bytes())).toBe('https://lanterns.example/wicks')
    expect(terminal.screen()).toContain('Wicks burn')
  })

  it('lists its links; a letter opens, y and a letter copies', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, { columns: 100 })
    await terminal.waitFor('offline')
    const screen = await pressing(terminal, [['L', 'A letter opens the link']]).then(() => terminal.screen())
    const letter = /^ +(\w) +PDF +https:\/\/arxiv\.org\/pdf\//m.exec(screen)?.[1] ?? ''
    await pressing(terminal, [
      ['y', 'A letter copies the address'],
      [letter, 'Copied the address of “PDF”'],
    ])
    expect(copied(terminal.bytes())).toBe(`https://arxiv.org/pdf/${ID}`)
    await pressing(terminal, [
      ['L', 'A letter opens the link'],
      ['escape', '1/45'],
    ])
  })

  it('asks the Hub what is linked while its links are open, and has it offline afterwards', async () => {
    await using hub = await hubThatLists(ID)
    using home = temporaryHome()
    hub.linked.set(ID, { models: ['fern-lab/heron-7b'], spaces: ['marsh/pond'] })
    {
      await using terminal = openReader(home, { endpoint: hub.url, columns: 120 })
      await terminal.waitFor('synced')
      hub.faults.push({ kind: 'slow-headers', delayMs: 700, match: onPath('/api/papers/') })
      await pressing(terminal, [['L', 'asking the Hub for more …']])
      const letterOf = (name: string) =>
        new RegExp(`^ +(\\w+) +${name} +https:`, 'm').exec(terminal.screen())?.[1]
      const letter = letterOf('PDF')
      expect(letter).toBeDefined()
      expect(terminal.screen()).not.toContain('heron')
      const counted = /model fern-lab\/heron-7b +https:\/\/\S+ +3 likes · 1,200 downloads/
      await terminal.waitFor(counted)
      await terminal.waitGone('asking the Hub')
      expect(letterOf('PDF')).toBe(letter)
      const keys = letterOf('Space marsh/pond') ?? ''
      await pressing(terminal, [['y', 'A letter copies the address']])
      terminal.press(...keys)
      await terminal.waitFor('Copied the address of “Space marsh/pond”')
      expect(copied(terminal.bytes())).toBe('https://huggingface.co/spaces/marsh/pond')
      // Not again within the hour.
      await pressing(terminal, [['L', counted]])
      expect(hub.requests.filter(({ url }) => url === `/api/papers/${ID}`)).toHaveLength(1)
    }
    await using again = openReader(home, { columns: 120 })
    // The Hub has put it on the day it was listed on, the oldest there is.
    await again.waitFor('1/45')
    await pressing(again, [
      ['G', '45/45'],
      ['L', /heron-7b +https:\/\/\S+ +3 likes/],
    ])
    await again.waitGone('asking the Hub')
    await pressing(again, [['escape', '45/45']])
  })

  it.each([
    ['u', 'the address', `https://arxiv.org/abs/${ID}`],
    ['i', 'the id', ID],
    ['t', 'the title', /^Reversing the Forget/],
    ['b', 'the BibTeX entry', /^@misc\{/],
    ['m', 'the Markdown link', new RegExp(`^\\[.*\\]\\(https://arxiv.org/abs/${ID}\\)$`)],
    ['a', 'the abstract', /\w{3}/],
  ])('y %s copies %s', async (key, name, text) => {
    using home = temporaryHome()
    await using terminal = openReader(home)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['y', 'u address'],
      [key, `Copied ${name}`],
    ])
    const got = copied(terminal.bytes())
    if (typeof text === 'string') expect(got).toBe(text)
    else expect(got).toMatch(text)
    expect(footerOf(terminal.screen())).toContain(`Copied ${name}: `)
  })
})

/** What the terminal was last told to copy. */
function copied(bytes: string): string {
  const encoded = [...bytes.matchAll(/\u001b\]52;c;([\w+/=]*)(?:\u0007|\u001b\\)/g)].at(-1)?.[1] ?? ''
  return Buffer.from(encoded, 'base64').toString()
}
