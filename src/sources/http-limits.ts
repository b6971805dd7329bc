// How often a server may be asked: the quota it announces and the patience it asks for, held over all requests that one
// client has under way.

/** What a server says of its limit: how many requests are left, and in how many seconds its window ends. */
export interface Quota {
  readonly left: number
  readonly seconds: number
}

/** What came of a request: it was never sent, it got no answer, or an answer came that asks to rest for some ms. */
export type Outcome =
  | { readonly kind: 'unsent' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'answered'; readonly quota: Quota | null; readonly rest: number | null }

/** The limit of one kind of address. Who wants to send looks when it opens, enters, and leaves once an answer is there. */
export interface Limit {
  /** From when on a request may be sent, in ms since 1970; a time gone by where that is now. */
  opensAt(): number
  /** Takes one of the requests that are left; false where the answer to another one has to be waited for. */
  enter(): boolean
  leave(outcome: Outcome): void
  /** Resolves with the next `leave`. */
  change(): Promise<void>
  /** Whether nobody has been told yet of a wait until then: of the requests that wait together, one says so. */
  isNews(until: number): boolean
}

export interface Limits {
  of(address: URL): Limit
}

interface Host {
  restsUntil: number
  toldUntil: number
}

// The end of a window is told in whole seconds: two answers of one window may differ by one.
const SAME_WINDOW = 1500

/** The limits of a client. A host that asks for patience gets it for all its addresses; quotas are for some of them. */
export function createLimits(): Limits {
  const hosts = new Map<string, Host>()
  const limits = new Map<string, Limit>()
  return {
    of({ origin, pathname }) {
      // The Hub counts its API and its pages apart, and so does who is told of both.
      const kind = `${origin}/${pathname.split('/')[1]}`
      const host = hosts.get(origin) ?? { restsUntil: 0, toldUntil: 0 }
      const limit = limits.get(kind) ?? createLimit(host)
      hosts.set(origin, host)
      limits.set(kind, limit)
      return limit
    },
  }
}

function createLimit(host: Host): Limit {
  let known: { readonly left: number; readonly windowEnds: number } | null = null
  // Nothing is known before the first answer, after a window's end and after a refusal: one request finds out.
  let unlimited = false
  let underWay = 0
  let waiting: (() => void)[] = []

  const lookAtClock = () => {
    if (!known || Date.now() < known.windowEnds) return
    known = null
    unlimited = false
  }

  const note = ({ left, seconds }: Quota) => {
    const windowEnds = Date.now() + (seconds + 1) * 1000
    // Answers overtake each other: within a window the lowest number is the newest.
    known =
      known && windowEnds < known.windowEnds + SAME_WINDOW
        ? { left: Math.min(known.left, left), windowEnds: Math.min(known.windowEnds, windowEnds) }
        : { left, windowEnds }
  }

  const countDown = () => {
    if (known) known = { ...known, left: known.left - 1 }
    else unlimited = true
  }

  return {
    opensAt() {
      lookAtClock()
      return Math.max(host.restsUntil, known && known.left <= 0 ? known.windowEnds : 0)
    },
    enter() {
      lookAtClock()
      // Whether the server has counted those under way is not known: they are taken off what it says is left.
      if (underWay >= (known ? known.left : unlimited ? Number.POSITIVE_INFINITY : 1)) return false
      underWay++
      return true
    },
    leave(outcome) {
      underWay--
      lookAtClock()
      if (outcome.kind === 'answered' && outcome.quota) note(outcome.quota)
      else if (outcome.kind !== 'unsent') countDown()
      if (outcome.kind === 'answered' && outcome.rest !== null) {
        host.restsUntil = Math.max(host.restsUntil, Date.now() + outcome.rest)
        host.toldUntil = Math.max(host.toldUntil, host.restsUntil)
        if (!outcome.quota) {
          known = null
          unlimited = false
        }
      }
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
    change: () => new Promise((resolve) => waiting.push(resolve)),
    isNews(until) {
      if (until <= host.toldUntil) return false
      host.toldUntil = until
      return true
    },
  }
}
