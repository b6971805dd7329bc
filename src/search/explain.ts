// What can go wrong with the index, in words for the person whose library it is.

/** Says of an index whose bytes are not what they should be what to do; other errors come back as they are. */
export function explainIndex(error: unknown): unknown {
  if (!(error instanceof RangeError) || !error.message.startsWith('The search index')) return error
  const why = error.message.replace(/\.$/, '')
  return new Error(
    `${why}: it is damaged. "broadsheet doctor --repair" builds it anew; your papers are not touched.`,
    { cause: error },
  )
}
