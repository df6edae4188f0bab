// Runs the tests for rows 7 to 12 of table D.1 and returns bodies of survey records (record.ts). What could not be
// measured is returned as a fault, never guessed: without a peer that stamps packets the one-way rows stay open.
import { isLoopback } from '#base/pure/lot/simulated.ts'
import { note, noteWhy, type DownText } from '#base/pure/words/notes.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { isDecided, latencyLimitOf } from '../pure/figures/link-figures.ts'
import { lossProbesMax } from '../pure/figures/loss-test.ts'
import { oneWayOf, packetTimes, type UdpPackets } from '../pure/figures/one-way.ts'
import { lastLook, tailVerdict, usualLook } from '../pure/field/tail-test.ts'
import type { LinkBody, RateBody } from '../pure/file/record.ts'
import type { MonoClock, Random } from '#base/ports/clocks.ts'
import type { Card } from '#devices/ports/find.ts'
import type {
  HttpsProbed,
  LinkProbes,
  PeerRefusal,
  Probed,
  TcpProbeRun,
} from '../ports/link-probes.ts'
import { pause } from './pace.ts'
import { pacedProbes, randomShare } from './paced-probes.ts'

type PingMethod = 'icmp' | 'tcp' | 'https'

export interface LinkTestOptions {
  /** Host to ping: HOST or HOST:PORT. Null: the peer. */
  readonly target: LinkAddress | null
  /** A probe-server. Null: one-way times and rates are not measured. */
  readonly peer: (LinkAddress & { readonly port: number }) | null
  readonly interfaceName: string | null
  readonly method: 'auto' | PingMethod
  /** Certificate authorities as PEM (null: the system's), and whether a bad certificate ends the test. */
  readonly https?: { readonly ca: string | null; readonly strict: boolean }
  /** Number of probes of each kind; null: as many as needed to decide the rows. */
  readonly count: number | null
  readonly everyMs: number
  /** Interval of the packets for one-way times, ms. */
  readonly oneWayEveryMs?: number
  readonly timeoutMs: number
  /**
   * Largest difference of two clocks that are each synchronised by their own source, ms; null: the clocks are compared.
   */
  readonly clocksWithinMs: number | null
  /** Null: no rate tests (a SIM card is paid by volume). */
  readonly rate: RatePlan | null
  /** Rules of the survey; absent: the base rules. */
  readonly rules?: Rules
}

export interface RatePlan {
  /** Number of parallel connections, one entry for each run; both directions in turn. */
  readonly streams: readonly number[]
  readonly warmMs: number
  readonly runMs: number
  /** Limit of one run. */
  readonly bytesMax: number
  /** From the end of a run to the next one in the same direction. */
  readonly apartMs: number
}

export interface LinkAddress {
  readonly host: string
  readonly port: number | null
  /** Given as https://: where ICMP is not allowed, whole HTTPS exchanges are timed. */
  readonly https?: boolean
}

type LinkStep = 'lookUp' | 'ping' | 'oneWay' | 'up' | 'down'

export interface LinkTestPorts {
  readonly probes: LinkProbes
  readonly mono: MonoClock
  readonly random: Random
  /** Aborted by a person. */
  readonly signal: AbortSignal
  /** Called when a part begins. */
  step(step: LinkStep): void
}

export interface LinkTests {
  readonly bodies: readonly (LinkBody | RateBody)[]
  /** What was not measured, and why. */
  readonly faults: readonly LaneFault[]
  /** The peer's clock minus ours; null: not compared. */
  readonly offsetMs: number | null
  /** Why TCP was used although ICMP was tried first; empty otherwise. */
  readonly icmpComplaint: Why
}

/** Number of trial probes: quick, and enough to tell a blocked path from a bad one. */
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
      ? t(`${name} 没有 IPv${six ? 6 : 4} 地址`, `${name} has no IPv${six ? 6 : 4} address`)
      : [...new Set(cards.map((card) => card.name))].join(', ')
  throw new LaneFault('NET-01', { field: '--interface', value: name, note })
}

