// Rules: queries that mute papers, watch for them or tag them. Which papers a rule matches is derived (see
// search/rules.ts) and kept apart from what the reader decided: no rule writes a mark, a tag or the history. Where the
// reader decides otherwise, that is a decision: a negative `hidden_at` or `place` says "in spite of rules".

import type { PaperId } from '../paper.ts'
import type { Library } from './library.ts'

/** What a rule does: hides papers, points them out, or gives them a tag. */
export type RuleKind = 'mute' | 'watch' | 'tag'

export interface Rule {
  /** Its number, which no other rule ever has. */
  readonly rule: number
  readonly kind: RuleKind
  readonly query: string
  /** What it is called; of a `tag` rule, the tag. */
  readonly name: string
  readonly isOn: boolean
  /** When it was made, in ms since 1970. */
  readonly since: number
  /** How many papers it is known to match; none while it is off. */
  readonly papers: number
}

/** What somebody wants of a rule. */
export type RuleWish = Pick<Rule, 'kind' | 'query' | 'name'>

const MATCHED = 'FROM ruled JOIN rules USING (rule) WHERE ruled.paper_id = papers.id'

/** SQL: the name of a rule that mutes a paper, or NULL. */
export const MUTED_BY = `(SELECT name ${MATCHED} AND kind = 'mute' ORDER BY rule LIMIT 1)`
/** SQL: whether a rule watches for a paper. */
export const WATCHED = `EXISTS (SELECT 1 ${MATCHED} AND kind = 'watch')`
/** SQL, beside `marks`: whether a paper is hidden, by the reader or else by a rule. What the reader wants to keep no rule hides. */
export const HIDDEN = `coalesce(hidden_at > 0, starred_at IS NULL AND later_at IS NULL AND ${MUTED_BY} IS NOT NULL)`
/** SQL: the keys of the papers that are hidden: as quick as they are few. */
export const HIDDEN_KEYS = `SELECT pk FROM papers JOIN marks ON paper_id = id WHERE hidden_at > 0
  UNION SELECT pk FROM ruled JOIN rules USING (rule) JOIN papers ON papers.id = ruled.paper_id
    WHERE kind = 'mute' AND paper_id NOT IN (SELECT paper_id FROM marks
      WHERE hidden_at IS NOT NULL OR starred_at IS NOT NULL OR later_at IS NOT NULL)`
/** SQL: the tags of a paper, with a space between, the reader's and those of rules; NULL for none. */
export const TAGS = `(SELECT group_concat(tag, ' ') FROM (
  SELECT tag FROM tagged WHERE tagged.paper_id = papers.id AND place > 0
  UNION SELECT name ${MATCHED} AND kind = 'tag'
    AND NOT EXISTS (SELECT 1 FROM tagged WHERE tagged.paper_id = papers.id AND tag = name)))`
/** SQL: every tag with every paper that carries it, the reader's and those of rules. */
export const ALL_TAGGED = `SELECT tag, paper_id FROM tagged WHERE place > 0
  UNION SELECT name, paper_id FROM ruled JOIN rules USING (rule) WHERE kind = 'tag'
    AND NOT EXISTS (SELECT 1 FROM tagged WHERE tagged.paper_id = ruled.paper_id AND tag = name)`
/** SQL: the ids of papers with a tag, the reader's or a rule's. */
export const TAGGED_WITH = `SELECT paper_id FROM tagged WHERE tag = @tag AND place > 0
  UNION SELECT paper_id FROM ruled JOIN rules USING (rule) WHERE kind = 'tag' AND name = @tag
    AND paper_id NOT IN (SELECT paper_id FROM tagged WHERE tag = @tag)`

/** Those papers among some that rules mute, be it in vain. */
export const mutedAmong = ({ prepare }: Library, ids: readonly PaperId[]): PaperId[] =>
  prepare(
    `SELECT DISTINCT paper_id FROM ruled JOIN rules USING (rule)
     WHERE kind = 'mute' AND paper_id IN (SELECT value FROM json_each(?))`,
  )
    .pluck()
    .all(JSON.stringify(ids)) as PaperId[]

/** All rules, in the order in which they were made. */
export function allRules({ prepare }: Library): Rule[] {
  const rules = prepare(
    `SELECT rule, kind, query, name, is_on AS isOn, since,
            (SELECT count(*) FROM ruled WHERE ruled.rule = rules.rule) AS papers
     FROM rules ORDER BY rule`,
  ).all() as (Omit<Rule, 'isOn'> & { isOn: number })[]
  return rules.map((rule) => ({ ...rule, isOn: rule.isOn === 1 }))
}

