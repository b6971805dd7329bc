import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader, ByteWriter, numbersOf, readPostings, writePostings } from '../../src/search/postings.ts'

const PAPERS = 500
const lists = fc.uniqueArray(fc.nat(PAPERS - 1), { maxLength: 400 }).map((list) => list.sort((a, b) => a - b))

function written(list: readonly number[]): Uint8Array {
  const writer = new ByteWriter(4)
  writePostings(writer, list, PAPERS)
  return writer.take().slice()
}

describe('postings', () => {
  it('are read as they were written, one after the other', () => {
    fc.assert(
      fc.property(fc.array(lists, { maxLength: 5 }), (all) => {
        const writer = new ByteWriter(4)
        for (const list of all) writePostings(writer, list, PAPERS)
        const reader = new ByteReader(writer.take())
        for (const list of all) {
          const postings = readPostings(reader, PAPERS)
          expect([...numbersOf(postings)]).toEqual(list)
          expect(postings.count).toBe(list.length)
        }
        expect(reader.ended).toBe(true)
      }),
    )
  })

  it('are bits where many papers hold a word, so that no list is long', () => {
    const every = Array.from({ length: PAPERS }, (_, at) => at)
    expect(readPostings(new ByteReader(written(every)), PAPERS).bits).not.toBeNull()
    expect(written(every).length).toBeLessThan(PAPERS / 7)
    expect(readPostings(new ByteReader(written([3, 499])), PAPERS).list).toEqual(Uint32Array.of(3, 499))
  })

  it('that are cut off or foreign are refused, or name papers of the segment alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          for (const number of numbersOf(readPostings(new ByteReader(bytes), PAPERS)))
            expect(number).toBeLessThan(PAPERS + 7)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(lists, fc.nat(), (list, cut) => {
        fc.pre(list.length > 0)
        const bytes = written(list)
        expect(() => readPostings(new ByteReader(bytes.subarray(0, cut % bytes.length)), PAPERS)).toThrow(
          RangeError,
        )
      }),
    )
  })
})
