// When a paper counts as read: as the configuration has it.

import { describe, expect, it } from 'vitest'
import type { ReadPolicy } from '../../src/app/state.ts'
import { drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

function reader(policy: ReadPolicy) {
  const own = drive(rows(4))
  Object.assign(own.state(), { policy })
  return own
}
const read = (own: ReturnType<typeof reader>) => own.rows().flatMap(({ id, read }) => (read ? [id] : []))

describe('a paper is marked read', () => {
  it('as it opens', () => {
    const own = reader('open')
    own.press('enter')
    expect(read(own)).toEqual([idOf(1)])
  })

  it('by hand alone', () => {
    const own = reader('never')
    own.press('enter', 'J', 'f', 'q')
    expect(read(own)).toEqual([])
    own.press('m')
    expect(read(own)).toEqual([idOf(2)])
  })

  it('once it has been open for a while', () => {
    const own = reader({ after: 5000 })
    expect(own.during(() => own.press('enter'))).toEqual([{ type: 'dwell', id: idOf(1), ms: 5000 }])
    expect(read(own)).toEqual([])
    own.send({ type: 'dwelt', id: idOf(1) })
    expect(read(own)).toEqual([idOf(1)])
  })

  it('but not where it was left before, nor by a look at it in triage', () => {
    const own = reader({ after: 5000 })
    own.press('enter', 'J')
    own.send({ type: 'dwelt', id: idOf(1) })
    own.press('q')
    own.send({ type: 'dwelt', id: idOf(2) })
    own.press('T')
    own.send({ type: 'dwelt', id: idOf(2) })
    expect(read(own)).toEqual([])
  })

  it('in its full text too', () => {
    const own = reader({ after: 3000 })
    expect(own.during(() => own.press('f'))).toContainEqual({ type: 'dwell', id: idOf(1), ms: 3000 })
    own.send({ type: 'dwelt', id: idOf(1) })
    expect(read(own)).toEqual([idOf(1)])
  })
})
