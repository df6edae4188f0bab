// What needs a person now, for all lanes: a waiting car, a lost device, a boom that rose by itself, a pending receipt.
// One list for the line above every page, its count and sound, and for the matters of the inbox.
import { laneKindsBy } from '../device-kinds/lane-kinds.ts'
import { needOf } from './manual-reason.ts'
import { blipMs, isLost } from '../lot/lost-device.ts'
import { parseIso } from '../values/instant.ts'
import type { RaisedBoom } from '../lot/raised-boom.ts'
import {
  deviceAt,
  ofDevice,
  ofFile,
  ofLane,
  type MatterPage,
  type MatterThing,
} from '../values/matter-thing.ts'

const toCall: readonly string[] = laneKindsBy('call')

/**
 * The devices of a lane by name: those that this program knows, in their order, then those that it does not. The board of an
 * older or newer lane lacks some or has others.
 */
export function devicesOn<D>(
  devices: Readonly<Record<string, D | undefined>>,
  known = toCall,
): [string, D][] {
  const names = [...known, ...Object.keys(devices).filter((name) => !known.includes(name))]
  return names.flatMap((name): [string, D][] => {
    const device = devices[name]
    return device === undefined ? [] : [[name, device]]
  })
}

export interface AttentionRow {
  /** Stays the same for one occurrence, so that an acknowledged row does not call again. */
  readonly key: string
  readonly kind: 'car' | 'device' | 'boom' | 'call' | 'printer' | 'raised'
  /** Id of a call, which the row's button acknowledges. */
  readonly callId?: string
  readonly laneId: string
  /** Kind of the device; one that this program does not know has its own name. */
  readonly device: string | null
  /** The printer, and how many receipts wait for it. */
  readonly printer?: { readonly id: string; readonly waiting: number }
  /** A boom that a test left up: whose test, and when. */
  readonly raised?: RaisedBoom
  /** Code of the reason: of lane/pure/lane.ts for a car, of the device for a lost one. */
  readonly reason: string
  /** The device answers, and not as it should. */
  readonly isHeard?: true
  readonly plate: string | null
  /** Photo of the car in the lane, or of the car whose stay the call names. */
  readonly photoId?: string | null
  readonly stayId?: string | null
  readonly sinceSec: number | null
  /** Page where a person deals with it, and what is chosen on it. */
  readonly page: MatterPage
  readonly thing: MatterThing
}

interface DeviceState {
  readonly state: string
  readonly heardMsAgo: number | null
  readonly downMsAgo?: number
  readonly reason?: string
}

/** What is read of a lane of the board. */
interface AttentionLane {
  readonly laneId: string
  readonly place?: string
  readonly car: {
    readonly manual: string | null
    readonly notOpenedSinceIso?: string
    readonly sinceIso: string
    readonly plate: string | null
    readonly photoId: string | null
    readonly stayId: string | null
  } | null
  readonly devices: Readonly<Record<string, DeviceState | undefined>>
  readonly printers?: readonly {
    readonly id: string
    readonly code: string | null
    readonly waiting: number
    readonly sinceIso?: string
    readonly device: DeviceState
  }[]
  readonly openedAloneAtIso?: string
  readonly leftUpAtIso?: string
  readonly calls?: readonly {
    readonly callId: string
    readonly cause: string
    readonly atIso: string
    readonly hook: string
    readonly stayId: string | null
  }[]
}

interface AttentionTimes {
  /** Present time of the lot's clock, in ms. */
  readonly businessMs: number
  /** Ms a device has been silent, including the time since the board was received; null: never heard. */
  readonly silentMs: (device: DeviceState) => number | null
  /** Ms since the device was first seen lost, for a device that was never heard. */
  readonly lostMs: (laneId: string, device: string) => number
}

const since = (iso: string, businessMs: number): number | null => {
  const atMs = parseIso(iso)
  return atMs === null ? null : Math.max(0, Math.floor((businessMs - atMs) / 1_000))
}

function carRow(lane: AttentionLane, { businessMs }: AttentionTimes): AttentionRow[] {
  const { car, laneId } = lane
  const reason = car === null ? null : needOf(car)
  if (car === null || reason === null) return []
  return [
    {
      key: `car ${laneId} ${car.sinceIso} ${reason}`,
      kind: 'car',
      laneId,
      device: null,
      reason,
      plate: car.plate,
      photoId: car.photoId,
      sinceSec: since(car.sinceIso, businessMs),
      page: lane.place === undefined ? '/lane' : '/devices/places',
      thing: ofLane(laneId),
    },
  ]
}

/** Reasons of a device that is there, and whose answers are of no use. */
const answersWrong: ReadonlySet<string> = new Set([
  ...['garbage', 'credentials', 'noDigest', 'opensByItself', 'notSupported'],
  ...['wrongPath', 'pushRefused'],
])

