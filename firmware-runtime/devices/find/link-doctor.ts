// The link doctor of an antenna: what is on the link, why it is silent, what to do next. First checks without opening
// (who holds the port, may it be opened, is the address reachable), then listens and queries.
import type { FindingView, FoundDeviceView, LinkReportView } from '../calls/find-views.ts'
import { wayOutOf } from '../pure/find/port-takers.ts'
import { udevRule } from '../pure/find/usb-bridges.ts'
import { cardFor } from '../pure/find/subnet.ts'
import { parseLinkUrl, type LinkTarget, type SerialTarget } from '#base/pure/links/link-url.ts'
import { baudsFrom, heartbeatPatienceMs, lastAnswerMs } from '../pure/rsu/probe/plan.ts'
import type { RsuVariantId } from '../pure/rsu/variants.ts'
import type { FindMachine, PortHolder, PortState, SeenPort } from '../ports/find.ts'
import type { AntennaPlan } from '../profiles/antenna-plan.ts'
import { finding, isOk } from './findings.ts'
import { listenAt, type ListenResult, type ListenPorts } from './listen.ts'
import { note } from '#base/pure/words/notes.ts'

export interface DoctorPorts extends ListenPorts {
  readonly machine: FindMachine
  /** What the profiles of antennas say about finding a device; read when a search starts. */
  antennas(): Promise<AntennaPlan>
}

interface DoctorOptions {
  readonly signal: AbortSignal
  /** The variant named in the link; null: any. */
  readonly wanted: RsuVariantId | null
  /** Only the speed of the link: for a port that is probed in every search. */
  readonly oneSpeed?: boolean
  step?(done: number, of: number): void
  /** Reserves the link during the check, and returns how to give it back. LINK-03 when it is held. */
  claim?(): () => void
}

type Usb = Pick<NonNullable<SeenPort['usb']>, 'vendorId' | 'productId'>

/** FIND-29 with the way out for a known program of the system, else null. */
function takenFinding(path: string, by: PortHolder, usb: Usb | null): FindingView | null {
  const wayOut = wayOutOf(by.name, usb)
  const named = `${by.name} (${by.pid})`
  return wayOut === null ? null : finding('FIND-29', { value: path, note: `${named} → ${wayOut}` })
}

/** Why a port cannot be opened; null: it can. */
export function portFinding(
  path: string,
  state: PortState,
  usb: SeenPort['usb'],
): FindingView | null {
  if (state.is === 'absent') {
    const { taken } = state
    if (taken === null) return finding('FIND-02', { value: path })
    const { by } = taken
    const other = finding('FIND-03', { value: path, note: `${by.name} (${by.pid})` })
    return takenFinding(path, by, taken.usb) ?? other
  }
  if (state.is === 'forbidden') return finding('FIND-04', { value: path, note: udevRule(usb) })
  if (state.is === 'free') return null
  const { by } = state
  if (by === null) return finding('FIND-03', { value: path })
  const other = finding('FIND-03', { value: path, note: `${by.name} (${by.pid})` })
  return takenFinding(path, by, usb) ?? other
}

/** The finding for an open error; the error texts are the system's, in English. */
function openFinding(
  target: LinkTarget,
  reason: string,
  usb: SeenPort['usb'],
  { takers }: FindMachine,
): FindingView {
  if (target.scheme === 'tcp') {
    const value = `${target.host}:${target.port}`
    if (/ECONNREFUSED/.test(reason)) return finding('FIND-12', { value, note: reason })
    return finding('FIND-13', { value, note: reason })
  }
  const value = target.path
  if (/permission denied|EACCES/i.test(reason) && !/\\\\\.\\|access denied/i.test(reason))
    return finding('FIND-04', { value, note: udevRule(usb) })
  // Windows reports access denied for a port that another program has open.
  if (/cannot lock|EBUSY|busy|access denied/i.test(reason)) {
    // Whether one of them is the holder, only root may read.
    const also = takers().map(({ name, pid }) => `${name} (${pid})? → ${wayOutOf(name, usb) ?? ''}`)
    return finding('FIND-03', { value, note: [reason, ...also].join('; ') })
  }
  if (/no such file|file not found|cannot find/i.test(reason))
    return finding('FIND-02', { value, note: reason })
  return finding('FIND-23', { value, note: reason })
}

