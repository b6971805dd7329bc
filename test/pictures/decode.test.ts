import { constants, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodePicture } from '../../src/pictures/decode.ts'
import { PictureError, type PictureErrorCode } from '../../src/pictures/errors.ts'
import { encodePng } from '../../src/pictures/png.ts'
import {
  chunk,
  dataChunk,
  difference,
  gradient,
  headerChunk,
  jpegOf,
  paint,
  pixel,
  pngOf,
  webpOf,
} from './samples.ts'

const picture = gradient(60, 40)
const files = new Map<string, Buffer>()
const file = (name: string) => files.get(name) ?? Buffer.alloc(0)

beforeAll(async () => {
  files.set('PNG', Buffer.from(encodePng(picture)))
  files.set('JPEG', await jpegOf(picture, { progressive: false, baseline: true }))
  files.set('progressive JPEG', await jpegOf(picture))
  files.set('WebP', await webpOf(picture))
  files.set('lossless WebP', await webpOf(picture, { lossless: 1 }))
})

const KINDS = ['PNG', 'JPEG', 'progressive JPEG', 'WebP', 'lossless WebP']

const outcome = (bytes: Uint8Array): Promise<string> =>
  decodePicture(bytes).then(
    ({ width, height }) => `${width}×${height}`,
    (error: unknown) => {
      // Anything else is a bug, here as in the reader.
      if (!(error instanceof PictureError)) throw error
      return error.code
    },
  )

describe('a picture', () => {
  it.each([
    ['PNG', 0],
    ['JPEG', 16],
    ['progressive JPEG', 16],
    ['WebP', 24],
    ['lossless WebP', 0],
  ])('as %s comes out as it went in, give or take %i', async (kind, tolerance) => {
    const decoded = await decodePicture(file(kind))
    expect([decoded.width, decoded.height, decoded.data.length]).toEqual([60, 40, 60 * 40 * 4])
    expect(difference(decoded, picture)).toBeLessThanOrEqual(tolerance)
  })

  it('keeps what is transparent', async () => {
    const glass = paint(3, 2, (x, y) => [200, 100, 50, x * 100 + y])
    expect(difference(await decodePicture(encodePng(glass)), glass)).toBe(0)
    expect(difference(await decodePicture(await webpOf(glass, { lossless: 1, exact: 1 })), glass)).toBe(0)
  })

  it('may lie anywhere in a larger buffer', async () => {
    for (const kind of KINDS) {
      const larger = Buffer.concat([Buffer.alloc(13, 7), file(kind), Buffer.alloc(5, 9)])
      expect(await outcome(larger.subarray(13, larger.length - 5))).toBe('60×40')
    }
  })

  it('in grey is grey', async () => {
    const grey = await decodePicture(await jpegOf(picture, { color_space: 1 }))
    const [red, green, blue, alpha] = pixel(grey, 30, 20)
    expect([green, blue, alpha]).toEqual([red, red, 255])
  })

  it('that was taken with the camera turned stands upright', async () => {
    // EXIF with one entry, the orientation: 6, to be turned to the right.
    const exif = Buffer.from(
      '457869660000' + '4d4d002a00000008' + '0001' + '011200030000000100060000' + '00000000',
      'hex',
    )
    const length = Buffer.alloc(2)
    length.writeUInt16BE(exif.length + 2)
    const jpeg = file('JPEG')
    const turned = Buffer.concat([
      jpeg.subarray(0, 2),
      Buffer.from([0xff, 0xe1]),
      length,
      exif,
      jpeg.subarray(2),
    ])
    const upright = await decodePicture(turned)
    expect([upright.width, upright.height]).toEqual([40, 60])
    // What was at the left is now at the top.
    expect(pixel(upright, 20, 2)[0]).toBeLessThan(60)
    expect(pixel(upright, 20, 57)[0]).toBeGreaterThan(200)
  })
})

