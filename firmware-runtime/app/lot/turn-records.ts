// Turns of the lanes as records of the cars that they were about, for whoever explains a car later.
// A car is known by its stay only when its plate was claimed: what happened to it before is held until then.
import {
  changed,
  recordedEvent,
  recordedState,
  watched,
  type TurnRecord,
} from '../../core/explain/turn.ts'
import type { LaneEvent, LaneState, LaneView } from '../../core/lane/lane.ts'
import type { LaneStep } from '../../core/lane/steps.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { LaneHost } from './lane-host.ts'

type TurnListener = (stayId: string, turn: TurnRecord) => void
type Made = LaneStep & { readonly lastId: number }

interface CarTurns {
  stayId: string | null
  count: number
  /** Not told yet: the stay is not known. */
  held: TurnRecord[]
  /** Where the last turn left the lane. */
  last: LaneState
  given: TurnRecord['given']
}

/** A car that nobody knows yet and that stands there for long is explained from later on. */
const heldMax = 200

const isSameState = (a: LaneState, b: LaneState): boolean =>
  (Object.keys(a) as (keyof LaneState)[]).every((name) => a[name] === b[name])

/** Nothing was done but to look again later: a car that waits for hours has thousands of them. */
const isIdle = (event: LaneEvent, { effects }: Made): boolean =>
  effects.every((effect) => event.type === 'timer' && effect.do === 'timer')

export class TurnRecords {
  readonly listeners = new Set<TurnListener>()
  private readonly cars = new Map<string, CarTurns>()

  /** Does the step, and keeps what it was made of where somebody listens. */
  made(
    host: LaneHost,
    { event, view }: { readonly event: LaneEvent; readonly view: LaneView },
    step: (view: LaneView) => Made,
  ): Made {
    if (this.listeners.size === 0) return step(view)
    const { view: noted, given, asked } = watched(view)
    const done = step(noted)
    const { state: before, config } = host
    if (!isIdle(event, done) || !isSameState(before, done.state))
      this.keep({ before, after: done.state, given }, (known) => ({
        atIso: isoOf(view.nowMs),
        laneId: config.id,
        no: (known?.count ?? 0) + 1,
        lane: {
          layout: config.layout,
          direction: config.direction,
          isPlace: config.place !== undefined,
        },
        before: known?.last === before ? null : recordedState(before),
        given: known === undefined ? given : changed(known.given, given),
        event: recordedEvent(event),
        asked,
        effects: done.effects,
        after: done.state.name,
      }))
    else this.skip(config.id, before, done.state)
    return done
  }

  /** A turn that did nothing is no part of the record: the lane goes on from the state that it left. */
  private skip(laneId: string, before: LaneState, after: LaneState): void {
    const known = this.cars.get(laneId)
    if (known?.last === before) known.last = after
  }

  private keep(
    turn: {
      readonly before: LaneState
      readonly after: LaneState
      readonly given: TurnRecord['given']
    },
    recordOf: (known: CarTurns | undefined) => TurnRecord,
  ): void {
    const { before, after, given } = turn
    if (before.car === null && after.car === null) return
    const first = recordOf(undefined)
    const { laneId } = first
    const known = this.cars.get(laneId)
    if (known !== undefined) {
      this.add(known, recordOf(known), before.car?.stayId ?? after.car?.stayId ?? null)
      known.last = after
      known.given = given
    }
    const isNext = before.car !== null && before.car.sinceMs !== after.car?.sinceMs
    const isLong = known !== undefined && known.held.length >= heldMax
    if (after.car === null || isLong) this.cars.delete(laneId)
    else if (known === undefined || isNext) {
      const next: CarTurns = { stayId: null, count: 0, held: [], last: after, given }
      this.cars.set(laneId, next)
      this.add(next, first, after.car.stayId)
    }
  }

  private add(car: CarTurns, turn: TurnRecord, stayId: string | null): void {
    car.stayId ??= stayId
    car.count++
    car.held.push(turn)
    if (car.stayId === null) return
    for (const one of car.held) for (const listener of this.listeners) listener(car.stayId, one)
    car.held = []
  }
}
