// The fake Hub's pages as HTML: what they show, and the data they carry in an attribute.

import {
  type Answer,
  detailOf,
  entryOf,
  type HubContents,
  isDay,
  latestDay,
  notFound,
} from './fake-hub-api.ts'
import type { HubEntry } from './generate.ts'

export function html(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

function hydrater(target: string, props: unknown, inner = ''): string {
  const data = escapeHtml(JSON.stringify(props))
  return `<div class="SVELTE_HYDRATER contents" data-target="${target}" data-props="${data}">${inner}</div>`
}

function page(title: string, head: string, main: string): Answer {
  return html(`<!doctype html>
<html class=""><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>${head}
<script>window.hubConfig = {"features":{"daily":true},"note":"</div> inside a script"};</script></head>
<body class="flex flex-col min-h-dvh"><div class="flex min-h-dvh flex-col">
${hydrater('SystemThemeMonitor', { isLoggedIn: false })}
${hydrater('MainHeader', { authLight: { csrf: 'none' }, isWide: false }, '<header><nav>Papers</nav></header>')}
<main class="flex flex-1 flex-col">
${main}
</main>${hydrater('Footer', { links: ['Terms & conditions', 'Privacy'] })}</div></body></html>
`)
}

/** A paper as a day's page shows it: without its abstract, and none of its numbers says what it counts. */
function card({ paper, numComments, submittedBy }: HubEntry): string {
  const href = `/papers/${paper.id}`
  const login = `/login?next=${encodeURIComponent(href)}`
  const authors = `${paper.authors.length} ${paper.authors.length === 1 ? 'author' : 'authors'}`
  return `<article class="relative flex flex-col"><a href="${href}" class="peer block"><img src="/cover.png" alt=""></a>
<div class="shadow-xs">Submitted by <a href="/${submittedBy.name}">${escapeHtml(submittedBy.fullname)}</a></div>
<div class="flex w-full gap-6"><a href="${login}"><label><input type="checkbox" disabled class="peer hidden"><svg></svg>
<div class="leading-none">${paper.upvotes || '-'}</div></label></a>
<div class="w-full"><h3 class="mb-1"><a href="${href}" class="line-clamp-3">${escapeHtml(paper.title)}</a></h3>
<a href="${href}" class="flex"><ul><li title="reader"><img src="/avatars/0.svg" alt=""></li><li><div>· ${authors}</div></li></ul></a>
${paper.githubRepo ? `<a href="${paper.githubRepo}"><svg></svg><span>${paper.githubStars}</span></a>` : ''}
<a href="${href}#community" class="flex gap-1"><svg></svg> ${numComments}</a></div></div></article>`
}

/** A day's page as it is seen; where `withData`, with the API's JSON in it. */
function dayPage(hub: HubContents, asked: string, today: string, withData: boolean): Answer {
  // Weekends and days to come show the newest list before them, under that list's own date.
  const dateString = latestDay(hub, asked < today ? asked : today) ?? asked
  const dailyPapers = hub.days.get(dateString) ?? []
  const neighbour = (days: number) =>
    new Date(Date.parse(dateString) + days * 86_400_000).toISOString().slice(0, 10)
  const shown = `<div class="flex gap-2"><h1>Daily Papers</h1><a href="/papers/date/${neighbour(-1)}">Previous</a>
<time datetime="${dateString}T00:00:00.000Z">${dateString}</time><a href="/papers/date/${neighbour(1)}">Next</a></div>
<section>${dailyPapers.map(card).join('\n')}</section>`
  return page(
    'Daily Papers',
    '<link rel="canonical" href="/papers">',
    withData ? hydrater('DailyPapers', { dateString, dailyPapers, periodType: 'day' }, shown) : shown,
  )
}

/** A comment as a paper's page carries it; say what matters. */
export function hubComment(
  id: string,
  {
    raw = 'Read it.',
    name = 'reader',
    createdAt = '2025-01-06T10:00:00.000Z',
    ...data
  }: {
    raw?: string
    name?: string
    createdAt?: string
    parentCommentId?: string
    hidden?: boolean
    reactions?: unknown[]
    replies?: unknown[]
  } = {},
) {
  return {
    id,
    author: { fullname: `The ${name}`, name, type: 'user', isPro: false, isHf: false },
    createdAt,
    type: 'comment',
    data: { edited: false, hidden: false, latest: { raw, html: `<p>${escapeHtml(raw)}</p>` }, ...data },
  }
}

function commentsOn({ paper, numComments }: HubEntry): unknown[] {
  return Array.from({ length: numComments }, (_, at) =>
    hubComment(`${paper.id}-${at}`, { name: `reader-${at}`, createdAt: paper.publishedAt }),
  )
}

function paperPage(hub: HubContents, id: string): Answer {
  const entry = entryOf(hub, id)
  if (!entry) return notFound()
  const { title, summary } = entry
  const comments = hub.comments.get(id) ?? commentsOn(entry)
  const props = { paper: detailOf(entry.paper, hub.linked.get(id)), comments }
  const shown = `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(summary)}</p>`
  return page(title, '', hydrater('PaperContent', props, shown))
}

/** `/papers`, `/papers/date/{day}` or `/papers/{id}`; null for another path. Only a day's page can lack its data. */
export function papersPage(hub: HubContents, url: URL, today: string, withData: boolean): Answer | null {
  const id = /^\/papers\/([^/]+)$/.exec(url.pathname)?.[1]
  if (id !== undefined) return paperPage(hub, id)
  const day = /^\/papers(?:\/date\/([^/]+))?$/.exec(url.pathname)
  if (!day) return null
  const asked = day[1] ?? url.searchParams.get('date') ?? today
  return isDay(asked) ? dayPage(hub, asked, today, withData) : notFound()
}

/** What stands between a captive network and the Hub. */
export const LOGIN =
  '<!doctype html><html><head><title>Log in</title></head><body><form>Network login</form></body></html>'
