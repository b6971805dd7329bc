// What the background threads say, as events of the reader.

import type { ThreadAnswer } from './effects.ts'
import type { Event } from './events.ts'

/** Turns what the background says into events. */
export function backgroundEvents(answer: ThreadAnswer): Event[] {
  switch (answer.type) {
    case 'found':
      return [{ type: 'found', request: answer.request, found: answer.found }]
    case 'search-failed':
      return [
        { type: 'found', request: answer.request, found: { query: '', ids: [], matched: [] } },
        { type: 'say', message: { kind: 'error', text: `The search failed: ${answer.why}` } },
      ]
    case 'counted':
      return [{ type: 'view-counted', query: answer.query, count: answer.count }]
    case 'rule-counted':
      return [{ type: 'rule-counted', query: answer.query, papers: answer.papers }]
    case 'rechecked':
      return [{ type: 'rechecked', query: answer.query, ids: answer.ids }]
    case 'values':
      return [{ type: 'values', values: answer.values }]
    case 'sync':
      return [{ type: 'sync-event', event: answer.event, ms: answer.ms }]
    case 'part':
    case 'said':
    case 'drawn':
    case 'picture':
    case 'matches':
      return [{ type: 'document', answer }]
    case 'pdf':
      return [{ type: 'pdf', answer }]
    case 'hub-answered':
      return [{ type: 'hub-answered', answer: answer.answer }]
    case 'paper-asked':
      return [{ type: 'paper-asked', answer }]
    case 'trending':
      return [{ type: 'trending', answer: answer.answer }]
    case 'ruled':
      return [{ type: 'ruled', derived: answer.derived }]
    case 'synced':
      return [{ type: 'synced', end: answer.end }]
    case 'statistics':
      return [{ type: 'statistics', answer: answer.answer }]
    case 'complaint':
      return [{ type: 'say', message: { kind: 'error', text: answer.why } }]
  }
}
