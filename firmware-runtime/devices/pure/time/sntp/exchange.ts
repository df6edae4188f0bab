// Judges one SNTP answer, and selects the best of several: the one with the lowest delay (lane-devices.md 8.3). Offsets
// here are our clock minus the server's, as a survey records them.
import type { SntpPacket } from './packet.ts'

export interface SntpSample {
  /** Our clock minus the server's. */
  readonly offsetMs: number
  readonly delayMs: number
  readonly stratum: number
  readonly referenceId: string
  /** Root distance: how far the server may be from its own reference, ms. */
  readonly rootDistanceMs: number
}

type SntpJudged =
  | { readonly kind: 'sample'; readonly sample: SntpSample }
  /** Kiss-o'-death: DENY and RSTR end the queries, RATE and all others slow them down. */
  | { readonly kind: 'kiss'; readonly code: string; readonly isFinal: boolean }
  | { readonly kind: 'refused'; readonly why: SntpRefusal }

type SntpRefusal =
  | 'short'
  | 'mode'
  | 'originate'
  | 'unsynchronised'
  | 'stratum'
  | 'noTime'
  | 'localClock'
  | 'doubtful'
  | 'delay'

/** LOCL, and the addresses of a local clock driver. */
const localClocks = ['4C4F434C', '7F7F0100', '7F7F0101']
/** A server that may itself be off by more than this cannot prove a limit of 1 s (P24). */
const rootDistanceMsMax = 1_000
/** Both ends count whole milliseconds or finer, so a delay may round to slightly below 0. */
const delayMsMin = -2

const refused = (why: SntpRefusal): SntpJudged => ({ kind: 'refused', why })

function codeOf(referenceId: string): string {
  let code = ''
  for (let at = 0; at < 8; at += 2)
    code += String.fromCharCode(parseInt(referenceId.slice(at, at + 2), 16))
  return /^[A-Z]{1,4}\0*$/.test(code) ? code.replaceAll('\0', '') : ''
}

interface OwnTimes {
  readonly originate: string
  /** T1 and T4: our clock when the request left and when the answer came. */
  readonly sentMs: number
  readonly receivedMs: number
}

export function judgeAnswer(packet: SntpPacket | null, own: OwnTimes): SntpJudged {
  if (packet === null) return refused('short')
  // Checked first: a sender that has not seen the request must not affect us, not even with a kiss-o'-death.
  if (packet.originate !== own.originate) return refused('originate')
  if (packet.mode !== 4) return refused('mode')
  if (packet.stratum === 0) {
    const code = codeOf(packet.referenceId)
    return { kind: 'kiss', code, isFinal: code === 'DENY' || code === 'RSTR' }
  }
  if (packet.stratum > 15) return refused('stratum')
  if (packet.leap === 3) return refused('unsynchronised')
  if (localClocks.includes(packet.referenceId)) return refused('localClock')
  const { receiveMs, transmitMs, rootDelayMs, rootDispersionMs, stratum, referenceId } = packet
  if (receiveMs === null || transmitMs === null) return refused('noTime')
  const rootDistanceMs = Math.max(0, rootDelayMs) / 2 + Math.max(0, rootDispersionMs)
  if (rootDistanceMs > rootDistanceMsMax) return refused('doubtful')
  const delayMs = own.receivedMs - own.sentMs - (transmitMs - receiveMs)
  if (delayMs < delayMsMin) return refused('delay')
  // RFC 4330: theirs minus ours is ((T2 - T1) + (T3 - T4)) / 2.
  const offsetMs = -(receiveMs - own.sentMs + (transmitMs - own.receivedMs)) / 2
  return {
    kind: 'sample',
    sample: { offsetMs, delayMs: Math.max(0, delayMs), stratum, referenceId, rootDistanceMs },
  }
}

/** A delay of one packet shifts its offset by up to half of that delay: the fastest answer is the most accurate. */
export const bestOf = <S extends SntpSample>(samples: readonly S[]): S | null =>
  samples.reduce<S | null>(
    (best, sample) => (best === null || sample.delayMs < best.delayMs ? sample : best),
    null,
  )

/**
 * Error bound in ms: half of the delay, the root distance of the server, and 1 ms for our clock's whole milliseconds.
 */
export const errorMsOf = ({ delayMs, rootDistanceMs }: SntpSample): number =>
  Math.ceil(delayMs / 2 + rootDistanceMs + 1)
