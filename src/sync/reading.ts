// What a reader opens of a paper: its full text and its discussion, kept in the library so that they read offline.

import { type Discussion, storeDiscussion } from '../library/discussions.ts'
import { type StoredFullText, storeFullText } from '../library/fulltexts.ts'
import type { Library } from '../library/library.ts'
import { hasPaper } from '../library/papers.ts'
import type { PaperId } from '../paper.ts'
import { SourceError } from '../sources/errors.ts'
import { fetchFullText } from '../sources/fulltext.ts'
import { type HubAccess, openHub, pictureAddress } from '../sources/hub.ts'
import { fetchComments } from '../sources/hub-comments.ts'
import { fetchPicture } from '../sources/picture.ts'
import { type ArxivPlace, withArxiv } from './arxiv-client.ts'
import type { Watch } from './run.ts'

/** Brings the full text of a paper; null where there is none as HTML. Throws a SourceError. */
export async function bringFullText(
  library: Library,
  arxiv: ArxivPlace,
  id: PaperId,
  watch: Watch,
): Promise<StoredFullText | null> {
  const text = await withArxiv(library, arxiv, watch, (http, addresses) => fetchFullText(http, addresses, id))
  return text && { ...text, fetchedAt: Date.now() }
}

/** Keeps a full text in the place of an older one. A paper that is not in the library cannot be kept there. */
export function keepFullText(library: Library, id: PaperId, text: StoredFullText): void {
  if (hasPaper(library, id)) storeFullText(library, id, text, text.fetchedAt)
}

/** Brings a picture of a paper; empty where the Hub has none there. Throws a SourceError. */
export async function bringPicture(
  hub: HubAccess,
  picture: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const http = openHub(hub, { signal })
  try {
    return await fetchPicture(http, pictureAddress(hub.endpoint, picture))
  } catch (error) {
    if (error instanceof SourceError && error.code === 'not-found') return new Uint8Array()
    throw error
  } finally {
    await http.close()
  }
}

/** Brings what is said of a paper on the Hub and keeps it. Throws a SourceError. */
export async function bringDiscussion(
  library: Library,
  hub: HubAccess,
  id: PaperId,
  { onEvent, signal }: Watch,
): Promise<Discussion> {
  const http = openHub(hub, { signal, onWait: (ms, why) => onEvent({ type: 'waiting', ms, why }) })
  try {
    const comments = await fetchComments(http, hub.endpoint, id)
    const fetchedAt = Date.now()
    if (hasPaper(library, id)) storeDiscussion(library, id, comments, fetchedAt)
    return { comments, fetchedAt }
  } finally {
    await http.close()
  }
}
