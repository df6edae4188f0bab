// The version of one device: what it said last, what a person or a passport accepted, and whether they differ. A device
// whose version cannot be read is never called unchanged (table D.1 row 4, clause 6.1).
import type { InstantMs } from '../values/instant.ts'
import type { PassportContent } from './tables.ts'

/** As the device writes it; null: its protocol does not tell it, or it did not answer. */
export interface DeviceReading {
  readonly version: string | null
  readonly hardware: string | null
  /** The number of this one device: another number is another device. */
  readonly serial: string | null
}

/** How the reading became the accepted one: the first of a device, a person, or a signed passport. */
type AcceptedHow = 'first' | 'person' | 'passport'

export interface AcceptedVersion extends DeviceReading {
  readonly atMs: InstantMs
  readonly by: string
  readonly how: AcceptedHow
}

export interface KeptVersion {
  /** The last reading that said anything; `sinceMs`: since when it has been the same. */
  readonly last:
    | (DeviceReading & { readonly sinceMs: InstantMs; readonly readAtMs: InstantMs })
    | null
  /** Since when its questions have stayed without an answer; null: the last one was answered, or none was asked. */
  readonly silentSinceMs: InstantMs | null
  readonly accepted: AcceptedVersion | null
}

/** `unread`: nothing is known of its present version. */
export type VersionState = 'same' | 'changed' | 'unread'

export const noVersion: KeptVersion = { last: null, silentSinceMs: null, accepted: null }

const members = ['version', 'hardware', 'serial'] as const

/** What is read again; a member that was not told this time is unknown, not the old one. */
const told = (reading: DeviceReading): boolean => members.some((name) => reading[name] !== null)

const isSame = (a: DeviceReading, b: DeviceReading): boolean =>
  members.every((name) => a[name] === b[name])

const readingOf = ({ version, hardware, serial }: DeviceReading): DeviceReading => ({
  version,
  hardware,
  serial,
})

/** True where both say a member and differ: silence proves no change. */
export const differs = (a: DeviceReading, b: DeviceReading): boolean =>
  members.some((name) => a[name] !== null && b[name] !== null && a[name] !== b[name])

/** The first reading of a device is accepted by itself: there is nothing to compare it with. */
export function heardVersion(
  kept: KeptVersion,
  reading: DeviceReading | null,
  atMs: InstantMs,
): KeptVersion {
  if (reading === null || !told(reading))
    return { ...kept, silentSinceMs: kept.silentSinceMs ?? atMs }
  const own = readingOf(reading)
  const sinceMs = kept.last !== null && isSame(kept.last, own) ? kept.last.sinceMs : atMs
  const first: AcceptedVersion = { ...own, atMs, by: '', how: 'first' }
  return {
    last: { ...own, sinceMs, readAtMs: atMs },
    silentSinceMs: null,
    accepted: filled(kept.accepted, own) ?? first,
  }
}

/** A member that nobody had accepted yet is accepted with its first reading. */
function filled(accepted: AcceptedVersion | null, reading: DeviceReading): AcceptedVersion | null {
  if (accepted === null) return null
  return {
    ...accepted,
    version: accepted.version ?? reading.version,
    hardware: accepted.hardware ?? reading.hardware,
    serial: accepted.serial ?? reading.serial,
  }
}

/** A person takes the last reading as right; null: there is no difference to accept. */
export function acceptedVersion(
  kept: KeptVersion,
  by: string,
  atMs: InstantMs,
): KeptVersion | null {
  const { last } = kept
  if (last === null || kept.accepted === null || !differs(kept.accepted, last)) return null
  const accepted: AcceptedVersion = { ...readingOf(last), atMs, by, how: 'person' }
  return { ...kept, accepted: filled(accepted, kept.accepted) }
}

/** A passport decides from the time it was made; a later acceptance by a person stands. */
export function passportVersion(
  kept: KeptVersion,
  reading: DeviceReading | null,
  { atMs, by }: { readonly atMs: InstantMs; readonly by: string },
): KeptVersion {
  const { accepted } = kept
  if (reading === null || !told(reading)) return kept
  if (accepted !== null && accepted.how !== 'first' && accepted.atMs > atMs) return kept
  const own: AcceptedVersion = { ...readingOf(reading), atMs, by, how: 'passport' }
  return { ...kept, accepted: kept.last === null ? own : filled(own, kept.last) }
}

/** A difference stays told while the device is silent; otherwise silence, or a serial number alone, leaves it unread. */
export function versionState({ last, silentSinceMs, accepted }: KeptVersion): VersionState {
  if (last === null) return 'unread'
  if (accepted !== null && differs(accepted, last)) return 'changed'
  const saysVersion = last.version !== null || last.hardware !== null
  return silentSinceMs === null && saysVersion ? 'same' : 'unread'
}

/** Names under which a passport has the members of one device. */
export const serialName = (device: string): string => (device === 'rsu' ? 'rsuId' : 'serialNo')
export const hardwareName = 'hardwareVersion'

/** What a passport says of one device; null: nothing that the device itself reported. */
export function passportReading(content: PassportContent, device: string): DeviceReading | null {
  const own = content.identity.filter((row) => row.device === device && row.source === 'device')
  const valueOf = (name: string) => own.find((row) => row.name === name)?.value ?? null
  const reading: DeviceReading = {
    version:
      content.firmware.find((row) => row.device === device && row.source === 'device')?.version ??
      null,
    hardware: valueOf(hardwareName),
    serial: valueOf(serialName(device)),
  }
  return told(reading) ? reading : null
}
