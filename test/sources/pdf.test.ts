import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import type { RequestListener } from 'node:http'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { arxivAddresses } from '../../src/sources/arxiv.ts'
import { SourceError } from '../../src/sources/errors.ts'
import { createHttp, type HttpOptions } from '../../src/sources/http.ts'
import { type DownloadOptions, downloadPdf } from '../../src/sources/pdf.ts'
import {
  type ArxivFault,
  type FakeArxiv,
  type FakeArxivOptions,
  onPdf,
  startFakeArxiv,
} from '../support/fake-arxiv.ts'
import { pdfBytes } from '../support/fake-arxiv-papers.ts'
import { temporaryFolder } from '../support/papers.ts'
import { finished } from '../support/program.ts'
import { startServer } from '../support/servers.ts'

const ID = '2501.00001'
const SIZE = 300_000
const HALF = 150_000
const PDF = pdfBytes(SIZE)

let folder: ReturnType<typeof temporaryFolder>
const servers: FakeArxiv[] = []
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
  folder[Symbol.dispose]()
})

async function start(options: FakeArxivOptions = {}): Promise<FakeArxiv> {
  const arxiv = await startFakeArxiv({ pdfs: new Map([[ID, PDF]]), ...options })
  servers.push(arxiv)
  return arxiv
}

interface Asked extends DownloadOptions {
  readonly id?: string
  readonly into?: string
  readonly http?: HttpOptions
}

async function download(server: { url: string }, { id = ID, into, http: options, ...rest }: Asked = {}) {
  const http = createHttp({ pause: 2, tries: 2, env: {}, ...options })
  const asked = downloadPdf(http, arxivAddresses(server.url), id, into ?? folder.path, rest)
  return await asked.finally(() => http.close())
}

const always = (fault: Partial<ArxivFault> & { kind: string }): ArxivFault =>
  ({ times: Number.POSITIVE_INFINITY, match: onPdf, ...fault }) as ArxivFault
const files = (path = folder.path) => readdirSync(path).toSorted()
const ranges = ({ requests }: FakeArxiv) => requests.map(({ headers }) => headers.range)
const FILE = `${ID}.pdf`
const stored = () => readFileSync(join(folder.path, FILE))

/** Leaves half of a PDF, as a download does that fails. */
async function leaveHalf(arxiv: FakeArxiv): Promise<void> {
  arxiv.faults.push({ kind: 'cut', after: HALF, match: onPdf })
  await expect(download(arxiv, { http: { tries: 1 } })).rejects.toMatchObject({ code: 'unreachable' })
  expect(files()).toEqual([expect.stringMatching(/^2501\.00001\.pdf\.part-0-[0-9a-f]{8}$/)])
  arxiv.requests.length = 0
}

describe('a PDF', () => {
  it('is stored whole in a folder that is made for it, and nothing beside it', async () => {
    const arxiv = await start()
    const into = join(folder.path, 'papers', 'new')
    expect(await download(arxiv, { into })).toEqual({ file: join(into, FILE), bytes: SIZE })
    expect(files(into)).toEqual([FILE])
    expect(readFileSync(join(into, FILE))).toEqual(PDF)
    expect(arxiv.requests[0]?.headers).toMatchObject({ 'accept-encoding': 'identity' })
    expect(ranges(arxiv)).toEqual([undefined])
  })

  it.each([
    [ID, 3, '/pdf/2501.00001v3', '2501.00001v3.pdf'],
    ['hep-ex/0307015', null, '/pdf/hep-ex/0307015', 'hep-ex_0307015.pdf'],
    ['math.GT/0309136', 1, '/pdf/math.GT/0309136v1', 'math.GT_0309136v1.pdf'],
  ])('is named after the paper: %s, version %s', async (id, version, path, name) => {
    const arxiv = await start({ pdfs: new Map([[id, PDF]]) })
    await download(arxiv, { id, version })
    expect(arxiv.requests.map(({ url }) => url)).toEqual([path])
    expect(files()).toEqual([name])
  })

  it('is not asked for where it is there', async () => {
    const arxiv = await start()
    await download(arxiv)
    expect(await download(arxiv)).toEqual({ file: join(folder.path, FILE), bytes: SIZE })
    expect(arxiv.requests).toHaveLength(1)
  })

  it('tells how far it is', async () => {
    const told: [number, number | null][] = []
    await download(await start(), { onProgress: (bytes, total) => told.push([bytes, total]) })
    expect(told.at(-1)).toEqual([SIZE, SIZE])
    expect(told.map(([bytes]) => bytes)).toEqual(told.map(([bytes]) => bytes).toSorted((a, b) => a - b))
  })

  it('may say that it is one after its first bytes, and be short', async () => {
    const short = Buffer.from('\n\n%PDF-1.4 short')
    await download(await start({ pdfs: new Map([[ID, short]]) }))
    expect(stored()).toEqual(short)
  })

  it('may come without its length', async () => {
    await using server = await startServer((_request, response) => {
      response.write(PDF.subarray(0, 2000), () => response.end(PDF.subarray(2000)))
    })
    expect(await download(server)).toMatchObject({ bytes: SIZE })
    expect(stored()).toEqual(PDF)
  })
})

