// What a running site is asked for and what it offers; site.ts opens one.
// Shapes alone, so that whoever only reads a site does not carry its adapters along.
import type { CameraPushServer } from '../../adapters/intake/camera-push-server.ts'
import type { OpenedLedger } from '../../adapters/sqlite/ledger.ts'
import type { FrameLog } from '../../app/hosts/frame-log.ts'
import type { FrameServices } from '../../app/frame-log/frame-services.ts'
import type { LotRuntime } from '../../app/lot/lot-runtime.ts'
import type { LaneDevices } from '../../app/lot/lane-host.ts'
import type { Tariff } from '../../core/billing/tariff.ts'
import type { PayTimes } from '../../core/pay/times.ts'
import type { StatusList } from '../../core/etc/status-list.ts'
import type { CertificateTrouble, DestinationCertificate } from '../../core/etc/credentials.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import type { LaneTimes } from '../../core/lane/lane.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { LaneFault } from '../../core/faults/faults.ts'
import type { BusinessClock, MonoClock } from '../../ports/clocks.ts'
import type { SigningKey } from '../../ports/crypto.ts'
import type { HttpClient } from '../../ports/http-client.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { DutyLinks } from '../../ports/platform-duty.ts'
import type { PlatformMonitor } from '../../ports/platform-monitor.ts'
import type { PlatformBills } from '../../ports/platform-bill.ts'
import type { WatchedUploader } from '../../app/lot/platform-watch.ts'
import type { SafetyParts } from '../../app/control/control-safety.ts'
import type { SettingsPorts } from '../lane/device-ports.ts'
import type { CameraHandle } from '../lane/camera-service.ts'
import type { LotCuts } from './cuts.ts'
import type { DataFolder } from '../folder/data-folder.ts'
import type { ListInUse } from '../../app/lot/list-upkeep.ts'
import type { TariffStore } from '../folder/tariff-store.ts'
import type { Timing } from '../lane/device-ports.ts'
import type { RsuHandle } from '../lane/rsu-device.ts'
import type { BarrierHandle, DisplayHandle } from '../lane/device-handles.ts'
import type { ReservationService } from '../../app/reservation/reservation-service.ts'
import type { SpaceService } from '../lane/space-service.ts'

/**
 * Decorators of what a site is made of, for tests: they stand where a process can be killed
 * (CP1 to CP12 of reliability-security.md section 8) and see what passes, in its order.
 */
export interface SiteTaps {
  ledger?(ledger: Ledger): Ledger
  http?(client: HttpClient): HttpClient
  /** Of the payment gateway. */
  payHttp?(client: HttpClient): HttpClient
  devices?(laneId: string, devices: LaneDevices): LaneDevices
}

export interface SiteOptions {
  readonly dir: string
  readonly config: LotConfig
  readonly tariff: Tariff
  readonly business: BusinessClock
  readonly mono: MonoClock
  readonly timing: Timing
  /** Instead of those of `timing`. */
  readonly times?: LaneTimes
  readonly barrierPollMs?: number
  /** Instead of the standard ones. */
  readonly payTimes?: PayTimes
  /** Replaces the folder's status-list.json: a replay brings its own. */
  readonly statusList?: StatusList
  /** Events go on counting from here. */
  readonly lastEventSeq?: number
  readonly taps?: SiteTaps
  /** A device cannot be reached; its lane runs degraded. */
  linkDown?(fault: LaneFault, laneId: string): void
  /** The ledger's result is unknown: the process has to end. */
  fatal(fault: LaneFault): void
}

export interface OpenedReservation {
  readonly service: ReservationService | null
  /** Why there is none although the lot names one. */
  readonly fault: LaneFault | null
  close(): Promise<void>
}

export interface Site {
  readonly folder: DataFolder
  readonly tariffStore: TariffStore
  readonly config: LotConfig
  readonly runtime: LotRuntime
  readonly frames: FrameLog
  readonly frameServices: FrameServices
  readonly rsus: ReadonlyMap<string, RsuHandle>
  readonly barriers: ReadonlyMap<string, BarrierHandle>
  readonly displays: ReadonlyMap<string, DisplayHandle>
  readonly intake: CameraPushServer
  readonly spaces: SpaceService
  /** What the lanes decide by: kept by the lot's upkeep, read by each of them. */
  readonly statusList: ListInUse
  readonly cameras: ReadonlyMap<string, CameraHandle>
  readonly uploader: WatchedUploader | null
  /** Null where nobody has a bill of ETC. */
  /** What a destination has of charges or of exit records. Null: no bill. */
  readonly bills: ReadonlyMap<string, PlatformBills | null>
  /** Who asks how the lanes are: the platforms that the lot joined. */
  readonly monitors: readonly PlatformMonitor[]
  readonly duty: DutyLinks
  readonly opened: OpenedLedger
  readonly chainKey: Uint8Array
  readonly certificates: readonly DestinationCertificate[]
  certificateTroubles(): readonly CertificateTrouble[]
  /** When the platform granted the sign-in that holds; null: not in this life. */
  readonly signInGrantedMs: InstantMs | null
  readonly safety: SafetyParts
  /** What a rehearsal cuts. */
  readonly cuts: LotCuts
  /** The platform that reserves bays. */
  readonly reservation: OpenedReservation
  /** Where settings of the lanes' devices are kept, and where the end of a trial is told. */
  readonly settingsPorts: SettingsPorts
  /** The lot's client key; absent where it has no platform. */
  readonly signer: SigningKey | undefined
  stop(): Promise<void>
}
