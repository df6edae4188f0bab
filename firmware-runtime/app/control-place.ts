// Charging by a pile or handheld: who may be charged there now, and where it is.
// Refused before the antenna goes on, with its code and a row of the audit; core/lane/place-lane.ts
// asks for the position once more between B4 and C6.
import type { AnswerOf, ApiName, ArgsOf, Role } from '../api/table.ts'
import type { PlaceCarView, PlaceView } from '../api/place-views.ts'
import type { Car } from '../core/lane/lane.ts'
import { findStay } from '../core/lot/claim.ts'
import type { LotState, Stay } from '../core/lot/lot.ts'
import { standardPlace, type PlaceBar, type PlaceConfig } from '../core/place/place.ts'
import { LaneFault, type FaultCode } from '../core/values/faults.ts'
import { parseIso } from '../core/values/instant.ts'
import { normalisePlate } from '../core/values/plate.ts'
import type { ControlActs } from './control-acts.ts'
import type { LaneHost } from './lane-host.ts'
import type { LotRuntime } from './lot-runtime.ts'

type PlaceCall = Extract<ApiName, `place.${string}`>
export type PlaceHandlers = {
  readonly [N in PlaceCall]: (args: ArgsOf<N>, role: Role) => AnswerOf<N>
}

const codeOf: Readonly<Record<PlaceBar, FaultCode>> = {
  outside: 'PLACE-01',
  noPosition: 'PLACE-02',
  stale: 'PLACE-03',
  imprecise: 'PLACE-04',
  jumped: 'PLACE-05',
}

const sourceOf = (place: PlaceConfig): PlaceView['source'] =>
  place.kind === 'etc-pile' ? 'fixed' : place.gnss === null ? 'host' : 'gnss'

function positionOf({ devices, config: { place } }: LaneHost): PlaceView['position'] {
  if (place?.kind === 'etc-pile') {
    if (place.position === undefined) return null
    const { latMicrodeg, lonMicrodeg, accuracyM } = place.position
    return { latMicrodeg, lonMicrodeg, accuracyMm: accuracyM * 1000 }
  }
  const { at = null, accuracyMm = null, hasFix = false } = devices.place?.track ?? {}
  return at === null || !hasFix ? null : { ...at, accuracyMm }
}

function carView(car: Car | null, lot: LotState): PlaceCarView | null {
  if (car === null) return null
  // A car that was done with at once left before its own record had its stay.
  const stay = lot.stays.get(car.stayId ?? lot.byPlate.get(car.plate ?? '') ?? '')
  const order = stay?.orders.find(({ orderId }) => orderId === car.orderId) ?? stay?.orders.at(-1)
  const deduction = order?.deductions.at(-1)
  return {
    plate: car.plate,
    stayId: stay?.stayId ?? null,
    orderId: order?.orderId ?? null,
    amountFen: order?.amountFen ?? 0,
    paidFen: order?.paidFen ?? 0,
    deduction: deduction?.state ?? null,
    reason: deduction?.reason ?? '',
  }
}

class Places {
  private readonly runtime: LotRuntime
  private readonly acts: ControlActs

  constructor(runtime: LotRuntime, acts: ControlActs) {
    this.runtime = runtime
    this.acts = acts
  }

  private host(laneId: string): LaneHost & { readonly place: PlaceConfig } {
    const host = this.acts.lane(laneId)
    const { place } = host.config
    if (place === undefined) throw new LaneFault('PLACE-07', { field: '/laneId', value: laneId })
    return { ...host, place }
  }

  private view({ place, ...host }: LaneHost & { readonly place: PlaceConfig }): PlaceView {
    const { lot } = this.runtime
    const { state, lastCar, devices } = host
    const bar = devices.place?.bar() ?? null
    const isHandheld = place.kind === 'handheld'
    return {
      laneId: host.config.id,
      kind: place.kind,
      space: isHandheld ? null : place.space,
      fence: place.fence ?? null,
      marginM: place.marginM ?? standardPlace.marginM,
      staleSec: isHandheld ? (place.staleSec ?? standardPlace.staleSec) : null,
      source: sourceOf(place),
      position: positionOf(host),
      ageMs: isHandheld ? (devices.place?.ageMs ?? null) : null,
      bar,
      code: bar === null ? null : codeOf[bar],
      state: state.name,
      manual: state.car?.manual ?? null,
      car: carView(state.car, lot),
      last: carView(lastCar, lot),
    }
  }

