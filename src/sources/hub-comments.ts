// What was said about a paper on the Hub: its page carries the comments, and they are nowhere else.

import { type Comment, type PaperId, parseArxivId } from '../paper.ts'
import { sanitise, unwrapLine } from '../text/sanitise.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'
import { asCount, asList, asObject, asText } from './hub.ts'
import { paperPageData } from './hub-paper.ts'

/**
 * The comments on a paper as threads, the oldest first. Throws a SourceError; its code is `not-found` where the Hub has no
 * page of the paper.
 */
export async function fetchComments(http: Http, endpoint: string, id: PaperId): Promise<readonly Comment[]> {
  // Anything else would ask for another page of the Hub.
  if (parseArxivId(id) !== id)
    throw new SourceError('bad-request', 'The Hub knows papers by their arXiv id alone.')
  try {
    return parseComments((await http.get(`${endpoint}/papers/${id}`, 'text/html')).body, id)
  } catch (error) {
    const isMissing = error instanceof SourceError && error.code === 'not-found'
    throw isMissing ? new SourceError('not-found', `The Hub has no page of the paper ${id}.`, error) : error
  }
}

/**
 * Reads the comments on a paper's page; one that cannot be read costs itself alone. Throws a SourceError where the HTML is
 * no such page, or that of another paper.
 */
export function parseComments(html: string, id: PaperId): Comment[] {
  const { paper, comments } = paperPageData(html)
  const shown = asText(asObject(paper)?.id)
  if (shown === null || parseArxivId(shown) !== id)
    throw new SourceError(
      'unknown-shape',
      `The Hub was asked for ${id} and answers with ${shown === null ? 'no paper' : unwrapLine(shown).slice(0, 40)}.`,
    )
  if (!Array.isArray(comments))
    throw new SourceError('unknown-shape', 'The page of the paper does not say what comments there are.')
  return threads(readAll(comments))
}

/** A comment before its replies have found it. */
interface Said extends Omit<Comment, 'replies'> {
  readonly parent: string | null
}

/** All comments in a list, and those that they hold as replies. */
function readAll(comments: readonly unknown[]): Said[] {
  const said: Said[] = []
  // A list that grows, because replies may be nested as deep as a page likes.
  const todo = comments.map((item) => ({ item, parent: null as string | null }))
  for (const { item, parent } of todo) {
    const record = asObject(item)
    const data = asObject(record?.data)
    if (!record || !data) continue
    const comment = record.type === 'comment' ? readComment(record, data, parent) : null
    if (comment) said.push(comment)
    for (const reply of [...asList(record.replies), ...asList(data.replies)])
      todo.push({ item: reply, parent: comment?.id ?? parent })
  }
  return said
}

/** One comment, or null where it has no text, no time or no id. */
function readComment(
  record: Record<string, unknown>,
  data: Record<string, unknown>,
  parent: string | null,
): Said | null {
  const id = unwrapLine(asText(record.id) ?? '')
  const at = Date.parse(asText(record.createdAt) ?? '')
  const hidden = data.hidden === true
  const markdown = hidden ? '' : sanitise(asText(asObject(data.latest)?.raw) ?? '').trim()
  if (id === '' || Number.isNaN(at) || (markdown === '' && !hidden)) return null
  const author = asObject(record.author)
  return {
    id,
    author: unwrapLine(asText(author?.name) ?? '') || unwrapLine(asText(author?.fullname) ?? ''),
    at,
    markdown,
    hidden,
    reactions: asList(data.reactions).flatMap(readReaction),
    parent: asText(data.parentCommentId) ?? parent,
  }
}

/** Longer than the emoji of a family. */
const MAX_REACTION = 16

function readReaction(item: unknown): Comment['reactions'] {
  const record = asObject(item)
  const reaction = unwrapLine(asText(record?.reaction) ?? '')
  const count = asCount(record?.count) ?? 0
  return reaction === '' || reaction.length > MAX_REACTION || count === 0 ? [] : [{ reaction, count }]
}

/** Deeper replies stand beside what they answer: a line of the screen has only so much room. */
const MAX_DEPTH = 8

/** Comments by what they answer, the oldest first. What answers nothing that is there begins a thread. */
function threads(all: readonly Said[]): Comment[] {
  const roots: Comment[] = []
  const placed = new Map<
    string,
    { readonly beside: Comment[]; readonly replies: Comment[]; readonly depth: number }
  >()
  // Nobody answers what is yet to be said, and so no thread goes round in a circle.
  for (const { parent, ...said } of all.toSorted((one, other) => one.at - other.at)) {
    if (placed.has(said.id)) continue
    const answered = parent === null ? undefined : placed.get(parent)
    const isDeep = answered !== undefined && answered.depth >= MAX_DEPTH
    const beside = answered === undefined ? roots : isDeep ? answered.beside : answered.replies
    const depth = answered === undefined ? 0 : isDeep ? answered.depth : answered.depth + 1
    const replies: Comment[] = []
    beside.push({ ...said, replies })
    placed.set(said.id, { beside, replies, depth })
  }
  return roots
}
