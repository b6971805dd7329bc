// The files a run works with: one folder, a corpus a JSON line a paper, read and written a piece at a time. What is
// complete stands under its name, so that a folder that is kept can be used again.

import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchPaper } from './corpus.ts'

/** Which papers: as many of the real ones beside the project, or generated ones. */
export interface Corpus {
  readonly papers: number
  readonly kind: 'real' | 'generated'
}

const PIECE = 1 << 20
const BESIDE = join(import.meta.dirname, '../../../shared/corpus')

/** Where real papers are. */
export const REAL = {
  hub: join(BESIDE, 'hub-daily-2024-05-to-2025-12.jsonl.gz'),
  arxiv: join(BESIDE, 'arxiv-20k.jsonl.gz'),
}

export const hasRealPapers = (): boolean => existsSync(REAL.hub) && existsSync(REAL.arxiv)

export const nameOf = ({ papers, kind }: Corpus): string => `${kind}-${papers}`
export const papersFile = (folder: string, corpus: Corpus): string =>
  join(folder, `${nameOf(corpus)}.papers.jsonl`)
/** A line a paper: its id, a tab, and all its text. */
export const linesFile = (folder: string, corpus: Corpus): string =>
  join(folder, `${nameOf(corpus)}.lines.txt`)
export const queriesFile = (folder: string, corpus: Corpus, perKind: number): string =>
  join(folder, `${nameOf(corpus)}.queries-${perKind}.json`)
export const libraryFile = (folder: string, corpus: Corpus): string =>
  join(folder, `${nameOf(corpus)}.library.db`)
export const resultFile = (folder: string, corpus: Corpus, engine: string): string =>
  join(folder, `${nameOf(corpus)}.result-${engine.replaceAll(/\W+/g, '-')}.json`)

/** All that engines without fields search in, on one line. */
export const textOf = ({ title, abstract, authors }: BenchPaper): string =>
  `${title} ${abstract} ${authors.join(' ')}`.replace(/\s+/g, ' ')

/** Writes lines to a file, which appears when it is complete. */
export function writeLines(file: string, lines: Iterable<string>): void {
  const partial = `${file}.partial`
  const target = openSync(partial, 'w')
  let piece = ''
  for (const line of lines) {
    piece += `${line}\n`
    if (piece.length < PIECE) continue
    writeFileSync(target, piece)
    piece = ''
  }
  writeFileSync(target, piece)
  closeSync(target)
  renameSync(partial, file)
}

/** The lines of a file, one after another. */
export function* readLines(file: string): Generator<string> {
  const source = openSync(file, 'r')
  const decoder = new TextDecoder()
  const buffer = Buffer.alloc(PIECE)
  let rest = ''
  for (let read = readSync(source, buffer); read > 0; read = readSync(source, buffer)) {
    const lines = (rest + decoder.decode(buffer.subarray(0, read), { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  closeSync(source)
}

/** The papers of a corpus' file. */
export function* readPapers(file: string): Generator<BenchPaper> {
  for (const line of readLines(file)) yield JSON.parse(line) as BenchPaper
}

export function writeJson(file: string, value: unknown): void {
  writeFileSync(`${file}.partial`, JSON.stringify(value))
  renameSync(`${file}.partial`, file)
}

/** Reads what `writeJson` wrote; the caller says what that was. */
export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T
