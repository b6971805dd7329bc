import { describe, expect, it } from 'vitest'
import { frameText, view } from '../../src/app/view.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import type { Rule } from '../../src/library/rules.ts'
import { type Driver, drive } from '../support/driver.ts'
import { aRow, idOf, rows, wholePaper } from '../support/papers.ts'

const aRule = (rule: number, facts: Partial<Rule> = {}): Rule => ({
  ...{ rule, kind: 'mute', query: 'survey', name: 'survey', isOn: true, since: 0, papers: 3 },
  ...facts,
})
const RULES = [aRule(1), aRule(2, { kind: 'tag', query: 'cat:cs.RO', name: 'robots', papers: 1200 })]

const paper = (row: PaperRow) =>
  wholePaper(row, {
    authors: ['Ada Marsh', 'Bo "B" Lind', 'Cy', 'Di'],
    organization: 'Saltmarsh Institute',
    categories: ['cs.CL', 'cs.AI'],
    keywords: ['world model'],
  })
const reader = (rules: readonly Rule[] = RULES): Driver => drive(rows(20), { rules, paper })
const screen = (driver: Driver) => frameText(view(driver.state())).split('\n')
const foot = (driver: Driver) => screen(driver).at(-1) ?? ''
const selected = (driver: Driver) => screen(driver).find((line) => line.startsWith('> '))
const kept = (driver: Driver, ...keys: string[]) =>
  driver.during(() => driver.press(...keys)).filter(({ type }) => type === 'keep-rule')

