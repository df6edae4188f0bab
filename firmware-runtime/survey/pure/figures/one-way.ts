// One-way times from stamped exchanges, as SNTP does it (RFC 4330 section 5): T1 sent and T4 received by
// our clock, T2 received and T3 sent by the peer's. Half of a round trip is an error here, never a time.
import { must } from '#base/pure/values/must.ts'

/** Microseconds: t1 and t4 of our clock, t2 and t3 of the peer's. */
export interface Exchange {
  readonly t1Us: number
  readonly t2Us: number
  readonly t3Us: number
  readonly t4Us: number
}

/** By number: what arrived there, and what came back. */
export interface UdpPackets {
  readonly arrivals: readonly (Pick<Exchange, 't1Us' | 't2Us'> | null)[]
  readonly exchanges: readonly (Exchange | null)[]
}

interface OneWay {
  /** The peer's clock minus ours. */
  readonly offsetMs: number
  /** Every one-way time may be wrong by this much, all in the same direction. */
  readonly errorMs: number
  readonly upMs: readonly (number | null)[]
  readonly downMs: readonly (number | null)[]
}

/** Two clocks that run apart by up to 100 ppm, and stamps of one microsecond. */
const apartEach = 10_000
const slackUs = (exchange: Exchange): number => 2 + (exchange.t4Us - exchange.t1Us) / apartEach

const roundTripUs = ({ t1Us, t2Us, t3Us, t4Us }: Exchange): number => t4Us - t1Us - (t3Us - t2Us)

/** Stamps that no clock makes: answered before received, or longer there than away. */
export const isPossible = (exchange: Exchange): boolean =>
  exchange.t3Us >= exchange.t2Us &&
  exchange.t4Us >= exchange.t1Us &&
  roundTripUs(exchange) >= -slackUs(exchange)

const offsetUs = ({ t1Us, t2Us, t3Us, t4Us }: Exchange): number => (t2Us - t1Us + (t3Us - t4Us)) / 2

const toMs = (us: number): number => Math.round(us) / 1000

/**
 * The offset comes from the exchange with the smallest round trip: the true one lies within half of
 * it, however unequal the two ways are. Where both clocks are kept by a source of their own,
 * `keptWithinMs` is how far they may be apart, and nothing is estimated; exchanges that prove
 * otherwise answer `contradiction`. Without an exchange there is nothing to say: null.
 */
export function oneWayOf(
  exchanges: readonly (Exchange | null)[],
  keptWithinMs: number | null,
): OneWay | 'contradiction' | null {
  const came = exchanges.filter((exchange) => exchange !== null)
  const [first, ...others] = came
  if (first === undefined) return null
  must(came.every(isPossible), 'impossible stamps are refused where they arrive')
  const best = others.reduce((a, b) => (roundTripUs(b) < roundTripUs(a) ? b : a), first)
  const halfUs = Math.max(0, roundTripUs(best)) / 2
  const estimatedUs = offsetUs(best)
  if (keptWithinMs !== null && Math.abs(estimatedUs) > halfUs + keptWithinMs * 1000)
    return 'contradiction'
  const offset = keptWithinMs === null ? estimatedUs : 0
  // Within the error a time may be negative; it is raised to 0.
  const each = (time: (exchange: Exchange) => number): readonly (number | null)[] =>
    exchanges.map((exchange) => (exchange === null ? null : toMs(Math.max(0, time(exchange)))))
  return {
    offsetMs: toMs(offset),
    errorMs: keptWithinMs ?? toMs(Math.ceil(halfUs)),
    upMs: each(({ t1Us, t2Us }) => t2Us - t1Us - offset),
    downMs: each(({ t3Us, t4Us }) => t4Us - t3Us + offset),
  }
}

/** Times per packet: a packet that never arrived was lost upwards, and had no answer. */
export function packetTimes(
  { arrivals, exchanges }: UdpPackets,
  keptWithinMs: number | null,
  waitMs: number,
): OneWay | 'contradiction' | null {
  const way = oneWayOf(exchanges, keptWithinMs)
  if (way === null || way === 'contradiction') return way
  const offsetUs = keptWithinMs === null ? way.offsetMs * 1000 : 0
  // The offset is of one moment; until the farthest packet two crystals walk apart.
  const sentUs = arrivals.flatMap((one) => (one === null ? [] : [one.t1Us]))
  const walkUs = (Math.max(...sentUs) - Math.min(...sentUs)) / apartEach
  const errorMs = keptWithinMs ?? toMs(Math.ceil(way.errorMs * 1000 + walkUs))
  const inTime = (ms: number): number | null => (ms > waitMs ? null : Math.max(0, ms))
  const came = arrivals.flatMap((arrival, seq) => (arrival === null ? [] : [seq]))
  return {
    ...way,
    errorMs,
    upMs: arrivals.map((one) =>
      one === null ? null : inTime(toMs(one.t2Us - one.t1Us - offsetUs)),
    ),
    downMs: came.map((seq) => {
      const one = exchanges[seq] ?? null
      return one === null ? null : inTime(toMs(one.t4Us - one.t3Us + offsetUs))
    }),
  }
}
