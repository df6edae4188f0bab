// What the tests of rows 7 to 12 need of the world: ping, connecting, stamping, sending and receiving.
// A probe without an answer is null, never an error; what could not begin says why.
import type { DownText } from '../core/values/notes.ts'
import type { Exchange, UdpPackets } from '../survey/one-way.ts'
import type { Card } from './find.ts'

export interface ProbeRun {
  /** Address, not a name: names are looked up once, apart. */
  readonly address: string
  readonly card: Card | null
  readonly count: number
  readonly everyMs: number
  readonly timeoutMs: number
}

export interface TcpProbeRun extends ProbeRun {
  readonly port: number
}

export interface HttpsProbeRun extends TcpProbeRun {
  /** As it was asked for: the certificate has to name it. */
  readonly host: string
  /** A certificate with a problem ends the test. */
  readonly strict: boolean
  /** Authorities as PEM; null: those of the system. */
  readonly ca: string | null
}

export interface Probed {
  /** As it was really sent: the system's ping has a pace of its own. */
  readonly everyMs: number
  readonly latenciesMs: readonly (number | null)[]
  /** Why nothing was sent, or what the last lost one met; empty when all is well. */
  readonly complaint: DownText | ''
}

export interface HttpsProbed extends Probed {
  /** What is wrong with the server's certificate, by the name it has in TLS; empty: nothing. */
  readonly certificate: string
}

export type PeerRefusal = 'noPeer' | 'refused' | 'impossible' | 'brokeOff'

export interface Stamped {
  /** One entry for each probe that was sent. */
  readonly exchanges: readonly (Exchange | null)[]
  readonly failed: { readonly why: PeerRefusal; readonly note: DownText } | null
}

export interface UdpRun extends TcpProbeRun {
  /** Gaps at random, as long on the average as `everyMs`. */
  readonly random: () => number
  /** Asked before each probe with what is known by then: whether to go on beyond `count`, and how far. */
  more(seen: UdpPackets): number
}

export interface UdpStamped extends UdpPackets {
  readonly failed: { readonly why: PeerRefusal; readonly note: DownText } | null
  /** How the peer's system controls congestion; null: it does not say. */
  readonly congestion: string | null
}

export interface RateRun {
  readonly address: string
  readonly port: number
  readonly card: Card | null
  readonly way: 'up' | 'down'
  readonly streams: number
  readonly warmMs: number
  readonly runMs: number
  /** Of all streams together. */
  readonly bytesMax: number
}

export interface Rated {
  readonly bytes: number
  readonly durationMs: number
  readonly failed: { readonly why: PeerRefusal; readonly note: DownText } | null
}

export interface LinkProbes {
  /** Somebody ended the test: what is under way ends early, nothing new begins. */
  stopped(): boolean
  /** Network cards with IPv4 or IPv6 addresses, one entry for each address. */
  cards(): readonly Card[]
  /** `lookUpMs` is null for what already was an address. Throws NET-02. */
  lookUp(host: string): Promise<{ readonly address: string; readonly lookUpMs: number | null }>
  ping(run: ProbeRun): Promise<Probed>
  connectTimes(run: TcpProbeRun): Promise<Probed>
  /** Whole exchanges of HTTPS, each over a new connection. */
  httpsTimes(run: HttpsProbeRun): Promise<HttpsProbed>
  stamps(run: TcpProbeRun): Promise<Stamped>
  /** Stamped at both ends, packet by packet. */
  udpStamps(run: UdpRun): Promise<UdpStamped>
  /** How this system controls congestion; null: it does not say. */
  congestion(): string | null
  rate(run: RateRun): Promise<Rated>
}
