import { addRule, allRules, type RuleKind, removeRule } from '../library/rules.ts'
import { openFilled } from '../open.ts'
import { tagNamed } from '../paper.ts'
import { ruleProblem } from '../search/rule-query.ts'
import { deriveRules } from '../search/rules.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { UsageError } from '../usage.ts'
import { type Session, withLibrary } from './session.ts'

/** `broadsheet rules`: every rule with its number and how many papers it matches. */
export async function rules(session: Session, { json }: { readonly json?: boolean }): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    const all = allRules(library)
    if (json) {
      const printed = all.map(({ rule, since, isOn, ...rest }) => ({
        ...{ number: rule, ...rest, on: isOn },
        since: new Date(since).toISOString(),
      }))
      return session.out(JSON.stringify(printed, null, 2))
    }
    if (all.length === 0)
      return session.warn('There are no rules yet. "rules add mute QUERY" makes one, as the reader’s M does.')
    session.out(
      all
        .map(({ rule, kind, query, name, isOn, papers }) => {
          const called = kind === 'tag' ? `  → #${name}` : name === query ? '' : `  “${unwrapLine(name)}”`
          return `${rule}  ${kind.padEnd(5)}  ${isOn ? papers : 'off'}  ${unwrapLine(query)}${called}`
        })
        .join('\n'),
    )
  })
}

export interface AddRuleOptions {
  readonly name?: string
  readonly tag?: string
}

const KINDS: readonly RuleKind[] = ['mute', 'watch', 'tag']

/** `broadsheet rules add`: a rule over the whole library, and over what comes in from now on. */
export async function makeRule(
  session: Session,
  typed: string,
  query: string,
  { name, tag }: AddRuleOptions,
): Promise<void> {
  const kind = KINDS.find((known) => known === typed)
  if (kind === undefined) throw new UsageError(`A rule is one of mute, watch and tag, not "${typed}".`)
  const problem = ruleProblem(query)
  if (problem !== null) throw new UsageError(`No rule was made: ${problem}.`)
  if (kind === 'tag' && tag === undefined)
    throw new UsageError('Say which tag the rule gives: --tag to-read.')
  if (kind !== 'tag' && tag !== undefined)
    throw new UsageError(`A rule to ${kind} gives no tag: use "rules add tag".`)
  const named = kind === 'tag' ? tagNamed(tag ?? '') : unwrapLine(name ?? query).trim()
  if (!named) throw new UsageError(`"${tag ?? name}" is no ${kind === 'tag' ? 'tag' : 'name'}.`)
  await withLibrary(openFilled(session.settings), (library) => {
    const rule = addRule(library, { kind, query: unwrapLine(query).trim(), name: named })
    deriveRules(library)
    const papers = allRules(library).find((other) => other.rule === rule)?.papers ?? 0
    session.out(`Rule ${rule} matches ${papers} ${papers === 1 ? 'paper' : 'papers'}.`)
  })
}

/** `broadsheet rules remove`: what the rule did is undone by that. */
export async function dropRule(session: Session, rule: number): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    if (!removeRule(library, rule))
      throw new UsageError(`There is no rule ${rule}. "broadsheet rules" lists them with their numbers.`)
    session.out(`Removed rule ${rule}.`)
  })
}
