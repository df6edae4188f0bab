// Versions of the devices of a running lot: what each said when it connected and once a day, against what a person or a
// passport accepted. Nothing is ever sent to a device to change it.
import type { DeviceVersionView } from '../calls/passport-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import {
  acceptedVersion,
  differs,
  heardVersion,
  noVersion,
  passportReading,
  passportVersion,
  versionState,
  type DeviceReading,
  type KeptVersion,
} from '#base/pure/passport/versions.ts'
import type { PassportContent } from '#base/pure/passport/tables.ts'
import type { KeptVersions, VersionStore } from '../ports/version-store.ts'

/** A device of a lane, with its link. */
interface VersionedDevice {
  readonly laneId: string
  readonly device: LaneKind
}

interface VersionParts {
  readonly devices: readonly VersionedDevice[]
  readonly store: VersionStore
  nowMs(): InstantMs
  /** The file was not written: the lanes go on, and the next start compares with the earlier one. */
  failed(fault: LaneFault): void
}

/** A version that was another one a moment ago. */
export interface VersionChange extends VersionedDevice {
  readonly before: DeviceReading
  readonly now: DeviceReading
}

const keyOf = ({ laneId, device }: VersionedDevice): string => `${laneId} ${device}`

/** What was told, in one line; null: nothing. */
export function shownReading({ version, hardware, serial }: DeviceReading): string | null {
  const said = [version, hardware, serial].filter((one) => one !== null)
  return said.length === 0 ? null : said.join(' / ')
}

export class DeviceVersions {
  /** Called when a device says another version than at its last reading. */
  readonly onChange = new Set<(change: VersionChange) => void>()
  private readonly parts: VersionParts
  private kept: KeptVersions
  /** As in the file. */
  private written: KeptVersions

  constructor(parts: VersionParts) {
    this.parts = parts
    this.kept = parts.store.load()
    this.written = this.kept
  }

  /** `reading` null: it was asked and did not tell. */
  told(laneId: string, device: LaneKind, reading: DeviceReading | null): void {
    const at: VersionedDevice = { laneId, device }
    const before = this.of(at)
    const now = heardVersion(before, reading, this.parts.nowMs())
    this.put(at, now)
    if (before.last === null || now.last === null || !differs(before.last, now.last)) return
    for (const tell of this.onChange) tell({ ...at, before: before.last, now: now.last })
  }

  /** The last reading of a device; null: none, or it did not answer the last question. */
  reading(laneId: string, device: LaneKind): DeviceReading | null {
    const { last, silentSinceMs } = this.of({ laneId, device })
    return silentSinceMs === null ? last : null
  }

  view(): readonly DeviceVersionView[] {
    return this.parts.devices.map((at) => viewOf(at, this.of(at)))
  }

  /** VERSION-01 when the device has no other version than the accepted one. */
  mustDiffer(at: VersionedDevice): void {
    this.accepted(at, '')
  }

  /** The difference, for the audit row. */
  words(at: VersionedDevice): string {
    const { last, accepted } = this.of(at)
    const say = (one: DeviceReading | null) => (one === null ? null : shownReading(one)) ?? '-'
    return `${at.device} ${say(accepted)} -> ${say(last)}`
  }

  /** A person takes the version that the device says now. */
  accept(at: VersionedDevice, by: string): void {
    this.put(at, this.accepted(at, by))
  }

  /** The passport of a lane, when it is made and at each look at it. */
  passport(laneId: string, content: PassportContent, made: { atMs: InstantMs; by: string }): void {
    for (const at of this.parts.devices)
      if (at.laneId === laneId)
        this.put(at, passportVersion(this.of(at), passportReading(content, at.device), made))
  }

  private accepted(at: VersionedDevice, by: string): KeptVersion {
    const now = acceptedVersion(this.of(at), by, this.parts.nowMs())
    if (now !== null) return now
    throw new LaneFault('VERSION-01', { field: '/device', value: keyOf(at) })
  }

  private of(at: VersionedDevice): KeptVersion {
    const key = keyOf(at)
    return Object.hasOwn(this.kept, key) ? (this.kept[key] ?? noVersion) : noVersion
  }

  /** Written when something changed, and once a day for the time of the last reading. */
  private put(at: VersionedDevice, now: KeptVersion): void {
    const key = keyOf(at)
    this.kept = { ...this.kept, [key]: now }
    if (!isNews(this.written[key] ?? noVersion, now)) return
    try {
      this.parts.store.keep(this.kept)
      this.written = this.kept
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.parts.failed(error)
    }
  }
}

const isNews = (written: KeptVersion, now: KeptVersion): boolean =>
  written.silentSinceMs !== now.silentSinceMs ||
  written.last?.sinceMs !== now.last?.sinceMs ||
  JSON.stringify(written.accepted) !== JSON.stringify(now.accepted) ||
  (now.last?.readAtMs ?? 0) - (written.last?.readAtMs ?? 0) >= dayMs

function viewOf(at: VersionedDevice, kept: KeptVersion): DeviceVersionView {
  const { last, accepted, silentSinceMs } = kept
  return {
    ...at,
    state: versionState(kept),
    now:
      last === null
        ? null
        : { version: last.version, hardware: last.hardware, serial: last.serial },
    sinceIso: last === null ? null : isoOf(last.sinceMs),
    readAtIso: last === null ? null : isoOf(last.readAtMs),
    silentSinceIso: silentSinceMs === null ? null : isoOf(silentSinceMs),
    accepted:
      accepted === null
        ? null
        : {
            version: accepted.version,
            hardware: accepted.hardware,
            serial: accepted.serial,
            atIso: isoOf(accepted.atMs),
            by: accepted.by,
            how: accepted.how,
          },
  }
}
