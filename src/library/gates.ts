// Hosts that want to be asked one request at a time: the turns of all instances of the program, in one place.

import type { Library } from './library.ts'

/** A turn further away than this (ms) comes of a clock that was put back. */
const FURTHEST = 600_000

/** Takes the next turn at a host whose requests stand `interval` ms apart. Returns in how many ms it comes. */
export function takeTurn(library: Library, host: string, interval: number, now: number = Date.now()): number {
  return library.transaction(() => {
    const openAt = library.prepare('SELECT open_at FROM gates WHERE host = ?').pluck().get(host) as
      | number
      | undefined
    const turn = openAt === undefined || openAt - now > FURTHEST ? now : Math.max(now, openAt)
    library
      .prepare(
        'INSERT INTO gates (host, open_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET open_at = excluded.open_at',
      )
      .run(host, turn + interval)
    return turn - now
  })
}
