import { describe, expect, it } from 'vitest'
import { contextOf } from '../../src/app/commands.ts'
import { lineText } from '../../src/app/frame.ts'
import type { SettingRow } from '../../src/app/settings.ts'
import { view } from '../../src/app/view.ts'
import { type Driver, drive } from '../support/driver.ts'
import { rows } from '../support/papers.ts'

const SETTINGS: SettingRow[] = [
  {
    key: 'feeds',
    name: 'sources.feeds',
    about: 'Feeds.',
    value: ['https://a.example/'],
    from: 'line 2',
    choices: null,
  },
  {
    key: 'theme',
    name: 'looks.theme',
    about: 'Colours.',
    value: 'dark',
    from: 'line 5',
    choices: ['terminal', 'light', 'dark'],
  },
  {
    key: 'split',
    name: 'looks.split',
    about: 'The list’s share.',
    value: 55,
    from: 'default',
    choices: null,
  },
  {
    key: 'pdfFolder',
    name: 'reading.pdf_folder',
    about: 'Where PDFs go.',
    value: null,
    from: 'default',
    choices: null,
  },
]

function opened(): Driver {
  const reader = drive(rows(3))
  expect(reader.during(() => reader.press(','))).toEqual([{ type: 'load-settings' }])
  configured(reader)
  return reader
}
function configured(reader: Driver, changes: object = {}): void {
  const { policy, paint, bindings } = reader.state()
  reader.send({ type: 'configured', settings: SETTINGS, policy, paint, bindings, split: null, ...changes })
}
const screen = (reader: Driver) => view(reader.state()).lines.map((line) => lineText(line).trimEnd())

describe('the settings', () => {
  it('are shown with their values, where these come from and what the selected one does', () => {
    const reader = opened()
    expect(screen(reader).slice(1, 8)).toEqual([
      ' Settings',
      '  sources.feeds       https://a.example/  line 2',
      '  looks.theme         dark  line 5',
      '  looks.split         55',
      '  reading.pdf_folder  –',
      '',
      '  Feeds.',
    ])
    reader.press('j')
    expect(screen(reader)).toContain('  Colours.')
  })

  it('go on to the next of their values, or are typed', () => {
    const reader = opened()
    reader.press('j')
    expect(reader.during(() => reader.press('enter'))).toEqual([
      { type: 'write-setting', key: 'theme', value: 'terminal' },
    ])
    reader.press('j', 'enter')
    expect([contextOf(reader.state()), screen(reader)[7]]).toEqual(['setting', 'looks.split: 55'])
    reader.press('ctrl+u', '4', '0')
    expect(reader.during(() => reader.press('enter'))).toEqual([
      { type: 'write-setting', key: 'split', value: 40 },
    ])
    configured(reader)
    expect(contextOf(reader.state())).toBe('settings')
    reader.press('k', 'k', 'enter')
    reader.type('https://b.example/')
    expect(reader.during(() => reader.press('enter'))).toEqual([
      { type: 'write-setting', key: 'feeds', value: ['https://a.example/', 'https://b.example/'] },
    ])
  })

  it('leave to the file to say what makes no sense', () => {
    const reader = opened()
    reader.press('j', 'j', 'enter', 'ctrl+u')
    reader.type('half')
    expect(reader.during(() => reader.press('enter'))).toEqual([
      { type: 'write-setting', key: 'split', value: 'half' },
    ])
    // What was typed is there to be mended.
    reader.send({ type: 'say', message: { kind: 'error', text: 'split is half.' } })
    expect(contextOf(reader.state())).toBe('setting')
    expect(screen(reader).join('\n')).toMatch(/looks\.split: half/)
    expect(screen(reader).join('\n')).toContain('split is half.')
  })

  it('go back to what they are by default, by d or by an empty line', () => {
    const reader = opened()
    expect(reader.during(() => reader.press('d'))).toEqual([{ type: 'write-setting', key: 'feeds' }])
    reader.press('enter', 'ctrl+u')
    expect(reader.during(() => reader.press('enter'))).toEqual([{ type: 'write-setting', key: 'feeds' }])
  })

  it('are left as they are by Esc, which closes the line first', () => {
    const reader = opened()
    reader.press('enter', 'x', 'escape')
    expect(contextOf(reader.state())).toBe('settings')
    reader.press('escape')
    expect([
      contextOf(reader.state()),
      reader.effects.filter(({ type }) => type === 'write-setting'),
    ]).toEqual(['list', []])
  })

  it('count at once', () => {
    const reader = opened()
    configured(reader, { policy: 'never', paint: { theme: 'light', ascii: true }, split: 30 })
    expect(reader.state()).toMatchObject({
      ...{ policy: 'never', paint: { theme: 'light', ascii: true } },
      panes: { split: 30 },
    })
  })
})