  state(laneId: string | undefined): AnswerOf<'place.state'> {
    const ids =
      laneId === undefined
        ? [...this.runtime.lanes.values()].flatMap(({ config }) =>
            config.place === undefined ? [] : [config.id],
          )
        : [laneId]
    return { places: ids.map((id) => this.view(this.host(id))) }
  }

  /** Why this car is not charged here, or its stay. */
  private judge(host: LaneHost, given: string): LaneFault | Stay {
    const { runtime } = this
    const { id } = host.config
    const fault = (code: FaultCode, field: string, value: string, note?: string): LaneFault =>
      new LaneFault(code, { field, value, ...(note === undefined ? {} : { note }) })
    const { place } = host.devices
    const bar = place === undefined || place === null ? 'noPosition' : place.bar()
    if (bar !== null) return fault(codeOf[bar], '/laneId', id)
    const { name, rsuUp } = host.state
    if (name !== 'idle' && name !== 'manual')
      return fault('PLACE-06', '/laneId', id, `it is ${name} with another car`)
    if (!rsuUp) return fault('PLACE-06', '/laneId', id, 'its antenna is not available')
    const plate = normalisePlate(given)
    if (plate === null) return fault('PLACE-06', '/plate', given, 'not a number plate')
    const stay = findStay(runtime.lot, { plate, colour: 'unknown', plateTolerance: 0 })
    if (stay === null) return fault('PLACE-06', '/plate', given, 'no open stay has this plate')
    const elsewhere = [...runtime.lanes.values()].find(
      ({ state, config }) => state.car?.stayId === stay.stayId && config.id !== id,
    )
    if (elsewhere === undefined) return stay
    return fault('PLACE-06', '/plate', given, `the car stands in lane ${elsewhere.config.id}`)
  }

  charge(args: ArgsOf<'place.charge'>, role: Role): AnswerOf<'place.charge'> {
    const { runtime, acts } = this
    const { laneId, by, reason, commandId } = args
    const host = this.host(laneId)
    return acts.onStay('place.charge', args, () => {
      const stay = this.judge(acts.lane(laneId), args.plate)
      if (stay instanceof LaneFault) {
        this.refuse(args, role, stay)
        throw stay
      }
      runtime.dispatch(host.config.id, {
        type: 'collect',
        plate: stay.plate ?? args.plate,
        plateRaw: args.plate,
        colour: stay.colour,
        act: { by, role, reason, commandId },
      })
      if (!runtime.lot.commands.has(commandId))
        throw new LaneFault('DATA-02', { note: 'the act was not written, so it was not done' })
    })
  }

  /** Kept under an id of its own: the same command may be tried again where it is allowed. */
  private refuse(args: ArgsOf<'place.charge'>, role: Role, fault: LaneFault): void {
    const who = { ...args, commandId: `${args.commandId}.refused` }
    const words = `place.refused ${fault.code} ${args.plate}`
    const row = this.acts.auditRow(who, role, words, { laneId: args.laneId })
    this.runtime.append([{ ...row, body: { ...row.body, result: fault.code } }])
    this.runtime.trace(args.laneId, null, 'fault', fault.code)
  }

  position(args: ArgsOf<'place.position'>): AnswerOf<'place.position'> {
    const { laneId, atIso, position } = args
    const host = this.host(laneId)
    const watch = host.devices.place ?? null
    if (host.place.kind !== 'handheld' || host.place.gnss !== null || watch === null) {
      const note = 'its position is fixed, or told by a receiver of its own'
      throw new LaneFault('PLACE-07', { field: '/laneId', value: laneId, note })
    }
    const deviceTimeMs = parseIso(atIso)
    if (deviceTimeMs === null)
      throw new LaneFault('API-01', { field: '/atIso', value: atIso, note: 'ISO 8601 with offset' })
    if (position === null) watch.report({ at: null, accuracyMm: null, deviceTimeMs })
    else {
      const { accuracyMm, ...at } = position
      watch.report({ at, accuracyMm, deviceTimeMs })
    }
    return this.state(laneId)
  }
}

export function placeHandlers(runtime: LotRuntime, acts: ControlActs): PlaceHandlers {
  const places = new Places(runtime, acts)
  return {
    'place.state': ({ laneId }) => places.state(laneId),
    'place.charge': (args, role) => places.charge(args, role),
    'place.position': (args) => places.position(args),
  }
}