/** Another text once there are other rules, or they match more papers or fewer. */
export function rulesVersion({ prepare }: Library): string {
  return prepare(
    `SELECT (SELECT count(*) FROM ruled) || ' '
         || coalesce((SELECT group_concat(rule || kind || is_on || name || query) FROM rules), '')`,
  )
    .pluck()
    .get() as string
}

/** Makes a rule and returns its number. The name must be clean, and one that tags must name a tag. */
export function addRule(
  { prepare }: Library,
  { kind, query, name }: RuleWish,
  now: number = Date.now(),
): number {
  return Number(
    prepare('INSERT INTO rules (kind, query, name, is_on, since) VALUES (?, ?, ?, 1, ?)').run(
      kind,
      query,
      name,
      now,
    ).lastInsertRowid,
  )
}

/** Changes a rule; what it matched is forgotten until it is derived anew. Returns whether it is still there. */
export function changeRule(library: Library, rule: number, { kind, query, name }: RuleWish): boolean {
  return library.transaction(() => {
    const { changes } = library
      .prepare('UPDATE rules SET kind = ?, query = ?, name = ? WHERE rule = ?')
      .run(kind, query, name, rule)
    library.prepare('DELETE FROM ruled WHERE rule = ?').run(rule)
    return changes > 0
  })
}

/** Turns a rule on or off. One that is off matches nothing. */
export function turnRule(library: Library, rule: number, isOn: boolean): void {
  library.transaction(() => {
    library.prepare('UPDATE rules SET is_on = ? WHERE rule = ?').run(isOn ? 1 : 0, rule)
    if (!isOn) library.prepare('DELETE FROM ruled WHERE rule = ?').run(rule)
  })
}

/** Removes a rule and with it all that it did. Returns whether it was there. */
export function removeRule({ prepare }: Library, rule: number): boolean {
  return prepare('DELETE FROM rules WHERE rule = ?').run(rule).changes > 0
}

/** Matches are written so many at a time, so that a mark of the reader's need not wait for all of them. */
const AT_ONCE = 2000

/**
 * Keeps which papers a rule matches now, where it is still the rule that they were found for. Returns those that it did
 * not match before, and how many it no longer does.
 */
export function keepMatches(
  library: Library,
  { rule, query }: Pick<Rule, 'rule' | 'query'>,
  ids: readonly PaperId[],
): { readonly added: readonly PaperId[]; readonly removed: number } {
  const before = new Set(
    library.prepare('SELECT paper_id FROM ruled WHERE rule = ?').pluck().all(rule) as PaperId[],
  )
  const now = new Set(ids)
  const added = ids.filter((id) => !before.has(id))
  const removed = [...before].filter((id) => !now.has(id))
  const inPieces = (sql: string, all: readonly PaperId[]) => {
    for (let at = 0; at < all.length; at += AT_ONCE)
      library.transaction(() =>
        library.prepare(sql).run({ rule, query, ids: JSON.stringify(all.slice(at, at + AT_ONCE)) }),
      )
  }
  inPieces(
    `INSERT OR IGNORE INTO ruled (rule, paper_id)
     SELECT rule, papers.id FROM rules, json_each(@ids) JOIN papers ON papers.id = value
     WHERE rule = @rule AND query = @query AND is_on = 1`,
    added,
  )
  inPieces(
    `DELETE FROM ruled WHERE rule = @rule AND paper_id IN (SELECT value FROM json_each(@ids)) AND @query IS NOT NULL`,
    removed,
  )
  return { added, removed: removed.length }
}

/** The rules that match a paper. */
export function rulesOf({ prepare }: Library, id: PaperId): { kind: RuleKind; name: string }[] {
  return prepare('SELECT kind, name FROM ruled JOIN rules USING (rule) WHERE paper_id = ? ORDER BY rule').all(
    id,
  ) as { kind: RuleKind; name: string }[]
}

/** Papers that rules mute and that are not read, and about which nothing else was decided. */
export function countMuted({ prepare }: Library): number {
  return Number(
    prepare(
      `SELECT count(DISTINCT ruled.paper_id) FROM ruled JOIN rules USING (rule) LEFT JOIN marks USING (paper_id)
       WHERE kind = 'mute' AND coalesce(hidden_at, starred_at, later_at, read_at) IS NULL`,
    )
      .pluck()
      .get(),
  )
}
