// A time server as a pure model: a request and the time in, an answer and its delay out.
// A second implementation: its own packing of the 48 bytes, by shifts and big integers.
import { setKnobs } from '../shell/knobs.ts'

interface SntpReply {
  readonly bytes: Uint8Array
  /** Delay from the request to the answer. */
  readonly afterMs: number
}

const ntpEpochMs = Date.UTC(1900, 0, 1)

/** 64 bits of a time: seconds since 1900 and their fraction, the era cut off. */
export function ntpBytes(atMs: number): Uint8Array {
  const us = BigInt(Math.round((atMs - ntpEpochMs) * 1000))
  const seconds = us / 1_000_000n
  const fraction = ((us % 1_000_000n) << 32n) / 1_000_000n
  let bits = ((seconds & 0xffff_ffffn) << 32n) | fraction
  const out = new Uint8Array(8)
  for (let i = 7; i >= 0; i--) {
    out[i] = Number(bits & 0xffn)
    bits >>= 8n
  }
  return out
}

function shortBytes(ms: number): number[] {
  const n = Math.round((ms * 65_536) / 1000)
  return [(n >> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255]
}

function referenceBytes(text: string): number[] {
  if (/^[0-9A-F]{8}$/.test(text))
    return [0, 2, 4, 6].map((at) => parseInt(text.slice(at, at + 2), 16))
  return [0, 1, 2, 3].map((at) => text.charCodeAt(at) || 0)
}

export class SntpModel {
  readonly knobs = {
    /** The server's clock minus the true one. */
    offsetMs: 0,
    /** Delay to the server, in it, and back. */
    thereMs: 0,
    thinkMs: 0,
    backMs: 0,
    stratum: 1,
    leap: 0,
    mode: 4,
    version: 4,
    /** Four letters or less; hex of eight digits is taken as bytes. */
    referenceId: 'BDS',
    rootDelayMs: 0,
    rootDispersionMs: 1,
    /** `DENY`, `RSTR`, `RATE`; empty: none. */
    kiss: '',
    /** Answers a request that was never made. */
    forgesOriginate: false,
    silent: false,
    short: false,
  }
  requests = 0
  replies = 0

  set(body: unknown): void {
    setKnobs(this.knobs, body)
  }

  state(): Record<string, unknown> {
    return { ...this.knobs, requests: this.requests, replies: this.replies }
  }

  /** `trueMs`: true time of the request. Null: no answer. */
  answer(request: Uint8Array, trueMs: number): SntpReply | null {
    this.requests++
    const { knobs } = this
    if (request.length < 48 || ((request[0] ?? 0) & 7) !== 3 || knobs.silent) return null
    const out = new Uint8Array(48)
    const isKiss = knobs.kiss !== ''
    out[0] = ((isKiss ? 3 : knobs.leap) << 6) | (knobs.version << 3) | knobs.mode
    out[1] = isKiss ? 0 : knobs.stratum
    out[2] = request[2] ?? 0
    out[3] = 0xec
    out.set(shortBytes(knobs.rootDelayMs), 4)
    out.set(shortBytes(knobs.rootDispersionMs), 8)
    out.set(referenceBytes(isKiss ? knobs.kiss : knobs.referenceId), 12)
    const cameMs = trueMs + knobs.thereMs + knobs.offsetMs
    out.set(ntpBytes(cameMs - 16_000), 16)
    out.set(request.subarray(40, 48), 24)
    if (knobs.forgesOriginate) out[31] = (out[31] ?? 0) ^ 0x5a
    out.set(ntpBytes(cameMs), 32)
    out.set(ntpBytes(cameMs + knobs.thinkMs), 40)
    this.replies++
    const bytes = knobs.short ? out.slice(0, 40) : out
    return { bytes, afterMs: knobs.thereMs + knobs.thinkMs + knobs.backMs }
  }
}
