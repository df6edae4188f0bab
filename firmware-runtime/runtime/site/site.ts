// Opens a data folder as a running site: ledger, platform, devices, cameras, lot runtime.
// The composition root of `run`, `demo` and `replay --wire`; the only place that builds adapters.
import { join } from 'node:path'
import type { CameraPushServer } from '#devices/intake/camera-push-server.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import type { FoldFileOptions } from '#ledger/files/fold-file.ts'
import { keepNow } from '#ledger/files/fold-keeping.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { PhotoShelf } from '#ledger/files/photos.ts'
import type { OpenedLedger } from '#ledger/sqlite/ledger.ts'
import { FrameLog } from '#devices/desk/hosts/frame-log.ts'
import { FrameServices } from '#devices/frame-log/frame-services.ts'
import { rsuSource } from '#devices/frame-log/frame-sources.ts'
import type { LotParts } from '#lane/lot/lot-parts.ts'
import { dialectAt, dialectOf } from '#ledger/pure/platforms/dialects.ts'
import { checkedList } from '#lane/lot/upkeep/list-checks.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { ProfileLookup } from '#devices/profiles/links.ts'
import { SignInScheduler } from '#devices/desk/hosts/sign-in.ts'
import type { LaneDevices } from '#lane/lot/lane-host.ts'
import type { CertificateTrouble, DestinationCertificate } from '#base/pure/data/credentials.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { runningLot } from '#base/pure/lot/streets.ts'
import { instantTimes, standardTimes } from '#lane/pure/lane.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { LaneFault, tracedFault } from '#base/pure/faults/faults.ts'
import type { LoggedDevice } from '#base/pure/lot/logged-device.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import { watchUploader, type WatchedUploader } from '#lane/lot/upkeep/platform-watch.ts'
import { LaneLinks } from '#devices/desk/lane/lane-links.ts'
import { showFrames } from '#devices/desk/lane/lane-frames.ts'
import type { SafetyParts } from '#devices/desk/handlers/control-safety.ts'
import type { CameraHandle, CameraPorts } from '#devices/desk/lane/camera-service.ts'
import { cameraDevice } from '#devices/desk/lane/cameras.ts'
import { cameraPortsOf } from './camera-ports.ts'
import { closeAll, undoAll } from '#base/process/close-all.ts'
import { withCuts, type LotCuts } from './cuts.ts'
import { PushTaker } from '#devices/desk/lane/push-taker.ts'
import { actsBefore } from '#lane/folder/people-before-first-start.ts'
import { claimFolder, type DataFolder } from '#lane/folder/data-folder.ts'
import type { FrameNote, SettingsPorts } from '#devices/desk/lane/device-ports.ts'
import { rsuDevice, type RsuHandle } from '#devices/desk/lane/rsu-device.ts'
import { barrierDevice, displayDevice } from '#devices/desk/lane/devices.ts'
import type { BarrierHandle, DisplayHandle } from '#devices/desk/lane/device-handles.ts'
import { refuseNoDestination, refuseTestMeans, refuseUnspoken } from '#lane/folder/live-lot.ts'
import { mustBeOfThisLot } from '#lane/folder/lot-kind.ts'
import { noticeTaker, openGateway } from '#money/desk/till/gateway.ts'
import { noPartners } from './opened-partners.ts'
import { partnersOf } from './partners-of.ts'
import { joinReservations, noReservation } from './reservation.ts'
import { openLinks, type SiteLinks } from './site-links.ts'
import { PlaceDevice } from '#devices/desk/lane/place-device.ts'
import { PlateReads } from '#devices/desk/lane/plate-reads.ts'
import { SettingsService } from '#devices/desk/lane/settings-service.ts'
import { folderList, type FolderList } from './folder-list.ts'
import { laneDevices, type DrivenDevice } from './lane-devices.ts'
import { laneDetectors, type DetectorHandle } from '#devices/desk/lane/detectors.ts'
import { namedProfiles } from '#devices/desk/profile/named-profiles.ts'
import { openIntake } from '#devices/desk/lane/open-intake.ts'
import { openSiteLedger, proveOr } from './site-ledger.ts'
import type { OpenedReservation, Site, SiteOptions } from './site-parts.ts'
import { spaceServiceOf, type SpaceService } from '#devices/desk/lane/space-service.ts'
import { siteTimes } from './site-times.ts'
import { versionsOf } from './versions.ts'
import { TariffStore } from '#lane/desk/folder/tariff-store.ts'
import { thisProgram } from '#base/desk/process/program-facts.ts'

