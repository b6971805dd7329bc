// Certificates for servers on localhost, made on the spot: sound ones, and every kind that a client must not believe.

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** A key and its certificate as PEM, fit for `https.createServer`. */
export interface Identity {
  readonly key: string
  readonly cert: string
  readonly name: string
  readonly signer: KeyObject
}

export interface Wish {
  readonly name?: string
  /** Who signs it; itself unless told. */
  readonly issuer?: Identity
  /** Whether it may sign others. */
  readonly authority?: boolean
  readonly from?: Date
  readonly until?: Date
  /** The host it is for, 127.0.0.1 too unless it is named. */
  readonly host?: string
}

/** A piece of DER: a tag, the length, and what is in it. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const number = (...bytes: readonly number[]) => der(0x02, Buffer.from(bytes))
const octets = (content: Buffer) => der(0x04, content)
const yes = der(0x01, Buffer.from([255]))
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const named = (name: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))))
const time = (date: Date) =>
  der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`))

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))
const ALTERNATIVE_NAMES = oid('551d11')
const BASIC_CONSTRAINTS = oid('551d13')
const DAY = 86_400_000

/** Makes a certificate. */
export function makeIdentity(wish: Wish = {}): Identity {
  const { name = 'broadsheet test', issuer, authority = false, host } = wish
  const { from = new Date(Date.now() - DAY), until = new Date(Date.now() + DAY) } = wish
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const hosts = host === undefined ? [der(0x87, Buffer.from([127, 0, 0, 1]))] : [der(0x82, Buffer.from(host))]
  const extensions = [
    sequence(ALTERNATIVE_NAMES, octets(sequence(...hosts))),
    ...(authority ? [sequence(BASIC_CONSTRAINTS, yes, octets(sequence(yes)))] : []),
  ]
  const content = sequence(
    der(0xa0, number(2)),
    number(1, ...Buffer.from(name).subarray(0, 8)),
    ECDSA_WITH_SHA256,
    named(issuer?.name ?? name),
    sequence(time(from), time(until)),
    named(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', content, issuer?.signer ?? privateKey)
  const whole = sequence(content, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    name,
    signer: privateKey,
  }
}
