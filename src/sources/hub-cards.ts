// The papers that a Daily Papers page shows, for when it no longer carries them as data: told by the structure of their
// cards and by where their links lead, since classes change with every redesign.

import type { CheerioAPI } from 'cheerio/slim'
import { isWeekend } from '../days.ts'
import { type Day, NOT_SAID, type Paper, type PaperId, parseArxivId } from '../paper.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { toDay } from './days.ts'

/**
 * What a page shows: its papers in their order, each once, with what a card says for certain (no abstract is on it), and
 * the day that it says it shows, null where it does not say.
 */
export interface Shown {
  readonly papers: readonly Paper[]
  readonly day: Day | null
}

type PageNode = ReturnType<ReturnType<CheerioAPI['root']>['contents']>[number]
type PageElement = Extract<PageNode, { attribs: unknown }>

interface Card {
  id: PaperId | null
  title: string
  authors: number | null
  comments: number | null
  /** Numbers that may be the votes: those in a control, and others. */
  readonly controls: number[]
  readonly others: number[]
}

/** What stands around a piece of a page. */
interface Place {
  readonly card: Card | null
  /** The address of the link around it, empty where there is none. */
  readonly link: string
  readonly inHeading: boolean
  readonly isTitle: boolean
  readonly inControl: boolean
}

const OUTSIDE: Place = { card: null, link: '', inHeading: false, isTitle: false, inControl: false }

/** Reads what a page shows. One walk without recursion: what comes from outside may be nested to any depth. */
export function readShown($: CheerioAPI): Shown {
  const cards: Card[] = []
  const days = new Set<Day>()
  let address = ''
  const open: [PageNode, Place][] = $.root()
    .contents()
    .toArray()
    .reverse()
    .map((node) => [node, OUTSIDE])
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, place] = next
    if (node.type === 'text' && place.isTitle && place.card) place.card.title += node.data
    if (!('attribs' in node)) continue
    const here = enter(node, place)
    if (here.card !== null && here.card !== place.card) cards.push(here.card)
    if (here.card) readNumber(here.card, here, ownText(node))
    else if (node.name === 'time') {
      const day = toDay(node.attribs.datetime ?? '')
      if (day !== null) days.add(day)
    }
    address ||= addressIn(node)
    for (let at = node.children.length - 1; at >= 0; at--) open.push([node.children[at] as PageNode, here])
  }
  return { papers: papersOf(cards), day: dayOf(days, address) }
}

/** What stands around the children of an element. */
function enter({ name, attribs }: PageElement, place: Place): Place {
  if (name === 'article' && !place.card) {
    const card = { id: null, title: '', authors: null, comments: null, controls: [], others: [] }
    return { ...OUTSIDE, card }
  }
  if (name === 'h3') return { ...place, inHeading: true }
  if (name === 'label' || name === 'button') return { ...place, inControl: true }
  if (name !== 'a') return place
  const link = attribs.href ?? ''
  const id = place.card?.id === null && place.inHeading ? paperAt(link) : null
  if (id === null || !place.card) return { ...place, link }
  place.card.id = id
  return { ...place, link, isTitle: true }
}

const ownText = ({ children }: PageElement): string =>
  children
    .map((child) => (child.type === 'text' ? child.data : ''))
    .join('')
    .trim()

/** Takes a number that stands alone for what it counts. What is shown as `1.2k` is not known. */
function readNumber(card: Card, { link, inHeading, inControl }: Place, text: string): void {
  if (inHeading) return
  const authors = /^(?:[·•]\s*)?(\d{1,5})\s+authors?$/i.exec(text)?.[1]
  if (authors !== undefined) card.authors ??= Number(authors)
  if (!/^(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})$/.test(text)) return
  const count = Number(text.replaceAll(',', ''))
  if (link.endsWith('#community')) card.comments ??= count
  // Who is not logged in votes by a link to do so. Other links count other things: stars of a repository.
  else if (/\/login\b/.test(link) || (link === '' && inControl)) card.controls.push(count)
  else if (link === '') card.others.push(count)
}

function papersOf(cards: readonly Card[]): Paper[] {
  const papers = new Map<PaperId, Paper>()
  for (const { id, title, authors, comments, controls, others } of cards) {
    const line = unwrapLine(title)
    if (id === null || line === '' || papers.has(id)) continue
    // Where several numbers could be meant, none is believed.
    const [votes = null, ...more] = controls.length > 0 ? controls : others
    papers.set(id, {
      id,
      title: line,
      abstract: '',
      authors: [],
      authorCount: authors,
      publishedOn: null,
      ...NOT_SAID,
      upvotes: more.length === 0 ? votes : null,
      comments,
      origin: 'hub',
    })
  }
  return [...papers.values()]
}

/** The paper that a link leads to, whatever host the page was saved from; null for other links. */
function paperAt(link: string): PaperId | null {
  const path = /^(?:https?:\/\/[^/]+)?\/papers\/([^?#\s]+)$/i.exec(link)?.[1]
  return path === undefined ? null : parseArxivId(path)
}

/** The address that a page gives as its own, where this is the element that does. */
function addressIn({ name, attribs }: PageElement): string {
  if (name === 'link' && attribs.rel === 'canonical') return attribs.href ?? ''
  return name === 'meta' && attribs.property === 'og:url' ? (attribs.content ?? '') : ''
}

/** The day of a page: the one date outside its cards, whose dates are their papers', else that of its address. */
function dayOf(days: ReadonlySet<Day>, address: string): Day | null {
  const [day] = days
  if (day !== undefined && days.size === 1) return day
  const named = toDay(/\/papers\/date\/(\d{4}-\d{2}-\d{2})$/.exec(address)?.[1] ?? '')
  // The address may be the one that was asked for, and for a weekend the Hub shows another day.
  return named !== null && !isWeekend(named) && (days.size === 0 || days.has(named)) ? named : null
}
