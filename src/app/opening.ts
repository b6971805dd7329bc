// Pages and files for programs outside: the desktop's own, or $BROWSER. Never through a shell, and pages by http(s) only.

import { spawn } from 'node:child_process'
import type { PaperId } from '../paper.ts'
import { sanitiseUrl } from '../text/sanitise.ts'
import type { Page } from './state.ts'

export type Say = (kind: 'info' | 'error', text: string) => void

/** Opens an address; `told` learns, once, whether that went well as far as one can know. */
export function openUrl(url: string, say: Say, told: (opened: boolean) => void = () => {}): void {
  const safe = sanitiseUrl(url)
  if (!safe) {
    say('error', `Not opened: ${url} is no http address.`)
    return told(false)
  }
  const browser = process.env.BROWSER?.split(/\s+/).filter((word) => word !== '') ?? []
  launch(browser.length > 0 ? [...browser, safe] : opener(safe), safe, say, told)
}

/** Opens a file that is here. */
export const openFile = (file: string, say: Say): void => launch(opener(file), file, say, () => {})

/** Starts a program that lives on without us; `what` is what it is to open. */
function launch(
  [program = '', ...args]: readonly string[],
  what: string,
  say: Say,
  told: (opened: boolean) => void,
): void {
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  const started = Date.now()
  let isKnown = false
  const know = (opened: boolean) => {
    if (isKnown) return
    isKnown = true
    clearTimeout(timer)
    told(opened)
  }
  const timer = setTimeout(know, LIVES_ON, true).unref()
  const failed = () => {
    say(
      'error',
      isUrl(what)
        ? `${program} opens no pages here. Set BROWSER to a program that does.`
        : `${program} opens no such files here. The file is ${what}`,
    )
    know(false)
  }
  child.on('error', failed)
  child.on('exit', (status) => {
    // What ends later has opened something first.
    if (status !== 0 && Date.now() - started < AT_ONCE) failed()
    else know(true)
  })
  child.on('spawn', () => say('info', `Opening ${what}`))
  child.unref()
}

/** A program that cannot open something says so within so many ms. */
const AT_ONCE = 10_000
/** One that runs for so long, in ms, is taken for the browser itself. */
const LIVES_ON = 1000

const isUrl = (what: string) => /^https?:/.test(what)

/** The desktop's own way to open an address or a file. */
function opener(what: string): string[] {
  if (process.platform === 'darwin') return ['open', what]
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', what]
  return ['xdg-open', what]
}

/** Opens pages of papers, and has those marked read whose page has opened. */
export function createReadOutside(say: Say, markRead: (ids: readonly PaperId[]) => void) {
  const waiting = new Set<() => void>()
  return {
    read(pages: readonly Page[], pageless: number): void {
      // Of several, one word for all.
      const isOne = pages.length === 1 && pageless === 0
      const tell: Say = (kind, text) => {
        if (isOne || kind === 'error') say(kind, text)
      }
      const without =
        pageless === 0 ? '' : `; ${pageless} ${pageless === 1 ? 'paper has' : 'papers have'} none`
      if (!isOne) say('info', `Opening ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}${without}`)
      const failed = new Set<PaperId>()
      let unknown = pages.length
      // What was opened together is marked, and so undone, together.
      const end = () => {
        if (!waiting.delete(end)) return
        const ids = pages.flatMap(({ id, read }) => (failed.has(id) || read ? [] : [id]))
        if (ids.length > 0) markRead(ids)
      }
      waiting.add(end)
      for (const { id, url } of pages)
        openUrl(url, tell, (isOpen) => {
          if (!isOpen) failed.add(id)
          if (--unknown === 0) end()
        })
    },
    /** Takes what nobody has complained of for opened: there is no time left to wait. */
    flush(): void {
      for (const end of waiting) end()
    },
  }
}
