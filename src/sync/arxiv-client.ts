// The one way to arXiv: a request in three seconds, whoever asks and in whichever process.

import { takeTurn } from '../library/gates.ts'
import type { Library } from '../library/library.ts'
import { type ArxivAddresses, arxivAddresses } from '../sources/arxiv.ts'
import { createHttp, type Http } from '../sources/http.ts'
import type { Watch } from './run.ts'

/** Where arXiv is. */
export interface ArxivPlace {
  /** In the place of arXiv's own origins; null for those. */
  readonly endpoint: string | null
  /** Between two requests, in ms; arXiv wants three seconds. */
  readonly interval?: number
}

const INTERVAL = 3000

/** Runs `work` with a client that asks arXiv as it wants to be asked. */
export async function withArxiv<T>(
  library: Library,
  { endpoint, interval = INTERVAL }: ArxivPlace,
  { onEvent, signal }: Watch,
  work: (http: Http, addresses: ArxivAddresses) => Promise<T>,
): Promise<T> {
  const http = createHttp({
    signal,
    connections: 1,
    // A page of a harvest holds thousands of records, and takes arXiv its time.
    timeout: 60_000,
    slowDown: [406],
    ifRefused: 'Try again tomorrow: arXiv shuts out who asked too often.',
    turn: {
      wait: () => takeTurn(library, 'arxiv', interval),
      why: 'arXiv’s limit of one request in three seconds',
    },
    onWait: (ms, why) => onEvent({ type: 'waiting', ms, why }),
  })
  try {
    return await work(http, arxivAddresses(endpoint))
  } finally {
    await http.close()
  }
}