describe('a PNG of any kind', () => {
  const palette = chunk('PLTE', Buffer.from([10, 20, 30, 200, 100, 50]))
  it.each([
    [
      'grey, a bit a pixel',
      headerChunk(2, 1, 1, 0),
      [],
      [0, 0b01000000],
      [0, 0, 0, 255],
      [255, 255, 255, 255],
    ],
    [
      'grey, 16 bits',
      headerChunk(2, 1, 16, 0),
      [],
      [0, 10, 10, 200, 200],
      [10, 10, 10, 255],
      [200, 200, 200, 255],
    ],
    ['grey with alpha', headerChunk(2, 1, 8, 4), [], [0, 9, 8, 7, 6], [9, 9, 9, 8], [7, 7, 7, 6]],
    ['RGB', headerChunk(2, 1, 8, 2), [], [0, 1, 2, 3, 4, 5, 6], [1, 2, 3, 255], [4, 5, 6, 255]],
    ['by palette', headerChunk(2, 1, 8, 3), [palette], [0, 0, 1], [10, 20, 30, 255], [200, 100, 50, 255]],
    [
      ...(['by palette, one transparent', headerChunk(2, 1, 1, 3)] as const),
      ...([
        [palette, chunk('tRNS', Buffer.from([0]))],
        [0, 0b01000000],
        [10, 20, 30, 0],
        [200, 100, 50, 255],
      ] as const),
    ],
    ['interlaced', headerChunk(2, 1, 8, 2, 1), [], [0, 1, 2, 3, 0, 4, 5, 6], [1, 2, 3, 255], [4, 5, 6, 255]],
  ])('is decoded: %s', async (_kind, header, more, raw, left, right) => {
    const png = pngOf(header, ...more, dataChunk(Buffer.from(raw)), chunk('IEND'))
    const decoded = await decodePicture(png)
    expect([pixel(decoded, 0, 0), pixel(decoded, 1, 0)]).toEqual([left, right])
  })
})

describe('what is no picture', () => {
  const text = (content: string) => Buffer.from(content, 'latin1')
  it.each<[string, Buffer, PictureErrorCode]>([
    ['nothing', text(''), 'unsupported'],
    ['a page', text('<!doctype html><title>Not found</title>'), 'unsupported'],
    ['a drawing', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unsupported'],
    ['a GIF', text('GIF89a\x01\0\x01\0'), 'unsupported'],
    ['a sound', text('RIFF\x10\0\0\0WAVEfmt '), 'unsupported'],
    ['the beginning of a PNG', text('\x89PNG\r\n\x1a\n'), 'damaged'],
    ['a PNG without a header', pngOf(chunk('IDAT', Buffer.alloc(20))), 'damaged'],
    ['a PNG without pixels', pngOf(headerChunk(8, 8), chunk('IEND')), 'damaged'],
    [
      'a PNG of two sizes',
      pngOf(headerChunk(1, 1), headerChunk(2, 1), dataChunk(Buffer.alloc(9)), chunk('IEND')),
      'damaged',
    ],
    [
      'a PNG of an unknown kind',
      pngOf(headerChunk(8, 8, 8, 5), dataChunk(Buffer.alloc(200)), chunk('IEND')),
      'damaged',
    ],
    ['the beginning of a JPEG', text('\xff\xd8\xff\xe0'), 'damaged'],
    ['a JPEG that ends at once', text('\xff\xd8\xff\xd9'), 'damaged'],
    ['a JPEG in printing colours', text('\xff\xd8\xff\xc0\0\x14\x08\0\x08\0\x08\x04'), 'unsupported'],
    ['the beginning of a WebP', text('RIFF\x10\0\0\0WEBPVP8L'), 'damaged'],
    ['a WebP of an unknown kind', text(`RIFF\x40\0\0\0WEBPWHAT${'\0'.repeat(40)}`), 'damaged'],
  ])('says so: %s', async (_what, bytes, code) => {
    expect(await outcome(bytes)).toBe(code)
  })

  it('is any picture that was cut off', async () => {
    for (const kind of KINDS)
      for (const share of [0.3, 0.5, 0.7, 0.9, 0.99])
        expect(await outcome(file(kind).subarray(0, file(kind).length * share)), `${kind} ${share}`).toBe(
          'damaged',
        )
  })
})

describe('what is too large', () => {
  const claiming = (width: number, height: number) =>
    pngOf(headerChunk(width, height), dataChunk(Buffer.alloc(99)))
  it.each<[string, Buffer, PictureErrorCode]>([
    ['pixels', claiming(10_000, 4_001), 'too-large'],
    ['columns', claiming(20_001, 1), 'too-large'],
    ['rows', claiming(1, 20_001), 'too-large'],
    ['columns than a number holds', claiming(0xffff_ffff, 0xffff_ffff), 'too-large'],
    ['bytes', Buffer.concat([claiming(1, 1), Buffer.alloc(20_000_000)]), 'too-large'],
    ['bits a pixel', pngOf(headerChunk(6_000, 6_000, 16, 6), dataChunk(Buffer.alloc(99))), 'too-large'],
    ['pixels for what it holds', claiming(6_000, 6_000), 'damaged'],
    ['headers', pngOf(headerChunk(1, 1), headerChunk(30_000, 30_000), dataChunk(Buffer.alloc(9))), 'damaged'],
  ])('is refused before anything is allocated: %s', async (_what, bytes, code) => {
    expect(await peakGrowth(async () => expect(await outcome(bytes)).toBe(code))).toBeLessThan(64_000_000)
  })

  it('once inflated is not inflated: pixels beyond those of the header', async () => {
    for (const interlaced of [0, 1]) {
      const png = pngOf(headerChunk(16, 16, 8, 6, interlaced), chunk('IDAT', bomb()), chunk('IEND'))
      expect(await peakGrowth(() => outcome(png))).toBeLessThan(64_000_000)
    }
  })

  it('is no PNG whose texts and profiles would be, which nobody reads', async () => {
    const large = Buffer.concat([Buffer.from('name\0\0', 'latin1'), bomb()])
    const [header, ...rest] = [headerChunk(1, 1), dataChunk(Buffer.from([0, 1, 2, 3, 4])), chunk('IEND')]
    const png = pngOf(header, chunk('iCCP', large), chunk('zTXt', large), ...rest)
    expect(await peakGrowth(async () => expect(await outcome(png)).toBe('1×1'))).toBeLessThan(64_000_000)
  })

  it('is a JPEG by its header alone, or one that is painted over and over', async () => {
    const jpeg = file('progressive JPEG')
    const large = Buffer.from(jpeg)
    large.writeUInt16BE(20_001, jpeg.indexOf(Buffer.from([0xff, 0xc2])) + 5)
    expect(await outcome(large)).toBe('too-large')
    const scan = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]))
    const scans = Array.from({ length: 200 }, () => jpeg.subarray(scan, -2))
    expect(await outcome(Buffer.concat([jpeg.subarray(0, scan), ...scans, jpeg.subarray(-2)]))).toBe(
      'too-large',
    )
  })

  it('is a WebP by its header alone', async () => {
    const lossless = Buffer.from(file('lossless WebP'))
    lossless.writeUInt32LE(0x0fff_ffff, 21)
    expect(await outcome(lossless)).toBe('too-large')
    const lossy = Buffer.from(file('WebP'))
    lossy.writeUInt32LE(0x3fff_3fff, lossy.indexOf(Buffer.from([0x9d, 0x01, 0x2a])) + 3)
    expect(await outcome(lossy)).toBe('too-large')
  })
})