export async function openSite(given: SiteOptions): Promise<Site> {
  const options = { ...given, config: runningLot(given.config) }
  const { dir, config, business, mono } = options
  refuseTestMeans(config, join(dir, 'lot.json'))
  refuseNoDestination(config, join(dir, 'lot.json'))
  refuseUnspoken(config, join(dir, 'lot.json'))
  const profiles = await namedProfiles(config, dir)
  const folder = claimFolder(dir)
  const undo: (() => unknown)[] = [() => folder.release()]
  try {
    mustBeOfThisLot(dir, config)
    const crypto = openGmCrypto()
    const { opened, kept, foldFileOptions } = openSiteLedger(dir, config.nodeId, crypto)
    undo.push(() => opened.ledger.close())
    const own = withCuts(options)
    const joined = await openLinks(own, crypto, () => own.cuts.timed(site.runtime))
    undo.push(() => joined.close())
    const secrets = secretStore(dir, machineSecret())
    const paying = openGateway(own, (name) => secrets.read(name))
    undo.push(() => paying.close())
    const site: OpenSite = new OpenSite(own, folder, opened, joined, foldFileOptions, profiles)
    site.paying = paying
    site.statusList = folderList(options, foldFileOptions.chainKey, crypto)
    const lotParts: LotParts = {
      config,
      dialect: dialectOf(config),
      dialectAt: (to) => dialectAt(config, to),
      get tariff() {
        return site.tariffStore.tariff
      },
      ledger: options.taps?.ledger?.(opened.ledger) ?? opened.ledger,
      crypto,
      business,
      mono,
      uploader: site.uploader,
      ...joined.lotParts,
      ...(paying.gateway === null ? {} : { gateway: paying.gateway }),
      devicesOf: (laneId) => {
        const devices = site.devicesOf(laneId)
        return options.taps?.devices?.(laneId, devices) ?? devices
      },
      wiringOf: (laneId) => site.barriers.get(laneId)?.wiring ?? null,
      fatal: options.fatal,
      idle: () => undefined,
      before: actsBefore(dir),
      statusList: options.statusList ?? checkedList(site.statusList, joined.listCheck, mono),
      ...thisProgram,
      repair: opened.repair.letter,
      times: options.times ?? (options.timing === 'instant' ? instantTimes : standardTimes),
      lastEventSeq: options.lastEventSeq ?? 0,
    }
    site.runtime = new LotRuntime(lotParts, kept)
    site.intake = await openIntake(
      new PushTaker(site),
      options,
      noticeTaker(paying.judge, site.runtime, mono),
    )
    undo.push(() => site.intake.close())
    undo.push(() => site.letGo())
    site.start()
    site.reservation = joinReservations(site, lotParts, (name) => secrets.read(name))
    site.partners = await partnersOf(options, site.runtime)
    if (paying.fault !== null) site.runtime.trace('', null, 'fault', tracedFault(paying.fault))
    // Signatures are tested after the lanes have opened; nothing is signed before the test either way.
    setImmediate(() => proveOr(crypto, options.fatal))
    return site
  } catch (error) {
    await undoAll(undo)
    throw error
  }
}

class OpenSite implements Site {
  readonly folder: DataFolder
  readonly tariffStore: TariffStore
  readonly config: LotConfig
  readonly frames = new FrameLog()
  readonly frameServices = new FrameServices(() => this.options.business.nowMs())
  readonly rsus = new Map<string, RsuHandle>()
  readonly barriers = new Map<string, BarrierHandle>()
  readonly displays = new Map<string, DisplayHandle>()
  /** Boards of loops and radars that are not wired to a barrier. */
  readonly detectors: DetectorHandle[] = []
  readonly spaces: SpaceService
  readonly versions: Site['versions']
  /** Positions of piles and handhelds. */
  readonly places = new Map<string, PlaceDevice>()
  readonly cameras = new Map<string, CameraHandle>()
  readonly uploader: WatchedUploader | null
  readonly opened: OpenedLedger
  private readonly foldFileOptions: FoldFileOptions
  declare runtime: LotRuntime
  declare intake: CameraPushServer
  declare statusList: FolderList
  declare paying: ReturnType<typeof openGateway>
  reservation: OpenedReservation = noReservation
  partners = noPartners
  declare safety: SafetyParts
  declare bills: Site['bills']
  declare monitors: Site['monitors']
  declare duty: Site['duty']
  private readonly options: SiteOptions & { readonly cuts: LotCuts }
  private readonly joined: SiteLinks
  private readonly settings: SettingsService
  readonly reads: PlateReads
  private readonly links: LaneLinks
  private signIn: SignInScheduler | null = null
  private headTimer: (() => void) | null = null
  private lookTimer: (() => void) | null = null

