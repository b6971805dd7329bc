import type { Library } from '../library/library.ts'
import { findPaper } from '../library/papers.ts'
import { type PaperId, parsePaperId } from '../paper.ts'
import { UsageError } from '../usage.ts'

/**
 * The id that a person means and the library has. Throws a UsageError where the text is no id, an Error where the
 * library has no such paper.
 */
export function knownId(library: Library, text: string): PaperId {
  const id = parsePaperId(text)
  if (!id)
    throw new UsageError(
      `"${text}" is no paper’s id. Give an arXiv id (2309.12288, hep-ex/0307015) or an arXiv or Hub address.`,
    )
  if (!findPaper(library, id))
    throw new Error(
      `The library has no paper ${id}. "broadsheet sync --date DAY" brings the day it was listed on.`,
    )
  return id
}
