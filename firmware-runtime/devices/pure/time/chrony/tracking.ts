// The line of `chronyc -c tracking`, on a machine whose clock chrony keeps: 14 fields separated by commas. The fifth is
// the number of seconds by which the system clock is slow; the offset here is its negative.

interface Tracking {
  /** Name or address of the selected server. */
  readonly server: string
  readonly stratum: number
  /** Time of the server's last answer, ms since 1970. */
  readonly receivedMs: number
  readonly offsetMs: number
  /** Half of the root delay plus the root dispersion: chrony's own bound. */
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
      // Plus zero: avoids -0 for a right clock.
      offsetMs: -slowSec * 1000 + 0,
      errorMs: Math.ceil((Math.max(0, delaySec) / 2 + Math.max(0, dispersionSec)) * 1000),
    },
  }
}
