// What a lot at work is made of: its settings, its ledger, its clocks, and the ways out to the world.
// Built by the composition root; a test or the simulation builds it from other parts.
import type { Tariff } from '../../core/billing/tariff.ts'
import type { StatusList } from '../../core/etc/status-list.ts'
import type { LaneTimes } from '../../core/lane/lane.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { PlatformAccounts } from '../../core/values/platform-account.ts'
import type { DestinationName, RowDraft } from '../../core/values/rows/ledger-row.ts'
import type { LaneFault } from '../../core/faults/faults.ts'
import type { BusinessClock, MonoClock } from '../../ports/clocks.ts'
import type { Dialect } from '../../ports/dialect.ts'
import type { Crypto, SigningKey } from '../../ports/crypto.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { VehicleOpener } from '../../ports/platform-vehicle.ts'
import type { Uploader } from '../../ports/uploader.ts'
import type { PayGateway } from '../../ports/payment.ts'
import type { LaneDevices } from './lane-host.ts'

export interface LotParts {
  readonly config: LotConfig
  /** How its platform wants to be spoken to. */
  readonly dialect: Dialect
  /** Of each destination; absent: all are spoken to alike. */
  dialectAt?(destination: string): Dialect
  readonly tariff: Tariff
  readonly ledger: Ledger
  readonly crypto: Crypto
  readonly business: BusinessClock
  readonly mono: MonoClock
  /** Null where the lot has joined no platform. */
  readonly uploader: Uploader | null
  /** Absent where its platform opens no vehicle file: such an OBU is one that cannot be read. */
  readonly openVehicle?: VehicleOpener
  /** Carry records to the platforms beside it; null, and absent: none leads there. */
  readonly others?: { readonly [Id in DestinationName]?: Uploader | null }
  /** Takes money for cars that ETC could not charge; absent where the lot has none. */
  readonly gateway?: PayGateway
  devicesOf(laneId: string): LaneDevices
  /** What a barrier's wiring is, as one text; a change of it disarms the barrier. */
  wiringOf?(laneId: string): string | null
  /** The ledger failed with an unknown result: the process must end and start again (2.8). */
  fatal(fault: LaneFault): void
  /** True after the platform confirmed something: the head file may be written now. */
  idle(): void
  readonly statusList: StatusList
  /** Which platform each destination is; absent: none is a real one. */
  readonly accounts?: PlatformAccounts
  readonly version: string
  readonly repair: string
  readonly times: LaneTimes
  /** Number of the last event of an earlier life; events go on counting from it. */
  readonly lastEventSeq?: number
  /** Rows of acts before the first start, which writes them; absent: there are none. */
  readonly before?: { rows(nowMs: InstantMs): readonly RowDraft[]; written(): void }
  /** Signs checkpoints of the ledger; absent where the lot has no key of its own. */
  readonly signer?: SigningKey
}