/** A peer on this computer is no witness of its link: on record as found. */
const selfOf = (isSelf: boolean): Pick<LinkBody, 'peerIsSelf'> =>
  isSelf ? { peerIsSelf: true } : {}

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
  icmpComplaint: Why = ''
  /** Congestion control of the peer, for its sending direction. */
  private congestion: string | null = null
  private readonly options: LinkTestOptions
  private readonly rules: Rules
  private readonly ports: LinkTestPorts

  constructor(options: LinkTestOptions, ports: LinkTestPorts) {
    this.options = options
    this.rules = options.rules ?? baseRules
    this.ports = ports
  }

  private async probeRun(
    to: LinkAddress,
  ): Promise<TcpProbeRun & { readonly lookUpMs: number | null; readonly isSelf: boolean }> {
    const { probes } = this.ports
    const { interfaceName, everyMs, timeoutMs } = this.options
    const count = this.options.count ?? lossProbesMax
    this.ports.step('lookUp')
    const { address, lookUpMs } = await probes.lookUp(to.host)
    const cards = probes.cards()
    const card = cardOf(interfaceName, address, cards)
    const isSelf = isLoopback(address) || cards.some((one) => one.address === address)
    return { address, card, count, everyMs, timeoutMs, lookUpMs, isSelf, port: to.port ?? 0 }
  }

  private probe(by: PingMethod, run: TcpProbeRun, host: string): Promise<Probed | HttpsProbed> {
    const { probes } = this.ports
    if (by === 'icmp') return probes.ping(run)
    if (by === 'tcp') return probes.connectTimes(run)
    const { ca, strict } = this.options.https ?? { ca: null, strict: false }
    return probes.httpsTimes({ ...run, host, strict, ca })
  }

  /** ICMP when it is allowed and answered, else TCP; HTTPS for a host given as https://. */
  private async method(run: TcpProbeRun, to: LinkAddress): Promise<PingMethod | null> {
    const { method } = this.options
    if (method !== 'auto') return method
    const few = { ...run, count: Math.min(run.count, triedCount) }
    const icmp = await this.probe('icmp', few, to.host)
    if (icmp.latenciesMs.length > 0 && !nothingCame(icmp)) return 'icmp'
    // No answer: ICMP alone is blocked, or nothing gets through.
    const other = to.https === true ? 'https' : 'tcp'
    const came = run.port === 0 ? null : await this.probe(other, few, to.host)
    this.icmpComplaint = noteWhy(icmp.complaint === '' ? 'noAnswerYet' : icmp.complaint)
    if (came !== null && !nothingCame(came)) return other
    if (came !== null && 'certificate' in came && came.certificate !== '') return other
    if (icmp.latenciesMs.length > 0) return 'icmp'
    return run.port === 0 ? null : other
  }

  /** The given number of probes, or one after the other until rows 7 and 8 are decided. */
  private probes(by: PingMethod, run: TcpProbeRun, host: string): Promise<Probed | HttpsProbed> {
    if (this.options.count !== null) return this.probe(by, run, host)
    const { mono, random, signal, probes } = this.ports
    const single = { ...run, count: 1 }
    return pacedProbes(
      { mono, random, signal, stopped: () => probes.stopped() },
      { count: run.count, everyMs: run.everyMs, enough: isDecided(this.rules) },
      () => this.probe(by, single, host),
    )
  }

  async ping(to: LinkAddress): Promise<void> {
    const run = await this.probeRun(to)
    this.ports.step('ping')
    const method = await this.method(run, to)
    const closed = (note: Why): void => {
      this.faults.push(new LaneFault('NET-06', { value: addressText(to), note }))
    }
    if (method === null || (method !== 'icmp' && run.port === 0)) return closed(this.icmpComplaint)
    const probed = await this.probes(method, run, to.host)
    const certificate = 'certificate' in probed ? probed.certificate : ''
    if (certificate !== '' && this.options.https?.strict === true) {
      const detail = { value: addressText(to), note: certificate }
      this.faults.push(new LaneFault('NET-09', detail))
      return
    }
    if (probed.latenciesMs.length === 0) return closed(noteWhy(probed.complaint))
    const { latenciesMs, everyMs } = probed
    const gaps = this.options.count === null ? { gaps: 'exponential' as const } : {}
    const times = { latenciesMs, everyMs, certificate, planned: run.count, ...gaps }
    this.link('ping', method, to, times, null, run)
  }

  /** One-way times through TCP, for comparison. */
  async oneWay(peer: LinkAddress): Promise<void> {
    const probeSettings = await this.probeRun(peer)
    const { oneWayEveryMs = 200 } = this.options
    const everyEachMs = Math.min(probeSettings.everyMs, oneWayEveryMs)
    const run = { ...probeSettings, count: this.options.count ?? usualLook, everyMs: everyEachMs }
    const { exchanges, failed } = await this.ports.probes.stamps(run)
    if (failed !== null) this.refused(peer, failed)
    // Impossible time stamps make the earlier ones of the peer doubtful as well.
    if (failed?.why === 'impossible') return
    const way = oneWayOf(exchanges, this.options.clocksWithinMs)
    if (way === 'contradiction') return this.contradiction(peer)
    if (way === null) return
    const { upMs, downMs, errorMs, offsetMs } = way
    const { everyMs } = run
    this.offsetMs = offsetMs
    this.link('up', 'stamped', peer, { latenciesMs: upMs, everyMs }, errorMs, probeSettings)
    this.link('down', 'stamped', peer, { latenciesMs: downMs, everyMs }, errorMs, probeSettings)
  }

  /** One-way times by UDP packets, beside TCP, which repeats a lost packet and so only shows it as late. */
  async packets(peer: LinkAddress): Promise<void> {
    const run = await this.probeRun(peer)
    this.ports.step('oneWay')
    const { clocksWithinMs, oneWayEveryMs = 200, timeoutMs } = this.options
    const planned = this.options.count ?? usualLook
    const everyMs = Math.min(this.options.everyMs, oneWayEveryMs)
    const timesOf = (seen: UdpPackets) => packetTimes(seen, clocksWithinMs, timeoutMs)
    const undecided = (seen: UdpPackets): boolean => {
      const times = timesOf(seen)
      if (times === null || times === 'contradiction') return false
      const { errorMs } = times
      return (['up', 'down'] as const).some((way) => {
        const limits = { limitMs: latencyLimitOf(this.rules, way), errorMs }
        return tailVerdict(times[`${way}Ms`], planned, limits) === 'incomplete'
      })
    }
    const random = (): number => randomShare(this.ports.random)
    const sent = await this.ports.probes.udpStamps({
      ...run,
      count: planned,
      everyMs,
      random,
      // Further looks would weaken the statistics: one more only while undecided, with the last one at a thousand.
      more: (seen) =>
        this.options.count === null && seen.exchanges.length < lastLook && undecided(seen)
          ? lastLook + seen.arrivals.filter((one) => one === null).length
          : seen.exchanges.length,
    })
    const { failed, congestion } = sent
    this.congestion = congestion
    if (failed !== null) this.refused(peer, failed)
    if (failed?.why === 'impossible') return
    const way = timesOf(sent)
    if (way === 'contradiction') return this.contradiction(peer)
    if (way === null) return
    const { upMs, downMs, errorMs, offsetMs } = way
    this.offsetMs = offsetMs
    const about = { everyMs, gaps: 'exponential' as const, planned }
    this.link('up', 'udp', peer, { latenciesMs: upMs, ...about }, errorMs, run)
    this.link('down', 'udp', peer, { latenciesMs: downMs, ...about }, errorMs, run)
  }

  private contradiction(peer: LinkAddress): void {
    const apart = note('clocksApart', this.options.clocksWithinMs ?? 0)
    this.refused(peer, { why: 'impossible', note: apart })
  }

  /** All runs in both directions, with the required interval in each direction. */
  async rates(peer: LinkAddress): Promise<void> {
    const { rate } = this.options
    const { mono, signal, probes, random } = this.ports
    if (rate === null) return
    const series = [...random.bytes(8)].map((one) => one.toString(16).padStart(2, '0')).join('')
    const endedUs = new Map<RateBody['way'], number>()
    for (const streams of rate.streams)
      for (const way of ['up', 'down'] as const) {
        if (probes.stopped()) return
        const before = endedUs.get(way)
        const sinceMs = before === undefined ? Infinity : (mono.nowUs() - before) / 1000
        if (sinceMs < rate.apartMs) await pause(mono, Math.ceil(rate.apartMs - sinceMs) + 1, signal)
        if (probes.stopped()) return
        const apartMs =
          before === undefined ? {} : { apartMs: Math.floor((mono.nowUs() - before) / 1000) }
        if (!(await this.rate(peer, way, { ...rate, streams }, { series, ...apartMs }))) return
        endedUs.set(way, mono.nowUs())
      }
  }

  /** False when the peer does not continue. */
  private async rate(
    peer: LinkAddress,
    way: 'up' | 'down',
    plan: Omit<RatePlan, 'streams'> & { readonly streams: number },
    of: Pick<RateBody, 'series' | 'apartMs'>,
  ): Promise<boolean> {
    const run = await this.probeRun(peer)
    this.ports.step(way)
    const { address, port, card } = run
    const { probes } = this.ports
    const { warmMs, streams, runMs, bytesMax } = plan
    const rated = await probes.rate({ warmMs, streams, runMs, bytesMax, address, port, card, way })
    if (rated.failed !== null) {
      this.refused(peer, rated.failed)
      return false
    }
    const { bytes } = rated
    const durationMs = Math.max(1, Math.round(rated.durationMs))
    // The sending side's congestion control decides the rate.
    const name = way === 'up' ? probes.congestion() : this.congestion
    const congestion = name === null ? {} : { congestion: name }
    const { interfaceName } = this.options
    const about = { peer: addressText(peer), ...selfOf(run.isSelf), interfaceName, streams }
    const more = { warmMs, ...of, ...congestion }
    this.bodies.push({ kind: 'rate', way, bytes, durationMs, ...about, ...more })
    return true
  }

  private refused(peer: LinkAddress, failed: { why: PeerRefusal; note: DownText }): void {
    const { why, note } = failed
    const detail = { value: addressText(peer), note: noteWhy(note) }
    // The same reason is reported once, not for each row.
    if (this.faults.some(({ code }) => code === codes[why])) return
    this.faults.push(new LaneFault(codes[why], detail))
  }

  private link(
    way: LinkBody['way'],
    method: LinkBody['method'],
    to: LinkAddress,
    sent: Pick<LinkBody, 'latenciesMs' | 'everyMs' | 'gaps' | 'planned' | 'certificate'>,
    clockErrorMs: number | null,
    { lookUpMs, isSelf }: { readonly lookUpMs: number | null; readonly isSelf: boolean },
  ): void {
    const { interfaceName } = this.options
    const { certificate = '', ...times } = sent
    const about = { peer: addressText(to), ...selfOf(isSelf), interfaceName, ...times }
    const looked = lookUpMs === null ? {} : { lookUpMs }
    const certificateField = certificate === '' ? {} : { certificate }
    this.bodies.push({
      kind: 'link',
      way,
      method,
      ...about,
      clockErrorMs,
      ...looked,
      ...certificateField,
    })
  }
}

/** Throws NET-01 and NET-02; other faults are returned beside the results. */
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
    await Promise.all([run.packets(peer), run.oneWay(peer)])
    // A peer that does not stamp packets does not accept data either.
    const isThere = !run.faults.some(({ code }) => code === 'NET-03')
    if (isThere && !probes.stopped()) await run.rates(peer)
  }
  const { bodies, faults, offsetMs, icmpComplaint } = run
  return { bodies, faults, offsetMs, icmpComplaint }
}
