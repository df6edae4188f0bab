// Where the versions of the devices of a lot are kept, by `laneId device`.
import type { KeptVersion } from '#base/pure/passport/versions.ts'

export type KeptVersions = Readonly<Record<string, KeptVersion>>

export interface VersionStore {
  /** Empty when there is no file, or it cannot be read. */
  load(): KeptVersions
  /** Throws a LaneFault when it is not written. */
  keep(versions: KeptVersions): void
}
