import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameText, view } from '../../src/app/view.ts'
import type { StoredPaper } from '../../src/library/papers.ts'
import type { Linked } from '../../src/paper.ts'
import { type Driver, drive } from '../support/driver.ts'
import { idOf, rows, wholePaper } from '../support/papers.ts'

const ID = idOf(1)
const model = (number: number, counts: Partial<Linked> = {}): Linked => ({
  ...{ kind: 'model', name: `marsh/lantern-${number}` },
  ...counts,
})

/** A reader over three papers; what is linked with the first can change, as when the Hub has been asked. */
function reader(first: Partial<StoredPaper> = {}, size = { columns: 100, rows: 30 }) {
  let facts = first
  const driver = drive(rows(3), { size, paper: (row) => wholePaper(row, row.id === ID ? facts : {}) })
  const asked = (how: 'asking' | 'changed' | 'same', id = ID) =>
    driver.send({ type: 'paper-asked', answer: { id, how } })
  return {
    ...driver,
    asked,
    learn(next: Partial<StoredPaper>) {
      facts = next
      asked('changed')
    },
  }
}

/** What the list shows: the letters of each link and its place. */
function listed({ state }: Pick<Driver, 'state'>): [keys: string, url: string][] {
  const { choosing } = state()
  return choosing?.kind === 'links' ? choosing.links.map(({ keys, url }) => [keys, url]) : []
}

const screen = ({ state }: Pick<Driver, 'state'>) => frameText(view(state()))

describe('the list of a paper’s links', () => {
  it('asks the Hub for more, and says so while it does', () => {
    const driver = reader()
    expect(driver.during(() => driver.press('L'))).toEqual([{ type: 'ask-paper', id: ID }])
    expect(screen(driver)).not.toContain('asking the Hub')
    driver.asked('asking')
    expect(screen(driver)).toContain('A letter opens the link · asking the Hub for more …')
    const before = listed(driver)
    expect(driver.during(() => driver.asked('same'))).toEqual([])
    expect(screen(driver)).not.toContain('asking the Hub')
    expect(listed(driver)).toEqual(before)
  })

  it('asks for no paper that is not on arXiv', () => {
    const [row] = rows(1)
    const id = 'title:lanterns-00000000'
    const driver = drive([{ ...row, id } as NonNullable<typeof row>])
    expect(driver.during(() => driver.press('L'))).toEqual([])
  })

  it('gains what the Hub links, with counts, and keeps its letters', () => {
    const driver = reader({ linked: [model(1)] })
    driver.press('L')
    const before = listed(driver)
    driver.asked('asking')
    const linked = [model(2, { likes: 311, downloads: 146_356 }), model(1, { likes: 1 }), model(3)]
    driver.learn({ linked, githubRepo: 'https://github.com/marsh/lanterns' })
    expect(listed(driver).slice(0, before.length)).toEqual(before)
    expect(listed(driver).map(([, url]) => url)).toEqual([
      ...before.map(([, url]) => url),
      'https://github.com/marsh/lanterns',
      'https://huggingface.co/marsh/lantern-2',
      'https://huggingface.co/marsh/lantern-3',
    ])
    expect(screen(driver)).toMatch(/lantern-2 .*\/lantern-2 +311 likes · 146,356 downloads$/m)
    expect(screen(driver)).toMatch(/lantern-1 .*\/lantern-1 +1 like$/m)
    // The new letters open what they stand before, and the rows are read again.
    expect(driver.effects.at(-1)).toEqual({ type: 'load-rows' })
    const [keys = '', url] = listed(driver).at(-1) ?? []
    driver.press(...keys)
    expect(driver.effects.at(-1)).toEqual({ type: 'open', url })
  })

  it('keeps what is typed of a label while it grows', () => {
    const driver = reader({ linked: Array.from({ length: 20 }, (_, at) => model(at)) })
    driver.press('L')
    const [keys = '', url] = listed(driver).find(([label]) => label.length === 2) ?? []
    driver.press(keys[0] ?? '')
    driver.learn({ linked: Array.from({ length: 40 }, (_, at) => model(at)) })
    driver.press(keys[1] ?? '')
    expect(driver.effects.at(-1)).toEqual({ type: 'open', url })
  })

  it('has labels none of which begins another, however often it grows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }), (growth) => {
        const driver = reader()
        driver.press('L')
        let count = 0
        for (const more of growth) {
          const before = listed(driver)
          count += more
          driver.learn({ linked: Array.from({ length: count }, (_, at) => model(at)) })
          const now = listed(driver)
          expect(now.slice(0, before.length)).toEqual(before)
          expect(now).toHaveLength(3 + count)
          const labels = now.map(([keys]) => keys)
          for (const label of labels)
            expect(labels.filter((other) => other.startsWith(label))).toEqual([label])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('of another paper stays as it is, and closed it stays closed', () => {
    const driver = reader()
    driver.press('L')
    const before = listed(driver)
    driver.asked('asking', idOf(2))
    expect(screen(driver)).not.toContain('asking the Hub')
    expect(driver.during(() => driver.asked('changed', idOf(2)))).toEqual([{ type: 'load-rows' }])
    expect(listed(driver)).toEqual(before)
    driver.press('escape')
    driver.learn({ linked: [model(1)] })
    expect(driver.state().choosing).toBeNull()
  })

  it('shows counts where the address has to give way', () => {
    const driver = reader({ linked: [model(1, { likes: 5, downloads: 12_345 })] }, { columns: 80, rows: 24 })
    driver.press('L')
    expect(screen(driver)).toMatch(/https:\/\/huggingface\.co\/\S*… {2}5 likes · 12,345 downloads$/m)
  })
})
