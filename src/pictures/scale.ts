// How large a picture is shown, and its pixels at that size.

import type { Bitmap, Cells, Colour, Size } from './bitmap.ts'

/** How many cells a picture takes: as large as `room` allows, its proportions kept, never enlarged. `cell` is in pixels. */
export function fitCells(picture: Size, room: Cells, cell: Size): Cells {
  const scale = scaleInto(picture, room, cell)
  return {
    columns: Math.min(room.columns, Math.max(1, Math.round((picture.width * scale) / cell.width))),
    rows: Math.min(room.rows, Math.max(1, Math.round((picture.height * scale) / cell.height))),
  }
}

/** The pixels that a picture has in `cells`: its proportions kept, never enlarged, so a margin may be left. */
export function fitPixels(picture: Size, cells: Cells, cell: Size): Size {
  const scale = scaleInto(picture, cells, cell)
  return {
    width: Math.max(1, Math.floor(picture.width * scale)),
    height: Math.max(1, Math.floor(picture.height * scale)),
  }
}

const scaleInto = (picture: Size, { columns, rows }: Cells, cell: Size) =>
  Math.min(1, (columns * cell.width) / picture.width, (rows * cell.height) / picture.height)

/** The picture at another size: each pixel is the average of the area it stands for. */
export function resize({ width, height, data }: Bitmap, size: Size): Bitmap {
  const result = new Uint8ClampedArray(size.width * size.height * 4)
  const columns = shares(width, size.width)
  // Sums of one row of the result: colours weighted by their alpha, since what is transparent has no colour.
  const sums = new Float64Array(size.width * 4)
  for (const [y, { from, weights }] of shares(height, size.height).entries()) {
    sums.fill(0)
    for (const [offset, weight] of weights.entries())
      addRow(data.subarray((from + offset) * width * 4), columns, weight, sums)
    for (let x = 0; x < size.width; x++) {
      const alpha = sums[x * 4 + 3] ?? 0
      for (let channel = 0; channel < 3 && alpha > 0; channel++)
        result[(y * size.width + x) * 4 + channel] = (sums[x * 4 + channel] ?? 0) / alpha
      result[(y * size.width + x) * 4 + 3] = alpha
    }
  }
  return { ...size, data: result }
}

/** The pixels of which a pixel is made, and how much each counts; the weights add up to 1. */
interface Share {
  readonly from: number
  readonly weights: readonly number[]
}

function shares(from: number, to: number): Share[] {
  const ratio = from / to
  return Array.from({ length: to }, (_, index) => {
    const start = index * ratio
    const end = Math.min(from, start + ratio)
    const first = Math.floor(start)
    const weights: number[] = []
    for (let at = first; at < end; at++)
      weights.push((Math.min(end, at + 1) - Math.max(start, at)) / (end - start))
    return { from: first, weights }
  })
}

function addRow(row: Uint8ClampedArray, columns: readonly Share[], weight: number, sums: Float64Array): void {
  let to = 0
  for (const { from, weights } of columns) {
    let at = from * 4
    for (const share of weights) {
      const alpha = (row[at + 3] as number) * share * weight
      sums[to] = (sums[to] as number) + (row[at] as number) * alpha
      sums[to + 1] = (sums[to + 1] as number) + (row[at + 1] as number) * alpha
      sums[to + 2] = (sums[to + 2] as number) + (row[at + 2] as number) * alpha
      sums[to + 3] = (sums[to + 3] as number) + alpha
      at += 4
    }
    to += 4
  }
}

/** The picture on a background, without any transparency: most figures are drawn for white paper. */
export function onBackground({ width, height, data }: Bitmap, background: Colour): Bitmap {
  const result = new Uint8ClampedArray(data.length)
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] as number) / 255
    for (let channel = 0; channel < 3; channel++)
      result[at + channel] =
        (data[at + channel] as number) * alpha + (background[channel] as number) * (1 - alpha)
    result[at + 3] = 255
  }
  return { width, height, data: result }
}
