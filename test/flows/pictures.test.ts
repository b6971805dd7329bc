import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodePng } from '../../src/pictures/png.ts'
import { part } from '../pictures/paint-strips.ts'
import { difference, paint } from '../pictures/samples.ts'
import { type FakeArxiv, startFakeArxiv } from '../support/fake-arxiv.ts'
import { latexmlPage } from '../support/fake-arxiv-papers.ts'
import { pictured, type Shown } from '../support/pictured.ts'
import { startTerminal, type Terminal } from '../support/terminal.ts'
import { LAUNCHER, NOBODY, openReader, pressing, temporaryHome } from './reader.ts'

/** The first paper of the starter library's list. */
const ID = '2406.08607'

// 32 × 8 cells of 10 × 20 pixels, no two rows of them alike.
const DRAWING = paint(320, 160, (x, y) =>
  Math.abs(x - 2 * y) < 3 ? [200, 0, 0] : x > 200 && y < 70 ? [0, 90, 180] : [255, 255, 255],
)

const paragraph = (at: number) =>
  `<div class="ltx_para"><p class="ltx_p">${at}. ${Array(30).fill('wick').join(' ')}.</p></div>`
const PAGE = latexmlPage(
  ID,
  1,
  `<h1 class="ltx_title ltx_title_document">A Lantern Handbook</h1>
   <section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section">Wicks</h2>${paragraph(0)}
   <figure class="ltx_figure"><img src="x1.png" alt="Refer to caption" class="ltx_graphics">
   <figcaption class="ltx_caption">Figure 1: A lantern.</figcaption></figure>
   ${Array.from({ length: 20 }, (_, at) => paragraph(at + 1)).join('')}</section>`,
)

let arxiv: FakeArxiv
beforeAll(async () => {
  arxiv = await startFakeArxiv({ htmls: new Map([[ID, PAGE]]) })
  arxiv.pictures.set(`${ID}v1/x1.png`, Buffer.from(encodePng(DRAWING)))
})
afterAll(() => arxiv.close())

