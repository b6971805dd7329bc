// Every screen in a real terminal, at four sizes, and that none of them flickers on its way to the next.

import { describe, expect, it } from 'vitest'
import { LIST, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

/** Keys that open a screen, what it shows then, and the keys that lead back to the list. */
const SCREENS: readonly (readonly [...(readonly [keys: string, shows: string | RegExp][])])[] = [
  [
    ['?', 'In the list'],
    ['/', /^\//m],
    ['palette', 'every command'],
    // The bar says how many keys are shown while somebody filters.
    ['escape', / All 1/],
    ['escape', LIST],
  ],
  [
    [':', / commands$/m],
    ['statis', 'statistics'],
    ['escape', LIST],
  ],
  [
    ['v', /^> 1 All +45/m],
    ['escape', LIST],
  ],
  [
    ['s', /^ By {2}d day {2}u upvotes[\s\S]* c comments/m],
    ['c', 'by comments'],
    ['S', 'by comments, rever'],
    ['s', /^ By {2}d day/m],
    ['d', ' starter'],
  ],
  [
    ['g', /\bd the calendar|Enter read/],
    ['d', /\bDecember 2025 · 45/],
    ['[', /\bNovember 2025\b/],
    ['escape', LIST],
  ],
  [
    ['I', 'Statistics 0 read'],
    ['escape', LIST],
  ],
  [
    ['M', /^> \+ watch {2}author:/m],
    ['escape', LIST],
  ],
  [
    [',', /^ Settings/m],
    ['q', LIST],
  ],
  [
    ['L', 'A letter opens the link'],
    ['escape', LIST],
  ],
  [
    ['y', /^ u address {2}t title[\s\S]* a abstract/m],
    ['escape', LIST],
  ],
  [
    ['A', /^ Mark 45 papers read\? .*y yes {2}n no/m],
    ['n', LIST],
  ],
  [
    ['t', /^ Tags:/m],
    ['rl', /^ Tags: rl/m],
    ['enter', 'tagged #rl'],
    ['U', 'Undone'],
  ],
  [
    [' ', '1 selected'],
    ['escape', / 2\/45(?! · 1 selected)/],
    ['k', ' 1/45'],
  ],
  [
    ['T', 'Triage 1/45'],
    ['l', 'Triage 2/45'],
    ['q', LIST],
  ],
  [
    ['/', /^\//m],
    ['revrsal', /“revrsal” 1\/\d/],
    ['escape', LIST],
  ],
  [
    ['enter', 'f full text'],
    ['q', LIST],
  ],
  [
    ['W', 'Watched 0/0'],
    ['1', LIST],
  ],
  [
    ['M', /^ Rules/m],
    ['a', /m mute {2}w watch/],
    ['m', /^ Mute:/m],
    ['title:language', /^ Mute: title:language/m],
    ['enter', /^ Its name: title:language/m],
    ['enter', /\bmute +title:language/],
    ['D', 'Remove the rul'],
    ['y', /^> \+ watch {2}author:/m],
    ['escape', LIST],
  ],
  [
    ['/', /^\//m],
    ['language', /“language” 1\/\d/],
    ['enter', LIST],
    ['v', /^ Views/m],
    ['a', /^ Name:/m],
    ['Words', /^ Name: Words/m],
    ['enter', /^> +Words/m],
    ['enter', / Words 1\/\d/],
    ['1', / All \d+\/45/],
    ['home', / All 1\/45/],
  ],
  [
    ['D', /\bDecember 2025 · 45/],
    ['w', 'Week of 29'],
    ['escape', / All 1\/45/],
  ],
  [
    // A click on the second paper, a notch of the wheel up.
    ['\u001b[<0;36;4M\u001b[<0;36;4m', ' 2/45'],
    ['\u001b[<64;36;4M', LIST],
    ['k', ' 1/45'],
  ],
]

/** What is written outside of synchronised updates: a terminal may show it before the rest of its frame is there. */
const outsideOfFrames = (bytes: string) =>
  bytes
    .replace(/\u001b\[\?2026h[\s\S]*?\u001b\[\?2026l/g, '')
    // The window's title and its progress are not on the screen.
    .replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '')
    // Modes, questions to the terminal, the stack of titles.
    .replace(/\u001b\[[?>=]?[\d;]*[a-zA-Z]|\u001b\[\?[\d;]*\$p/g, '')

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('every screen opens and closes, and none is cleared on the way', { timeout: 120_000 }, async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    for (const steps of SCREENS) await pressing(terminal, steps)
    const bytes = terminal.bytes()
    expect(bytes.match(/\u001b\[\?2026h/g)?.length).toBeGreaterThan(SCREENS.length)
    expect(bytes).not.toMatch(/\u001b\[[23]?J|\u001bc/)
    expect(outsideOfFrames(bytes).trim()).toBe('')
  })
})
