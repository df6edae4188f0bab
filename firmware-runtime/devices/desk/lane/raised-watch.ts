// Watches booms that tests of the set-up raised, while a person looks at them, and lowers one on that person's press: never
// where the safety loop is occupied or cannot be seen (lane-devices.md 2.4 rule 1). A block raises it again and ends it.
import type { TriedEnd } from '../../calls/tried-views.ts'
import type { RaisedBoomView } from '../../calls/raised-views.ts'
import type { BarrierPosition, LoopState } from '../../pure/lane/barrier.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { RaisedBoom } from '#base/pure/lot/raised-boom.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { RaisedBooms } from '../../hosts/raised-booms.ts'
import type { TryHandle, TryNews, TryPorts } from './device-try.ts'

interface WatchPorts {
  readonly raised: RaisedBooms
  readonly mono: MonoClock
  readonly open: TryPorts['open']
  /** A test has the link: it tells of the boom itself. */
  isTested(link: string): boolean
}

interface Watched {
  readonly boom: RaisedBoom
  handle: TryHandle | null
  isClosed: boolean
  isReached: boolean
  position: BarrierPosition
  under: LoopState
  late: Cancel | null
  end: TriedEnd | null
}

/** A window asks each second; without one the link is free again after this time in ms. */
const idleMs = 5_000
/** As the test of a boom. */
const lowerWithinMs = 15_000

/** SETUP-10 while a test left a boom up: the opened lot would call it cars that leave unpaid. */
export function mustBeDown(raised: RaisedBooms): void {
  const [first] = raised.list()
  if (first === undefined) return
  const { laneId, by, atIso } = first
  const note = `${atIso.slice(11, 16)} ${by}`
  throw new LaneFault('SETUP-10', { field: '/laneId', value: laneId, note })
}

export class RaisedWatch {
  private readonly ports: WatchPorts
  private readonly watched = new Map<string, Watched>()
  private idle: Cancel | null = null

  constructor(ports: WatchPorts) {
    this.ports = ports
  }

  get raised(): RaisedBooms {
    return this.ports.raised
  }

  /** Connects to the barriers that are not connected yet. */
  look(
    boom: RaisedBoom,
  ): Pick<RaisedBoomView, 'position' | 'under' | 'isReached' | 'isLowering' | 'end'> {
    this.idle?.()
    this.idle = this.ports.mono.after(idleMs, () => this.rest())
    const now = this.at(boom)
    const { position = 'unknown', isReached = false, under = 'unknown', end = null } = now ?? {}
    const hasLoop = now?.handle?.boom?.hasUnder ?? true
    const isLowering = (now?.late ?? null) !== null
    return { position, isReached, under: hasLoop ? under : 'none', isLowering, end }
  }

  /** Throws TEST-01, TEST-02. */
  check(boom: RaisedBoom): void {
    const now = this.at(boom)
    const lane = { field: '/laneId', value: boom.laneId }
    if (now?.late) throw new LaneFault('TEST-02', { ...lane, note: t('正在降下', 'on its way') })
    const { under } = this.look(boom)
    if (under === 'off') return
    const notes = {
      on: t('杆下的地感有车', 'the safety loop is occupied'),
      unknown: t('看不到杆下的地感', 'the safety loop cannot be seen'),
      none: t(
        '没有装防砸地感:请到道闸旁边降下',
        'no safety loop is fitted: lower it beside the barrier',
      ),
    }
    throw new LaneFault('TEST-01', { ...lane, note: notes[under] })
  }

  lower(boom: RaisedBoom): void {
    this.check(boom)
    const now = this.watched.get(boom.laneId)
    if (now === undefined) return
    now.end = null
    now.late = this.ports.mono.after(lowerWithinMs, () => {
      now.handle?.boom?.send('stop')
      this.ended(now, now.position === 'unknown' ? 'notKnown' : 'notSeen')
    })
    now.handle?.boom?.send('close')
  }

  /** Frees the links, such as for a test; a boom that is on its way is not let go of. */
  rest(): void {
    this.idle?.()
    this.idle = null
    for (const now of this.watched.values()) if (now.late === null) this.close(now)
  }

  stop(): void {
    for (const now of this.watched.values()) {
      if (now.late !== null) now.handle?.boom?.send('stop')
      this.ended(now, 'stopped')
    }
    this.rest()
  }

  private at(boom: RaisedBoom): Watched | undefined {
    const found = this.watched.get(boom.laneId)
    if (found !== undefined && found.boom === boom) return found
    if (found !== undefined) this.close(found)
    if (this.ports.isTested(boom.link)) return undefined
    const now: Watched = {
      boom,
      handle: null,
      isClosed: false,
      isReached: false,
      position: 'unknown',
      under: 'unknown',
      late: null,
      end: null,
    }
    this.watched.set(boom.laneId, now)
    // A link that cannot be opened is tried again with the next look: until then nothing is seen.
    this.open(now).catch(() => this.close(now))
    return now
  }

  private async open(now: Watched): Promise<void> {
    const { laneId, link } = now.boom
    const nothing = { intake: null, gateway: null, channel: null, provinceCode: '' }
    const target = { laneId, device: 'barrier', what: 'look', link, reservation: null } as const
    const handle = await this.ports.open({ ...target, ...nothing }, (news) => this.heard(now, news))
    if (now.isClosed) return handle.close()
    now.handle = handle
    handle.open()
  }

  private lost(now: Watched): void {
    now.isReached = false
    now.position = 'unknown'
    now.under = 'unknown'
  }

  private heard(now: Watched, news: TryNews): void {
    if (now.isClosed) return
    if (news.is === 'reached') now.isReached = true
    else if (news.is === 'down') this.lost(now)
    else if (news.is === 'loop') now.under = news.state
    else if (news.is === 'position') this.moved(now, news.position)
    else if (now.late !== null) this.answered(now, news)
  }

  private answered(now: Watched, news: TryNews): void {
    if (news.is === 'answered' && !news.ok) this.ended(now, 'refused')
    else if (news.is === 'fault') this.ended(now, /Timeout$/.test(news.note) ? 'notSeen' : 'fault')
    else if (news.is === 'blocked') {
      // It stays up: what comes next is a press again, never the end of the block.
      now.handle?.boom?.send('lift')
      this.ended(now, 'blocked')
    }
  }

  private moved(now: Watched, position: BarrierPosition): void {
    now.position = position
    if (position !== 'closed') return
    this.ended(now, 'closed')
    this.close(now)
    this.ports.raised.isDown(now.boom.laneId)
  }

  private ended(now: Watched, end: TriedEnd): void {
    if (now.late === null) return
    now.late()
    now.late = null
    now.end = end
  }

  private close(now: Watched): void {
    if (now.isClosed) return
    now.isClosed = true
    now.handle?.close()
    if (this.watched.get(now.boom.laneId) === now) this.watched.delete(now.boom.laneId)
  }
}