const serialUrl = (target: SerialTarget, baud: number): string =>
  `serial:${target.path}?baud=${baud}&parity=${target.parity}&dataBits=${target.dataBits}&stopBits=${target.stopBits}`

const hostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host)

function deviceOf(
  target: LinkTarget,
  listenResult: ListenResult,
  antennas: AntennaPlan,
): FoundDeviceView | null {
  const { variant, identity, status } = listenResult
  if (variant === null) return null
  const { baud } = listenResult.view
  const link =
    target.scheme === 'tcp'
      ? `tcp://${hostOf(target.host)}:${target.port}?variant=${variant}`
      : `serial:${target.path}?baud=${baud ?? target.baud}&variant=${variant}`
  const profiles = antennas.modelsOf(variant, status)
  return { link, kind: 'rsu', variant, baud, identity, profiles }
}

/** Whether the device closed the link, and not this program. */
const wasShut = (reason: string): boolean => reason !== '' && reason !== 'cancelled'

/** The findings from all speeds together. */
function judge(
  target: LinkTarget,
  listenResults: readonly ListenResult[],
  wanted: RsuVariantId | null,
): FindingView[] {
  const good = listenResults.find(({ variant }) => variant !== null)
  const first = listenResults[0]?.view
  const value = target.scheme === 'tcp' ? `${target.host}:${target.port}` : target.path
  if (good !== undefined) {
    const findings: FindingView[] = []
    const { baud } = good.view
    if (baud !== null && target.scheme === 'serial' && baud !== target.baud)
      findings.push(
        finding('FIND-05', {
          value: `${target.baud} → ${baud}`,
          note: note('heardBytes', first?.bytes ?? 0, first?.framed ?? 0, first?.zeros ?? 0),
        }),
      )
    if (wanted !== null && good.variant !== wanted)
      findings.push(finding('FIND-10', { value: `${wanted} → ${good.variant ?? ''}` }))
    const status = good.identity?.status ?? 'ok'
    if (status !== 'ok') findings.push(finding('FIND-20', { weight: 'warn', value: status }))
    return findings
  }
  const inverted = listenResults.find(({ view }) => view.invertedHeads > 0)?.view
  if (inverted !== undefined) {
    const { baud, sampleHex } = inverted
    const hex = sampleHex.slice(0, 32)
    const speedNote = baud === null ? note('sampleHex', hex) : note('speedHex', baud, hex)
    return [finding('FIND-06', { value, note: speedNote })]
  }
  if (listenResults.some(({ view }) => view.echo)) return [finding('FIND-09', { value })]
  // Only antennas are recognised here: a healthy board or camera looks unknown, so this is a warning and not a fault.
  const weight = 'warn'
  const loud = listenResults.find(({ view }) => view.bytes > 0)?.view
  const shut = listenResults.find(({ view }) => view.opened && wasShut(view.reason))?.view
  if (loud === undefined && shut !== undefined && target.scheme === 'tcp')
    return [finding('FIND-25', { weight, value, note: shut.reason })]
  // A device that accepts a connection has power, so the finding does not mention it.
  if (loud === undefined)
    return [finding(target.scheme === 'tcp' ? 'FIND-28' : 'FIND-07', { weight, value })]
  const { bytes, framed, zeros, sampleHex } = loud
  const measured = note('heardHex', bytes, framed, zeros, sampleHex.slice(0, 64))
  return [finding('FIND-08', { weight, value, note: measured })]
}

/**
 * Wait before a held port is checked again: a program that only probes it, such as the system with a new adapter, has
 * closed it by then.
 */
const heldAgainMs = 500

/** State of a port; it counts as held when the same program still holds it a moment later. */
async function lastingState(path: string, { machine, mono }: DoctorPorts): Promise<PortState> {
  const first = machine.portState(path)
  if (first.is !== 'held') return first
  await new Promise<void>((resolve) => mono.after(heldAgainMs, resolve))
  const then = machine.portState(path)
  return then.is === 'held' && then.by?.pid !== first.by?.pid ? { is: 'free' } : then
}