describe('what breaks off', () => {
  it('is gone on with at once', async () => {
    const arxiv = await start({ faults: [{ kind: 'cut', after: HALF, match: onPdf }] })
    expect(await download(arxiv)).toMatchObject({ bytes: SIZE })
    expect(ranges(arxiv)).toEqual([undefined, `bytes=${HALF}-`])
    expect(stored()).toEqual(PDF)
  })

  it('is gone on with by a later download', async () => {
    const arxiv = await start()
    await leaveHalf(arxiv)
    const told: number[] = []
    expect(await download(arxiv, { onProgress: (bytes) => told.push(bytes) })).toMatchObject({ bytes: SIZE })
    expect(ranges(arxiv)).toEqual([`bytes=${HALF}-`])
    expect(told[0]).toBeGreaterThan(HALF)
    expect(stored()).toEqual(PDF)
    expect(files()).toEqual([FILE])
  })

  it('is begun anew where the PDF is another by now', async () => {
    const arxiv = await start()
    await leaveHalf(arxiv)
    const revised = pdfBytes(SIZE, 2)
    arxiv.pdfs.set(ID, revised)
    await download(arxiv)
    expect(ranges(arxiv)).toEqual([`bytes=${HALF}-`])
    expect(stored()).toEqual(revised)
  })

  it('is begun anew where it has become shorter than what is there', async () => {
    const arxiv = await start()
    await leaveHalf(arxiv)
    arxiv.faults.push({ kind: 'status', status: 416, match: onPdf })
    await download(arxiv)
    expect(ranges(arxiv)).toEqual([`bytes=${HALF}-`, undefined])
    expect(stored()).toEqual(PDF)
  })

  const ETAG = '"one"'
  const wholeWith = (headers: Record<string, string>): RequestListener =>
    function answer(_request, response) {
      response.writeHead(200, { 'content-length': SIZE, ...headers }).end(PDF)
    }
  const rest = (from: number, headers: Record<string, string>): RequestListener =>
    function answer(_request, response) {
      response.writeHead(206, { 'content-length': SIZE - from, ...headers }).end(PDF.subarray(from))
    }
  const range = (from: number) => `bytes ${from}-${SIZE - 1}/${SIZE}`

  it.each<[string, Record<string, string>, RequestListener, (string | undefined)[]]>([
    ['takes no notice of it', { etag: ETAG }, wholeWith({ etag: ETAG }), [`bytes=${HALF}-`]],
    [
      'knows the time alone',
      { 'last-modified': 'Mon, 06 Jan 2025 10:00:00 GMT' },
      rest(HALF, { 'content-range': range(HALF) }),
      [`bytes=${HALF}-`],
    ],
    ['gives only a weak tag', { etag: `W/${ETAG}` }, wholeWith({}), [undefined]],
    ['gives nothing to tell it by', {}, wholeWith({}), [undefined]],
    [
      'gives another part',
      { etag: ETAG },
      rest(HALF + 1, { 'content-range': range(HALF + 1) }),
      [`bytes=${HALF}-`, undefined],
    ],
    ['does not say which part', { etag: ETAG }, rest(HALF, {}), [`bytes=${HALF}-`, undefined]],
    [
      'gives a part of another file',
      { etag: ETAG },
      rest(HALF, { etag: '"two"', 'content-range': range(HALF) }),
      [`bytes=${HALF}-`, undefined],
    ],
  ])('is not mixed up where the server %s', async (_how, first, second, expected) => {
    const asked: (string | undefined)[] = []
    await using server = await startServer((request, response) => {
      asked.push(request.headers.range)
      if (asked.length > 2) return wholeWith({})(request, response)
      if (asked.length === 2) return second(request, response)
      response.writeHead(200, { 'content-length': SIZE, ...first })
      return response.write(PDF.subarray(0, HALF), () => request.socket.destroy())
    })
    await expect(download(server, { http: { tries: 1 } })).rejects.toMatchObject({ code: 'unreachable' })
    expect(await download(server)).toMatchObject({ bytes: SIZE })
    expect(asked.slice(1)).toEqual(expected)
    expect(stored()).toEqual(PDF)
    expect(files()).toEqual([FILE])
  })

  it('stays where a web page comes instead', async () => {
    const arxiv = await start()
    await leaveHalf(arxiv)
    arxiv.faults.push({ kind: 'body', body: '<!doctype html><form>Network login</form>', match: onPdf })
    await expect(download(arxiv)).rejects.toMatchObject({ code: 'unknown-shape' })
    await download(arxiv)
    expect(ranges(arxiv).at(-1)).toBe(`bytes=${HALF}-`)
    expect(stored()).toEqual(PDF)
  })

  it('stays where the download is stopped', async () => {
    const arxiv = await start({ faults: [{ kind: 'stall', after: HALF, match: onPdf }] })
    const controller = new AbortController()
    const onProgress = (bytes: number) => bytes === HALF && controller.abort()
    const asked = download(arxiv, { onProgress, http: { signal: controller.signal } })
    await expect(asked).rejects.toMatchObject({ code: 'stopped' })
    await download(arxiv)
    expect(ranges(arxiv)).toEqual([undefined, `bytes=${HALF}-`])
    expect(stored()).toEqual(PDF)
  })

  it('is given up where nothing comes for long', async () => {
    const arxiv = await start({ faults: [always({ kind: 'stall', after: HALF })] })
    await expect(download(arxiv, { http: { timeout: 100, tries: 1 } })).rejects.toMatchObject({
      code: 'timeout',
    })
  })
})