  constructor(
    options: SiteOptions & { readonly cuts: LotCuts },
    folder: DataFolder,
    opened: OpenedLedger,
    joined: SiteLinks,
    foldFileOptions: FoldFileOptions,
    profiles: ProfileLookup | null,
  ) {
    this.options = options
    this.config = options.config
    this.folder = folder
    this.tariffStore = new TariffStore(options)
    this.opened = opened
    this.joined = joined
    this.uploader = joined.uploader === null ? null : watchUploader(joined.uploader, options.mono)
    this.foldFileOptions = foldFileOptions
    this.settings = new SettingsService(options)
    const photos = new PhotoShelf(options.dir)
    this.reads = new PlateReads(photos)
    const { rsus, barriers, cameras } = this
    this.links = new LaneLinks({ ...options, rsus, barriers, cameras })
    this.versions = versionsOf(options, this)
    const ports = {
      ...options,
      versionTold: this.versions.told.bind(this.versions),
      photos,
      secrets: secretStore(options.dir, machineSecret()),
      tapOf: (laneId: string, device: LoggedDevice) => this.frameServices.ringOf(laneId, device),
      ...(profiles === null ? {} : { profiles }),
      opener: linkOpener(),
      demo: options.config.mode === 'demo',
      cameraMessages: (laneId: string) => this.cameras.get(laneId)?.messages ?? null,
    }
    this.spaces = spaceServiceOf(options, ports, opened.ledger.head.seq === 0)
    const cameraPorts = cameraPortsOf(ports, this, (...read) => this.takeRead(...read))
    for (const lane of options.config.lanes) {
      const take = (event: Parameters<LotRuntime['dispatch']>[1]): void => {
        this.safety.tests.heard(lane.id, event)
        this.runtime.dispatch(lane.id, event)
        if (event.type === 'rsuUp') this.signIn?.rsuUp(lane.id, event.psamTerminals)
      }
      if (lane.rsu !== null) {
        const note = (frame: FrameNote): void => this.noteFrame(lane.id, frame)
        const own = this.cuts.inFrontOf(ports, lane.id)
        const rsu = rsuDevice(lane, own, take, note, this.settings.ports)
        this.rsus.set(lane.id, rsu)
        const source = rsuSource(rsu.protocol)
        this.frameServices.add({ laneId: lane.id, device: 'rsu', link: rsu.url, source })
      }
      if (lane.place !== undefined)
        this.places.set(lane.id, new PlaceDevice(lane.id, lane.place, ports))
      if (lane.barrier !== null) this.barriers.set(lane.id, barrierDevice(lane, ports, take))
      const boards = laneDetectors(lane, ports, this.barriers.get(lane.id) ?? null, take)
      this.detectors.push(...boards)
      if (lane.display !== null)
        this.displays.set(
          lane.id,
          displayDevice(lane, ports, () => this.seenChanged()),
        )
      if (lane.camera !== null) this.cameras.set(lane.id, cameraDevice(lane, cameraPorts))
      showFrames(this.frameServices, lane.id, {
        barrier: this.barriers.get(lane.id),
        display: this.displays.get(lane.id),
        boards,
        camera: this.cameras.get(lane.id),
      })
    }
  }

  /** A board took, refused or lost its text: viewers of the lane are notified. */
  private seenChanged(): void {
    for (const changed of this.runtime.onChange) changed()
  }

  get chainKey(): Uint8Array {
    return this.foldFileOptions.chainKey
  }

  get cuts(): LotCuts {
    return this.options.cuts
  }

  get settingsPorts(): SettingsPorts {
    return this.settings.ports
  }

  get certificates(): readonly DestinationCertificate[] {
    return this.joined.certificates
  }

  certificateTroubles(): readonly CertificateTrouble[] {
    return this.joined.certificateTroubles()
  }

  get signInGrantedMs(): InstantMs | null {
    return this.signIn?.grantedAtMs ?? null
  }

  get signer(): SigningKey | undefined {
    return this.joined.signer
  }

