// The marks that number rows and columns in Kitty's placeholders: the combining marks above letters that Unicode 6 has
// and that compose with none, in order.

const MARKS =
  '305 30d 30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599 59c-5a1 5a8 5a9 5ab 5ac ' +
  '5af 5c4 610-617 657-65b 65d 65e 6d6-6dc 6df-6e2 6e4 6e7 6e8 6eb 6ec 730 732 733 735 736 73a 73d 73f-741 743 745 ' +
  '747 749 74a 7eb-7f1 7f3 816-819 81b-823 825-827 829-82d 951 953 954 f82 f83 f86 f87 135d-135f 17dd 193a 1a17 ' +
  '1a75-1a7c 1b6b 1b6d-1b73 1cd0-1cd2 1cda 1cdb 1ce0 1dc0 1dc1 1dc3-1dc9 1dcb 1dcc 1dd1-1de6 1dfe 20d0 20d1 ' +
  '20d4-20d7 20db 20dc 20e1 20e7 20e9 20f0 2cef-2cf1 2de0-2dff a66f a67c a67d a6f0 a6f1 a8e0-a8f1 aab0 aab2 aab3 ' +
  'aab7 aab8 aabe aabf aac1 fe20-fe26 10a0f 10a38 1d185-1d189 1d1aa-1d1ad 1d242-1d244'

const DIACRITICS: readonly string[] = MARKS.split(' ').flatMap((range) => {
  const [first = 0, last = first] = range.split('-').map((code) => Number.parseInt(code, 16))
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))
})

/** How many rows and columns a picture may have. */
export const MAX_PLACEHOLDERS = DIACRITICS.length

/** The mark of a row or a column, counted from 0; below MAX_PLACEHOLDERS. */
export function diacritic(index: number): string {
  return DIACRITICS[index] ?? ''
}

const INDICES: ReadonlyMap<string, number> = new Map(DIACRITICS.map((mark, index) => [mark, index]))

/** The row or column of a mark; -1 where it is none of them. */
export function diacriticIndex(mark: string): number {
  return INDICES.get(mark) ?? -1
}
