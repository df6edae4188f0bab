// Network access for the tests of rows 7 to 12: ping, connect, time stamps, send and receive.
// A probe without an answer is null, never an error; what could not begin says why.
import type { DownText } from '#base/pure/words/notes.ts'
import type { Exchange, UdpPackets } from '../pure/figures/one-way.ts'
import type { Card } from '#devices/ports/find.ts'

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
  /** Requested host name, which the certificate must contain. */
  readonly host: string
  /** A certificate with a problem ends the test. */
  readonly strict: boolean
  /** Certificate authorities as PEM; null: those of the system. */
  readonly ca: string | null
}

export interface Probed {
  /** Actual sending interval: the system's ping has its own pace. */
  readonly everyMs: number
  readonly latenciesMs: readonly (number | null)[]
  /** Why nothing was sent, or what the last lost one met; empty when all is well. */
  readonly complaint: DownText | ''
}

export interface HttpsProbed extends Probed {
  /** TLS error name of the server's certificate; empty: no error. */
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
  /** Called before each probe with the results so far: returns the number of probes to send beyond `count`. */
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
  /** Limit of all streams together. */
  readonly bytesMax: number
}

export interface Rated {
  readonly bytes: number
  readonly durationMs: number
  readonly failed: { readonly why: PeerRefusal; readonly note: DownText } | null
}

export interface LinkProbes {
  /** True when the test was stopped: running work ends early and nothing new starts. */
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
