// The slow work of passports, beside the hot thread: databases written and read, files kept and found.
// Faults are LaneFaults; a passport that was changed on the disk is PASSPORT-01.
import type { PassportClaim } from '#base/pure/passport/container.ts'
import type { PassportContent } from '#base/pure/passport/tables.ts'

export interface BuiltPassport {
  readonly database: Uint8Array
  readonly claim: PassportClaim
}

export interface KeptPassport {
  readonly file: string
  readonly bytes: Uint8Array
}

export interface PassportService {
  buildPassport(content: PassportContent): Promise<BuiltPassport>
  /** Durable when it resolves; answers the path. A file that is there stays. */
  keepPassport(laneId: string, stamp: string, bytes: Uint8Array): Promise<string>
  /** The newest of a lane, or null. */
  lastPassport(laneId: string): Promise<KeptPassport | null>
  /** Tables of a sealed database; null when they are not those of a passport. */
  readPassport(database: Uint8Array): Promise<PassportContent | null>
}
