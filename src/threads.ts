// The reader's background threads: which of them does what, and what is told of work whose thread has failed.

import { Worker } from 'node:worker_threads'
import type { ThreadAnswer, ThreadRequest } from './app/effects.ts'
import type { Runtime } from './app/runtime.ts'
import { backgroundEvents } from './app/thread-events.ts'
import type { Settings } from './settings.ts'
import { describe } from './text/sanitise.ts'
import type { ThreadRole, WorkerData } from './worker.ts'

/** Background threads, one for each role; each starts with its first request, so that none holds up the first frame. */
export function createThreads(settings: Settings, dispatch: Runtime['dispatch']) {
  const workers = new Map<ThreadRole, Worker>()
  /** The newest search that has no answer yet. */
  let waiting: number | null = null
  /** What the Hub is being asked. */
  let asked: string | null = null
  let counting = false
  /** The papers that the Hub is being asked for. */
  const papers = new Set<string>()
  let asksTrending = false
  /** The newest request for a text. */
  let text: number | null = null
  const answered = (answer: ThreadAnswer) => {
    if ('request' in answer && answer.request === waiting) waiting = null
    if (answer.type === 'hub-answered') asked = null
    if (answer.type === 'statistics') counting = false
    if (answer.type === 'paper-asked' && answer.how !== 'asking') papers.delete(answer.id)
    if (answer.type === 'trending') asksTrending = false
    for (const event of backgroundEvents(answer)) dispatch(event)
  }
  const start = (role: ThreadRole) => {
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'
    const data: WorkerData = { role, settings }
    const started = new Worker(new URL(file, import.meta.url), { workerData: data })
    started.on('message', answered)
    started.on('error', (error) => {
      // Whatever waits for it is told; the next request starts another.
      workers.delete(role)
      const why = describe(error)
      if (role === 'documents') return answered({ type: 'said', request: text ?? 0, text: why, failed: true })
      if (role === 'sync') {
        if (asksTrending) answered({ type: 'trending', answer: { why, offline: false } })
        if (asked !== null) answered({ type: 'hub-answered', answer: { query: asked, found: { why } } })
        for (const id of papers) answered({ type: 'paper-asked', id, how: 'same' })
        return answered({ type: 'synced', end: { kind: 'failed', why, added: 0, asked: false } })
      }
      if (counting) answered({ type: 'statistics', answer: { why } })
      if (waiting !== null) answered({ type: 'search-failed', request: waiting, why })
    })
    workers.set(role, started)
    return started
  }
  return {
    ask(request: ThreadRequest) {
      const role = roleOf(request)
      if ('request' in request) {
        if (role === 'documents') text = request.request
        else waiting = request.request
      }
      if (request.type === 'ask-hub') asked = request.query
      if (request.type === 'statistics') counting = true
      if (request.type === 'ask-paper') papers.add(request.id)
      if (request.type === 'ask-trending') asksTrending = true
      const worker = workers.get(role) ?? start(role)
      worker.postMessage(request)
    },
    // Whatever transaction is open is rolled back: a day is stored whole or not at all.
    stop: async () => void (await Promise.all(Array.from(workers.values(), (worker) => worker.terminate()))),
  }
}

function roleOf({ type }: ThreadRequest): ThreadRole {
  switch (type) {
    case 'sync':
    case 'ask-hub':
    case 'ask-paper':
    case 'ask-trending':
    case 'derive-rules':
      return 'sync'
    case 'search':
    case 'similar':
    case 'warm-up':
    case 'count-views':
    case 'count-rule':
    case 'recheck':
    case 'statistics':
      return 'search'
    default:
      return 'documents'
  }
}
