// Tests of the devices of a lot during set-up, one at a time: messages of a device become steps and one result. Only
// the position input tells whether a boom is up or down; that a board accepts a pulse proves nothing about the boom.
import { createHash } from 'node:crypto'
import { channelNames, type ChannelName } from '#base/pure/lot/destination-members.ts'
import type { TriedDevice, TriedEnd, TriedStepName, TriedView } from '../../calls/tried-views.ts'
import type { GatewayConfig, PlatformConfig, ReservationConfig } from '#base/pure/lot/config.ts'
import type { BarrierPosition, LoopState } from '../../pure/lane/barrier.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { goodEnds } from '#base/pure/values/tried-ends.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import { bothOf } from '#base/pure/words/fault-text.ts'
import type { RaisedBooms } from '../../hosts/raised-booms.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'

export interface TryTarget {
  readonly laneId: string
  readonly device: TriedDevice
  readonly what: 'open' | 'close' | 'look'
  readonly link: string
  /** Where pushes of cameras are received. */
  readonly intake: {
    readonly host: string
    readonly port: number
    readonly allow: readonly string[]
  } | null
  /** The gateway in the draft. */
  readonly gateway: GatewayConfig | null
  /** Channel of the platform under test. */
  readonly channel: PlatformConfig | null
  readonly provinceCode: string
  readonly reservation: ReservationConfig | null
  /** Name of the lane, and who began the test. */
  readonly name?: string
  readonly by?: string
}

export type TryWish = Pick<TryTarget, 'laneId' | 'device' | 'what' | 'link'>

/** Messages of a device under test. */
export type TryNews =
  | { readonly is: 'reached' }
  | { readonly is: 'listening'; readonly note: string }
  | { readonly is: 'answered'; readonly ok: boolean }
  | { readonly is: 'position'; readonly position: BarrierPosition }
  | { readonly is: 'loop'; readonly state: LoopState }
  | { readonly is: 'blocked'; readonly note: string }
  | { readonly is: 'fault'; readonly note: string }
  | { readonly is: 'shown'; readonly note: string }
  | { readonly is: 'notShown'; readonly note: string }
  | { readonly is: 'read'; readonly note: string; readonly jpeg: Uint8Array | null }
  /** Its reading has no time, or one that a lane cannot use. */
  | { readonly is: 'undated'; readonly note: string }
  | { readonly is: 'refused'; readonly note: string }
  | { readonly is: 'down'; readonly note: string }
  /** The end of a test that has a single answer. */
  | {
      readonly is: 'over'
      readonly what: 'printed' | 'scanned' | 'gateway' | 'asked'
      readonly isGood: boolean
      readonly note: string
    }

export interface TryHandle {
  open(): void
  /** Raises or lowers the boom, or requests a page or a picture. */
  command(): void
  close(): void
  /** Of a barrier. */
  readonly boom?: {
    /** A safety loop is fitted. */
    readonly hasUnder: boolean
    send(command: 'close' | 'stop' | 'lift'): void
  }
}

export interface TryPorts {
  readonly mono: MonoClock
  readonly wall: WallClock
  open(target: TryTarget, tell: (news: TryNews) => void): Promise<TryHandle>
  /** Booms that tests left up, kept over restarts. */
  readonly raised: RaisedBooms
  /** Passed tests, stored over restarts, by lane and device. Absent: not stored. */
  readonly kept?: { read(): PassedTests; keep(passed: PassedTests): void }
}

interface PassedTest {
  readonly of: string
  readonly atIso: string
}
export type PassedTests = Readonly<Record<string, PassedTest>>
const platformsMs = Object.fromEntries(channelNames.map((name) => [name, 15_000])) as Record<
  ChannelName,
  number
>

/** A boom is up within 6 s (lane-devices.md 2); for a camera a person walks to it and drives a car past it. */
const withinMs = {
  barrier: 15_000,
  display: 15_000,
  camera: 60_000,
  printer: 20_000,
  scanner: 60_000,
  gateway: 15_000,
  ...platformsMs,
  reservation: 20_000,
} as const
const ends = {
  printed: ['printed', 'notPrinted'],
  scanned: ['scanned', 'notScanned'],
  gateway: ['gateway', 'notGateway'],
  asked: ['believed', 'notBelieved'],
} as const
/** Positions arrive soon after a board answers; a boom without inputs is commanded anyway. */
const positionWithinMs = 1_500

const pictureWithinMs = 6_000

