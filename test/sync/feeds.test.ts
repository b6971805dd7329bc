import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { listRows } from '../../src/library/rows.ts'
import type { SyncEvent } from '../../src/sources/sync.ts'
import { bringFeeds } from '../../src/sync/feeds.ts'
import { temporaryLibrary } from '../support/papers.ts'

const FEED = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><title>Annals of Lanterns</title>
  <item><title>Spectra of Harbour Lanterns</title><link>https://annals.example/1</link>
    <prism:doi>10.1000/lanterns.1</prism:doi><dc:creator>Ada Marsh</dc:creator>
    <description>We take the spectra of forty lanterns.</description><dc:date>2025-03-04</dc:date></item>
  </channel></rss>`

it('brings the papers of a feed once an hour; a feed that fails costs itself', async () => {
  const asked: string[] = []
  let unchanged = 0
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url !== '/annals') response.statusCode = 404
    else if (request.headers['if-none-match'] === '"one"') {
      unchanged++
      return response.writeHead(304).end()
    }
    response.setHeader('content-type', 'application/rss+xml').setHeader('etag', '"one"').end(FEED)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  try {
    using held = temporaryLibrary()
    const events: SyncEvent[] = []
    const feeds = ['nothing', 'annals'].map((path) => `http://127.0.0.1:${port}/${path}`)
    const bring = () =>
      bringFeeds(
        held.library,
        {
          ...{ feeds, asked: true, signal: new AbortController().signal },
          onEvent: (event) => events.push(event),
        },
        new Map(),
      )
    await expect(bring()).rejects.toMatchObject({ code: 'not-found' })
    expect(listRows(held.library)).toMatchObject([
      {
        id: 'doi:10.1000/lanterns.1',
        title: 'Spectra of Harbour Lanterns',
        day: '2025-03-04',
        origin: 'feed',
      },
    ])
    expect(events.filter(({ type }) => type === 'problem')).toHaveLength(1)
    asked.length = 0
    await expect(bring()).rejects.toMatchObject({ code: 'not-found' })
    expect(new Set(asked)).toEqual(new Set(['/nothing']))
    held.library.prepare('UPDATE sources SET synced_at = 0').run()
    await expect(bring()).rejects.toMatchObject({ code: 'not-found' })
    expect(unchanged).toBe(1)
    expect(listRows(held.library)).toHaveLength(1)
  } finally {
    server.close()
  }
})
