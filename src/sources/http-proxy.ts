// The way out: straight, or through the proxy that the environment names.

import { Agent, type buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import { ProxyFailure } from './http-errors.ts'

/** The environment, as a process has it. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A proxy. `shown` is its address without the password, `variable` what named it. */
export interface Proxy {
  readonly href: string
  readonly shown: string
  readonly variable: string
}

export interface Proxies {
  readonly http: Proxy | null
  readonly https: Proxy | null
  /** What NO_PROXY says. */
  readonly except: string
}

/** How a connection is made; times in ms. */
export interface Connecting {
  readonly connectTimeout: number
  readonly headersTimeout: number
  readonly bodyTimeout: number
  /** At most so many to one server; null for no limit. */
  readonly connections: number | null
}

export const NO_PROXIES: Proxies = { http: null, https: null, except: '' }

/** The proxies that the environment names, or in words what is wrong with one. */
export function readProxies(env: Environment): Proxies | string {
  const http = proxyIn(env, 'HTTP_PROXY')
  const https = proxyIn(env, 'HTTPS_PROXY')
  if (typeof http === 'string') return http
  if (typeof https === 'string') return https
  return { http, https, except: env.no_proxy ?? env.NO_PROXY ?? '' }
}

function proxyIn(env: Environment, upper: string): Proxy | string | null {
  // As other programs have it, lower case goes first.
  const variable = env[upper.toLowerCase()] === undefined ? upper : upper.toLowerCase()
  const said = env[variable]?.trim()
  if (!said) return null
  const address = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(said) ? said : `http://${said}`)
  // What it says is not repeated: it may hold a password.
  if (address?.protocol !== 'http:' && address?.protocol !== 'https:')
    return `${variable} is no http address. Set it to something like http://proxy.example:8080, or unset it.`
  const { protocol, host, username, password } = address
  if (!isEncoded(username + password))
    return `${variable} holds a % in its name or password. Write it as %25, and other signs likewise.`
  const login = username || password ? `${username}${password && ':'}${password}@` : ''
  return { href: `${protocol}//${login}${host}/`, shown: `${protocol}//${host}`, variable }
}

function isEncoded(text: string): boolean {
  return !/%(?![\da-f]{2})/i.test(text)
}

/** Makes connections, through a proxy where one is named for an address. */
export function createDispatcher(connecting: Connecting, { http, https, except }: Proxies): Dispatcher {
  if (!http && !https) return new Agent(connecting)
  const proxies = [http, https].filter((proxy) => proxy !== null)
  // Pools of connections, to servers and to proxies alike. What goes to a proxy gets our times, which undici hands on
  // to servers alone, and errors that name it.
  const pool = (origin: string, options: Pool.Options) => {
    const proxy = proxies.find(({ href }) => href === origin)
    return proxy ? proxyPool(proxy, { ...connecting, ...options }) : new Pool(origin, options)
  }
  return new EnvHttpProxyAgent({
    ...connecting,
    // Empty rather than absent: else the agent would look into the process's own environment.
    httpProxy: http?.href ?? '',
    httpsProxy: https?.href ?? '',
    noProxy: except,
    // For tunnels: a connection that has become one is no longer the pool's, so their number is not its to limit.
    clientFactory: (proxy, options) => pool(proxy.href, { ...options, connections: null }),
    factory: (origin, options) => pool(String(origin), options),
  })
}

type Tunnelled = Omit<Dispatcher.ConnectOptions, 'origin'>

function proxyPool(proxy: Proxy, options: Pool.Options): Pool {
  const { connect } = options
  const pool = new Pool(proxy.href, {
    ...options,
    ...(typeof connect === 'function' && { connect: namingProxy(proxy, connect) }),
  })
  const open: (to: Tunnelled) => Promise<Dispatcher.ConnectData> = pool.connect.bind(pool)
  const tunnel = async (to: Tunnelled) => {
    const opened = await open(to).catch((error: unknown) => {
      throw error instanceof ProxyFailure ? error : new ProxyFailure(proxy, null, error)
    })
    if (opened.statusCode === 200) return opened
    opened.socket.on('error', () => {}).destroy()
    throw new ProxyFailure(proxy, opened.statusCode)
  }
  return Object.assign(pool, { connect: tunnel })
}

function namingProxy(proxy: Proxy, connect: buildConnector.connector): buildConnector.connector {
  return (target, callback) =>
    connect(target, (...[error, socket]) =>
      error ? callback(new ProxyFailure(proxy, null, error), null) : callback(null, socket),
    )
}

/** What a failed request means where it was handed to a proxy as it is, without a tunnel. */
export function forwardFailure(error: unknown, { protocol }: URL, { http }: Proxies): unknown {
  const wantsLogin = error instanceof Error && error.message === 'Proxy Authentication Required (407)'
  return wantsLogin && http && protocol === 'http:' ? new ProxyFailure(http, 407, error) : error
}