/** The download in a process of its own. */
function startProcess({ url }: FakeArxiv) {
  const source = (name: string) => JSON.stringify(new URL(`../../src/sources/${name}`, import.meta.url).href)
  const script = `
    import { arxivAddresses } from ${source('arxiv.ts')}
    import { createHttp } from ${source('http.ts')}
    import { downloadPdf } from ${source('pdf.ts')}
    const http = createHttp({ env: {} })
    const { bytes } = await downloadPdf(http, arxivAddresses('${url}'), '${ID}', ${JSON.stringify(folder.path)})
    await http.close()
    console.log(bytes)`
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

describe('several processes', () => {
  it('of which one is killed midway: the next asks for the rest alone', async () => {
    const arxiv = await start({ faults: [{ kind: 'stall', after: HALF, match: onPdf }] })
    const child = startProcess(arxiv)
    const done = finished(child)
    const written = () => {
      const [name] = files()
      const body = name === undefined ? '' : join(folder.path, name, 'body')
      return existsSync(body) ? statSync(body).size : 0
    }
    await expect.poll(written, { timeout: 20_000 }).toBe(HALF)
    child.kill('SIGKILL')
    expect(await done).toMatchObject({ signal: 'SIGKILL' })
    expect(existsSync(join(folder.path, FILE))).toBe(false)

    expect(await download(arxiv)).toMatchObject({ bytes: SIZE })
    expect(ranges(arxiv)).toEqual([undefined, `bytes=${HALF}-`])
    expect(stored()).toEqual(PDF)
    expect(files()).toEqual([FILE])
  })

  it('that download one PDF at a time all have it', async () => {
    const arxiv = await start()
    const results = await Promise.all([
      ...[finished(startProcess(arxiv)), finished(startProcess(arxiv))],
      ...[download(arxiv), download(arxiv)],
    ])
    expect(results).toMatchObject([
      ...[
        { status: 0, out: `${SIZE}\n` },
        { status: 0, out: `${SIZE}\n` },
      ],
      ...[{ bytes: SIZE }, { bytes: SIZE }],
    ])
    expect(stored()).toEqual(PDF)
    expect(files()).toEqual([FILE])
  })

  it('that fail at once leave what the next two go on with, each with its own', async () => {
    const arxiv = await start({ faults: [always({ kind: 'cut', after: HALF })] })
    const both = () => Promise.allSettled([1, 2].map(() => download(arxiv, { http: { tries: 1 } })))
    await both()
    expect(files()).toHaveLength(2)
    arxiv.faults = []
    arxiv.requests.length = 0
    await both()
    expect(ranges(arxiv)).toEqual([`bytes=${HALF}-`, `bytes=${HALF}-`])
    expect(stored()).toEqual(PDF)
    expect(files()).toEqual([FILE])
  })
})

describe('what another process has left', () => {
  /** A folder of a download, as process `owner` would leave it. */
  function left(owner: number, bytes: number, expected: string) {
    const path = join(folder.path, `${FILE}.part-${owner}-0123abcd`)
    mkdirSync(path)
    writeFileSync(join(path, 'body'), PDF.subarray(0, bytes))
    writeFileSync(join(path, 'expected.json'), expected)
    return path
  }
  const expectedOf = async (arxiv: FakeArxiv) => {
    const { headers } = await fetch(`${arxiv.url}/pdf/${ID}`)
    arxiv.requests.length = 0
    return JSON.stringify({ total: SIZE, validators: { etag: headers.get('etag'), lastModified: null } })
  }
  /** No process has this number: it is beyond any limit. */
  const DEAD = 2_000_000_000

  it('needs no request where it is whole', async () => {
    const arxiv = await start()
    left(DEAD, SIZE, await expectedOf(arxiv))
    expect(await download(arxiv)).toMatchObject({ bytes: SIZE })
    expect(arxiv.requests).toEqual([])
    expect(files()).toEqual([FILE])
  })

  it('is left alone while that process lives', async () => {
    const arxiv = await start()
    const path = left(process.ppid, HALF, await expectedOf(arxiv))
    await download(arxiv)
    expect(ranges(arxiv)).toEqual([undefined])
    expect(files()).toEqual([FILE, basename(path)])
  })

  it('is gone on with where it has lain there for long, whoever has that number now', async () => {
    const arxiv = await start()
    const path = left(process.ppid, HALF, await expectedOf(arxiv))
    const dayAgo = new Date(Date.now() - 86_400_000)
    utimesSync(join(path, 'body'), dayAgo, dayAgo)
    await download(arxiv)
    expect(ranges(arxiv)).toEqual([`bytes=${HALF}-`])
    expect(files()).toEqual([FILE])
  })

  it.each(['', '{"total":300000,"valid', 'null', '[]', '{"total":"x","validators":{"etag":7}}'])(
    'is begun anew where it is not known what it is: %j',
    async (expected) => {
      const arxiv = await start()
      left(DEAD, HALF, expected)
      await download(arxiv)
      expect(ranges(arxiv)).toEqual([undefined])
      expect(stored()).toEqual(PDF)
      expect(files()).toEqual([FILE])
    },
  )

  it('is not what only looks like it', async () => {
    const others = [
      `${FILE}.part`,
      `${FILE}.part-1`,
      `${FILE}.part-${DEAD}-0123abcd.txt`,
      `x${FILE}.part-0-0123abcd`,
    ]
    for (const name of others) writeFileSync(join(folder.path, name), 'mine')
    await download(await start())
    expect(files()).toEqual([FILE, ...others].toSorted())
  })
})

describe('what fails is an error in words, and no file', () => {
  it.each<[string, ArxivFault, string, string]>([
    [
      'a web page',
      always({ kind: 'body', body: '\n<!doctype html><title>Soon</title>' }),
      'unknown-shape',
      'a web page instead of a PDF',
    ],
    [
      'some other file',
      always({ kind: 'body', body: 'x'.repeat(5000) }),
      'unknown-shape',
      'something else instead of a PDF',
    ],
    ['nothing', always({ kind: 'body', body: '' }), 'unknown-shape', 'something else'],
    ['a closed door', always({ kind: 'status', status: 403 }), 'refused', '403'],
    ['too many requests', always({ kind: 'status', status: 429 }), 'rate-limited', 'fewer requests'],
    ['a server in trouble', always({ kind: 'status', status: 500 }), 'server', '500'],
    ['no content', always({ kind: 'status', status: 204 }), 'bad-request', '204'],
    ['a reset', always({ kind: 'reset' }), 'unreachable', 'Try again'],
  ])('%s', async (_what, fault, code, message) => {
    const asked = download(await start({ faults: [fault] }))
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
    expect(files()).toEqual([])
  })

  it('a paper without one', async () => {
    const asked = download(await start(), { id: '2501.00002', version: 2 })
    await expect(asked).rejects.toMatchObject({
      code: 'not-found',
      message: 'arXiv has no PDF of 2501.00002v2.',
    })
  })

  it('a network that is away', async () => {
    await expect(download({ url: 'http://127.0.0.1:1' })).rejects.toMatchObject({ offline: true })
    expect(files()).toEqual([])
  })

  it('more than a gigabyte', async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200, { 'content-length': 1_000_000_001 }).write(PDF)
    })
    await expect(download(server)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('1000 MB'),
    })
    expect(files()).toEqual([])
  })

  it.each(['', '../x', 'title:a-title', 'doi:10.1000/x', `${ID}v2`, `${ID}\n`, `${ID}/../../x`])(
    'an id that is none of arXiv’s, before anything is asked or made: %j',
    async (id) => {
      const arxiv = await start()
      await expect(download(arxiv, { id })).rejects.toMatchObject({ code: 'bad-request' })
      expect([arxiv.requests, files()]).toEqual([[], []])
    },
  )
})

