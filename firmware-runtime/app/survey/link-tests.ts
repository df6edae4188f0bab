// Runs the tests behind rows 7 to 12 of table D.1 and ends in bodies of a survey file (record.ts).
// What could not be measured is a fault beside them, never a guess: without a stamping peer the
// one-way rows stay open.
import { LaneFault } from '../../core/values/faults.ts'
import { oneWayOf } from '../../core/survey/one-way.ts'
import type { LinkBody, RateBody } from '../../core/survey/record.ts'
import type { Card } from '../../ports/find.ts'
import type {
  HttpsProbed,
  LinkProbes,
  PeerRefusal,
  Probed,
  TcpProbeRun,
} from '../../ports/link-probes.ts'

export type PingMethod = 'icmp' | 'tcp' | 'https'

export interface LinkTestOptions {
  /** What is pinged: HOST or HOST:PORT. Null: the peer. */
  readonly target: LinkAddress | null
  /** A probe-server. Null: one-way times and rates are not measured. */
  readonly peer: (LinkAddress & { readonly port: number }) | null
  readonly interfaceName: string | null
  readonly method: 'auto' | PingMethod
  /** Authorities as PEM (null: the system's), and whether a certificate with a problem ends the test. */
  readonly https?: { readonly ca: string | null; readonly strict: boolean }
  readonly count: number
  readonly everyMs: number
  readonly timeoutMs: number
  /** Both clocks are kept by a source of their own, at most so far apart; null: they are compared. */
  readonly clocksWithinMs: number | null
  /** Null: no rate tests (a SIM card is paid by volume). */
  readonly rate: {
    readonly streams: number
    readonly warmMs: number
    readonly runMs: number
    /** Of each direction. */
    readonly bytesMax: number
  } | null
}

export interface LinkAddress {
  readonly host: string
  readonly port: number | null
  /** Named as https://: where ICMP is not allowed, whole exchanges of HTTPS are timed. */
  readonly https?: boolean
}

export type LinkStep = 'lookUp' | 'ping' | 'oneWay' | 'up' | 'down'

export interface LinkTestPorts {
  readonly probes: LinkProbes
  /** Told when a part begins. */
  step(step: LinkStep): void
}

export interface LinkTests {
  readonly bodies: readonly (LinkBody | RateBody)[]
  /** What was not measured, and why. */
  readonly faults: readonly LaneFault[]
  /** The peer's clock minus ours, where it was compared. */
  readonly offsetMs: number | null
  /** Why TCP was taken although ICMP was asked for first; empty otherwise. */
  readonly icmpComplaint: string
}

/** So few that nobody waits for them, enough to tell a closed way from a bad one. */
const triedCount = 4

