// The spaces of an open lot: reports of their watchers become stays, departures with their orders, and ends. Rows are
// written through the ledger only; the watch of each space is in memory, made at each start.
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'
import type { LaneEvent } from '../pure/lane.ts'
import { openOf } from '../pure/layouts/index.ts'
import type { OpenLayout } from '../pure/layouts/layout.ts'
import { confirmedRow } from '#money/pure/lot/card-bar.ts'
import { areaOf, type LotConfig } from '#base/pure/lot/config.ts'
import type { LotState, Stay } from '#ledger/pure/lot/lot-state.ts'
import { arrivalRow, chargeRows, departureRows, endRows, plateRow } from '../pure/open/open-rows.ts'
import { adjacentSpaces } from '#base/pure/lot/streets.ts'
import {
  comesLater,
  dueAtMs,
  settle,
  sight,
  standardSpaceTimes,
  unheard,
  unwatched,
  type SpaceFact,
  type SpaceSight,
  type SpaceWatch,
} from '../pure/open/space-watch.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { ReadPosition } from '#base/pure/rows/ledger-row.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import { UnmatchedPassings } from './unmatched-passings.ts'

/**
 * Days for which an unpaid amount waits for a gantry, a person or another means; after that it becomes arrears of its
 * plate.
 */
const collectDays = 30
const collectMs = collectDays * 86_400_000
const agingMs = 3_600_000
/** Retry interval on a full disk, ms. */
const againMs = 5_000

interface OpenParts {
  readonly config: LotConfig
  readonly mono: MonoClock
  readonly lot: LotState
  /** Until when the lot ran before this start; null: it never did. */
  readonly ranUntilMs: InstantMs | null
  tariff(): Tariff
  nowMs(): InstantMs
  isClockSure(): boolean
  mint(letter: string): string
  /** Throws when the rows could not be written. */
  carryOut(rows: readonly RowRequest[]): void
  platformUp(): boolean
  isAntennaUp(laneId: string): boolean
  dispatch(laneId: string, event: LaneEvent): void
}

/** The combined open layouts of a lot. */
function openLayout({ lanes }: LotConfig): OpenLayout | null {
  const all = lanes.flatMap(({ layout }) => openOf(layout) ?? [])
  const [first] = all
  return first ?? null
}

export const isOpenLot = (config: LotConfig): boolean => openLayout(config) !== null

/** Times after the arrival of a car at which a pile reads its space; the later ones only when no OBU answered. */
const pileAfterMs = [2_000, 30_000, 180_000, 600_000] as const

export class OpenSpaces {
  readonly unmatched = new UnmatchedPassings()
  private readonly own: OpenParts
  private readonly watches = new Map<string, SpaceWatch>()
  /** The watcher of each space. */
  private readonly watcherOf = new Map<string, string>()
  private timer: Cancel | null = null
  private aging: Cancel | null = null
  private sweeping = false
  private readonly layout: OpenLayout | null
  /** Spaces whose last report came from a camera: it reads which car it is, and a sensor does not. */
  private readonly byCamera = new Set<string>()
  /** Lane of the pile at a space. */
  private readonly pileOf = new Map<string, string>()
  /** Position of each pile that has one in the lot file. */
  private readonly pileAt = new Map<string, ReadPosition>()
  private readonly pileTimers = new Map<string, Cancel>()
  /** Spaces whose car was not read: the antenna of their pile was still away at the last try. */
  private readonly missed = new Set<string>()
  /** Spaces with a car that the lot file no longer has. */
  private readonly unnamed: Set<string>

  constructor(own: OpenParts) {
    this.own = own
    this.layout = openLayout(own.config)
    for (const { id, place } of own.config.lanes) {
      if (place?.kind !== 'etc-pile') continue
      this.pileOf.set(place.space, id)
      if (place.position === undefined) continue
      const { accuracyM, ...at } = place.position
      this.pileAt.set(id, { ...at, accuracyMm: accuracyM * 1_000 })
    }
    for (const source of own.config.spaces ?? [])
      for (const spaceId of Object.values(source.spaces)) {
        this.watches.set(spaceId, unwatched(own.ranUntilMs))
        this.watcherOf.set(spaceId, source.id)
      }
    this.unnamed = new Set([...own.lot.bySpace.keys()].filter((id) => !this.watches.has(id)))
  }

  start(): void {
    for (const spaceId of this.own.lot.bySpace.keys()) this.readByPile(spaceId)
    this.age()
  }

  stop(): void {
    this.timer?.()
    this.aging?.()
    for (const cancel of this.pileTimers.values()) cancel()
  }