interface Running {
  readonly target: TryTarget
  readonly sinceUs: number
  readonly atIso: string
  readonly steps: { what: TriedStepName; note: string; atMs: number }[]
  end: TriedEnd | null
  handle: TryHandle | null
  isCommanded: boolean
  isAnswered: boolean
  position: BarrierPosition
  isReached: boolean
  jpeg: Uint8Array | null
  readonly timers: Cancel[]
}

/** What a test covers: with another link, key name or channel it is another test. */
function triedOf(target: TryTarget): string {
  const { laneId, device, link, intake, gateway, channel, provinceCode, reservation } = target
  const beside =
    device === 'camera'
      ? intake
      : device === 'gateway'
        ? gateway
        : device === 'reservation'
          ? reservation
          : channel === null
            ? null
            : { channel, provinceCode }
  return createHash('sha256').update(canonicalJson({ laneId, device, link, beside })).digest('hex')
}

const keyOf = ({ laneId, device }: Pick<TryTarget, 'laneId' | 'device'>): string =>
  `${laneId} ${device}`

/** When exactly this target passed, by the stored test; null: it did not. */
export const passedOf = (found: PassedTest | undefined, target: TryTarget): string | null =>
  found !== undefined && found.of === triedOf(target) ? found.atIso : null

export class DeviceTry {
  private readonly ports: TryPorts
  private running: Running | null = null
  /** The newest test of each device: its result stays until the device is tested again. */
  private readonly newest = new Map<string, Running>()

  constructor(ports: TryPorts) {
    this.ports = ports
  }

  /** SETUP-06 while another test runs. */
  begin(target: TryTarget): void {
    if (this.running?.end === null)
      throw new LaneFault('SETUP-06', { value: this.running.target.link })
    const now: Running = {
      target,
      sinceUs: this.ports.mono.nowUs(),
      atIso: isoOf(this.ports.wall.nowMs()),
      steps: [],
      end: null,
      handle: null,
      isCommanded: false,
      isAnswered: false,
      position: 'unknown',
      isReached: false,
      jpeg: null,
      timers: [],
    }
    this.running = now
    const of = keyOf(target)
    this.newest.delete(of)
    this.newest.set(of, now)
    this.after(now, withinMs[target.device], () => this.late(now))
    this.open(now).catch((error: unknown) => this.failed(now, error))
  }

  /** A test of that link runs. */
  isOn(link: string): boolean {
    return this.running?.end === null && this.running.target.link === link
  }

  stop(): void {
    if (this.running !== null) this.over(this.running, 'stopped')
  }

  /** When exactly this target passed its newest test; null: it failed, it was changed since, or it is being tested. */
  passedAt(target: TryTarget): string | null {
    const of = keyOf(target)
    const last = this.newest.get(of)
    if (last === undefined) return passedOf(this.ports.kept?.read()[of], target)
    if (last.end === null || !goodEnds.includes(last.end)) return null
    return triedOf(last.target) === triedOf(target) ? last.atIso : null
  }

  view(): readonly TriedView[] {
    return [...this.newest.values()].map((one) => this.viewOf(one))
  }

  private viewOf(one: Running): TriedView {
    const { target, end, atIso, steps, jpeg } = one
    const { laneId, device, what, link } = target
    return {
      laneId,
      device,
      what,
      link,
      end,
      atIso,
      leftMs: end === null ? Math.max(0, withinMs[target.device] - this.atMs(one)) : 0,
      steps: [...steps],
      picture: jpeg === null ? null : Buffer.from(jpeg).toString('base64'),
    }
  }

  private atMs({ sinceUs }: Running): number {
    return Math.floor((this.ports.mono.nowUs() - sinceUs) / 1000)
  }

  private after(now: Running, ms: number, run: () => void): void {
    now.timers.push(this.ports.mono.after(ms, run))
  }

  private async open(now: Running): Promise<void> {
    const handle = await this.ports.open(now.target, (news) => this.heard(now, news))
    // Stopped while the link was being opened.
    if (now.end !== null) return handle.close()
    now.handle = handle
    handle.open()
  }

  private failed(now: Running, error: unknown): void {
    this.say(now, 'down', error instanceof Error ? error.message : String(error))
    this.over(now, 'silent')
  }

  private say(now: Running, what: TriedStepName, note = ''): void {
    const last = now.steps.at(-1)
    if (last?.what === what && last.note === note) return
    now.steps.push({ what, note, atMs: this.atMs(now) })
  }

  private over(now: Running, end: TriedEnd): void {
    if (now.end !== null) return
    now.end = end
    for (const cancel of now.timers) cancel()
    now.handle?.close()
    if (this.isDown(now)) this.ports.raised.isDown(now.target.laneId)
    this.keep(now, end)
  }

