// Records the turns of the lanes by car, for a later explanation of a car. A car has a stay only when its plate was
// claimed: earlier turns are held until then.
import {
  changed,
  recordedEvent,
  recordedState,
  watched,
  type TurnRecord,
} from '../pure/explain/turn.ts'
import type { LaneEvent, LaneState, LaneView } from '../pure/lane.ts'
import type { LaneStep } from '../pure/steps.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LaneHost } from './lane-host.ts'

type TurnListener = (stayId: string, turn: TurnRecord) => void
type Made = LaneStep & { readonly lastId: number }

interface CarTurns {
  stayId: string | null
  count: number
  /** Turns without a known stay, not emitted yet. */
  held: TurnRecord[]
  /** State of the lane after the last turn. */
  last: LaneState
  given: TurnRecord['given']
}

/** Limit of held turns: of a car that stays unknown for long, only the later turns are kept. */
const heldMax = 200

const isSameState = (a: LaneState, b: LaneState): boolean =>
  (Object.keys(a) as (keyof LaneState)[]).every((name) => a[name] === b[name])

/** The turn only set a timer again: a car that waits for hours has thousands of such turns. */
const isIdle = (event: LaneEvent, { effects }: Made): boolean =>
  effects.every((effect) => event.type === 'timer' && effect.do === 'timer')

export class TurnRecords {
  readonly listeners = new Set<TurnListener>()
  private readonly cars = new Map<string, CarTurns>()

  /** Runs the step, and records its inputs and effects when there is a listener. */
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

  /** A turn that did nothing is not recorded; the lane continues from the state after it. */
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