  /** The pile of the space reads the arrived car, with several tries. */
  private readByPile(spaceId: string, tries = 0): void {
    const laneId = this.pileOf.get(spaceId)
    const afterMs = pileAfterMs[tries]
    this.pileTimers.get(spaceId)?.()
    this.pileTimers.delete(spaceId)
    if (laneId === undefined || afterMs === undefined) return
    const stay = this.stayAt(spaceId)
    if (stay === null || stay.record !== null) return
    const waitMs = afterMs - (pileAfterMs[tries - 1] ?? 0)
    const cancel = this.own.mono.after(waitMs, () => {
      const isLast = tries + 1 === pileAfterMs.length
      if (!this.own.isAntennaUp(laneId)) {
        if (isLast) this.missed.add(spaceId)
      } else if (!this.missed.has(spaceId) || !this.isBesideMissed(spaceId)) {
        this.missed.delete(spaceId)
        const at = this.pileAt.get(laneId)
        const event = { type: 'record', spaceId, seen: null } as const
        this.own.dispatch(laneId, at === undefined ? event : { ...event, at })
      }
      this.readByPile(spaceId, tries + 1)
    })
    this.pileTimers.set(spaceId, cancel)
  }

  /** The antenna of a lane is back: a pile reads the car that it missed. */
  antennaBack(laneId: string): void {
    for (const spaceId of this.missed)
      if (this.pileOf.get(spaceId) === laneId) this.readByPile(spaceId)
  }

  private besideOf(spaceId: string): readonly string[] {
    const order = adjacentSpaces(this.own.config).find((ids) => ids.includes(spaceId)) ?? []
    const at = order.indexOf(spaceId)
    return [order[at - 1], order[at + 1]].filter((id) => id !== undefined)
  }

  /** Of two missed cars side by side, nothing says whose OBU an antenna hears (8.1.2.3 b). */
  private isBesideMissed(spaceId: string): boolean {
    return this.besideOf(spaceId).some(
      (id) => this.missed.has(id) && this.stayAt(id)?.record === null,
    )
  }

  /** The car of a space has left: the missed one beside it may be alone now. */
  private noneThere(spaceId: string): void {
    this.missed.delete(spaceId)
    if (this.missed.size === 0) return
    for (const id of this.besideOf(spaceId)) if (this.missed.has(id)) this.readByPile(id)
  }

  private stayAt(spaceId: string): Stay | null {
    const { lot } = this.own
    return lot.stays.get(lot.bySpace.get(spaceId) ?? '') ?? null
  }

  /** A report of a watcher about a space; false: the lot has no such space. `isCamera` absent: as its layout has it. */
  told(spaceId: string, told: SpaceSight & { readonly isCamera?: boolean }): boolean {
    const watch = this.watches.get(spaceId)
    if (watch === undefined) return false
    const nowMs = this.own.nowMs()
    const { isCamera = this.layout?.watch === 'camera' } = told
    if (isCamera) this.byCamera.add(spaceId)
    else this.byCamera.delete(spaceId)
    const step = sight(watch, told, { stay: this.stayAt(spaceId), nowMs, isCamera })
    if (this.write(spaceId, step.facts)) this.watches.set(spaceId, step.watch)
    this.plan()
    return true
  }

  /** Its watcher is silent or not reachable. */
  unheard(spaceId: string): void {
    const watch = this.watches.get(spaceId)
    if (watch !== undefined) this.watches.set(spaceId, unheard(watch, this.own.nowMs()))
  }

  /**
   * Until when the car was certainly in a space, for a gantry that receives its OBU elsewhere. Null: its sensor reports
   * that it is still there, and will report when it leaves.
   */
  stoodUntilMs(spaceId: string): InstantMs | null {
    const watch = this.watches.get(spaceId)
    if (watch === undefined) return null
    if (watch.turning?.occupied === false && watch.isSure) return watch.turning.sinceMs
    return watch.isSure && !this.byCamera.has(spaceId) ? null : watch.seenAtMs
  }

  /** Its watcher is up, and agrees with the ledger that the car of its stay is there. */
  isWatched(spaceId: string): boolean {
    const watch = this.watches.get(spaceId)
    return watch !== undefined && watch.isSure && watch.turning === null
  }

  /** Its watcher is up: a car that came would have been reported. */
  isHeard(spaceId: string): boolean {
    return this.watches.get(spaceId)?.isSure === true
  }

  /** Since when its watcher reports an arriving car that is not counted yet. */
  comingSince(spaceId: string): InstantMs | null {
    const turning = this.watches.get(spaceId)?.turning
    return turning?.occupied === true ? turning.sinceMs : null
  }

  /** Ends stays that were paid, or left long ago; called after every turn. */
  sweep(): void {
    const { lot } = this.own
    this.endUnnamed()
    if (this.sweeping || lot.left.size === 0 || !this.own.isClockSure()) return
    this.sweeping = true
    try {
      const rows = endRows(lot, { nowMs: this.own.nowMs(), collectMs })
      if (rows.length > 0) this.tried(rows)
    } finally {
      this.sweeping = false
    }
  }

