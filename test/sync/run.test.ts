import { expect, it } from 'vitest'
import { openLibrary } from '../../src/library/library.ts'
import { runningSync } from '../../src/library/sync-run.ts'
import type { SyncEvent } from '../../src/sources/sync.ts'
import { runSync } from '../../src/sync/run.ts'
import { temporaryLibrary } from '../support/papers.ts'

const watch = (onEvent: (event: SyncEvent) => void = () => {}, signal = new AbortController().signal) => ({
  onEvent,
  signal,
})

it('one sync at a time: the second follows the first, then has its turn', async () => {
  using held = temporaryLibrary()
  const other = openLibrary(held.file)
  try {
    const order: string[] = []
    const { promise: first, resolve: end } = Promise.withResolvers<void>()
    const one = runSync(held.library, watch(), async ({ onEvent }) => {
      order.push('one begins')
      onEvent({ type: 'source', what: 'arXiv cs.CL' })
      await first
      order.push('one ends')
    })
    const { promise: followed, resolve: follows } = Promise.withResolvers<void>()
    const two = runSync(
      other,
      watch((event) => {
        if (event.type === 'following') follows()
      }),
      async () => {
        order.push('two begins')
      },
    )
    await followed
    end()
    await Promise.all([one, two])
    expect(order).toEqual(['one begins', 'one ends', 'two begins'])
    expect(runningSync(other)).toBeNull()
  } finally {
    other.close()
  }
})

it('gives its place up when it fails', async () => {
  using held = temporaryLibrary()
  const failing = runSync(held.library, watch(), () => Promise.reject(new RangeError('something')))
  await expect(failing).rejects.toThrow(RangeError)
  expect(runningSync(held.library)).toBeNull()
})

it('can be stopped while it follows another', async () => {
  using held = temporaryLibrary()
  const { promise: first, resolve: end } = Promise.withResolvers<void>()
  const one = runSync(held.library, watch(), () => first)
  const stop = new AbortController()
  const two = runSync(
    held.library,
    watch(() => stop.abort(), stop.signal),
    () => Promise.reject(new RangeError('its turn never came')),
  )
  await expect(two).rejects.toMatchObject({ code: 'stopped' })
  end()
  await one
})
