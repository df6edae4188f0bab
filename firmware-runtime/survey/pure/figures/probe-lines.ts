// The lines exchanged by a probe-server and its client over TCP; the published form is in docs/cli.md.
// Short ASCII lines ended by LF; any other line ends the connection.
import { isPossible, type Exchange } from './one-way.ts'

const probeLineMax = 128
const greeting = 'ETC-LANE-PROBE/1'

/** Request in the first line of a client. `warmMs` is not counted, `runMs` is. */
export type ProbeAsk = { readonly ask: 'stamp' } | { readonly ask: 'udp' } | RateAsk

export interface RateAsk {
  readonly ask: 'up' | 'down'
  readonly warmMs: number
  readonly runMs: number
  readonly bytesMax: number
}

export const askLine = (ask: ProbeAsk): string =>
  ask.ask === 'stamp' || ask.ask === 'udp'
    ? `${greeting} ${ask.ask}\n`
    : `${greeting} ${ask.ask} ${ask.warmMs} ${ask.runMs} ${ask.bytesMax}\n`

export function parseAsk(line: string): ProbeAsk | null {
  if (line === `${greeting} stamp`) return { ask: 'stamp' }
  if (line === `${greeting} udp`) return { ask: 'udp' }
  const rate = /^ETC-LANE-PROBE\/1 (up|down) (\d{1,6}) (\d{1,6}) (\d{1,12})$/.exec(line)
  if (rate === null) return null
  const [, way, warm, run, bytes] = rate
  const ask = way === 'up' ? 'up' : 'down'
  return { ask, warmMs: Number(warm), runMs: Number(run), bytesMax: Number(bytes) }
}

export const probeLine = (seq: number): string => `p ${seq}\n`

export function parseProbe(line: string): number | null {
  const seq = /^p (\d{1,6})$/.exec(line)?.[1]
  return seq === undefined ? null : Number(seq)
}

export const stampLine = (seq: number, t2Us: number, t3Us: number): string =>
  `s ${seq} ${t2Us} ${t3Us}\n`

/** Parses a stamp and adds the client's two times; null for another line, or for impossible times. */
export function parseStamp(
  line: string,
  sentUsOf: (seq: number) => number | undefined,
  t4Us: number,
): { readonly seq: number; readonly exchange: Exchange } | null {
  const [, number, t2, t3] = /^s (\d{1,6}) (\d{1,16}) (\d{1,16})$/.exec(line) ?? []
  if (number === undefined) return null
  const seq = Number(number)
  const t1Us = sentUsOf(seq)
  if (t1Us === undefined) return null
  const exchange = { t1Us, t2Us: Number(t2), t3Us: Number(t3), t4Us }
  return isPossible(exchange) ? { seq, exchange } : null
}

/** The token of a UDP session, and the congestion control of the server's system. */
export const tokenLine = (token: string, congestion: string | null): string =>
  `t ${token} ${congestion ?? '-'}\n`

export function parseToken(
  line: string,
): { readonly token: string; readonly congestion: string | null } | null {
  const [, token, name] = /^t ([0-9a-f]{16}) ([a-z0-9_-]{1,40})$/.exec(line) ?? []
  if (token === undefined || name === undefined) return null
  return { token, congestion: name === '-' ? null : name }
}

/** Reports an arrived packet over TCP, so that it is known even if the UDP answer is lost. */
export const arrivalLine = (seq: number, t2Us: number): string => `g ${seq} ${t2Us}\n`

export function parseArrival(line: string): { readonly seq: number; readonly t2Us: number } | null {
  const [, seq, t2] = /^g (\d{1,6}) (\d{1,16})$/.exec(line) ?? []
  return seq === undefined ? null : { seq: Number(seq), t2Us: Number(t2) }
}

/** Packets in both directions have this length, so that the server cannot be used to amplify traffic. */
const packetBytes = 72
const padded = (text: string): string => text.padEnd(packetBytes)
export const probePacket = (token: string, seq: number): string => padded(`p ${token} ${seq}`)
export const stampPacket = (token: string, seq: number, t2Us: number, t3Us: number): string =>
  padded(`s ${token} ${seq} ${t2Us} ${t3Us}`)

export function parseProbePacket(
  text: string,
): { readonly token: string; readonly seq: number } | null {
  const [, token, seq] = /^p ([0-9a-f]{16}) (\d{1,6}) *$/.exec(text) ?? []
  return token === undefined || text.length !== packetBytes ? null : { token, seq: Number(seq) }
}

/** Null for a packet of another session or of unknown origin. */
export function parseStampPacket(
  text: string,
  token: string,
): { readonly seq: number; readonly t2Us: number; readonly t3Us: number } | null {
  const [, of, seq, t2, t3] =
    /^s ([0-9a-f]{16}) (\d{1,6}) (\d{1,16}) (\d{1,16}) *$/.exec(text) ?? []
  return of === token ? { seq: Number(seq), t2Us: Number(t2), t3Us: Number(t3) } : null
}

/** The byte count and duration of an upload at the server. */
export const resultLine = (bytes: number, us: number): string => `r ${bytes} ${us}\n`

export function parseResult(line: string): { readonly bytes: number; readonly us: number } | null {
  const [, bytes, us] = /^r (\d{1,13}) (\d{1,9})$/.exec(line) ?? []
  return bytes === undefined || Number(us) === 0 ? null : { bytes: Number(bytes), us: Number(us) }
}

type Refusal = 'busy' | 'bad' | 'limit'

export const refusalLine = (why: Refusal): string => `no ${why}\n`

/** `ok`, the reason of a refusal, or null for a line that a probe-server never sends. */
export function parseAnswer(line: string): 'ok' | Refusal | null {
  if (line === 'ok') return 'ok'
  const why = /^no (busy|bad|limit)$/.exec(line)?.[1]
  return why === 'busy' || why === 'bad' || why === 'limit' ? why : null
}

/** Splits bytes into lines; a line beyond the limit is reported once and ends the input. */
export class LineCutter {
  private rest = ''

  /** Null: the input does not consist of lines. */
  take(chunk: string): readonly string[] | null {
    const parts = (this.rest + chunk).split('\n')
    this.rest = parts.pop() ?? ''
    if (this.rest.length > probeLineMax || parts.some((line) => line.length > probeLineMax))
      return null
    return parts
  }
}