function deviceRows(lane: AttentionLane, times: AttentionTimes): AttentionRow[] {
  const { laneId } = lane
  return devicesOn(lane.devices).flatMap(([name, device]) => {
    const { reason = '' } = device
    const silentMs = Math.max(
      times.silentMs(device) ?? times.lostMs(laneId, name),
      device.downMsAgo ?? 0,
    )
    if (!isLost(device, silentMs)) return []
    const row = { key: `device ${laneId} ${name}`, kind: 'device', laneId, device: name } as const
    const isHeard = answersWrong.has(reason) || (device.heardMsAgo ?? blipMs) < blipMs
    const at = deviceAt(laneId, name, lane.place)
    const sinceSec = Math.floor(silentMs / 1_000)
    return [{ ...row, reason, plate: null, sinceSec, ...at, ...(isHeard ? { isHeard } : {}) }]
  })
}

type At = Pick<AttentionRow, 'page' | 'thing'>

function boomRows(lane: AttentionLane, { businessMs }: AttentionTimes): AttentionRow[] {
  const { openedAloneAtIso, leftUpAtIso, laneId } = lane
  const rowOf = (reason: string, iso: string | undefined, at: At): AttentionRow[] => {
    if (iso === undefined) return []
    const key = `boom ${laneId} ${reason}${iso}`
    const row = { key, kind: 'boom', laneId, device: null, reason, plate: null } as const
    return [{ ...row, sinceSec: since(iso, businessMs), ...at }]
  }
  return [
    ...rowOf('', openedAloneAtIso, { page: '/lane', thing: ofLane(laneId) }),
    ...rowOf('leftUp', leftUpAtIso, {
      page: '/devices/safety',
      thing: ofDevice(laneId, 'barrier'),
    }),
  ]
}

/** A printer fault calls after `blipMs`; with a receipt waiting it calls at once. */
function printerRows(lane: AttentionLane, times: AttentionTimes): AttentionRow[] {
  const { laneId, printers = [] } = lane
  return printers.flatMap(({ id, code, waiting, sinceIso, device: { state, reason = '' } }) => {
    const lostMs = state === 'down' ? times.lostMs(laneId, `printer ${id}`) : 0
    if (waiting === 0 && (code === null || lostMs < blipMs)) return []
    const row = { key: `printer ${id}`, kind: 'printer', laneId, device: null } as const
    const sinceSec =
      sinceIso === undefined ? Math.floor(lostMs / 1_000) : since(sinceIso, times.businessMs)
    const printer = { id, waiting }
    // Receipts that wait are on the page of the day; the fault alone is said at the lane.
    const at: At =
      waiting > 0
        ? { page: '/day?row=', thing: ofFile(id) }
        : { page: '/lane', thing: ofLane(laneId) }
    return [{ ...row, printer, reason, plate: null, sinceSec, ...at }]
  })
}

/** A printer of the whole lot is listed at every exit but calls once. */
function onePerKey(rows: readonly AttentionRow[]): readonly AttentionRow[] {
  const keys = rows.map(({ key }) => key)
  return rows.filter(({ key }, at) => keys.indexOf(key) === at)
}

function callRows(
  { laneId, calls = [], car }: AttentionLane,
  { businessMs }: AttentionTimes,
): AttentionRow[] {
  return calls.map(({ callId, cause, atIso, hook, stayId }) => ({
    key: `call ${callId}`,
    kind: 'call',
    callId,
    laneId,
    device: null,
    reason: `${cause}.${hook}`,
    plate: null,
    // A call from a call point names no stay; the caller is then the car in the lane.
    photoId: stayId === null || stayId === car?.stayId ? (car?.photoId ?? null) : null,
    stayId,
    sinceSec: since(atIso, businessMs),
    page: '/lane',
    thing: ofLane(laneId),
  }))
}

const raisedRow = (raised: RaisedBoom, { businessMs }: AttentionTimes): AttentionRow => ({
  key: `raised ${raised.laneId} ${raised.atIso}`,
  kind: 'raised',
  laneId: raised.laneId,
  device: null,
  raised,
  reason: '',
  plate: null,
  sinceSec: since(raised.atIso, businessMs),
  page: '/inbox/raised',
  thing: ofLane(raised.laneId),
})

/** Cars first, the longest wait on top; then booms and devices in the order of the lanes. */
export function attentionRows(
  lanes: readonly AttentionLane[],
  times: AttentionTimes,
  raised: readonly RaisedBoom[] = [],
): readonly AttentionRow[] {
  const cars = lanes.flatMap((lane) => carRow(lane, times))
  cars.sort((a, b) => (b.sinceSec ?? 0) - (a.sinceSec ?? 0))
  return [
    ...cars,
    ...lanes.flatMap((lane) => callRows(lane, times)),
    ...raised.map((one) => raisedRow(one, times)),
    ...lanes.flatMap((lane) => boomRows(lane, times)),
    ...lanes.flatMap((lane) => deviceRows(lane, times)),
    ...onePerKey(lanes.flatMap((lane) => printerRows(lane, times))),
  ]
}
