// Charging by a pile or handheld: which cars may be charged there now, and its position. Refused before the antenna is
// switched on, with a code and an audit row; lane/pure/place-lane.ts checks the position once more between B4 and C6.
import { fenText } from '#base/pure/values/fen.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { Role } from '#base/pure/values/roles.ts'
import type {
  PlaceCarBar,
  PlaceCarView,
  PlaceQuoteView,
  PlaceView,
} from '../../calls/place-views.ts'
import type { Car } from '../../pure/lane.ts'
import { stayOfPlate } from '../../pure/lot/find-stay.ts'
import type { LotState, Stay } from '#ledger/pure/lot/lot-state.ts'
import type { PlaceBar, PlaceConfig } from '#devices/pure/place/place.ts'
import { standardPlace } from '#base/pure/place/place-members.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { isoOf, parseIso } from '#base/pure/values/instant.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { lineView } from '#base/desk/handlers/board.ts'
import { openOf } from '../../pure/layouts/index.ts'
import type { LotAct } from '#base/desk/handlers/act-table.ts'
import type { PhotoDrafts } from '#base/desk/handlers/photo-drafts.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import type { LaneHost } from '../../lot/lane-host.ts'
import type { LotRuntime } from '../../lot/lot-runtime.ts'

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
  // A car that was finished at once left before its own record had a stay.
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

/** Notes of PLACE-06; the lane that has the car is added to the last one. */
const barNotes: Readonly<Record<PlaceCarBar, BilingualText>> = {
  busy: t('正在处理别的车', 'it is busy with another car'),
  antennaAway: t('天线不可用', 'the antenna is not available'),
  notPlate: t('不是车牌', 'this is not a number plate'),
  noStay: t('没有这块车牌的停车', 'no open stay has this plate'),
  elsewhere: t('车停在车道', 'the car stands in lane'),
}

/** A car named by a person at a place, and why it cannot be charged there. */
interface NamedCar {
  readonly plate: string | null
  readonly stay: Stay | null
  readonly why: PlaceCarBar | null
  readonly elsewhere: string | null
}

type PlaceHost = LaneHost & { readonly place: PlaceConfig }

