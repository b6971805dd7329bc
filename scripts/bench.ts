// `npm run bench -- [reader|triage|search|typing|sync|fulltext]`: docs/benchmarks.md holds what they print and says how to read it. Each is loaded
// only where it is asked for: the reader's needs a pseudo-terminal, the search's other engines.

const USAGE = `Usage: npm run bench [-- <what>]
  reader            how fast and how heavy the reader is, in a real terminal (default)
  triage            how soon decisions, views and orders show among 15,000 and 100,000 papers; a key held down
  typing            how soon a letter's results are on the screen, at a person's pace, among 100,000 papers
  sync              how fast an archive comes in, beside plain inserts; memory; keys while a sync runs
  fulltext          how soon a full text is on the screen and scrolls; how well and how fast LaTeX becomes Unicode
  search [options]  how well and how fast searches find papers, beside other engines; --help lists its options`

const [what = 'reader', ...rest] = process.argv.slice(2)
if (what === 'reader' && rest.length === 0) await (await import('./bench/reader.ts')).benchReader()
else if (what === 'triage' && rest.length === 0) await (await import('./bench/triage.ts')).benchTriage()
else if (what === 'typing' && rest.length === 0) await (await import('./bench/typing.ts')).benchTyping()
else if (what === 'sync' && rest.length === 0) await (await import('./bench/sync.ts')).benchSync()
else if (what === 'fulltext' && rest.length === 0) await (await import('./bench/fulltext.ts')).benchFulltext()
else if (what === 'search') (await import('./bench/search.ts')).benchSearch(rest)
else {
  console.error(USAGE)
  process.exitCode = 2
}
