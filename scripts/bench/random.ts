// Chance that repeats: the same seed gives the same numbers, on every computer.

/** Numbers from 0 up to, but not including, 1. */
export type Random = () => number

/** A generator of its own for each seed (mulberry32): fast, and even enough for words. */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from `least` to `most`, both inclusive. */
export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1))

/** One of a list, which must not be empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}

/** A copy of the list in random order. */
export function shuffle<T>(random: Random, list: readonly T[]): T[] {
  const shuffled = [...list]
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = between(random, 0, at)
    ;[shuffled[at], shuffled[other]] = [shuffled[other] as T, shuffled[at] as T]
  }
  return shuffled
}

/**
 * Draws from 0 to `count - 1`, each as often as Zipf's law says: in proportion to 1 / (rank + 2.7). By Walker's alias
 * method, so that a draw takes the same time however many there are.
 */
export function zipf(count: number): (random: Random) => number {
  const share = Float64Array.from({ length: count }, (_, rank) => 1 / (rank + 2.7))
  const total = share.reduce((sum, value) => sum + value, 0)
  const alias = new Uint32Array(count)
  const poor: number[] = []
  const rich: number[] = []
  for (let at = 0; at < count; at++) {
    share[at] = ((share[at] ?? 0) / total) * count
    ;((share[at] ?? 0) < 1 ? poor : rich).push(at)
  }
  for (let small = poor.pop(); small !== undefined; small = poor.pop()) {
    const large = rich.pop()
    // What rounding left over stands for itself.
    if (large === undefined) {
      share[small] = 1
      continue
    }
    alias[small] = large
    share[large] = (share[large] ?? 0) + (share[small] ?? 0) - 1
    ;((share[large] ?? 0) < 1 ? poor : rich).push(large)
  }
  for (const large of rich) share[large] = 1
  return (random) => {
    const place = random() * count
    const at = Math.floor(place)
    return place - at < (share[at] ?? 1) ? at : (alias[at] ?? 0)
  }
}
