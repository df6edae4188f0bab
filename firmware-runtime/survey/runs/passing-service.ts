// The survey without an instrument in a running lot: collects facts from the lanes, stores them, and evaluates a day
// when enough cars have passed. It only listens: neither a car nor its money waits for it.
import { codedFault } from '#base/process/api-fault.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import type { LaneState } from '#lane/pure/lane.ts'
import type { LaneConfig } from '#base/pure/lot/config.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { PassingView } from '../calls/passing-views.ts'
import type { FrameView } from '#lane/calls/views.ts'
import type { PassingStore } from '../ports/passing-store.ts'
import { looksAt } from '../pure/passing/drift.ts'
import type { PassingFact } from '../pure/passing/facts.ts'
import { heardIn, reviewOf, type PassingDay } from '../pure/passing/review.ts'
import { passingWords } from '../pure/passing/words.ts'
import { PassingWatch } from '../pure/passing/watch.ts'
import { passingGeometry } from './passing-geometry.ts'

/** The stored facts of a lane, as a view. */
export function passingView(
  lane: LaneConfig,
  kept: Pick<PassingView, 'since' | 'dropped'> & { readonly days: readonly PassingDay[] },
  loopDelayMs: number,
): PassingView {
  const { days, since, dropped } = kept
  const review = reviewOf(days, since, passingGeometry(lane, loopDelayMs))
  const { zoneFarMm = null, zoneNearMm = null } = lane.siting?.measures ?? {}
  const measured = { entryMm: zoneFarMm, exitMm: zoneNearMm }
  return { laneId: lane.id, ...review, since, dropped, measured, words: passingWords(review) }
}

interface PassingParts {
  readonly lanes: readonly LaneConfig[]
  readonly store: PassingStore
  readonly loopDelayMs: number
  nowMs(): InstantMs
  monoMs(): number
  /** No lane has a car: an evaluation takes some milliseconds. */
  quiet(): boolean
  /** Reports a new alarm. */
  told(laneId: string, fault: CodedFault): void
}

type Seen = Pick<LaneState, 'arrive' | 'under' | 'antennaOn'>

interface Lane {
  readonly config: LaneConfig
  readonly watch: PassingWatch
  seen: Seen
  fresh: PassingFact[]
  /** The current day: its stored facts, and how many of them had an OBU answer. */
  day: string
  kept: number
  heard: number
  /** To be evaluated when no car is in a lane. */
  due: boolean
  notices: readonly CodedFault[]
}

/** Whether a frame opens a dialogue: B2, or B4 in variants without B2. */
const opens = (type: string, hasB2: boolean): boolean => type === 'B2' || (type === 'B4' && !hasB2)

export class PassingService {
  private readonly parts: PassingParts
  private readonly lanes = new Map<string, Lane>()
  private readonly withB2 = new Set<string>()

  constructor(parts: PassingParts) {
    this.parts = parts
    for (const config of parts.lanes)
      if (config.rsu !== null) this.lanes.set(config.id, this.open(config))
  }

  private open(config: LaneConfig): Lane {
    const lane: Lane = {
      config,
      watch: new PassingWatch((fact) => lane.fresh.push(fact)),
      seen: { arrive: 'unknown', under: 'unknown', antennaOn: false },
      fresh: [],
      day: '',
      kept: 0,
      heard: 0,
      due: true,
      notices: [],
    }
    return lane
  }

  /** Called after each turn of the lanes. */
  lane(laneId: string, state: Pick<LaneState, 'arrive' | 'under' | 'antennaOn' | 'car'>): void {
    const lane = this.lanes.get(laneId)
    if (lane === undefined) return
    const { seen, watch } = lane
    const atMs = this.parts.monoMs()
    for (const loop of ['under', 'arrive'] as const)
      if (state[loop] !== seen[loop]) watch.loop(loop, state[loop], atMs)
    if (state.antennaOn !== seen.antennaOn) watch.antenna(state.antennaOn, atMs)
    const obuId = state.car?.obu?.obuId
    if (obuId !== undefined) watch.own(obuId)
    lane.seen = { arrive: state.arrive, under: state.under, antennaOn: state.antennaOn }
  }

  frame({ laneId, direction, type, fields }: FrameView): void {
    const lane = this.lanes.get(laneId)
    const obuId = fields['obuId']
    if (lane === undefined || direction !== 'in' || typeof obuId !== 'string') return
    if (/^(?:0{8}|F{8})$/.test(obuId)) return
    if (type === 'B2') this.withB2.add(laneId)
    if (opens(type, this.withB2.has(laneId))) lane.watch.heard(obuId, this.parts.monoMs())
  }

  /** Every few seconds: stores finished facts, and evaluates a day with enough cars. */
  async look(): Promise<void> {
    for (const [laneId, lane] of this.lanes) {
      const before = lane.heard
      this.keep(laneId, lane)
      if (looksAt.some((count) => before < count && lane.heard >= count)) lane.due = true
    }
    // Evaluates what is stored: the facts of this look are in their file by then.
    await this.parts.store.flush()
    this.judgeDue()
  }

  private judgeDue(): void {
    for (const [laneId, lane] of this.lanes)
      if (lane.due && this.parts.quiet()) this.judge(laneId, lane)
  }

  private keep(laneId: string, lane: Lane): void {
    const { store } = this.parts
    const day = isoOf(this.parts.nowMs()).slice(0, 10)
    if (lane.day !== day) {
      const facts = store.days(laneId).find((one) => one.day === day)?.facts ?? []
      Object.assign(lane, { day, kept: facts.length, heard: heardIn(facts) })
    }
    lane.watch.settle(this.parts.monoMs())
    store.add(laneId, day, lane.fresh)
    lane.kept += lane.fresh.length
    lane.heard += heardIn(lane.fresh)
    lane.fresh = []
  }

  private judge(laneId: string, lane: Lane): void {
    lane.due = false
    const { drift } = this.now(laneId, lane)
    const alarms = drift?.known === true ? drift.alarms : []
    const notices = alarms.map(({ code }) => codedFault(code, laneId))
    for (const notice of notices)
      if (!lane.notices.some(({ code }) => code === notice.code)) this.parts.told(laneId, notice)
    lane.notices = notices
  }

  private now(laneId: string, { config }: Lane): PassingView {
    const { store, loopDelayMs } = this.parts
    const kept = { days: store.days(laneId), since: store.since(laneId), dropped: store.dropped }
    return passingView(config, kept, loopDelayMs)
  }

  private known(laneId: string): Lane {
    const lane = this.lanes.get(laneId)
    if (lane === undefined) throw new LaneFault('SET-04', { field: '/laneId', value: laneId })
    return lane
  }

  async view(laneId: string): Promise<PassingView> {
    const lane = this.known(laneId)
    await this.parts.store.flush()
    return this.now(laneId, lane)
  }

  /** SET-04 for a lane without an antenna. */
  mayBegin(laneId: string): void {
    this.known(laneId)
  }

  /** The antenna was moved or set differently: earlier facts do not count any more. */
  begin(laneId: string): void {
    const lane = this.known(laneId)
    this.keep(laneId, lane)
    this.parts.store.countFrom(laneId, { day: lane.day, skip: lane.kept })
    Object.assign(lane, { notices: [], heard: 0 })
  }

  notices(): readonly CodedFault[] {
    return [...this.lanes.values()].flatMap(({ notices }) => notices)
  }

  /** Called when the lanes have stopped. */
  async close(): Promise<void> {
    for (const { watch } of this.lanes.values()) watch.end(this.parts.monoMs())
    await this.look()
  }
}