function viewOf({ place, ...host }: PlaceHost, lot: LotState): PlaceView {
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
    receiver:
      place.kind === 'handheld' && place.gnss !== null
        ? {
            link: place.gnss,
            up: devices.place?.receiverUp ?? false,
            heardMsAgo: devices.place?.receivedMsAgo ?? null,
          }
        : null,
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

/** The car of a plate, and why it cannot be charged here, apart from the position. */
function named(runtime: LotRuntime, host: LaneHost, given: string): NamedCar {
  const { name, rsuUp } = host.state
  const plate = normalisePlate(given)
  const stay = plate === null ? null : stayOfPlate(runtime.lot, plate, 'unknown')
  const found = { plate, stay, elsewhere: null }
  if (name !== 'idle' && name !== 'manual') return { ...found, why: 'busy' }
  if (!rsuUp) return { ...found, why: 'antennaAway' }
  if (plate === null) return { ...found, why: 'notPlate' }
  if (stay === null) return { ...found, why: 'noStay' }
  const other = [...runtime.lanes.values()].find(
    ({ state, config }) => state.car?.stayId === stay.stayId && config.id !== host.config.id,
  )
  if (other === undefined) return { ...found, why: null }
  return { ...found, why: 'elsewhere', elsewhere: other.config.id }
}

function quote(runtime: LotRuntime, host: LaneHost, given: string): PlaceQuoteView {
  const { plate, stay, why, elsewhere } = named(runtime, host, given)
  const answer = stay === null ? null : runtime.priced(host.config.id, stay)
  const claimed = answer?.kind === 'claimed' ? answer : null
  const enteredAtMs = claimed?.enteredAtMs ?? null
  const waitedMs = enteredAtMs === null ? 0 : runtime.nowMs() - enteredAtMs
  return {
    laneId: host.config.id,
    plate,
    why,
    elsewhere,
    colour: stay?.colour ?? 'unknown',
    stayId: stay?.stayId ?? null,
    enteredAtIso: enteredAtMs === null ? null : isoOf(enteredAtMs),
    stayMin: enteredAtMs === null ? null : Math.max(0, Math.floor(waitedMs / 60_000)),
    amountFen: claimed?.order.amountFen ?? 0,
    dueFen: claimed?.order.dueFen ?? 0,
    lines: (claimed?.order.lines ?? []).map(lineView),
    alreadyPaid: claimed?.alreadyPaid ?? null,
    unsettled: (claimed?.unsettled ?? null) !== null,
  }
}

/** Why nothing may be done where it is; without a watch on its place its position is unknown. */
const positionBar = ({ devices: { place } }: LaneHost): PlaceBar | null =>
  place === undefined || place === null ? 'noPosition' : place.bar()

/** Why this car cannot be charged here, or its stay. */
function judge(
  runtime: LotRuntime,
  host: LaneHost,
  { plate: given, amountFen }: ArgsOf<'place.charge'>,
): LaneFault | Stay {
  const { id } = host.config
  const bar = positionBar(host)
  if (bar !== null) return new LaneFault(codeOf[bar], { field: '/laneId', value: id })
  const { stay, why, elsewhere } = named(runtime, host, given)
  if (why !== null || stay === null) {
    const ofPlace = why === 'busy' || why === 'antennaAway'
    const at = ofPlace ? { field: '/laneId', value: id } : { field: '/plate', value: given }
    const { zh, en } = barNotes[why ?? 'noStay']
    const where = elsewhere === null ? '' : ` ${elsewhere}`
    return new LaneFault('PLACE-06', { ...at, note: t(zh + where, en + where) })
  }
  if (amountFen === undefined) return stay
  const answer = runtime.priced(host.config.id, stay)
  const dueFen = answer.kind === 'claimed' ? answer.order.dueFen : 0
  if (dueFen === amountFen) return stay
  const due = t(`应收 ${fenText(dueFen)}`, `the amount due is ${dueFen} fen`)
  return new LaneFault('PLACE-08', { field: '/amountFen', value: String(amountFen), note: due })
}

const recordNotes = {
  busy: barNotes.busy,
  antennaAway: barNotes.antennaAway,
  notPlate: barNotes.notPlate,
  noRecords: t('它不采集泊位车辆', 'it reads no cars in spaces'),
  empty: t('这个泊位没有车', 'no car stands in this space'),
  recorded: t('这辆车已采集', 'this car was read before'),
  photoOfOther: t(
    '车牌是另一人记下的,这张照片不能再附上;请直接确认车牌',
    'another person recorded the plate, so that this photo is not taken: confirm the plate instead',
  ),
  unwatched: t(
    '这个泊位现在没有检测,站着的可能是另一辆车',
    'the space is not watched now, another car may stand there',
  ),
} as const

/** Why the car in a space cannot be read here now; null: it can. */
function recordBar(
  { lot, openSpaces }: LotRuntime,
  { state, config: { layout } }: LaneHost,
  { spaceId, plate, by, photoDraft }: ArgsOf<'place.record'>,
): readonly [keyof typeof recordNotes, 'laneId' | 'spaceId' | 'plate' | 'photoDraft'] | null {
  const stay = lot.stays.get(lot.bySpace.get(spaceId) ?? '') ?? null
  if (openOf(layout)?.record === undefined) return ['noRecords', 'laneId']
  if (state.name !== 'idle') return ['busy', 'laneId']
  if (!state.rsuUp) return ['antennaAway', 'laneId']
  if (normalisePlate(plate) === null) return ['notPlate', 'plate']
  if (stay === null) return ['empty', 'spaceId']
  if (stay.record !== null) return ['recorded', 'spaceId']
  // Who recorded the plate and who took its photo are one person, so that the confirmation is by another than both.
  if (photoDraft !== undefined && stay.oneLook !== null && stay.oneLook.who !== by)
    return ['photoOfOther', 'photoDraft']
  return openSpaces?.isWatched(spaceId) === true ? null : ['unwatched', 'spaceId']
}

/** Starts the reading. Refused before the antenna is switched on. */
function record(
  runtime: LotRuntime,
  host: PlaceHost,
  photos: PhotoDrafts,
  args: ArgsOf<'place.record'>,
  act: LotAct,
) {
  const { laneId, spaceId, by, photoDraft } = args
  const position = positionBar(host)
  if (position !== null) throw new LaneFault(codeOf[position], { field: '/laneId', value: laneId })
  const bar = recordBar(runtime, host, args)
  if (bar !== null) {
    const [why, member] = bar
    throw new LaneFault('PLACE-06', {
      field: `/${member}`,
      value: args[member] ?? '',
      note: recordNotes[why],
    })
  }
  // Before the antenna is switched on: a bad photo or a full disk leaves no record.
  const photo =
    photoDraft === undefined ? null : photos.kept(laneId, photos.whole(photoDraft), 'cars')
  act.audit(`${spaceId} ${args.plate}${photo === null ? '' : ' photo'}`)
  if (photoDraft !== undefined) photos.drop(photoDraft)
  const plate = normalisePlate(args.plate) ?? args.plate
  const seen = { plate, colour: 'unknown', by, photo } as const
  const at = positionOf(host)
  runtime.dispatch(laneId, { type: 'record', spaceId, seen, ...(at === null ? {} : { at }) })
}

function report({ place, devices }: PlaceHost, args: ArgsOf<'place.position'>): void {
  const { laneId, atIso, position } = args
  const watch = devices.place ?? null
  if (place.kind !== 'handheld' || place.gnss !== null || watch === null) {
    const why = t(
      '它的位置是固定的,或由自己的接收机给出',
      'its position is fixed or comes from its own receiver',
    )
    throw new LaneFault('PLACE-07', { field: '/laneId', value: laneId, note: why })
  }
  const deviceTimeMs = parseIso(atIso)
  if (deviceTimeMs === null)
    throw new LaneFault('API-01', {
      field: '/atIso',
      value: atIso,
      note: t('要 ISO 8601 并带时区', 'it must be ISO 8601 with a time zone'),
    })
  if (position === null) watch.report({ at: null, accuracyMm: null, deviceTimeMs })
  else {
    const { accuracyMm, ...at } = position
    watch.report({ at, accuracyMm, deviceTimeMs })
  }
}

type PlaceLot = Lot<'runtime' | 'acts' | 'photos'>

export const placeCalls = defineCalls(({ runtime, acts, photos }: PlaceLot) => {
  const hostOf = (laneId: string): PlaceHost => {
    const host = acts.lane(laneId)
    const { place } = host.config
    if (place === undefined) throw new LaneFault('PLACE-07', { field: '/laneId', value: laneId })
    return { ...host, place }
  }
  const stateOf = (ids: readonly string[]) => ({
    places: ids.map((id) => viewOf(hostOf(id), runtime.lot)),
  })
  /** Audited under an id of its own: the same command may be repeated where it is allowed. */
  const refuse = (args: ArgsOf<'place.charge'>, role: Role, fault: LaneFault): void => {
    const who = { ...args, commandId: `${args.commandId}.refused` }
    const words = `place.refused ${fault.code} ${args.plate}`
    const row = acts.auditRow(who, role, words, { laneId: args.laneId })
    runtime.append([{ ...row, body: { ...row.body, result: fault.code } }])
    runtime.trace(args.laneId, null, 'fault', fault.code)
  }
  return {
    'place.state': ({ laneId }) =>
      stateOf(
        laneId === undefined
          ? [...runtime.lanes.values()].flatMap(({ config: { id, place } }) =>
              place === undefined ? [] : [id],
            )
          : [laneId],
      ),
    'place.quote': ({ laneId, plate }) => {
      hostOf(laneId)
      return quote(runtime, acts.lane(laneId), plate)
    },
    'place.charge': (args, role) => {
      hostOf(args.laneId)
      const act = acts.of('place.charge', args, role)
      return act.once(() => {
        const stay = judge(runtime, acts.lane(args.laneId), args)
        if (stay instanceof LaneFault) {
          refuse(args, role, stay)
          throw stay
        }
        runtime.dispatch(args.laneId, {
          type: 'collect',
          plate: stay.plate ?? args.plate,
          plateRaw: args.plate,
          colour: stay.colour,
          act: act.person,
        })
        acts.mustBeAudited(args)
      })
    },
    ...acts.table({
      'place.record': (args, act) => record(runtime, hostOf(args.laneId), photos, args, act),
    }),
    'place.position': (args) => {
      report(hostOf(args.laneId), args)
      return stateOf([args.laneId])
    },
  }
})