export const addressText = ({ host, port }: LinkAddress): string =>
  port === null ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`

function cardOf(name: string | null, address: string, cards: readonly Card[]): Card | null {
  if (name === null) return null
  const own = cards.filter((card) => card.name === name)
  const six = address.includes(':')
  const fitting = own.find((card) => card.address.includes(':') === six)
  if (fitting !== undefined) return fitting
  const note =
    own.length > 0
      ? `${name} has no IPv${six ? 6 : 4} address`
      : [...new Set(cards.map((card) => card.name))].join(', ')
  throw new LaneFault('NET-01', { field: '--interface', value: name, note })
}

const nothingCame = ({ latenciesMs }: Probed): boolean => latenciesMs.every((ms) => ms === null)

const codes = {
  noPeer: 'NET-03',
  refused: 'NET-04',
  impossible: 'NET-05',
  brokeOff: 'NET-07',
} as const satisfies Record<PeerRefusal, string>

class LinkTestRun {
  readonly bodies: (LinkBody | RateBody)[] = []
  readonly faults: LaneFault[] = []
  offsetMs: number | null = null
  icmpComplaint = ''
  private readonly options: LinkTestOptions
  private readonly ports: LinkTestPorts

  constructor(options: LinkTestOptions, ports: LinkTestPorts) {
    this.options = options
    this.ports = ports
  }

  private async probeRun(to: LinkAddress): Promise<TcpProbeRun & { lookUpMs: number | null }> {
    const { probes } = this.ports
    const { interfaceName, count, everyMs, timeoutMs } = this.options
    this.ports.step('lookUp')
    const { address, lookUpMs } = await probes.lookUp(to.host)
    const card = cardOf(interfaceName, address, probes.cards())
    return { address, card, count, everyMs, timeoutMs, lookUpMs, port: to.port ?? 0 }
  }

  private probe(by: PingMethod, run: TcpProbeRun, host: string): Promise<Probed | HttpsProbed> {
    const { probes } = this.ports
    if (by === 'icmp') return probes.ping(run)
    if (by === 'tcp') return probes.connectTimes(run)
    const { ca, strict } = this.options.https ?? { ca: null, strict: false }
    return probes.httpsTimes({ ...run, host, strict, ca })
  }

  /** ICMP where it is allowed and answered, else TCP; HTTPS for a host that was named so. */
  private async method(run: TcpProbeRun, to: LinkAddress): Promise<PingMethod | null> {
    const { method } = this.options
    if (method !== 'auto') return method
    const few = { ...run, count: Math.min(run.count, triedCount) }
    const icmp = await this.probe('icmp', few, to.host)
    if (icmp.latenciesMs.length > 0 && !nothingCame(icmp)) return 'icmp'
    // Nothing came: either the way is closed for ICMP alone, or nothing goes through at all.
    const other = to.https === true ? 'https' : 'tcp'
    const came = run.port === 0 ? null : await this.probe(other, few, to.host)
    this.icmpComplaint = icmp.complaint === '' ? 'no answer' : icmp.complaint
    if (came !== null && !nothingCame(came)) return other
    if (came !== null && 'certificate' in came && came.certificate !== '') return other
    if (icmp.latenciesMs.length > 0) return 'icmp'
    return run.port === 0 ? null : other
  }

  async ping(to: LinkAddress): Promise<void> {
    const run = await this.probeRun(to)
    this.ports.step('ping')
    const method = await this.method(run, to)
    const closed = (note: string): void =>
      void this.faults.push(new LaneFault('NET-06', { value: addressText(to), note }))
    if (method === null || (method !== 'icmp' && run.port === 0)) return closed(this.icmpComplaint)
    const probed = await this.probe(method, run, to.host)
    const certificate = 'certificate' in probed ? probed.certificate : ''
    if (certificate !== '' && this.options.https?.strict === true) {
      const detail = { value: addressText(to), note: certificate }
      return void this.faults.push(new LaneFault('NET-09', detail))
    }
    if (probed.latenciesMs.length === 0) return closed(probed.complaint)
    this.link('ping', method, to, { ...probed, certificate }, null, run.lookUpMs)
  }

  async oneWay(peer: LinkAddress): Promise<void> {
    const run = await this.probeRun(peer)
    this.ports.step('oneWay')
    const { exchanges, failed } = await this.ports.probes.stamps(run)
    if (failed !== null) this.refused(peer, failed)
    // Stamps that cannot be are no reason to believe those before them.
    if (failed?.why === 'impossible') return
    const way = oneWayOf(exchanges, this.options.clocksWithinMs)
    if (way === 'contradiction') {
      const note = `the clocks are farther apart than ${this.options.clocksWithinMs} ms`
      return this.refused(peer, { why: 'impossible', note })
    }
    if (way === null) return
    const { upMs, downMs, errorMs, offsetMs } = way
    const { everyMs } = run
    this.offsetMs = offsetMs
    this.link('up', 'stamped', peer, { latenciesMs: upMs, everyMs }, errorMs, run.lookUpMs)
    this.link('down', 'stamped', peer, { latenciesMs: downMs, everyMs }, errorMs, run.lookUpMs)
  }

  async rate(peer: LinkAddress, way: 'up' | 'down'): Promise<void> {
    const { rate, interfaceName } = this.options
    if (rate === null) return
    const run = await this.probeRun(peer)
    this.ports.step(way)
    const { address, port, card } = run
    const { probes } = this.ports
    const rated = await probes.rate({ ...rate, address, port, card, way })
    if (rated.failed !== null) return this.refused(peer, rated.failed)
    const { bytes } = rated
    const durationMs = Math.max(1, Math.round(rated.durationMs))
    const { streams } = rate
    const about = { peer: addressText(peer), interfaceName, streams }
    this.bodies.push({ kind: 'rate', way, bytes, durationMs, ...about })
  }

  private refused(peer: LinkAddress, failed: { why: PeerRefusal; note: string }): void {
    const { why, note } = failed
    const detail = { value: addressText(peer), ...(note === '' ? {} : { note }) }
    // The same reason is told once, not for each row.
    if (this.faults.some(({ code }) => code === codes[why])) return
    this.faults.push(new LaneFault(codes[why], detail))
  }

  private link(
    way: LinkBody['way'],
    method: LinkBody['method'],
    to: LinkAddress,
    sent: Pick<Probed, 'latenciesMs' | 'everyMs'> & { readonly certificate?: string },
    clockErrorMs: number | null,
    lookUpMs: number | null,
  ): void {
    const { interfaceName } = this.options
    const { latenciesMs, everyMs, certificate = '' } = sent
    const about = { peer: addressText(to), interfaceName, latenciesMs, everyMs }
    const looked = lookUpMs === null ? {} : { lookUpMs }
    const told = certificate === '' ? {} : { certificate }
    this.bodies.push({ kind: 'link', way, method, ...about, clockErrorMs, ...looked, ...told })
  }
}

/** Throws NET-01 and NET-02; everything else is told beside what was measured. */
export async function runLinkTests(
  options: LinkTestOptions,
  ports: LinkTestPorts,
): Promise<LinkTests> {
  const run = new LinkTestRun(options, ports)
  const { peer } = options
  const target = options.target ?? peer
  if (target !== null) await run.ping(target)
  const { probes } = ports
  if (peer !== null && !probes.stopped()) {
    await run.oneWay(peer)
    // Where nobody stamps, nobody takes data either.
    const isThere = !run.faults.some(({ code }) => code === 'NET-03')
    if (isThere && !probes.stopped()) await run.rate(peer, 'up')
    if (isThere && !probes.stopped()) await run.rate(peer, 'down')
  }
  const { bodies, faults, offsetMs, icmpComplaint } = run
  return { bodies, faults, offsetMs, icmpComplaint }
}
