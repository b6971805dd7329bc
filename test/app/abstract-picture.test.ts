import { describe, expect, it } from 'vitest'
import type { Look } from '../../src/app/drawings.ts'
import type { Effect } from '../../src/app/state.ts'
import { frameText, view } from '../../src/app/view.ts'
import type { StoredPaper } from '../../src/library/papers.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import { type Driver, drive } from '../support/driver.ts'
import { idOf, rows, wholePaper } from '../support/papers.ts'

const LOOK: Look = { kind: 'blocks', depth: 'truecolor' }
const picture = (id: string) => `https://cdn-thumbnails.huggingface.co/${id}.png`
const withPictures = (row: PaperRow): StoredPaper => wholePaper(row, { picture: picture(row.id) })

/** A reader over three papers with pictures, in a terminal that shows them. */
function reader(look: Look | null = LOOK, paper = withPictures): Driver {
  const driver = drive(rows(3), { size: { columns: 80, rows: 40 }, paper })
  driver.press('enter')
  if (driver.state().look === 'asking') driver.send({ type: 'look', look })
  return driver
}

const aboutPictures = (effects: readonly Effect[]) =>
  effects.filter(({ type }) => ['ask-look', 'show-picture', 'hide-picture'].includes(type))
const asked = (driver: Driver) => aboutPictures(driver.effects)
const during = (driver: Driver, ...keys: string[]) =>
  aboutPictures(driver.during(() => driver.press(...keys)))

/** Answers a request for a picture by two rows of text. */
function arrive(driver: Driver, request = driver.state().picture?.request ?? 0) {
  const lines = ['##first##', '##second#'].map((text) => ({ runs: [{ text, drawn: text }] }))
  driver.send({ type: 'document', answer: { type: 'picture', request, lines } })
}

const screen = (driver: Driver) => frameText(view(driver.state()))

describe('the picture of an abstract', () => {
  it('is asked for once the abstract is open and the terminal shows pictures, and stands below the text', () => {
    const driver = reader()
    expect(asked(driver)).toEqual([
      { type: 'ask-look' },
      {
        type: 'show-picture',
        request: driver.state().requests,
        src: picture(idOf(1)),
        width: 76,
        look: LOOK,
      },
    ])
    expect(screen(driver)).not.toContain('Picture')
    arrive(driver)
    expect(screen(driver)).toMatch(/Abstract\n.*\n(?:.*\n)*\n +Picture\n +##first##\n +##second#\n/)
    // Nothing that is done to the paper asks again.
    expect(during(driver, 'b', 'j', 'k', '?', 'escape')).toEqual([])
    expect(screen(driver)).toContain('##first##')
  })

  it('is not asked for beside the list, in triage, or where there is none', () => {
    const beside = drive(rows(3), { size: { columns: 160, rows: 40 }, paper: withPictures })
    expect(during(beside, 'j', 'j', 'k')).toEqual([])
    expect(during(beside, 'T')).toEqual([])
    expect(asked(reader(LOOK, (row) => wholePaper(row)))).toEqual([])
  })

  it('is not asked for where the terminal shows none', () => {
    const driver = reader(null)
    expect(asked(driver)).toEqual([{ type: 'ask-look' }])
    expect(during(driver, 'J', 'K', 'i')).toEqual([])
    expect(screen(driver)).toMatch(/This terminal shows no pictures/)
  })

  it('goes with its abstract, and the next one’s comes', () => {
    const driver = reader()
    const first = driver.state().picture?.request ?? 0
    arrive(driver)
    expect(during(driver, 'J').map(({ type }) => type)).toEqual(['hide-picture', 'show-picture'])
    expect(driver.state().picture?.src).toBe(picture(idOf(2)))
    // What comes late is no longer wanted.
    arrive(driver, first)
    expect(screen(driver)).not.toContain('##first##')
    expect(during(driver, 'h')).toEqual([{ type: 'hide-picture' }])
    expect(driver.state().picture).toBeNull()
  })

  it('makes room for a text before that is opened, and comes back', () => {
    const driver = reader()
    arrive(driver)
    const effects = driver.during(() => driver.press('f')).map(({ type }) => type)
    expect(effects.indexOf('hide-picture')).toBeGreaterThanOrEqual(0)
    expect(effects.indexOf('hide-picture')).toBeLessThan(effects.indexOf('open-document'))
    const back = driver.during(() => driver.press('q')).map(({ type }) => type)
    expect(back).toEqual(['close-document', 'show-picture'])
  })

  it('is switched off and on by i', () => {
    const driver = reader()
    arrive(driver)
    expect(during(driver, 'i')).toEqual([{ type: 'hide-picture' }])
    expect(screen(driver)).not.toContain('##first##')
    expect(screen(driver)).toContain('Abstracts are shown without their pictures.')
    expect(during(driver, 'J')).toEqual([])
    expect(during(driver, 'i').map(({ type }) => type)).toEqual(['show-picture'])
  })

  it('says so where i finds none', () => {
    const driver = reader(LOOK, (row) => wholePaper(row))
    driver.press('i')
    expect(screen(driver)).toContain('No picture of this paper is known.')
  })

  it('is drawn anew where the room for it has changed, the old one staying meanwhile', () => {
    const driver = reader()
    arrive(driver)
    const before = driver.effects.length
    driver.send({ type: 'resized', size: { columns: 40, rows: 40 } })
    expect(aboutPictures(driver.effects.slice(before))).toMatchObject([{ type: 'show-picture', width: 36 }])
    expect(screen(driver)).toContain('##first##')
    driver.send({ type: 'resized', size: { columns: 40, rows: 44 } })
    expect(aboutPictures(driver.effects.slice(before))).toHaveLength(1)
  })

  it('is part of what is scrolled', () => {
    const driver = reader()
    driver.send({ type: 'resized', size: { columns: 40, rows: 8 } })
    arrive(driver)
    driver.press('G')
    expect(screen(driver).split('\n').at(-2)).toContain('##second#')
  })
})