  /** Nothing reports any more that such a car leaves: it is known to have stood there until the lot last ran. */
  private endUnnamed(): void {
    if (this.unnamed.size === 0 || this.sweeping || !this.own.isClockSure()) return
    this.sweeping = true
    try {
      for (const spaceId of this.unnamed) {
        const stay = this.stayAt(spaceId)
        const seenAtMs = this.own.ranUntilMs ?? stay?.enteredAtMs ?? this.own.nowMs()
        const left = { leftAtMs: seenAtMs, seenAtMs, by: 'unwatched', photo: null } as const
        if (this.write(spaceId, [{ do: 'leave', ...left }])) this.unnamed.delete(spaceId)
      }
    } finally {
      this.sweeping = false
    }
  }

  /** A plate that is read in two spaces side by side is of one car across both: its stay is that of the first one. */
  private isAcross(spaceId: string, facts: readonly SpaceFact[]): boolean {
    const plate = facts.flatMap((fact) => (fact.do === 'arrive' ? [fact.read?.plate] : []))[0]
    if (plate === undefined) return false
    return this.besideOf(spaceId).some(
      (id) => this.isWatched(id) && this.stayAt(id)?.plate === plate,
    )
  }

  private age(): void {
    this.sweep()
    this.aging = this.own.mono.after(agingMs, () => this.age())
  }

  /** False: nothing was written, and the watch stays unchanged, so that it is tried again. */
  private tried(rows: readonly RowRequest[]): boolean {
    try {
      this.own.carryOut(rows)
      return true
    } catch (error) {
      if (error instanceof LaneFault && error.code === 'DATA-02') return false
      throw error
    }
  }

  private write(spaceId: string, facts: readonly SpaceFact[]): boolean {
    for (const fact of facts) {
      if (!this.tried(this.rowsOf(spaceId, fact))) return false
      if (fact.do === 'leave') this.noneThere(spaceId)
      if (fact.do === 'arrive') this.readByPile(spaceId)
    }
    return true
  }

  private rowsOf(spaceId: string, fact: SpaceFact): readonly RowRequest[] {
    const { lot, config } = this.own
    const env = {
      lotId: config.lotId,
      nodeId: config.nodeId,
      offline: !this.own.platformUp(),
      laneId: this.watcherOf.get(spaceId) ?? this.stayAt(spaceId)?.entryLaneId ?? '',
      nowMs: this.own.nowMs(),
      mint: (letter: string) => this.own.mint(letter),
      areaOf: (laneId: string) => areaOf(config, laneId),
    }
    if (fact.do === 'arrive') return [arrivalRow(spaceId, fact, env)]
    const stay = this.stayAt(spaceId)
    if (stay === null) return []
    if (fact.do === 'plate') return [plateRow(stay.stayId, fact.read, env)]
    if (fact.do === 'seen') return [confirmedRow(stay.stayId, { ...fact.read, by: 'watcher' }, env)]
    const { leftAtMs, seenAtMs, by, photo } = fact
    const left = { leftAtMs, seenAtMs, by, ...(photo === null ? {} : { photo }) }
    const rows = departureRows(lot, this.own.tariff(), stay, left, env)
    return this.layout?.collects === 'platform' ? [...rows, ...chargeRows(stay, rows, env)] : rows
  }

  /** Plans the next look for the first space that is due. */
  private plan(): void {
    this.timer?.()
    this.timer = null
    const dues = [...this.watches.values()].flatMap((watch) => {
      const dueMs = dueAtMs(watch, standardSpaceTimes)
      return dueMs === null ? [] : [dueMs]
    })
    if (dues.length === 0) return
    const waitMs = Math.max(1, Math.min(...dues) - this.own.nowMs())
    this.timer = this.own.mono.after(Math.min(waitMs, againMs * 12), () => this.look())
  }

  private look(): void {
    // An uncertain clock must not price: the spaces are looked at again when it is sure.
    const nowMs = this.own.nowMs()
    let waits = !this.own.isClockSure()
    if (!waits)
      for (const [spaceId, watch] of this.watches) {
        const step = settle(watch, standardSpaceTimes, { stay: this.stayAt(spaceId), nowMs })
        if (step.watch === watch) continue
        if (this.isAcross(spaceId, step.facts)) this.watches.set(spaceId, comesLater(watch, nowMs))
        else if (this.write(spaceId, step.facts)) this.watches.set(spaceId, step.watch)
        else waits = true
      }
    if (waits) this.timer = this.own.mono.after(againMs, () => this.look())
    else this.plan()
  }
}
