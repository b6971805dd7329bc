// arXiv's categories as people write them and as its API wants them.

import { unwrapLine } from '../text/sanitise.ts'
import { SourceError } from './errors.ts'

/** How an archive's subject classes are written, if it has any: `cs.CL`, `cond-mat.soft`, `hep-th`. */
type Classes = 'upper' | 'lower' | 'none'

interface Archive {
  /** The group it belongs to, the outermost part of its OAI set. */
  readonly group: string
  readonly classes: Classes
}

const physics = (classes: Classes): Archive => ({ group: 'physics', classes })
const own = (group: string): Archive => ({ group, classes: 'upper' })

const ARCHIVES = new Map<string, Archive>([
  ...['cs', 'econ', 'eess', 'math', 'q-bio', 'q-fin', 'stat'].map((name) => [name, own(name)] as const),
  ...['astro-ph', 'nlin'].map((name) => [name, physics('upper')] as const),
  ...['cond-mat', 'physics'].map((name) => [name, physics('lower')] as const),
  ...['gr-qc', 'hep-ex', 'hep-lat', 'hep-ph', 'hep-th', 'math-ph', 'nucl-ex', 'nucl-th', 'quant-ph'].map(
    (name) => [name, physics('none')] as const,
  ),
])

const CLASS: Record<Classes, RegExp> = {
  upper: /^[A-Z]{2}$/,
  lower: /^[a-z]+(?:-[a-z]+)?$/,
  none: /^(?!)/,
}

/**
 * Reads a category (`cs.CL`, `hep-th`) or a whole archive (`cs`) in any case; gives it as arXiv writes it, or null
 * where it is none. Which classes an archive has is not known here, only how they look.
 */
export function parseCategory(text: string): string | null {
  const [archive = '', subject, ...more] = text.trim().split('.')
  const name = archive.toLowerCase()
  const known = ARCHIVES.get(name)
  if (known === undefined || more.length > 0) return null
  if (subject === undefined) return name
  const written = known.classes === 'upper' ? subject.toUpperCase() : subject.toLowerCase()
  return CLASS[known.classes].test(written) ? `${name}.${written}` : null
}

/** A category as arXiv writes it. Throws a SourceError that says how categories look where the text is none. */
export function requireCategory(text: string): string {
  const category = parseCategory(text)
  if (category !== null) return category
  throw new SourceError(
    'bad-request',
    `“${unwrapLine(text).slice(0, 40)}” is no arXiv category. Write it as arXiv does: cs.CL, math.PR, hep-th, or cs for all of an archive.`,
  )
}

/** The search for a category in the API's language. There, an archive with classes names no paper by itself. */
export function categoryQuery(text: string): string {
  const category = requireCategory(text)
  const classes = ARCHIVES.get(category)?.classes ?? 'none'
  return `cat:${category}${classes === 'none' ? '' : '.*'}`
}

/** The group of an archive (`hep-th`: `physics`), '' where there is no such archive. */
export function groupOf(archive: string): string {
  return ARCHIVES.get(archive)?.group ?? ''
}
