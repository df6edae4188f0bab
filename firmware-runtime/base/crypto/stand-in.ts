// Stand-in cryptography for simulation, named as such in every report: fast and deterministic.
// SHA-256 from node:crypto exists on stock Node and Electron alike, so hashes agree on both.
import { hash } from 'node:crypto'
import type { Crypto, SigningKey, VerifyingKey } from '../ports/crypto.ts'
import { equalBytes } from './sm4.ts'

const hashBytes = 32
const blockBytes = 64

/** As text with one character per byte: a buffer per hash took twice as long as the hash. */
const digestOf = (data: Uint8Array): string => hash('sha256', data, 'binary')

function put(digest: string, into: Uint8Array, at: number): void {
  for (let i = 0; i < hashBytes; i++) into[at + i] = digest.charCodeAt(i)
}

function sha256(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(hashBytes)
  put(digestOf(data), bytes, 0)
  return bytes
}

interface Pads {
  readonly inner: Uint8Array
  readonly outer: Uint8Array
}

/** Padded keys, kept because the chain uses one key for every row. */
const padsOf = new WeakMap<Uint8Array, Pads>()

function pads(key: Uint8Array): Pads {
  const known = padsOf.get(key)
  if (known !== undefined) return known
  const block = new Uint8Array(blockBytes)
  block.set(key.length > blockBytes ? sha256(key) : key)
  const made = { inner: block.map((b) => b ^ 0x36), outer: block.map((b) => b ^ 0x5c) }
  padsOf.set(key, made)
  return made
}

let scratch = new Uint8Array(4_096)
const second = new Uint8Array(blockBytes + hashBytes)

/** HMAC by two one-shot hashes: a key object for every row, or two arrays, cost more than the hashes. */
function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  const { inner, outer } = pads(key)
  const length = blockBytes + data.length
  if (scratch.length < length) scratch = new Uint8Array(2 * length)
  scratch.set(inner)
  scratch.set(data, blockBytes)
  second.set(outer)
  put(digestOf(scratch.subarray(0, length)), second, blockBytes)
  return sha256(second)
}

export const standInCrypto: Crypto = { kind: 'stand-in', sm3: sha256, hmacSm3: hmacSha256, sha256 }

const keyOf = (certSerial: string): Uint8Array =>
  sha256(new TextEncoder().encode(`stand-in key ${certSerial}`))

/** Anyone can compute it from the serial: proves order and completeness, never identity. */
export function standInSigningKey(certSerial: string): SigningKey {
  const key = keyOf(certSerial)
  return { certSerial, suite: 'GM', sign: (message) => hmacSha256(key, message) }
}

export function standInVerifyingKey(certSerial: string): VerifyingKey {
  const key = keyOf(certSerial)
  return {
    certSerial,
    verify: (message, signature) => equalBytes(hmacSha256(key, message), signature),
  }
}
