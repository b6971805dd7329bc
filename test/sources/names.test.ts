import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitNames } from '../../src/sources/names.ts'

const _ = (byline: string, ...names: string[]) => ({ byline, names })

describe('a byline', () => {
  it.each([
    _('Ada Marsh', 'Ada Marsh'),
    _('Plato', 'Plato'),
    _('Ada Marsh, Bo Lind', 'Ada Marsh', 'Bo Lind'),
    _('Ada Marsh, Bo Lind, Cy Vale', 'Ada Marsh', 'Bo Lind', 'Cy Vale'),
    _('Ada Marsh, Plato, Bo Lind', 'Ada Marsh', 'Plato', 'Bo Lind'),
    _('Ada Marsh and Bo Lind', 'Ada Marsh', 'Bo Lind'),
    _('Ada Marsh & Bo Lind', 'Ada Marsh', 'Bo Lind'),
    _('Ada Marsh, Bo Lind and Cy Vale', 'Ada Marsh', 'Bo Lind', 'Cy Vale'),
    _('Ada Marsh, Bo Lind, and Cy Vale', 'Ada Marsh', 'Bo Lind', 'Cy Vale'),
    _('Ada Marsh, Jr., Bo Lind', 'Ada Marsh, Jr.', 'Bo Lind'),
    _('Ada Marsh,\n  Bo Lind,', 'Ada Marsh', 'Bo Lind'),
    _('Ada Marsh, Bo Lind, et al.', 'Ada Marsh', 'Bo Lind'),
    _('灯台, 海原', '灯台', '海原'),
    _(' , ; '),
  ])('with given names first is split: $byline', ({ byline, names }) => {
    expect(splitNames(byline)).toEqual(names)
  })

  it.each([
    _('Marsh, Ada', 'Marsh, Ada'),
    _('Marsh, Ada Bee', 'Marsh, Ada Bee'),
    _('Marsh, A. B.', 'Marsh, A. B.'),
    _('van der Lind, Bo Jan', 'van der Lind, Bo Jan'),
    _('Vale Marsh, Cy', 'Vale Marsh, Cy'),
    _('Vale Marsh, Cy B.', 'Vale Marsh, Cy B.'),
    _('Marsh, A., Lind, B., Vale, C. D.', 'Marsh, A.', 'Lind, B.', 'Vale, C. D.'),
    _('Marsh, Ada, Lind, Bo', 'Marsh, Ada', 'Lind, Bo'),
    _('Marsh, Ada; van Lind, Bo; Vale, Cy', 'Marsh, Ada', 'van Lind, Bo', 'Vale, Cy'),
    _('Marsh, Ada and Lind, Bo', 'Marsh, Ada', 'Lind, Bo'),
    _('Marsh, A., Lind, B., and Vale, C.', 'Marsh, A.', 'Lind, B.', 'Vale, C.'),
  ])('with family names first keeps them together: $byline', ({ byline, names }) => {
    expect(splitNames(byline)).toEqual(names)
  })

  it('that is the name of an institute stays whole', () => {
    const institute = 'Department of Tides and Lights'
    expect(splitNames(institute)).toEqual([institute])
  })

  it('of many names that come first is read as they stand', () => {
    const name = fc
      .tuple(fc.constantFrom('Ada', 'Bo', 'Cy', 'Di'), fc.constantFrom('Marsh', 'Lind', 'Vale'))
      .map((parts) => parts.join(' '))
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 9 }), (names) => {
        expect(splitNames(names.join(', '))).toEqual(names)
        expect(splitNames(names.join('; '))).toEqual(names)
      }),
    )
  })

  it('of any text gives clean names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const name of splitNames(text))
          expect(name).toMatch(/^[^\p{Cc}\s;](?:[^\p{Cc}\n]*[^\p{Cc}\s])?$/u)
      }),
    )
  })
})
