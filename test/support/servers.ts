// Servers on localhost that do as a test tells them, and a proxy.

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** A server that runs until the scope is left. */
export interface Running extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Every connection so far. */
  readonly connections: number
}

/** Starts a server on a free port; leaving the scope ends its connections too, tunnels among them. */
export async function running(server: Server, protocol = 'http'): Promise<Running> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${protocol}://127.0.0.1:${port}`,
    port,
    get connections() {
      return connections
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Starts a server that answers each request as told. */
export function startServer(answer: RequestListener): Promise<Running> {
  return running(createServer(answer))
}

/** The same over TLS. */
export function startSecureServer(
  identity: { key: string; cert: string },
  answer: RequestListener,
): Promise<Running> {
  return running(createSecureServer(identity, answer), 'https')
}

/** A running proxy, and what it was asked for: `CONNECT host:443` or `GET http://…`, with its headers. */
export interface RunningProxy extends Running {
  readonly asked: { readonly what: string; readonly headers: IncomingHttpHeaders }[]
}

export interface ProxyOptions {
  /** The port on this computer that stands for a host; its own port unless told. */
  readonly portOf?: (host: string) => number
  /** A status given in the place of a way. */
  readonly refuse?: number
  /** Whether nothing is ever answered. */
  readonly silent?: boolean
  /** Whether every tunnel that is asked for ends the connection. */
  readonly hangUp?: boolean
}

/** Starts a proxy that tunnels and forwards to this computer, whatever host it is asked for. */
export async function startProxy(options: ProxyOptions = {}): Promise<RunningProxy> {
  const { portOf, refuse, silent, hangUp } = options
  const asked: RunningProxy['asked'] = []
  const portFor = ({ hostname, port }: URL) => portOf?.(hostname) ?? Number(port)
  const forward = (from: IncomingMessage, response: ServerResponse) => {
    asked.push({ what: `${from.method} ${from.url}`, headers: from.headers })
    if (silent) return
    if (refuse !== undefined) return response.writeHead(refuse, { 'content-length': 4 }).end('Sorry')
    const to = new URL(from.url ?? '')
    const onward = request({
      ...{ host: '127.0.0.1', port: portFor(to), path: to.pathname + to.search, headers: from.headers },
    })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end())
    onward.end()
  }
  const tunnel = (from: IncomingMessage, client: Duplex) => {
    asked.push({ what: `CONNECT ${from.url}`, headers: from.headers })
    client.on('error', () => {})
    if (silent) return
    if (hangUp) return client.destroy()
    if (refuse !== undefined) return client.end(`HTTP/1.1 ${refuse} Sorry\r\ncontent-length: 5\r\n\r\nSorry`)
    const server = connect(portFor(new URL(`http://${from.url}`)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      server.pipe(client).pipe(server)
    })
    server.on('error', () => client.destroy())
    client.on('close', () => server.destroy())
  }
  const server = await running(createServer(forward).on('connect', tunnel))
  return Object.assign(server, { asked })
}

/** Answers in front of another server on this computer, and hands on to it what `spoil` does not answer. */
export function inFrontOf(
  behind: string,
  spoil: (request: IncomingMessage, response: ServerResponse) => boolean,
): RequestListener {
  return (from, response) => {
    if (spoil(from, response)) return
    const onward = request(new URL(from.url ?? '/', behind), { headers: from.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    onward.end()
  }
}
