// The thread of long texts: it brings them, reads them into blocks, lays them out in pieces, and finds words in them. PDFs
// come by it too.

import type { MessagePort } from 'node:worker_threads'
import { explain } from '../library/errors.ts'
import { position } from '../library/fulltexts.ts'
import { openLibrary } from '../library/library.ts'
import { findPaper } from '../library/papers.ts'
import type { PaperId } from '../paper.ts'
import { decodePicture } from '../pictures/decode.ts'
import { SourceError } from '../sources/errors.ts'
import { downloadPdf } from '../sources/pdf.ts'
import { fetchPicture } from '../sources/picture.ts'
import { withArxiv } from '../sync/arxiv-client.ts'
import type { Access } from '../sync/bring.ts'
import { bringPicture } from '../sync/reading.ts'
import type { Watch } from '../sync/run.ts'
import type { Block } from '../text/document.ts'
import type { DocumentLine } from '../text/document-layout.ts'
import { describe } from '../text/sanitise.ts'
import type { WantedPicture } from './abstract-picture.ts'
import type { DocumentKind } from './document.ts'
import type { DocumentAnswer } from './document-answers.ts'
import { findIn, layOutInPieces } from './document-lines.ts'
import { createDrawings, type Look, type Preparation, picturesIn } from './drawings.ts'
import type { Place } from './laid-text.ts'
import { createSinglePicture } from './single-picture.ts'
import { discussions, type Found, fullTexts, type Open } from './text-sources.ts'

export type DocumentRequest =
  | {
      readonly type: 'open-document'
      readonly request: number
      readonly kind: DocumentKind
      readonly id: PaperId
      readonly width: number
      /** Whether what is kept is not enough. */
      readonly fresh: boolean
      /** How pictures are shown; null where they are not. */
      readonly look: Look | null
    }
  /** Lays the open text out anew; its first piece reaches beyond `block`. */
  | { readonly type: 'lay-out'; readonly request: number; readonly width: number; readonly block: number }
  /** Shows the pictures of the open text, or no longer. */
  | { readonly type: 'show-pictures'; readonly look: Look | null }
  /** Shows the picture of an abstract; `hide-picture` comes before a text is opened. */
  | ({ readonly type: 'show-picture'; readonly request: number } & WantedPicture)
  | { readonly type: 'hide-picture' }
  | { readonly type: 'find'; readonly request: number; readonly text: string }
  | { readonly type: 'close-document' }
  | { readonly type: 'download-pdf'; readonly id: PaperId }

/** What became of a PDF so far: bytes that are here and bytes in all, or the file, or why there is none. */
export type PdfAnswer = { readonly type: 'pdf'; readonly id: PaperId } & (
  | { readonly kind: 'part'; readonly bytes: number; readonly total: number | null }
  | { readonly kind: 'whole'; readonly file: string; readonly bytes: number }
  | { readonly kind: 'failed'; readonly why: string }
)

export interface DocumentsData {
  readonly libraryFile: string
  readonly access: Access
  /** What is wrong with the settings, so that nobody can be asked; null where nothing is. */
  readonly problem: string | null
  /** Where PDFs go. */
  readonly pdfFolder: string
}

/** Between two words of a download, in ms. */
const TOLD = 250