/** The finding that needs no access to the link. */
async function before(target: LinkTarget, outside: DoctorPorts): Promise<FindingView | null> {
  const { machine } = outside
  if (target.scheme === 'tcp') {
    if (cardFor(target.host, machine.cards()) !== 'far') return null
    const cards = machine.cards().filter(({ loopback }) => !loopback)
    return finding('FIND-11', {
      weight: 'warn',
      value: target.host,
      note: cards.map((card) => `${card.name} ${card.address}/${card.prefix}`).join(', '),
    })
  }
  const usb = await usbOf(target.path, machine)
  return portFinding(target.path, await lastingState(target.path, outside), usb)
}

const usbOf = async (path: string, machine: FindMachine): Promise<SeenPort['usb']> =>
  (await machine.ports()).find((port) => port.path === path || port.stablePath === path)?.usb ??
  null

interface Try {
  readonly baud: number | null
  readonly patienceMs: number
}

/** Each speed for a short time, then the named one for as long as a heartbeat may take. */
function triesOf(bauds: readonly (number | null)[], oneSpeed: boolean): readonly Try[] {
  const short = bauds.map((baud) => ({ baud, patienceMs: lastAnswerMs }))
  const [named = null] = bauds
  return oneSpeed ? short : [...short, { baud: named, patienceMs: heartbeatPatienceMs }]
}

/** Tries speed after speed until a device is recognised; stops at a port that does not open. */
async function listenThrough(
  outside: DoctorPorts,
  target: LinkTarget,
  antennas: AntennaPlan,
  { signal, step, claim, oneSpeed = false }: DoctorOptions,
): Promise<readonly ListenResult[]> {
  const speeds = target.scheme === 'tcp' ? [] : baudsFrom(target.baud, antennas.bauds)
  const bauds: readonly (number | null)[] =
    target.scheme === 'tcp' ? [null] : oneSpeed ? [target.baud] : speeds
  const tries = triesOf(bauds, oneSpeed)
  const release = claim?.()
  const listenResults: ListenResult[] = []
  try {
    for (const [i, { baud, patienceMs }] of tries.entries()) {
      if (signal.aborted) break
      step?.(i, tries.length)
      const url =
        target.scheme === 'tcp'
          ? `tcp://${hostOf(target.host)}:${target.port}`
          : serialUrl(target, baud ?? target.baud)
      const one = await listenAt(outside, { url, baud, signal, patienceMs })
      listenResults.push(one)
      if (one.variant !== null || !one.view.opened || one.view.invertedHeads > 0) break
    }
    return listenResults
  } finally {
    release?.()
  }
}

/** LOT-03 for an invalid link. */
export async function checkLink(
  outside: DoctorPorts,
  link: string,
  options: DoctorOptions,
): Promise<LinkReportView> {
  const target = parseLinkUrl(link, '/link')
  const { signal, wanted } = options
  const early = await before(target, outside)
  const stopped = early !== null && early.weight === 'bad'
  const antennas = await outside.antennas()
  const listenResults = stopped ? [] : await listenThrough(outside, target, antennas, options)
  const unopened = listenResults.find(({ view }) => !view.opened)
  const usb = target.scheme === 'serial' ? await usbOf(target.path, outside.machine) : null
  const findings: FindingView[] = early === null ? [] : [early]
  if (unopened !== undefined)
    findings.push(openFinding(target, unopened.view.reason, usb, outside.machine))
  else if (!stopped && !signal.aborted) findings.push(...judge(target, listenResults, wanted))
  const good = listenResults.find(({ variant }) => variant !== null)
  return {
    ok: isOk(findings.filter(({ code }) => code !== 'FIND-11' || good === undefined)),
    link,
    speeds: listenResults.map(({ view }) => view),
    device: good === undefined ? null : deviceOf(target, good, antennas),
    // An address that answers is reachable whatever the network masks say: there is a router.
    findings: good === undefined ? findings : findings.filter(({ code }) => code !== 'FIND-11'),
  }
}
