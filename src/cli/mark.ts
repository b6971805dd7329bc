import { changeMarks, changeTags, markVerb } from '../library/history.ts'
import { openFilled } from '../open.ts'
import { type MarkChange, type MarkField, tagNamed } from '../paper.ts'
import { UsageError } from '../usage.ts'
import { knownId } from './ids.ts'
import { papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'

export interface MarkOptions {
  readonly read?: boolean
  readonly unread?: boolean
  readonly star?: boolean
  readonly unstar?: boolean
  readonly later?: boolean
  readonly notLater?: boolean
  readonly hide?: boolean
  readonly unhide?: boolean
  readonly tag?: readonly string[]
  readonly untag?: readonly string[]
  readonly json?: boolean
}

type Switch = Exclude<keyof MarkOptions, 'tag' | 'untag' | 'json'>

/** Each field with the options that turn it on and off, and how they are typed. */
const SWITCHES: readonly (readonly [field: MarkField, on: Switch, off: Switch, typed: string])[] = [
  ['read', 'read', 'unread', '--read or --unread'],
  ['starred', 'star', 'unstar', '--star or --unstar'],
  ['later', 'later', 'notLater', '--later or --not-later'],
  ['hidden', 'hide', 'unhide', '--hide or --unhide'],
]

/** `broadsheet mark`: all papers named or, where one is not known, none. The reader's U undoes it. */
export async function mark(session: Session, texts: readonly string[], options: MarkOptions): Promise<void> {
  const both = SWITCHES.find(([, on, off]) => options[on] && options[off])
  if (both) throw new UsageError(`A paper cannot be both: give ${both[3]}.`)
  const change: MarkChange = Object.fromEntries(
    SWITCHES.flatMap(([field, on, off]): [MarkField, boolean][] =>
      options[on] || options[off] ? [[field, options[on] === true]] : [],
    ),
  )
  const tags = { add: namesOf(options.tag), remove: namesOf(options.untag) }
  if (Object.keys(change).length + tags.add.length + tags.remove.length === 0)
    throw new UsageError(
      `Say how to mark: ${SWITCHES.map(([, , , typed]) => typed).join(', ')}, --tag or --untag.`,
    )
  await withLibrary(openFilled(session.settings), (library) => {
    const ids = [...new Set(texts.map((text) => knownId(library, text)))]
    const verbs = [
      ...(Object.entries(change) as [MarkField, boolean][]).map(([field, on]) => markVerb(field, on)),
      ...tags.add.map((tag) => `tagged #${tag}`),
      ...tags.remove.map((tag) => `untagged #${tag}`),
    ]
    const label = `${verbs.join(' and ')} ${ids.length === 1 ? ids[0] : `${ids.length} papers`}`
    const changed = library.transaction(() => {
      const marked = Object.keys(change).length > 0 ? changeMarks(library, ids, change, label) : []
      return new Set([...marked, ...changeTags(library, ids, tags, label)])
    })
    printPapers(session, papersOf(library, ids), options.json, () => `${label} (${changed.size} changed)`)
  })
}

function namesOf(texts: readonly string[] | undefined): string[] {
  return (texts ?? []).map((text) => {
    const tag = tagNamed(text)
    if (tag === null) throw new UsageError(`“${text.slice(0, 60)}” is no tag: it needs a letter or a digit.`)
    return tag
  })
}