/** Lets requests in that have come meanwhile. */
const otherRequests = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Serves the thread. It ends with the thread. */
export function serveDocuments(port: MessagePort, data: DocumentsData): void {
  const library = openLibrary(data.libraryFile, { durability: 'normal' })
  const { access, problem } = data
  let open: Open | null = null
  let lines: readonly DocumentLine[] = []
  let starts: readonly number[] = []
  let sought = ''
  /** The newest request, of an opening or another width: what the reader takes answers to. */
  let current = 0
  /** The opening that is wanted now: what others still do is dropped. */
  let opening = new AbortController()
  /** Texts that were begun to be told: only the newest goes on. */
  let told = 0
  let width = 0
  /** Where the reader left the text, until it has been told. */
  let left: Place | null = null
  let look: Look | null = null
  const drawings = createDrawings()
  /** Whether pictures are being brought. */
  let drawing = false

  const say = (answer: DocumentAnswer | PdfAnswer) => port.postMessage(answer)
  const picture = createSinglePicture(
    drawings,
    async (src, signal) => (problem ? new Uint8Array() : await bringPicture(access, src, signal)),
    say,
  )

  /** Tells the lines of the open text piece by piece, the first reaching beyond `block`; or its first piece alone. */
  const tell = async (block = 0, isBeginning = false) => {
    const request = current
    const round = ++told
    const isWanted = () => round === told && request === current
    // Of many widths, as when a window is dragged, only the last is worth the pictures.
    await otherRequests()
    if (!isWanted() || !open) return
    const { source, blocks } = open
    const place = left
    const all: DocumentLine[] = []
    const begins: number[] = []
    let first = true
    const prepare = (preparations: readonly Preparation[]) => {
      if (preparations.length > 0) say({ type: 'drawn', request, preparations })
    }
    const before: Preparation[] = []
    const drawn = (plain: Block) => (look ? drawings.drawnIn(plain, width, look, before) : plain)
    for (const piece of layOutInPieces(blocks, width, Math.max(block, place?.block ?? 0), drawn)) {
      prepare(before.splice(0))
      const last = piece.last && !isBeginning
      say({ type: 'part', request, part: { ...piece, last, first, source, place: first ? place : null } })
      if (isBeginning) return
      left = null
      all.push(...piece.lines)
      begins.push(...piece.blocks)
      first = false
      await otherRequests()
      if (!isWanted()) return
    }
    prepare(drawings.outworn())
    lines = all
    starts = begins
    if (sought !== '') say({ type: 'matches', request, text: sought, matches: findIn(lines, starts, sought) })
  }

  /** Brings the pictures of the open text, one by one, and shows each. */
  const bringPictures = async () => {
    if (drawing || !look || open?.kind !== 'fulltext' || problem) return
    drawing = true
    const shown = open
    try {
      const wanted = picturesIn(shown.blocks, shown.page).filter((src) => !drawings.has(src))
      for (const src of wanted) {
        if (open !== shown || !look) return
        const watch = { signal: opening.signal, onEvent: () => {} }
        const bitmap = await withArxiv(library, access.arxiv, watch, (http) => fetchPicture(http, src))
          .then(decodePicture)
          .catch(() => null)
        if (open !== shown) return
        drawings.put(src, bitmap)
        if (bitmap) await tell()
      }
    } finally {
      drawing = false
      // Another text may have been opened meanwhile.
      if (open !== shown) void bringPictures()
    }
  }

  const close = () => {
    const preparations = drawings.clear()
    if (preparations.length > 0) say({ type: 'drawn', request: current, preparations })
    open = null
    lines = []
    starts = []
    sought = ''
    left = null
  }

  const openText = async (wanted: Extract<DocumentRequest, { type: 'open-document' }>) => {
    const { kind, id, fresh } = wanted
    opening.abort()
    const ours = new AbortController()
    opening = ours
    current = wanted.request
    width = wanted.width
    look = wanted.look
    // What is on the screen stays until there is another text.
    if (!fresh) close()
    sought = ''
    const said = (text: string, failed: boolean) => {
      if (opening === ours) say({ type: 'said', request: current, text, failed })
    }
    const watch: Watch = {
      signal: ours.signal,
      onEvent: (event) => {
        if (event.type === 'waiting' && event.ms >= 1000)
          said(`Waiting ${Math.ceil(event.ms / 1000)} s for ${event.why} …`, false)
      },
    }
    const show = async ({ beginning, whole }: Found) => {
      if (opening !== ours) return
      const isShown = open !== null
      if (isShown) close()
      left = isShown || kind === 'discussion' ? null : position(library, id)
      if (beginning && left === null && !isShown) {
        open = beginning()
        await tell(0, true)
      }
      if (opening !== ours) return
      open = whole()
      await tell()
      void bringPictures()
    }
    const source = kind === 'fulltext' ? fullTexts(library, access, id) : discussions(library, access, id)
    try {
      const kept = fresh ? null : source.kept()
      if (kept) await show(kept.text)
      if (kept?.isCurrent) return
      const missing = fresh || kept ? null : (source.missing?.() ?? null)
      if (missing !== null) return said(missing, true)
      if (problem) throw new Error(problem)
      if (!kept) said(source.asking, false)
      const text = await source.bring(watch)
      if (text) {
        await show(text)
        text.keep?.()
      } else if (open) said('There is no newer version of it as HTML.', true)
      else {
        source.keepMissing?.()
        said('This paper has no HTML version.', true)
      }
    } catch (error) {
      if (error instanceof SourceError && error.code === 'stopped') return
      said(describe(explain(error, library.file)), true)
    }
  }

  const coming = new Set<PaperId>()
  const getPdf = async (id: PaperId) => {
    if (coming.has(id)) return
    coming.add(id)
    let told = 0
    try {
      if (problem) throw new Error(problem)
      const paper = findPaper(library, id)
      const watch = { signal: new AbortController().signal, onEvent: () => {} }
      const { file, bytes } = await withArxiv(library, access.arxiv, watch, (http, addresses) =>
        downloadPdf(http, addresses, id, data.pdfFolder, {
          version: paper?.version ?? null,
          onProgress(bytes, total) {
            if (Date.now() - told < TOLD) return
            told = Date.now()
            say({ type: 'pdf', id, kind: 'part', bytes, total })
          },
        }),
      )
      say({ type: 'pdf', id, kind: 'whole', file, bytes })
    } catch (error) {
      say({ type: 'pdf', id, kind: 'failed', why: describe(explain(error, library.file)) })
    } finally {
      coming.delete(id)
    }
  }

  port.on('message', (request: DocumentRequest) => {
    switch (request.type) {
      case 'open-document':
        return void openText(request)
      case 'lay-out':
        current = request.request
        width = request.width
        return void tell(request.block)
      case 'show-pictures':
        look = request.look
        return void tell().then(bringPictures)
      case 'show-picture':
        return void picture.show(request)
      case 'hide-picture':
        return picture.hide()
      case 'find':
        sought = request.text
        return say({
          type: 'matches',
          request: request.request,
          text: sought,
          matches: findIn(lines, starts, sought),
        })
      case 'close-document':
        close()
        current = 0
        return opening.abort()
      case 'download-pdf':
        return void getPdf(request.id)
    }
  })
}