/** 300 MB of zeros. */
function bomb(): Buffer {
  const piece = deflateRawSync(Buffer.alloc(1_000_000), { finishFlush: constants.Z_FULL_FLUSH })
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array<Buffer>(300).fill(piece)])
}

/** By how many bytes the most memory that the process ever had has grown. */
async function peakGrowth(work: () => Promise<unknown>): Promise<number> {
  const before = process.resourceUsage().maxRSS
  await work()
  return (process.resourceUsage().maxRSS - before) * 1024
}

describe('hostile bytes', () => {
  const beginnings = fc.constantFrom(
    '',
    ...[
      '\x89PNG\r\n\x1a\n',
      '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0',
      '\xff\xd8\xff',
    ],
    ...[
      '\xff\xd8\xff\xc0\0\x11\x08\0\x10\0\x10\x03',
      'RIFF\xff\xff\0\0WEBPVP8 ',
      'RIFF\xff\xff\0\0WEBPVP8L\x20\0\0\0/',
    ],
    'RIFF\xff\xff\0\0WEBPVP8X\x0a\0\0\0',
  )

  it('give a small picture or a PictureError', async () => {
    const bytes = fc.tuple(beginnings, fc.uint8Array({ maxLength: 300 }))
    await fc.assert(
      fc.asyncProperty(bytes, async ([beginning, rest]) => {
        expect(await outcome(Buffer.concat([Buffer.from(beginning, 'latin1'), rest]))).toMatch(
          /^\d+×\d+$|^[a-z-]+$/,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('in the place of some of a picture give a picture or a PictureError', async () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...KINDS), changes, fc.nat(), async (kind, changed, cut) => {
        const bytes = Buffer.from(file(kind))
        for (const [at, value] of changed) bytes[at % bytes.length] = value
        const whole = cut % 4 > 0
        expect(await outcome(whole ? bytes : bytes.subarray(0, cut % bytes.length))).toMatch(
          /^\d+×\d+$|^[a-z-]+$/,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('leave the next picture as it is', async () => {
    for (const kind of KINDS) {
      const broken = Buffer.from(file(kind))
      broken.subarray(40, -2).fill(0x55)
      await outcome(broken)
      expect(await outcome(file(kind))).toBe('60×40')
    }
  })
})
