// The options and the parts of a running site; site.ts opens one.
// Types only, so that code that reads a site does not load its adapters.
import type { CameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { OpenedLedger } from '#ledger/sqlite/ledger.ts'
import type { FrameLog } from '#devices/desk/hosts/frame-log.ts'
import type { FrameServices } from '#devices/frame-log/frame-services.ts'
import type { DeviceVersions } from '#devices/passport/device-versions.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { LaneDevices } from '#lane/lot/lane-host.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { PayTimes } from '#money/pure/pay/times.ts'
import type { StatusList } from '#ledger/pure/etc/status-list.ts'
import type { CertificateTrouble, DestinationCertificate } from '#base/pure/data/credentials.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LaneTimes } from '#lane/pure/lane.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import type { HttpClient } from '#base/ports/http-client.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type { DutyLinks } from '#ledger/ports/platform-duty.ts'
import type { PlatformMonitor } from '#base/ports/platform-monitor.ts'
import type { PlatformBills } from '#ledger/ports/platform-bill.ts'
import type { WatchedUploader } from '#lane/lot/upkeep/platform-watch.ts'
import type { SafetyParts } from '#devices/desk/handlers/control-safety.ts'
import type { SettingsPorts } from '#devices/desk/lane/device-ports.ts'
import type { CameraHandle } from '#devices/desk/lane/camera-service.ts'
import type { LotCuts } from './cuts.ts'
import type { DataFolder } from '#lane/folder/data-folder.ts'
import type { ListInUse } from '#lane/lot/upkeep/list-upkeep.ts'
import type { TariffStore } from '#lane/desk/folder/tariff-store.ts'
import type { Timing } from '#devices/desk/lane/device-ports.ts'
import type { RsuHandle } from '#devices/desk/lane/rsu-device.ts'
import type { BarrierHandle, DisplayHandle } from '#devices/desk/lane/device-handles.ts'
import type { ReservationService } from '#lane/reservation/reservation-service.ts'
import type { SpaceService } from '#devices/desk/lane/space-service.ts'
import type { OpenedPartners } from './opened-partners.ts'

/**
 * Decorators of a site's parts, for tests: a process can be killed in them (CP1 to CP12 of reliability-security.md
 * section 8), and they see all calls in order.
 */
export interface SiteTaps {
  ledger?(ledger: Ledger): Ledger
  http?(client: HttpClient): HttpClient
  /** HTTP client of the payment gateway. */
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
  /** Replaces the times that `timing` selects. */
  readonly times?: LaneTimes
  readonly barrierPollMs?: number
  /** Replaces the standard times of payments. */
  readonly payTimes?: PayTimes
  /** Replaces the folder's status-list.json, for a replay with a list of its own. */
  readonly statusList?: StatusList
  /** Number of the last event; the next one is one more. */
  readonly lastEventSeq?: number
  readonly taps?: SiteTaps
  /** A device cannot be reached; its lane runs degraded. */
  linkDown?(fault: LaneFault, laneId: string): void
  /** Called when the result of a ledger write is unknown: the process must end. */
  fatal(fault: LaneFault): void
}

export interface OpenedReservation {
  readonly service: ReservationService | null
  /** Why the configured service is not open; null without a fault. */
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
  readonly versions: DeviceVersions
  /** The status list that the lanes decide by; updated by the lot's upkeep. */
  readonly statusList: ListInUse
  readonly cameras: ReadonlyMap<string, CameraHandle>
  readonly uploader: WatchedUploader | null
  /** Bills of charges or exit records by destination; null for a destination without bills. */
  readonly bills: ReadonlyMap<string, PlatformBills | null>
  /** The joined platforms that monitor lanes. */
  readonly monitors: readonly PlatformMonitor[]
  readonly duty: DutyLinks
  readonly opened: OpenedLedger
  readonly chainKey: Uint8Array
  readonly certificates: readonly DestinationCertificate[]
  certificateTroubles(): readonly CertificateTrouble[]
  /** When the platform granted the sign-in in force, ms; null: not since this start. */
  readonly signInGrantedMs: InstantMs | null
  readonly safety: SafetyParts
  /** Connections that a rehearsal can cut. */
  readonly cuts: LotCuts
  /** The bay reservation service. */
  readonly reservation: OpenedReservation
  /** The interface to billing systems of other makers. */
  readonly partners: OpenedPartners
  /** Storage of device settings, and the report of a trial's end. */
  readonly settingsPorts: SettingsPorts
  /** The lot's client key; absent without a platform. */
  readonly signer: SigningKey | undefined
  stop(): Promise<void>
}
