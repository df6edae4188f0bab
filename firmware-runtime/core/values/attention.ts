// What needs a person now, for all lanes: a waiting car, a lost device, a boom that rose by itself, a pending receipt.
// One list for the line above every page, its count and sound, and for the matters of the inbox.
import { devicePage, laneKindsBy, type LaneKind } from './device-kinds/lane-kinds.ts'
import { needOf } from './manual-reason.ts'
import { blipMs, isLost } from './lost-device.ts'
import { parseIso } from './instant.ts'

export const attentionDevices = laneKindsBy('call')

export interface AttentionRow {
  /** Stays the same for one occurrence, so that an acknowledged row does not call again. */
  readonly key: string
  readonly kind: 'car' | 'device' | 'boom' | 'call' | 'printer'
  /** Id of a call, which the row's button acknowledges. */
  readonly callId?: string
  readonly laneId: string
  readonly device: LaneKind | null
  /** The printer, and how many receipts wait for it. */
  readonly printer?: { readonly id: string; readonly waiting: number }
  /** Code of the reason: of core/lane/lane.ts for a car, of the device for a lost one. */
  readonly reason: string
  /** The device answers, and not as it should. */
  readonly isHeard?: true
  readonly plate: string | null
  /** Photo of the car in the lane, or of the car whose stay the call names. */
  readonly photoId?: string | null
  readonly stayId?: string | null
  readonly sinceSec: number | null
  /** Path of the page where a person deals with it. */
  readonly to: string
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
  readonly devices: Readonly<Record<LaneKind, DeviceState>>
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
      to: lane.place === undefined ? '/lane' : '/devices/places',
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
  return attentionDevices.flatMap((name) => {
    const device = lane.devices[name]
    const { reason = '' } = device
    const silentMs = Math.max(
      times.silentMs(device) ?? times.lostMs(laneId, name),
      device.downMsAgo ?? 0,
    )
    if (!isLost(device, silentMs)) return []
    const row = { key: `device ${laneId} ${name}`, kind: 'device', laneId, device: name } as const
    const isHeard = answersWrong.has(reason) || (device.heardMsAgo ?? blipMs) < blipMs
    const to = devicePage(laneId, name, lane.place)
    const sinceSec = Math.floor(silentMs / 1_000)
    return [{ ...row, reason, plate: null, sinceSec, to, ...(isHeard ? { isHeard } : {}) }]
  })
}

function boomRows(lane: AttentionLane, { businessMs }: AttentionTimes): AttentionRow[] {
  const { openedAloneAtIso, leftUpAtIso, laneId } = lane
  const rowOf = (reason: string, iso: string | undefined, to: string): AttentionRow[] => {
    if (iso === undefined) return []
    const key = `boom ${laneId} ${reason}${iso}`
    const row = { key, kind: 'boom', laneId, device: null, reason, plate: null, to } as const
    return [{ ...row, sinceSec: since(iso, businessMs) }]
  }
  return [
    ...rowOf('', openedAloneAtIso, '/lane'),
    ...rowOf('leftUp', leftUpAtIso, '/devices/safety'),
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
    return [{ ...row, printer, reason, plate: null, sinceSec, to: '/day' }]
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
    to: '/lane',
  }))
}

/** Cars first, the longest wait on top; then booms and devices in the order of the lanes. */
export function attentionRows(
  lanes: readonly AttentionLane[],
  times: AttentionTimes,
): readonly AttentionRow[] {
  const cars = lanes.flatMap((lane) => carRow(lane, times))
  cars.sort((a, b) => (b.sinceSec ?? 0) - (a.sinceSec ?? 0))
  return [
    ...cars,
    ...lanes.flatMap((lane) => callRows(lane, times)),
    ...lanes.flatMap((lane) => boomRows(lane, times)),
    ...lanes.flatMap((lane) => deviceRows(lane, times)),
    ...onePerKey(lanes.flatMap((lane) => printerRows(lane, times))),
  ]
}
