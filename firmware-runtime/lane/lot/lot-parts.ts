// The parts of a running lot: its settings, ledger, clocks, and connections. Built by the composition root; tests and
// the simulation build it from other parts.
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { StatusList } from '#ledger/pure/etc/status-list.ts'
import type { LaneTimes } from '../pure/lane.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PlatformAccounts } from '#base/pure/values/platform-account.ts'
import type { DestinationName, ProgramFacts, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { Crypto, SigningKey } from '#base/ports/crypto.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type { VehicleOpener } from '#devices/ports/platform-vehicle.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import type { PayGateway } from '#money/ports/payment.ts'
import type { LaneDevices } from './lane-host.ts'

export interface LotParts {
  readonly config: LotConfig
  /** Dialect of its platform. */
  readonly dialect: Dialect
  /** Dialect of each destination; absent: the same for all. */
  dialectAt?(destination: string): Dialect
  readonly tariff: Tariff
  readonly ledger: Ledger
  readonly crypto: Crypto
  readonly business: BusinessClock
  readonly mono: MonoClock
  /** Null: the lot has joined no platform. */
  readonly uploader: Uploader | null
  /** Absent: its platform cannot open vehicle files, so a sealed OBU counts as unreadable. */
  readonly openVehicle?: VehicleOpener
  /** Uploaders of the other platforms; null or absent: no connection to that platform. */
  readonly others?: { readonly [Id in DestinationName]?: Uploader | null }
  /** Takes payments for cars that ETC could not charge; absent: the lot has no gateway. */
  readonly gateway?: PayGateway
  devicesOf(laneId: string): LaneDevices
  /** The wiring of a barrier as one text; a change of it disarms the barrier. */
  wiringOf?(laneId: string): string | null
  /** The ledger failed with an unknown result: the process must end and restart (2.8). */
  fatal(fault: LaneFault): void
  /** Called after the platform confirmed something: the head file may be written now. */
  idle(): void
  readonly statusList: StatusList
  /** The platform behind each destination; absent: no destination is a real platform. */
  readonly accounts?: PlatformAccounts
  readonly version: string
  /** Absent in a simulation. */
  readonly program?: ProgramFacts
  readonly repair: string
  readonly times: LaneTimes
  /** Number of the last event before this start; numbering continues from it. */
  readonly lastEventSeq?: number
  /** Rows of acts before the first start, which writes them; absent: no such acts. */
  readonly before?: { rows(nowMs: InstantMs): readonly RowDraft[]; written(): void }
  /** Signs checkpoints of the ledger; absent: the lot has no key of its own. */
  readonly signer?: SigningKey
}