  devicesOf(laneId: string): LaneDevices {
    // A command of the lane ends a test of that device first.
    const drives = (device: DrivenDevice): void => this.safety.tests.laneDrives(laneId, device)
    return laneDevices(laneId, this, drives)
  }

  start(): void {
    const { mono, config } = this.options
    ;({ bills: this.bills, monitors: this.monitors, duty: this.duty } = this.joined)
    this.safety = this.links.safety(this.runtime)
    this.cuts.of(this)
    this.reads.arrivals.follow(this.runtime)
    this.runtime.start()
    this.settings.started(this.runtime)
    if (this.uploader !== null && dialectOf(config).byOrder === undefined)
      this.signIn = new SignInScheduler({
        runtime: this.runtime,
        uploader: this.uploader,
        mono,
        config,
        random: systemRandom(),
        psamOf: (laneId) => this.rsus.get(laneId)?.psam ?? null,
      })
    for (const { id, rsu, camera } of config.lanes)
      if (rsu === null && camera !== null) this.signIn?.laneUp(id)
    for (const rsu of this.rsus.values()) {
      rsu.settings?.start()
      const others = [...this.rsus.values()].filter((one) => one !== rsu)
      rsu.tune?.start(others.flatMap(({ settings }) => settings ?? []))
    }
    this.links.open()
    this.spaces.openSpaces = this.runtime.openSpaces
    this.spaces.open()
    for (const board of this.detectors) board.open()
    for (const place of this.places.values()) place.open()
    for (const display of this.displays.values()) display.open()
    for (const camera of this.cameras.values()) camera.open()
    const flush = (): void => {
      try {
        this.opened.headWriter.flush()
        this.headTimer = mono.after(siteTimes.headFlushMs, flush)
      } catch (error) {
        if (!(error instanceof LaneFault)) throw error
        // The call that met the fault first may still be answering.
        this.headTimer = mono.after(siteTimes.faultLeavesMs, () => this.options.fatal(error))
      }
    }
    flush()
    this.look()
  }

  private look(): void {
    this.runtime.lookAtClock()
    try {
      this.opened.watch?.look()
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      return this.options.fatal(error)
    }
    this.statusList.lookFor(this.runtime)
    this.lookTimer = this.options.mono.after(siteTimes.lookMs, () => this.look())
  }

  private takeRead(...[laneId, read, verdict]: Parameters<CameraPorts['take']>): void {
    if (this.cuts.isCut('camera', laneId)) return
    const event = this.reads.taken(laneId, read, this.options.business.nowMs(), verdict)
    if (event !== null) this.runtime.dispatch(laneId, event)
  }

  private noteFrame(laneId: string, note: FrameNote): void {
    const atIso = isoOf(this.options.business.nowMs())
    const stayId = this.runtime.lanes.get(laneId)?.state.car?.stayId ?? null
    this.frames.add({ atIso, laneId, stayId, ...note })
  }

  /** Stores the fold after the lanes have stopped. Rows beyond `stopRowsMax` are read by the next start. */
  private keepFold(): void {
    const rowsAfter = (seq: number) => this.opened.ledger.rows(seq)
    keepNow({ place: this.foldFileOptions, rowsAfter, rowsMax: siteTimes.stopRowsMax, sync: true })
  }

  /** Stops lanes and devices; the ledger stays open. Works for a partly started site, too. */
  async letGo(): Promise<void> {
    const { rsus, barriers, places, displays, cameras } = this
    const closing = [...barriers.values(), this.links, this.spaces, ...this.detectors]
    await closeAll([
      () => this.partners.close(),
      ...[this.safety.tests, this.safety.holds].map((one) => () => one.stop()),
      () => this.headTimer?.(),
      () => this.lookTimer?.(),
      () => this.signIn?.stop(),
      ...[...rsus.values()].map((rsu) => () => {
        rsu.tune?.stop()
        rsu.settings?.stop()
        rsu.close()
      }),
      ...[...closing, ...places.values(), ...displays.values()].map((one) => () => one.close()),
      () => Promise.all([...cameras.values()].map((camera) => camera.close())),
      () => this.reservation.close(),
      () => this.runtime.stop(),
    ])
  }

  async stop(): Promise<void> {
    await closeAll([
      () => this.letGo(),
      () => this.intake.close(),
      () => this.joined.close(),
      () => this.paying.close(),
      () => this.runtime.halted(),
      () => this.opened.headWriter.flush(),
      () => this.keepFold(),
      () => this.opened.ledger.close(),
      () => this.folder.release(),
    ])
  }
}
