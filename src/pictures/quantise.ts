// A picture in few colours, by median cut: the colours that differ most are parted in two until there are enough parts.

import type { Bitmap, Colour } from './bitmap.ts'

export interface Quantised {
  readonly palette: readonly Colour[]
  /** For every pixel the place of its colour in the palette. */
  readonly indices: Uint8Array
}

/** The picture in at most `count` colours, 256 or fewer. Transparency is not looked at. */
export function quantise({ data }: Bitmap, count: number): Quantised {
  const boxes = [boxOf(similarColours(data))]
  for (;;) {
    const widest = boxes.reduce((one, other) => (other.weight > one.weight ? other : one))
    if (boxes.length === count || widest.weight === 0) break
    boxes.splice(boxes.indexOf(widest), 1, ...halves(widest))
  }
  const places = new Uint8Array(LEVELS ** 3)
  for (const [place, { colours }] of boxes.entries()) for (const { key } of colours) places[key] = place
  const indices = new Uint8Array(data.length / 4)
  for (let pixel = 0; pixel < indices.length; pixel++)
    indices[pixel] = places[keyOf(data, pixel * 4)] as number
  return { palette: boxes.map(({ colours }) => average(colours)), indices }
}

// Colours that agree in the upper five bits of each channel are not told apart.
const LEVELS = 32

const keyOf = (data: Uint8ClampedArray, at: number) =>
  ((data[at] as number) >> 3) * LEVELS ** 2 +
  ((data[at + 1] as number) >> 3) * LEVELS +
  ((data[at + 2] as number) >> 3)

/** Pixels whose colours are not told apart: how many, and their mean colour. */
interface Similar {
  readonly key: number
  readonly pixels: number
  readonly colour: Colour
}

function similarColours(data: Uint8ClampedArray): Similar[] {
  const pixels = new Uint32Array(LEVELS ** 3)
  const sums = new Float64Array(LEVELS ** 3 * 3)
  for (let at = 0; at < data.length; at += 4) {
    const key = keyOf(data, at)
    pixels[key] = (pixels[key] as number) + 1
    for (let channel = 0; channel < 3; channel++)
      sums[key * 3 + channel] = (sums[key * 3 + channel] as number) + (data[at + channel] as number)
  }
  return [...pixels.keys()].flatMap((key) => {
    const count = pixels[key] ?? 0
    const mean = (channel: number) => (sums[key * 3 + channel] ?? 0) / count
    return count === 0 ? [] : [{ key, pixels: count, colour: [mean(0), mean(1), mean(2)] }]
  })
}

const pixelsOf = (colours: readonly Similar[]) => colours.reduce((sum, { pixels }) => sum + pixels, 0)

function average(colours: readonly Similar[]): Colour {
  const all = pixelsOf(colours)
  const mean = (channel: 0 | 1 | 2) =>
    Math.round(colours.reduce((sum, { colour, pixels }) => sum + colour[channel] * pixels, 0) / all)
  return [mean(0), mean(1), mean(2)]
}

/** Colours that become one, unless they are parted along the channel in which they differ most. */
interface Box {
  readonly colours: readonly Similar[]
  readonly channel: 0 | 1 | 2
  /** How much is won by parting them; 0 where nothing can be. */
  readonly weight: number
}

function boxOf(colours: readonly Similar[]): Box {
  const spread = (channel: 0 | 1 | 2) => {
    let least = 255
    let most = 0
    for (const { colour } of colours) {
      least = Math.min(least, colour[channel])
      most = Math.max(most, colour[channel])
    }
    return most - least
  }
  const channel = ([0, 1, 2] as const).reduce((one, other) => (spread(other) > spread(one) ? other : one))
  // Few pixels of another colour are a line of a plot: they count by more than their number.
  return {
    colours,
    channel,
    weight: colours.length > 1 ? spread(channel) ** 2 * Math.sqrt(pixelsOf(colours)) : 0,
  }
}

/** Two boxes with about as many pixels each, neither of them empty. */
function halves({ colours, channel }: Box): [Box, Box] {
  const sorted = colours.toSorted((a, b) => a.colour[channel] - b.colour[channel])
  const half = pixelsOf(colours) / 2
  let before = 0
  let middle = 0
  while (middle < sorted.length - 1 && (middle === 0 || before < half))
    before += sorted[middle++]?.pixels ?? 0
  return [boxOf(sorted.slice(0, middle)), boxOf(sorted.slice(middle))]
}
