// The line of `chronyc -c tracking`, where a machine's clock is kept by chrony: 14 fields, commas between.
// Its fifth is by how many seconds the system clock is slow; ours minus theirs is the negative of it.

interface Tracking {
  /** Name or address of the server that it follows. */
  readonly server: string
  readonly stratum: number
  /** When the server was last heard, ms since 1970. */
  readonly receivedMs: number
  readonly offsetMs: number
  /** Half of the way to the source and what it adds: the bound that chrony itself keeps. */
  readonly errorMs: number
}

export type TrackingRead =
  | { readonly kind: 'tracking'; readonly tracking: Tracking }
  | { readonly kind: 'refused'; readonly why: 'notTracking' | 'unsynchronised' | 'localClock' }

const fieldsMin = 14
/** 127.127.1.1, and LOCL. */
const localIds = ['7F7F0101', '4C4F434C']

const number = (text: string | undefined): number =>
  text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN

export function readTracking(text: string): TrackingRead {
  const fields = (text.trim().split('\n')[0] ?? '').trim().split(',')
  const [id = '', name = '', stratum, refTime, system] = fields
  const [, , , , , , , , , , rootDelay, rootDispersion, , leap] = fields
  const seconds = [refTime, system, rootDelay, rootDispersion].map(number)
  const [receivedSec = 0, slowSec = 0, delaySec = 0, dispersionSec = 0] = seconds
  const isLine = fields.length >= fieldsMin && /^[0-9A-F]{8}$/.test(id)
  if (!isLine || seconds.some(Number.isNaN) || !/^\d{1,2}$/.test(stratum ?? ''))
    return { kind: 'refused', why: 'notTracking' }
  if (localIds.includes(id)) return { kind: 'refused', why: 'localClock' }
  if (leap === 'Not synchronised' || id === '00000000' || stratum === '0')
    return { kind: 'refused', why: 'unsynchronised' }
  return {
    kind: 'tracking',
    tracking: {
      server: name === '' ? id : name,
      stratum: Number(stratum),
      receivedMs: Math.round(receivedSec * 1000),
      // Plus zero: a clock that is right is not off by minus nothing.
      offsetMs: -slowSec * 1000 + 0,
      errorMs: Math.ceil((Math.max(0, delaySec) / 2 + Math.max(0, dispersionSec)) * 1000),
    },
  }
}
