import { describe, expect, it } from 'vitest'
import { lineWidth, type Style } from '../../src/app/frame.ts'
import { view } from '../../src/app/view.ts'
import type { FieldValues } from '../../src/library/searches.ts'
import { type Driver, drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

const VALUES: FieldValues = {
  author: ['Yann LeCun', 'Yann Arthus', 'Ada Marsh', 'Émile Noël'],
  org: ['Saltmarsh Institute'],
  cat: ['cs.CL', 'cs.CV', 'cs.LG'],
  tag: [],
  date: ['2025-06', '2025-05'],
}

/** A reader whose prompt holds a query. */
function typing(query: string, columns = 120): Driver {
  const reader = drive(rows(20), { size: { columns, rows: 24 } })
  reader.press('/')
  reader.send({ type: 'values', values: VALUES })
  reader.type(query)
  return reader
}

const footer = (reader: Driver) => view(reader.state()).lines.at(-1) ?? []
const footerText = (reader: Driver) =>
  footer(reader)
    .map(({ text }) => text)
    .join('')
    .trimEnd()
const styled = (reader: Driver, style: Style) =>
  footer(reader)
    .filter(({ styles }) => styles.includes(style))
    .map(({ text }) => text)

describe('tab', () => {
  it.each([
    ['au', ['tab'], 'author:'],
    ['au', ['tab', 'tab'], 'author:"Yann LeCun" '],
    ['author:yann', ['tab'], 'author:"Yann LeCun" '],
    ['author:yann', ['tab', 'tab'], 'author:"Yann Arthus" '],
    ['author:yann', ['tab', 'tab', 'tab'], 'author:"Yann LeCun" '],
    ['author:yann', ['shift+tab'], 'author:"Yann Arthus" '],
    ['author:yann', ['tab', 'shift+tab'], 'author:"Yann Arthus" '],
    ['author:emile', ['tab'], 'author:"Émile Noël" '],
    ['cat:cs', ['tab', 'tab', 'tab'], 'cat:cs.LG '],
    ['robots org:salt', ['tab'], 'robots org:"Saltmarsh Institute" '],
    ['date:', ['tab', 'tab'], 'date:2025-05 '],
    ['is:un', ['tab'], 'is:unread '],
  ])('completes %j after %j to %j', (query, keys, text) => {
    const reader = typing(query)
    reader.press(...keys)
    expect(reader.state().prompt).toMatchObject({ text, cursor: text.length })
    expect(reader.effects.at(-1)).toMatchObject({ type: 'search', query: text })
  })

  it('completes where the cursor is', () => {
    const reader = typing('cat:cs.L robots')
    reader.press('home', ...Array(8).fill('right'), 'tab')
    expect(reader.state().prompt).toMatchObject({ text: 'cat:cs.LG robots', cursor: 10 })
  })

  it('chooses anew once the line was touched', () => {
    const reader = typing('author:yann')
    reader.press('tab')
    reader.type('au')
    reader.press('tab')
    expect(reader.state().prompt?.text).toBe('author:"Yann LeCun" author:')
  })

  it('says so where nothing can be completed', () => {
    const reader = typing('zzz')
    reader.find([idOf(1)])
    reader.press('tab')
    expect(reader.state().prompt?.text).toBe('zzz')
    expect(footerText(reader)).toMatch(/ Nothing here can be completed\.$/)
  })

  it('does not wait for results, unlike Enter', () => {
    const reader = typing('au')
    reader.press('tab')
    expect(reader.state()).toMatchObject({ held: [], prompt: { text: 'author:' } })
    reader.press('enter', 'tab')
    expect(reader.state().held).toEqual(['enter', 'tab'])
  })

  it('keeps the arrays of values that are the same', () => {
    const reader = typing('a')
    const { values } = reader.state()
    reader.send({ type: 'values', values: structuredClone({ ...VALUES, cat: ['cs.CL'] }) })
    expect(reader.state().values.author).toBe(values.author)
    expect(reader.state().values.cat).toEqual(['cs.CL'])
  })
})

describe('the prompt', () => {
  it('shows the best completion behind the cursor, and three beside', () => {
    const reader = typing('cat:cs')
    expect(footerText(reader)).toMatch(/^\/cat:cs\.CL .* Tab cs\.CL {2}cs\.CV {2}cs\.LG$/)
    expect(styled(reader, 'cursor')).toEqual(['.'])
    expect(styled(reader, 'dim')[0]).toBe('CL')
    reader.press('tab')
    expect(footerText(reader)).toMatch(/^\/cat:cs\.CL {2}/)
    expect(styled(reader, 'bold')).toEqual(['/', ' cs.CL'])
  })

  it('shows what a near spelling would become', () => {
    expect(footerText(typing('author:lecun'))).toMatch(/^\/author:lecun → Yann LeCun/)
  })

  it('shows none where the cursor is not at the end', () => {
    const reader = typing('robots cat:cs')
    reader.press('left')
    expect(footerText(reader)).toMatch(/^\/robots cat:cs {3}/)
  })

  it('colours fields and operators, and underlines what makes no sense and says why', () => {
    const reader = typing('title:robot or -cats upvotes:many now')
    expect(styled(reader, 'accent').slice(1, 4)).toEqual(['title:robot', 'or', '-'])
    expect(styled(reader, 'problem')).toEqual(['upvotes:many'])
    expect(footerText(reader)).toMatch(/ upvotes: takes a number/)
  })

  it('calls nothing a problem that is still being typed', () => {
    const reader = typing('title:robot date:2025-')
    expect(styled(reader, 'problem')).toEqual([])
  })

  it('says what is wrong in short, or not at all, where there is little room', () => {
    expect(footerText(typing('cat:?? robots', 80))).toMatch(/ cat: takes an arXiv category or archive$/)
    expect(footerText(typing('cat:?? robots', 40))).not.toContain('takes')
  })

  it('colours the same terms when it is scrolled', () => {
    const reader = typing(`${'word '.repeat(40)}title:robot nope:x upvotes:many x`, 60)
    expect(styled(reader, 'problem')).toEqual(['upvotes:many'])
    expect(footerText(reader)).toMatch(/upvotes:many x/)
    for (let left = 0; left < 60; left++) {
      reader.press('left')
      expect(lineWidth(footer(reader))).toBe(60)
    }
  })
})
