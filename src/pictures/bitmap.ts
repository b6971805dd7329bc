// Pictures in memory, and the two measures of a screen: pixels and cells.

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Cells {
  readonly columns: number
  readonly rows: number
}

/** A picture: rows from the top, four bytes a pixel (red, green, blue, alpha), alpha not multiplied in. */
export interface Bitmap extends Size {
  readonly data: Uint8ClampedArray
}

/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number]