describe('M', () => {
  it('lists the rules with what they do and how many papers they match', () => {
    const driver = reader()
    driver.press('M')
    expect(selected(driver)).toMatch(/^> mute {3}survey +3$/)
    expect(screen(driver)).toContainEqual(
      expect.stringMatching(/^ {2}tag {4}cat:cs\.RO {2}→ #robots +1,200$/),
    )
    driver.press('M')
    expect(driver.state().overlay).toBeNull()
  })

  it('while a paper is read leads to the rules that could be made of it', () => {
    const driver = reader()
    driver.press('enter', 'M')
    expect(selected(driver)).toBe('> + watch  author:"Ada Marsh"')
    const offered = screen(driver).filter((line) => line.includes('+ mute'))
    expect(offered.map((line) => line.slice(11))).toEqual([
      'author:"Ada Marsh"',
      'author:"Bo B Lind"',
      'author:"Cy"',
      'org:"Saltmarsh Institute"',
      'cat:cs.CL',
      '"world model"',
    ])
    driver.press('j', 'enter')
    expect(foot(driver)).toMatch(/^ Mute: author:"Ada Marsh"/)
    expect(kept(driver, 'enter', 'enter')).toEqual([
      {
        type: 'keep-rule',
        of: null,
        wish: { kind: 'mute', query: 'author:"Ada Marsh"', name: 'author:"Ada Marsh"' },
      },
    ])
    driver.press('escape')
    expect(driver.state().reading).toBe(true)
  })
})

describe('a', () => {
  it('asks what the rule does, then for its query, counted as it is typed, then for its name', () => {
    const driver = reader([])
    driver.press('M', 'a')
    expect(foot(driver)).toMatch(/The rule is to +m mute +w watch +t tag/)
    driver.press('w')
    const asked = driver.during(() => driver.type('glass'))
    expect(asked.at(-1)).toEqual({ type: 'count-rule', query: 'glass' })
    driver.send({ type: 'rule-counted', query: 'glas', papers: 9 })
    expect(foot(driver)).not.toContain('9 papers')
    driver.send({ type: 'rule-counted', query: 'glass', papers: 1 })
    expect(foot(driver)).toMatch(/^ Watch for: glass +1 paper$/)
    driver.press('enter', 'ctrl+u')
    driver.type('All of glass')
    expect(kept(driver, 'enter')).toEqual([
      { type: 'keep-rule', of: null, wish: { kind: 'watch', query: 'glass', name: 'All of glass' } },
    ])
    expect(selected(driver)).toContain('All of glass')
  })

  it('completes fields and their values by Tab', () => {
    const driver = reader([])
    driver.press('M', 'a', 'm', ...'auth', 'tab')
    expect(foot(driver)).toMatch(/^ Mute: author:/)
  })

  it('says what is wrong in a query and where, and keeps nothing', () => {
    const driver = drive(rows(3), { size: { columns: 120, rows: 24 } })
    driver.press('M', 'a', 'm')
    driver.type('glass upvotes:many ')
    expect(foot(driver)).toContain('at 7: upvotes: takes')
    expect(kept(driver, 'enter')).toEqual([])
    expect(foot(driver)).toContain('“upvotes:many” at 7: upvotes: takes a number')
    driver.press('ctrl+u', ...'is:read')
    expect(kept(driver, 'enter')).toEqual([])
    expect(foot(driver)).toContain('Is: is no part of a rule')
    expect(driver.state().overlay).toMatchObject({ line: { part: 'query' } })
  })

  it('of a rule that tags wants a tag', () => {
    const driver = reader([])
    driver.press('M', 'a', 't', ...'glass', 'enter')
    expect(kept(driver, 'enter')).toEqual([])
    expect(foot(driver)).toContain('needs a tag')
    driver.type('#Glass')
    expect(kept(driver, 'enter')).toMatchObject([{ wish: { kind: 'tag', query: 'glass', name: 'glass' } }])
  })
})

describe('a rule', () => {
  it('is changed by e; its name goes along with its query until it has one of its own', () => {
    const driver = reader()
    driver.press('M', 'e', ...'s')
    expect(kept(driver, 'enter', 'enter')).toEqual([
      { type: 'keep-rule', of: 1, wish: { kind: 'mute', query: 'surveys', name: 'surveys' } },
    ])
  })

  it('is made to do something else by c and a letter', () => {
    const driver = reader()
    driver.press('M', 'c')
    expect(foot(driver)).toMatch(/The rule is to +m mute +w watch +t tag/)
    expect(driver.during(() => driver.press('w'))).toContainEqual({ type: 'count-rule', query: 'survey' })
    expect(kept(driver, 'enter', 'enter')).toEqual([
      { type: 'keep-rule', of: 1, wish: { kind: 'watch', query: 'survey', name: 'survey' } },
    ])
    driver.press('c', 't', 'enter')
    expect(foot(driver)).toMatch(/^ Its tag: *$/)
    expect(kept(driver, ...'reviews', 'enter')).toMatchObject([
      { of: 1, wish: { kind: 'tag', query: 'survey', name: 'reviews' } },
    ])
    driver.press('c')
    expect(foot(driver)).toContain('The rule is to')
    driver.press('escape')
    expect(driver.state().rules.all[0]).toMatchObject({ kind: 'tag', name: 'reviews' })
  })

  it('is turned off and on by Space, and its number says so', () => {
    const driver = reader()
    expect(driver.during(() => driver.press('M', 'space'))).toContainEqual({
      ...{ type: 'turn-rule', rule: 1, isOn: false },
    })
    expect(selected(driver)).toMatch(/survey +off$/)
    driver.press('space')
    expect(selected(driver)).toMatch(/survey +3$/)
  })

  it('is removed once it is asked and answered', () => {
    const driver = reader()
    driver.press('M', 'D')
    expect(foot(driver)).toContain('Remove the rule “survey”?')
    driver.press('n')
    expect(driver.state().rules.all).toHaveLength(2)
    driver.press('D', 'y')
    expect(driver.state().rules.all.map(({ rule }) => rule)).toEqual([2])
    expect(foot(driver)).toContain('Removed “survey” · u brings it back until you quit')
    driver.press('u')
    expect(driver.state().rules.all).toMatchObject([{ name: 'robots' }, { kind: 'mute', query: 'survey' }])
    expect(selected(driver)).toContain('survey')
    driver.press('u')
    expect(foot(driver)).toContain('No rule was removed since')
  })
})

describe('what rules do', () => {
  const some = () => [
    aRow({ id: idOf(1), title: 'One', watched: true }),
    aRow({ id: idOf(2), title: 'Two', hidden: true, mutedBy: 'No surveys' }),
    aRow({ id: idOf(3), title: 'Three', mutedBy: 'No surveys' }),
  ]

  it('shows in rows: what is watched for, and in Hidden the rule', () => {
    const driver = drive(some())
    expect(driver.shown()).toEqual([1, 3].map(idOf))
    expect(screen(driver).filter((line) => line.includes('◎'))).toHaveLength(1)
    driver.press('W')
    expect(driver.shown()).toEqual([idOf(1)])
    driver.press('0')
    expect(driver.shown()).toEqual([idOf(2)])
    expect(screen(driver).join()).toContain('by “No surveys”')
    driver.press('x')
    driver.press('1')
    expect(driver.shown()).toEqual([1, 2, 3].map(idOf))
    expect(screen(driver).join()).not.toContain('by “No surveys”')
  })

  it('is told by an abstract', () => {
    const driver = drive(some(), {
      paper: (row) => wholePaper(row, { rules: [{ kind: 'mute', name: 'No surveys' }] }),
    })
    driver.press('0', 'enter')
    expect(screen(driver).join()).toContain('hidden by the rule “No surveys”: x shows it all the same')
  })

  it('is loaded once it has changed, and a sync’s matches are told, to the terminal too', () => {
    const driver = reader()
    const watched = [
      { name: 'diffusion', papers: 3 },
      { name: 'x\u001b[31m', papers: 1 },
    ]
    const asked = driver.during(() => driver.send({ type: 'ruled', derived: { changed: 4, watched } }))
    expect(foot(driver)).toContain('3 new papers for “diffusion”, 1 for “x')
    expect(asked).toContainEqual({ type: 'load-rows', now: true })
    const said = asked.flatMap((effect) => (effect.type === 'notify' ? effect.text : []))
    expect(said[0]).toMatch(/^3 new papers for “diffusion”, 1 for “x[^\u001b\u0007]*$/)
    expect(said).toHaveLength(1)
  })

  it('is told to nobody where nothing new is watched for, and not to the terminal where that is not wanted', () => {
    const driver = reader()
    const none = driver.during(() => driver.send({ type: 'ruled', derived: { changed: 0, watched: [] } }))
    expect(none).toEqual([])
    expect(driver.state().message).toBeNull()
  })
})