  /** A failed test replaces the stored pass; a test that a person stopped changes nothing. */
  private keep({ target, atIso }: Running, end: TriedEnd): void {
    const { kept } = this.ports
    if (kept === undefined || end === 'stopped') return
    const { [keyOf(target)]: _before, ...others } = kept.read()
    const passed = goodEnds.includes(end) ? { [keyOf(target)]: { of: triedOf(target), atIso } } : {}
    kept.keep({ ...others, ...passed })
  }

  private late(now: Running): void {
    // The driver lowers the boom as soon as nothing is under it, so only a lasting block is reported.
    const isBlocked = now.steps.some(({ what }) => what === 'blocked')
    if (!now.isAnswered) return this.over(now, isBlocked ? 'blocked' : 'silent')
    this.over(now, now.position === 'unknown' ? 'notKnown' : 'notSeen')
  }

  private heard(now: Running, news: TryNews): void {
    if (now.end !== null) return
    if (news.is === 'reached' || news.is === 'listening') this.reached(now, news)
    else if (news.is === 'position') this.moved(now, news.position)
    else if (news.is === 'answered') this.answered(now, news.ok)
    else if (news.is === 'over')
      this.ends(now, news.what, news.note, ends[news.what][news.isGood ? 0 : 1])
    else if (news.is === 'read') this.read(now, news)
    else if (news.is === 'undated') this.ends(now, 'undated', news.note, 'undated')
    else if (news.is === 'notShown') this.ends(now, 'down', news.note, 'notShown')
    else if (news.is === 'shown') this.ends(now, 'shown', news.note, 'shown')
    else if (news.is === 'fault')
      this.ends(now, 'fault', news.note, /Timeout$/.test(news.note) ? 'notSeen' : 'fault')
    else if (news.is !== 'loop') this.say(now, news.is, news.note)
  }

  private ends(now: Running, what: TriedStepName, note: string, end: TriedEnd): void {
    this.say(now, what, note)
    // Before the command a barrier reports old faults with its link: only a fault after the command is its answer.
    if (now.isCommanded || now.target.device !== 'barrier') this.over(now, end)
  }

  private reached(now: Running, news: Extract<TryNews, { is: 'reached' | 'listening' }>): void {
    this.say(now, news.is, news.is === 'listening' ? news.note : '')
    if (news.is === 'listening' || now.isReached) return
    now.isReached = true
    if (now.target.device !== 'barrier') return this.command(now)
    this.after(now, positionWithinMs, () => this.command(now))
  }

  private command(now: Running): void {
    if (now.isCommanded || now.end !== null) return
    const fault = onFault(
      () => this.raises(now),
      (error) => error,
    )
    if (fault !== undefined) return this.failed(now, fault)
    now.isCommanded = true
    this.say(now, 'commanded')
    now.handle?.command()
  }

  /** Kept before the boom moves: whatever ends this program, a person learns of it. */
  private raises({ target, atIso }: Running): void {
    const { laneId, device, what, link, name = '', by = '' } = target
    if (device !== 'barrier' || what !== 'open') return
    const boom = { laneId, name: bothOf(name === '' ? laneId : name), link, by, atIso }
    this.ports.raised.raise({ ...boom, of: 'setup' })
  }

  /** It is down by its input, or the board refused to raise it from there. */
  private isDown({ target, position, end }: Running): boolean {
    if (target.device !== 'barrier' || position !== 'closed') return false
    return target.what === 'close' || end === 'refused'
  }

  private moved(now: Running, position: BarrierPosition): void {
    now.position = position
    this.say(now, 'position', position)
    const wanted = now.target.what === 'open' ? 'open' : 'closed'
    if (!now.isCommanded) {
      if (position === wanted) this.over(now, wanted === 'open' ? 'alreadyOpen' : 'alreadyClosed')
      else if (position !== 'unknown') this.command(now)
    } else if (position === wanted) this.over(now, wanted)
  }

  private answered(now: Running, ok: boolean): void {
    if (!now.isCommanded) return
    now.isAnswered = true
    this.say(now, 'answered', ok ? '' : 'refused')
    if (!ok) this.over(now, 'refused')
  }

  private read(now: Running, { note, jpeg }: Extract<TryNews, { is: 'read' }>): void {
    this.say(now, 'read', note)
    now.jpeg = jpeg
    if (jpeg !== null) return this.over(now, 'picture')
    // A camera whose connection broke after the text sends the picture again.
    this.after(now, pictureWithinMs, () => this.over(now, 'plateOnly'))
  }
}