describe('a place that cannot be written to is named', () => {
  const unwritable = (message: RegExp) =>
    expect.objectContaining({ code: 'unwritable', message: expect.stringMatching(message) })
  it.each<[string, (path: string) => string, RegExp]>([
    ['a file', (path) => path, /is not a folder/],
    ['below a file', (path) => join(path, 'below'), /is not a folder/],
    ['where no folder can be made', () => '/proc/broadsheet/papers', /\/proc\/broadsheet/],
  ])('%s', async (_what, place, message) => {
    const file = join(folder.path, 'taken')
    writeFileSync(file, 'mine')
    const arxiv = await start()
    const into = place(file)
    await expect(download(arxiv, { into })).rejects.toEqual(unwritable(message))
    expect(arxiv.requests).toEqual([])
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('a folder in the place of the file', async () => {
    mkdirSync(join(folder.path, FILE))
    await expect(download(await start())).rejects.toMatchObject({
      code: 'unwritable',
      message: expect.stringContaining('is not a file'),
    })
  })

  // The superuser may write anywhere, so there is nothing to refuse.
  it.skipIf(process.getuid?.() === 0)('a folder of somebody else', async () => {
    chmodSync(folder.path, 0o500)
    const asked = download(await start())
    await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('permissions') })
    chmodSync(folder.path, 0o700)
  })

  it('in one clean line', async () => {
    writeFileSync(join(folder.path, 'odd\u001b[2J\n'), '')
    const asked = download(await start(), { into: join(folder.path, 'odd\u001b[2J\n', 'x') })
    await expect(asked).rejects.toThrow(/^[^\u0000-\u001f]+$/)
  })
})