describe.each(['sixel', 'iterm2'] as const)('a picture in a terminal that speaks %s', (protocol) => {
  const allowed = protocol === 'sixel' ? 2 : 0

  function open(home: { path: string }, args: readonly string[] = []) {
    const screen = pictured(protocol)
    const terminal = openReader(home, {
      ...{ columns: 120, rows: 30, args: [LAUNCHER, ...args], between: screen.between },
      env: { BROADSHEET_ARXIV_ENDPOINT: arxiv.url },
    })
    return { terminal, zoom: screen.zoom, ...watching(terminal, screen) }
  }

  function watching(terminal: Terminal, { shown, isOn }: ReturnType<typeof pictured>) {
    /** The picture on the screen, once a screen is as wanted. */
    const picture = async (wanted: (screen: string) => boolean = isOn) => {
      await terminal.waitFor(wanted, 30_000)
      const pictures = await shown(terminal)
      expect(pictures).toHaveLength(1)
      return pictures[0] as Shown
    }
    return { picture, isOn, gone: () => terminal.waitFor((screen) => !isOn(screen)) }
  }

  /** Whether the drawing is there from one of its rows on, pixel for pixel. */
  const expectDrawing = ({ bitmap, rows, columns }: Shown, from = 0, count = 8) => {
    expect([columns, rows]).toEqual([32, count])
    const wanted = part(DRAWING, 0, from * 20, DRAWING.width, count * 20)
    expect(difference(bitmap, wanted)).toBeLessThanOrEqual(allowed)
  }

  it('is painted where its rows are, moves with them, is cut off at both ends, and never in the footer', async () => {
    using home = temporaryHome()
    const { terminal, picture, gone } = open(home)
    await using _ = terminal
    await terminal.waitFor('offline')
    await pressing(terminal, [['f', 'A Lantern Handbook']])
    let last = await picture()
    expectDrawing(last)
    expect(terminal.line(last.row + 9)).toContain('Figure 1: A lantern.')
    // Over its upper end.
    const first = last.row
    for (let row = first - 1; row >= -6; row--) {
      terminal.press('j')
      // The status bar stays.
      const top = Math.max(1, row)
      last = await picture(() => !terminal.line(top + 8 + Math.min(0, row - 1)).includes('wick') && isAt(row))
      expectDrawing(last, top - row, 8 - (top - row))
    }
    terminal.press('G')
    await gone()
    terminal.press('home')
    expectDrawing(await picture())
    // Its lower end below the screen: what is left stops above the footer.
    terminal.resize(120, first + 5)
    last = await picture((screen) => screen.split('\n').length === first + 5 && isAt(first))
    expectDrawing(last, 0, 4)
    expect(last.row + last.rows).toBe(first + 4)
    expect(terminal.line(first + 4)).toContain('scroll')

    function isAt(row: number) {
      const caption = terminal
        .screen()
        .split('\n')
        .findIndex((line) => line.includes('Figure 1'))
      return caption === -1 || caption === row + 9
    }
  }, 60_000)

  it('makes way for its caption on i, the contents, another width, the list and the end of the reader', async () => {
    using home = temporaryHome()
    const { terminal, picture, gone, isOn } = open(home)
    await using _ = terminal
    await terminal.waitFor('offline')
    await pressing(terminal, [['f', 'A Lantern Handbook']])
    const before = await picture()
    terminal.press('i')
    await gone()
    expect(terminal.screen()).toContain('Figure 1: A lantern.')
    terminal.press('i')
    expect(await picture()).toEqual(before)
    terminal.press('t')
    const beside = await picture((screen) => isOn(screen) && screen.includes('│'))
    expectDrawing(beside)
    expect(beside.column).not.toBe(before.column)
    terminal.press('t')
    expect(await picture((screen) => isOn(screen) && !screen.includes('│'))).toEqual(before)
    terminal.resize(30, 30)
    const small = await picture(
      (screen) => isOn(screen) && screen.split('\n').every((line) => line.length <= 60),
    )
    expect(small.columns).toBe(26)
    terminal.resize(120, 30)
    await terminal.waitFor((screen) => isOn(screen) && screen.includes('wick '.repeat(16)))
    await expect.poll(async () => await picture()).toEqual(before)
    terminal.press('?')
    await gone()
    await pressing(terminal, [['escape', 'A Lantern Handbook']])
    expect(await picture()).toEqual(before)
    terminal.press('q')
    await terminal.waitFor('1/45')
    await gone()
    // Another time the picture is there again.
    await pressing(terminal, [['f', 'A Lantern Handbook']])
    expect(await picture()).toEqual(before)
    terminal.press('q')
    await terminal.waitFor('1/45')
    terminal.press('q')
    await terminal.waitExit()
    expect(terminal.isAlternate()).toBe(false)
    expect(terminal.screen()).toBe('')
  }, 60_000)

  it('fits the cells again when they have another size', async () => {
    using home = temporaryHome()
    const { terminal, zoom, picture, isOn } = open(home)
    await using _ = terminal
    await terminal.waitFor('offline')
    await pressing(terminal, [['f', 'A Lantern Handbook']])
    await picture()
    zoom({ width: 20, height: 40 })
    terminal.resize(60, 24)
    // Below the status bar: the last frame of the old size is on its way out.
    const shown = await picture(
      (screen) => screen.startsWith(' Reversing') && screen.split('\n').filter(isOn).length === 4,
    )
    expect([shown.columns, shown.rows]).toEqual([16, 4])
    expect(difference(shown.bitmap, DRAWING)).toBeLessThanOrEqual(allowed)
  }, 60_000)

  it('goes with the reader on Ctrl-Z and comes back with it', async () => {
    using home = temporaryHome()
    const screen = pictured(protocol)
    await using terminal = startTerminal({
      ...{ command: 'bash', args: ['--norc', '--noprofile', '-i'], between: screen.between },
      ...{ columns: 120, rows: 30 },
      env: {
        ...{ BROADSHEET_HOME: home.path, HF_ENDPOINT: NOBODY, BROADSHEET_ARXIV_ENDPOINT: arxiv.url },
        ...{ PS1: 'shell> ', HISTFILE: '' },
      },
    })
    const { picture, gone } = watching(terminal, screen)
    await terminal.waitFor('shell>')
    terminal.press(`'${process.execPath}' '${LAUNCHER}'`, 'enter')
    await terminal.waitFor('offline')
    await pressing(terminal, [['f', 'A Lantern Handbook']])
    const before = await picture()
    terminal.press('ctrl+z')
    await terminal.waitFor('Stopped')
    await gone()
    terminal.press('fg', 'enter')
    expect(await picture()).toEqual(before)
    await pressing(terminal, [
      ['q', '1/45'],
      ['q', 'shell>'],
    ])
    await gone()
  }, 60_000)

  it.each([
    ['--no-images', ['--no-images'], ''],
    ['images = "off"', [], '[reading]\nimages = "off"\n'],
  ])(
    'is not even asked for with %s',
    async (_how, args, config) => {
      using home = temporaryHome()
      writeFileSync(join(home.path, 'config.toml'), config)
      const asked = arxiv.requests.length
      const { terminal, isOn } = open(home, args)
      await using _ = terminal
      await terminal.waitFor('offline')
      await pressing(terminal, [
        ['f', 'Figure 1: A lantern.'],
        ['i', 'This terminal shows no pictures'],
      ])
      expect(isOn(terminal.screen())).toBe(false)
      expect(arxiv.requests.slice(asked).filter(({ url }) => url.includes('x1.png'))).toEqual([])
    },
    60_000,
  )
})
