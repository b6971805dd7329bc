// The main screens as people see them, in test/golden/. After a wanted change `vitest run -u` writes them anew.

import { join } from 'node:path'
import { expect, it } from 'vitest'
import { frameText, view } from '../../src/app/view.ts'
import { changeMarks } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import { findPaper, type StoredPaper } from '../../src/library/papers.ts'
import { listIds, listRows, type PaperRow } from '../../src/library/rows.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { type Driver, drive } from '../support/driver.ts'
import { generateArchive } from '../support/generate.ts'
import { temporaryLibrary } from '../support/papers.ts'
import { aCounting } from '../support/statistics.ts'

/** Forty generated papers of four days as a library holds them, some read, some starred. */
function papersOnScreen(): { rows: PaperRow[]; papers: Map<string, StoredPaper> } {
  using held = temporaryLibrary()
  const { library } = held
  for (const [day, entries] of generateArchive({ from: '2025-12-01', to: '2025-12-04', perDay: 10, seed: 7 }))
    storeDay(
      library,
      day,
      parseEntries(entries).entries.map(({ paper }) => paper),
    )
  const ids = listIds(library)
  changeMarks(
    library,
    ids.filter((_, at) => at % 3 === 1),
    { read: true },
    'read',
  )
  changeMarks(
    library,
    ids.filter((_, at) => at % 11 === 4),
    { starred: true },
    'starred',
  )
  const papers = ids.flatMap((id) => findPaper(library, id) ?? [])
  return { rows: listRows(library), papers: new Map(papers.map((paper) => [paper.id, paper])) }
}

const { rows, papers } = papersOnScreen()
const whole = (row: PaperRow): StoredPaper => {
  const paper = papers.get(row.id)
  if (!paper) throw new Error(`no paper ${row.id}`)
  return { ...paper, read: row.read, starred: row.starred }
}

const search = (reader: Driver) => {
  reader.press('/')
  reader.type('sparse attent')
  reader.find(
    [3, 17, 8, 29].map((at) => rows[at]?.id ?? ''),
    ['sparse', 'attention', 'memory'],
  )
}

const SCREENS: [string, (reader: Driver) => void][] = [
  ['list', (reader) => reader.press('j', 'j', 'j')],
  ['unread', (reader) => reader.press('2', 'j', 'm')],
  ['starred', (reader) => reader.press('3')],
  ['search', search],
  [
    'results',
    (reader) => {
      search(reader)
      reader.press('enter', 'j')
    },
  ],
  ['reading', (reader) => reader.press('j', 'enter')],
  [
    'calendar',
    (reader) => {
      reader.press('D')
      const synced = ['2025-12-01', '2025-12-02', '2025-12-03', '2025-12-04', '2025-11-28', '2025-11-20']
      reader.send({ type: 'calendar', today: '2025-12-05', synced })
      reader.press('h')
    },
  ],
  [
    'statistics',
    (reader) => {
      reader.press('I')
      reader.send({ type: 'statistics', answer: aCounting() })
    },
  ],
  ['help', (reader) => reader.press('?')],
  [
    'palette',
    (reader) => {
      reader.press(':')
      reader.type('page')
    },
  ],
  [
    'syncing',
    (reader) => {
      reader.press('j')
      reader.arrive([
        ...rows.slice(0, 3).map((row, at) => ({ ...row, id: `2512.9999${at}`, day: '2025-12-05' })),
        ...rows,
      ])
      reader.send({
        type: 'sync-event',
        event: { type: 'day', day: '2025-12-03', done: 3, total: 14 },
        ms: 0,
      })
    },
  ],
  [
    'offline',
    (reader) =>
      reader.send({
        type: 'synced',
        end: {
          ...{ kind: 'offline', added: 0, asked: true },
          why: 'huggingface.co cannot be reached (ENOTFOUND). Check the network and try again.',
        },
      }),
  ],
]

const SIZES = [
  [80, 24],
  [100, 30],
  [200, 50],
] as const

/** Screens that are laid out in a way of their own at this width. */
const OTHERS = SCREENS.flatMap(([name, show]) =>
  ['calendar', 'statistics'].includes(name) ? [{ name, show, columns: 120, height: 40 }] : [],
)

it.each([
  ...SIZES.flatMap(([columns, height]) => SCREENS.map(([name, show]) => ({ name, show, columns, height }))),
  ...OTHERS,
])('the screen “$name” at $columns by $height', async ({ name, show, columns, height }) => {
  const reader = drive(rows, { size: { columns, rows: height }, paper: whole })
  show(reader)
  const golden = join(import.meta.dirname, `../golden/${name}-${columns}x${height}.txt`)
  await expect(`${frameText(view(reader.state()))}\n`).toMatchFileSnapshot(golden)
})

it('the screen of an empty library', async () => {
  const text = frameText(view(drive([]).state()))
  await expect(`${text}\n`).toMatchFileSnapshot(join(import.meta.dirname, '../golden/empty-80x24.txt'))
})