it('whatever a server says, there is a PDF or an error in words', async () => {
  let answer: RequestListener = () => {}
  await using server = await startServer((request, response) => answer(request, response))
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc.uint8Array({ maxLength: 3000 }).map((rest) => Buffer.concat([Buffer.from('%PDF-1.4\n'), rest])),
  )
  const headers = fc.record(
    {
      etag: fc.constantFrom('"a"', '"b"', 'W/"a"', 'odd', '*'),
      'content-range': fc.constantFrom('bytes 0-9/10', 'bytes 5-9/10', 'bytes */10', 'odd'),
      'content-length': fc.constantFrom('0', '5', '4000', '-1'),
      'content-type': fc.constantFrom('application/pdf', 'text/html'),
    },
    { requiredKeys: [] },
  )
  const answers = fc.array(
    fc.record({ status: fc.constantFrom(200, 200, 206, 204, 304, 404, 416, 500), headers, bytes }),
    { minLength: 1, maxLength: 3 },
  )
  await fc.assert(
    fc.asyncProperty(answers, async (given) => {
      using place = temporaryFolder()
      let count = 0
      answer = (_request, response) => {
        const said = given[Math.min(count++, given.length - 1)]
        response.on('error', () => {})
        response.strictContentLength = false
        response.writeHead(said?.status ?? 200, { connection: 'close', ...said?.headers }).end(said?.bytes)
      }
      const into = place.path
      try {
        const { file } = await download(server, { into, http: { pause: 0, timeout: 200 } })
        expect(readFileSync(file).toString('latin1', 0, 1024)).toContain('%PDF-')
        expect(files(into)).toEqual([FILE])
      } catch (error) {
        expect(error).toBeInstanceOf(SourceError)
        expect(files(into)).not.toContain(FILE)
      }
    }),
    { numRuns: 100 },
  )
})
