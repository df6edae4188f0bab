// What a person must do now, of all lanes: a car that waits, a lost device, a boom that rose, a receipt not printed.
// One list for the line above every page, the count at the lane entry, and the sound (ui.md section 8).
import type { CarView, DeviceView, LaneView } from '../../firmware-runtime/api/views.ts'
import { parseIso } from '../../firmware-runtime/core/values/instant.ts'

/** A device that is silent for less may come back by itself; a waiting car never is a blip. */
export const blipMs = 40_000

export const attentionDevices = ['barrier', 'rsu', 'camera', 'display'] as const
type AttentionDevice = (typeof attentionDevices)[number]

export interface AttentionRow {
  /** The same while the same thing lasts: what was taken once is not called again. */
  readonly key: string
  readonly kind: 'car' | 'device' | 'boom' | 'call' | 'printer'
  /** Of a call: what is taken by the button. */
  readonly callId?: string
  readonly laneId: string
  readonly device: AttentionDevice | null
  /** Of a printer: its name, and how many receipts wait for it. */
  readonly printer?: { readonly id: string; readonly waiting: number }
  /** Word of the reason: of core/lane/lane.ts for a car, of the device for a lost one. */
  readonly reason: string
  readonly plate: string | null
  /** Of the car in the lane, or the stay that a call is about. */
  readonly photoId?: string | null
  readonly stayId?: string | null
  readonly sinceSec: number | null
  /** The page where it is dealt with. */
  readonly to: string
}

interface AttentionTimes {
  /** Clock of the lot now. */
  readonly businessMs: number
  /** How long a device has been silent, counted on since the picture came; null: never heard. */
  readonly silentMs: (device: DeviceView) => number | null
  /** Since when this window saw it lost, for one that was never heard. */
  readonly lostMs: (laneId: string, device: string) => number
}

const pages: Readonly<Record<AttentionDevice, string>> = {
  barrier: '/devices/safety',
  rsu: '/devices',
  camera: '/devices/find',
  display: '/lane',
}

/** Somebody has it in hand, or it does speak: not lost. */
const notLost: readonly string[] = ['held', 'plateMissed', 'simulated']

const since = (iso: string, businessMs: number): number | null => {
  const atMs = parseIso(iso)
  return atMs === null ? null : Math.max(0, Math.floor((businessMs - atMs) / 1_000))
}

/** Word of why a person is needed for a car, or null: also where it may go and its boom does not open. */
export const needOf = ({ manual, notOpenedSinceIso }: CarView): string | null =>
  manual ?? (notOpenedSinceIso === undefined ? null : 'notOpened')

function carRow(lane: LaneView, { businessMs }: AttentionTimes): AttentionRow[] {
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

function deviceRows(lane: LaneView, times: AttentionTimes): AttentionRow[] {
  const { laneId } = lane
  return attentionDevices.flatMap((name) => {
    const device = lane.devices[name]
    const { state, reason = '' } = device
    if (state !== 'down' || notLost.includes(reason)) return []
    const silentMs = times.silentMs(device) ?? times.lostMs(laneId, name)
    if (silentMs < blipMs) return []
    const row = { key: `device ${laneId} ${name}`, kind: 'device', laneId, device: name } as const
    const to = lane.place === undefined ? pages[name] : '/devices/places'
    return [{ ...row, reason, plate: null, sinceSec: Math.floor(silentMs / 1_000), to }]
  })
}

function boomRow(lane: LaneView, { businessMs }: AttentionTimes): AttentionRow[] {
  const { openedAloneAtIso: iso, laneId } = lane
  if (iso === undefined) return []
  const row = { key: `boom ${laneId} ${iso}`, kind: 'boom', laneId, device: null } as const
  return [{ ...row, reason: '', plate: null, sinceSec: since(iso, businessMs), to: '/lane' }]
}

/** Without paper and nobody asking it is a thing for later: a receipt that waits is one for now. */
function printerRows(lane: LaneView, times: AttentionTimes): AttentionRow[] {
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

/** One of the whole lot stands at each exit, and is called once. */
function onePerKey(rows: readonly AttentionRow[]): readonly AttentionRow[] {
  const keys = rows.map(({ key }) => key)
  return rows.filter(({ key }, at) => keys.indexOf(key) === at)
}

function callRows(
  { laneId, calls = [], car }: LaneView,
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
    // Pressed at a column it names no stay: the car that stands there is who calls.
    photoId: stayId === null || stayId === car?.stayId ? (car?.photoId ?? null) : null,
    stayId,
    sinceSec: since(atIso, businessMs),
    to: '/lane',
  }))
}

/** Cars first, the longest wait on top; then booms and devices in the order of the lanes. */
export function attentionRows(
  lanes: readonly LaneView[],
  times: AttentionTimes,
): readonly AttentionRow[] {
  const cars = lanes.flatMap((lane) => carRow(lane, times))
  cars.sort((a, b) => (b.sinceSec ?? 0) - (a.sinceSec ?? 0))
  return [
    ...cars,
    ...lanes.flatMap((lane) => callRows(lane, times)),
    ...lanes.flatMap((lane) => boomRow(lane, times)),
    ...lanes.flatMap((lane) => deviceRows(lane, times)),
    ...onePerKey(lanes.flatMap((lane) => printerRows(lane, times))),
  ]
}
