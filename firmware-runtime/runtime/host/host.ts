// An opened lot with everything around it: site, ledger worker, event file and control API.
// `run`, `demo` and the hosted runtime of Studio open it, and open it again after a power cut or a change of settings.
import { reservationControl } from '../site/reservation.ts'
import { lastEventSeq } from '#ledger/files/event-file.ts'
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { ReaderWorker, type LedgerReaderOptions } from '#lane/sqlite/reader-worker.ts'
import type { IndexCheck } from '#lane/lot/upkeep/index-check.ts'
import { Control, type DemoControls } from '../control/control.ts'
import { FoldCacheWriter } from '#lane/lot/upkeep/fold-cache-writer.ts'
import { OwnedTimers } from '#base/process/owned-timers.ts'
import { SideTasks } from '#base/process/side-tasks.ts'
import { UpkeepScheduler } from '#lane/lot/upkeep/upkeep-scheduler.ts'
import type { PassportStore } from '#devices/passport/passport-store.ts'
import type { UpkeepView } from '#lane/calls/views.ts'
import type { Role } from '#base/pure/values/roles.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { joinedPlatform, upkeepOf, type LotConfig } from '#base/pure/lot/config.ts'
import type { Sessions } from '#lane/pure/people/sessions.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { ApiSession } from '#base/ports/api-host.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import type { FindService } from '#devices/find/find-service.ts'
import { closeAll, undoAll } from '#base/process/close-all.ts'
import type { Timing } from '#devices/desk/lane/device-ports.ts'
import { photosOf } from '#base/desk/folder/measure-photos.ts'
import { onStrays } from '#base/process/strays.ts'
import { laneDeviceAt } from './lane-device-at.ts'
import { letsGo, takenOver } from './leased-link-bench.ts'
import { Asides } from './asides.ts'
import { hostCentre, type HostCentre } from './host-centre.ts'
import { hostClock } from './host-clock.ts'
import { hostConsole } from './host-console.ts'
import { hostList } from './host-list.ts'
import { laneSeen, safetySeen } from './host-lane-view.ts'
import { followVersions } from './host-versions.ts'
import { hostTariff } from './host-tariff.ts'
import { supportOfRunning } from './support-here.ts'
import { HostTraces } from './host-traces.ts'
import { hostReports } from './host-reports.ts'
import { ownLinks, pushOf, seekBeside } from './own-links.ts'
import { lotHistory } from '#lane/desk/folder/lot-versions.ts'
import { rememberFiles } from '#lane/desk/folder/remember-files.ts'
import { acceptanceParts } from '#acceptance/desk/papers/papers-parts.ts'
import { countBooms } from '#devices/desk/lane/boom-cycles-here.ts'
import { peopleFolder } from '#lane/folder/people-folder.ts'
import { openPassports } from './lane-passports.ts'
import type { OpenPrinter } from '#money/desk/receipt/printers.ts'
import { openPrinters, printingOf, type Printing } from './printing.ts'
import { openHelp, type OpenHelp } from '../site/help.ts'
import { openScanners, type OpenScanners } from '../site/scanners.ts'
import { hostCopies } from './host-copies.ts'
import { machineHere } from '../service/machine-here.ts'
import { hostUpdates, onTrial, type UpdateOptions } from '../update/host-updates.ts'
import { RunningSetup, type ChangeOfSettings } from './running-setup.ts'
import { updatesHere } from '../update/updates-here.ts'
import { TransferWorker } from '#ledger/desk/transfer/transfer-worker.ts'
import { LatePrograms } from '../update/late-programs.ts'
import type { ChangeOfProgram } from '../update/program-switch.ts'
import { hostDuty } from './host-duty.ts'
import { hostIndexCheck } from './host-index-check.ts'
import { startStamps } from './late-stamps.ts'
import { hostRehearsals } from './host-rehearsals.ts'
import { hostBills } from './host-bills.ts'
import { programFile } from '#base/process/program-file.ts'
import { ProfileWorkerClient } from '#devices/desk/profile/worker-client.ts'
import { SurveyWorkerClient } from '#survey/desk/worker/worker-client.ts'
import { findService } from '#devices/desk/bench/find-ports.ts'
import type { SeekService } from '#devices/find/seek-service.ts'
import type { Site } from '../site/site-parts.ts'
import { openSite } from '../site/site.ts'
import { thisProgram } from '#base/desk/process/program-facts.ts'

interface HostOptions extends UpdateOptions {
  readonly dir: string
  readonly config: LotConfig
  readonly tariff: Tariff
  readonly timing: Timing
  readonly demo: DemoControls | null
  /** Monotonic clock; default: the machine's. */
  readonly mono?: MonoClock | undefined
  /** Time of stays, shifts and bills; default: the machine's. */
  readonly business?: BusinessClock | undefined
  /** Absent when settings cannot be changed while the lanes run. */
  readonly change?: ChangeOfSettings
  /** Absent when another program cannot be begun in place of this one. */
  readonly program?: ChangeOfProgram | undefined
  /** Sessions signed in before the lanes were reopened. */
  readonly seats?: Sessions
  /** Ends these lanes for the service of the computer; absent when Studio does not host them. */
  readonly serviceTakes?: (() => void) | undefined
  /** Switches Studio to its workbench; absent when Studio does not host this lot. */
  readonly workbench?: (on: boolean) => void
  fatal(fault: LaneFault): void
  linkDown?(fault: LaneFault, laneId: string): void
  /** Reports a fault of the data folder; the lanes go on. */
  folderFault?(fault: LaneFault): void
}

interface WithPrinters extends HostOptions {
  readonly printers: readonly OpenPrinter[]
  readonly scanners: OpenScanners
}

export class LotHost {
  readonly site: Site
  readonly control: Control
  private readonly place: LedgerReaderOptions
  private readonly service: ReaderWorker
  private readonly profiles: ProfileWorkerClient
  private readonly surveys: SurveyWorkerClient
  private readonly upkeep: UpkeepScheduler
  private readonly indexCheck: IndexCheck | null
  private readonly clock: ReturnType<typeof hostClock>
  private readonly list: ReturnType<typeof hostList>
  private readonly rehearsals: ReturnType<typeof hostRehearsals>
  private readonly transfer: TransferWorker
  private readonly copies: ReturnType<typeof hostCopies>
  private readonly bills: ReturnType<typeof hostBills>
  private readonly duty: ReturnType<typeof hostDuty>
  private readonly passports: PassportStore
  private readonly foldCacheWriter: FoldCacheWriter
  private readonly traces: HostTraces
  private readonly mono: OwnedTimers
  private readonly tasks: SideTasks
  private readonly asides: Asides
  private readonly tariff: ReturnType<typeof hostTariff>
  private readonly reports: ReturnType<typeof hostReports>
  private readonly find: FindService
  private readonly seek: SeekService
  private readonly printing: Printing
  private readonly scanners: OpenScanners
  private readonly help: OpenHelp
  private readonly centre: HostCentre
  private readonly settings: RunningSetup | null
  private readonly program: ReturnType<typeof updatesHere>
  private programSwitch: LatePrograms | null = null
  private readonly unleave: () => void
  private readonly updates: ReturnType<typeof hostUpdates>
  private readonly waiting = () => this.control.matters()
  private readonly unstray = onStrays((error) => this.tasks.stray(error))

  /** Resolves when the lanes accept cars. */
  static async open(given: HostOptions): Promise<LotHost> {
    const { business = systemWallClock() } = given
    const mono = new OwnedTimers(given.mono ?? systemMonoClock())
    const options = await onTrial(given, mono)
    const site = await openSite({
      ...options,
      business,
      mono,
      lastEventSeq: lastEventSeq(options.dir),
    })
    rememberFiles(options)
    const printers: OpenPrinter[] = []
    let scanners: OpenScanners | null = null
    try {
      const ports = { dir: options.dir, business, mono }
      printers.push(...(await openPrinters(site, ports)))
      scanners = await openScanners(site, ports)
      const host = new LotHost({ ...options, printers, scanners }, site, mono)
      mono.toldTo((fault) => host.tasks.stray(fault))
      host.readDay()
      const { dir, program: change, trialKeeper: keeper = null } = options
      const { tasks } = host
      host.programSwitch = new LatePrograms({ dir, site, mono, tasks, change, keeper })
      return host
    } catch (error) {
      await undoAll([
        () => site.stop(),
        () => scanners?.close(),
        ...printers.map((one) => () => one.close()),
        () => mono.stop(),
      ])
      throw error
    }
  }

  private constructor(options: WithPrinters, site: Site, mono: OwnedTimers) {
    const { dir, change, business = systemWallClock() } = options
    this.site = site
    this.mono = mono
    const { runtime, opened, chainKey, config } = site
    const certDir = joinedPlatform(config)?.certDir ?? null
    this.place = { dir, nodeId: config.nodeId, chainKey, certDir }
    this.service = new ReaderWorker(programFile(), this.place)
    this.profiles = new ProfileWorkerClient(programFile(), dir)
    this.surveys = new SurveyWorkerClient(programFile(), dir, {
      demo: options.demo !== null,
      ownLinks: () => ownLinks(site),
    })
    const onFault = (fault: LaneFault): void => options.folderFault?.(fault)
    const tasks = new SideTasks({ ...options, mono, onFault, broke: options.trial?.broke })
    this.tasks = tasks
    this.updates = hostUpdates(runtime, options)
    this.asides = new Asides(this.place, tasks)
    const head = () => opened.ledger.head
    this.foldCacheWriter = new FoldCacheWriter({ runtime, mono, head, keep: this.asides.keepFold })
    this.traces = new HostTraces(dir, site, { mono, tasks, timing: options.timing })
    this.upkeep = new UpkeepScheduler({
      runtime,
      tasks,
      rules: upkeepOf(config),
      service: this.service,
      fatal: options.fatal,
      onFault,
    })
    this.bills = hostBills(site, this.service, { tasks, onFault })
    this.copies = this.openCopies(options, onFault)
    this.indexCheck = hostIndexCheck(options, { tasks, runtime, asides: this.asides })
    startStamps(dir, config, tasks)
    this.clock = hostClock(runtime, config, tasks, undefined, () => site.cuts.isCut('time'))
    this.list = hostList(dir, site, tasks)
    this.rehearsals = hostRehearsals(site, mono, () => this.clock.lookSoon())
    this.transfer = new TransferWorker(dir, config)
    this.passports = openPassports({ dir, site, service: this.service, tasks, onFault })
    this.passports.start()
    followVersions(site, { surveys: this.surveys, onFault })
    const place = options.demo === null ? 'lane' : 'demo'
    this.find = findService(
      {
        place,
        ownLinks: () => ownLinks(site),
        pushOf: (laneId) => pushOf(site, laneId),
        workbench: options.workbench ?? null,
        ...takenOver(site, dir),
      },
      dir,
    )
    this.unleave = letsGo(site, this.find)
    countBooms(dir, runtime)
    this.seek = seekBeside(site, { place, dir, find: this.find })
    this.tariff = hostTariff(site, this.service, this.place)
    this.scanners = options.scanners
    const { service, surveys, waiting } = this
    this.help = openHelp(site, service, { dir, business, mono, tasks, waiting, onFault })
    this.reports = hostReports({ dir, site, service, surveys, mono, tasks, waiting, onFault })
    this.printing = printingOf(site, this.service, { ...options, surveys, tasks })
    this.settings = change === undefined ? null : new RunningSetup({ dir, site, mono, change })
    const board = () => this.control.board()
    this.centre = hostCentre(site, { dir, service, business, mono, tasks, board, waiting })
    this.duty = hostDuty(site, { dir, mono, tasks, service, settings: this.settings, board })
    const look = (): void => this.programSwitch?.look()
    this.program = updatesHere(site, { ...options, tasks, look })
    this.control = this.openControl(options)
  }

  private openCopies({ dir, fatal }: HostOptions, onFault: (fault: LaneFault) => void) {
    return hostCopies({
      dir,
      fatal,
      site: this.site,
      mono: this.mono,
      tasks: this.tasks,
      aside: (ask) => this.asides.run(ask),
      photosOver: (days) => this.upkeep.photosOver(days),
      onFault,
    })
  }

  /** Parts of the control API that concern the lot: its settings, versions and documents. */
  private lotParts(dir: string) {
    const now = () => ({ config: this.copies.lotNow(), tariff: this.site.tariffStore.tariff })
    const { handover, leaving, spacesOf } = this.surveys
    return {
      ...(this.settings === null ? {} : { setup: this.settings.service }),
      rehearsals: this.rehearsals,
      passing: this.traces.passing,
      tariff: this.tariff,
      support: supportOfRunning((ask) =>
        this.traces.flush().then(() => this.service.supportParts(ask)),
      ),
      ...acceptanceParts(dir, this.surveys, {
        nowMs: () => this.site.runtime.nowMs(),
        append: (rows) => this.site.runtime.append(rows),
      }),
      reservation: reservationControl(this.site),
      centre: this.centre.feed,
      lot: { history: lotHistory(dir, now), handover, leaving, spacesOf },
    }
  }

  /** The control API with the parts of this host. */
  private openControl(options: HostOptions): Control {
    const { dir } = options
    const { site, mono } = this
    const { runtime, opened, config, uploader } = site
    return new Control({
      config,
      runtime,
      mono,
      service: this.service,
      frames: site.frames,
      traces: {
        passage: (stayId, days) =>
          this.traces.flush().then(() => this.service.passage(stayId, days)),
      },
      seenOf: (laneId) => {
        const { traces, scanners, help, printing } = this
        return laneSeen(site, { traces, scanners, help, printing, nowUs: mono.nowUs() }, laneId)
      },
      platformSeen: () => uploader?.seen() ?? null,
      clockOffsetMs: () => uploader?.clockOffsetMs ?? null,
      machineNtp: () => this.clock.machineNtp(),
      clockKept: () => this.clock.clockKept(),
      head: () => opened.ledger.head,
      ...photosOf(dir),
      documents: this.surveys.documents,
      passports: this.passports,
      versions: site.versions,
      people: { ...peopleFolder(dir), random: systemRandom(), sessions: options.seats ?? [] },
      receipts: this.printing,
      reports: this.reports.reports,
      ...this.lotParts(dir),
      help: this.help.calls,
      backup: this.copies.parts,
      machine: machineHere(dir, options),
      updates: this.program,
      transfer: this.transfer,
      dayBills: this.bills.dayBills,
      lookAtTold: () => this.duty.lookSoon(),
      list: this.list.parts,
      profiles: this.profiles,
      surveys: this.surveys,
      upkeep: () => this.upkeepView(),
      repair: opened.repair.letter,
      ...thisProgram,
      demo: options.demo,
      frameConsole: hostConsole(dir, site),
      spaces: site.spaces,
      find: this.find,
      ...safetySeen(site),
      seek: this.seek,
      device: (laneId) => laneDeviceAt(laneId, site, this.find.device),
      credentials: () => ({
        certificates: site.certificates,
        signInGrantedMs: site.signInGrantedMs,
      }),
      fatal: options.fatal,
    })
  }

  /** The worker reads the sums of the day later: the lanes accept cars without waiting for it. */
  private readDay(): void {
    const { control, help, printing } = this
    const read = () => Promise.all([control.start(), help.calls.start(), printing.paper.start()])
    this.tasks.once('day', read)
  }

  get seats(): Sessions {
    return this.control.seats
  }

  session(role: Role): ApiSession {
    return this.control.session(role)
  }

  get unsent(): number {
    return this.site.runtime.queue.records.size
  }

  /** The upkeep view; lasting faults of all parts are added to its faults. */
  private upkeepView(): UpkeepView | null {
    const view = this.upkeep.view()
    if (view === null) return null
    const faults = [
      ...view.faults,
      ...this.site.runtime.notices(),
      ...this.passports.notices(),
      ...this.site.certificateTroubles(),
      ...this.site.partners.notices(),
      ...this.printing.paper.notices(),
      ...this.scanners.scans.notices(),
      ...this.help.calls.notices(),
      ...(this.site.runtime.payments?.notices() ?? []),
      ...this.reports.scheduler.notices(),
      ...this.list.notices(),
      ...this.duty.notices(),
      ...(this.programSwitch?.notices() ?? []),
      ...this.traces.passing.notices(),
      ...this.tasks.notices(),
      ...this.clock.notices(),
      ...this.updates.notices(),
    ]
    return { ...view, faults }
  }

  async stop(): Promise<void> {
    await closeAll([
      () => this.centre.close(),
      () => this.updates.stop(),
      () => this.tasks.stop(),
      () => this.settings?.stop(),
      () => this.programSwitch?.stop(),
      () => this.rehearsals.stop(),
      () => this.unleave(),
      () => this.printing.close(),
      () => this.scanners.close(),
      () => this.help.close(),
      () => this.find.close(),
      () => this.tariff.replays.stop(),
      () => this.upkeep.stop(),
      () => this.copies.scheduler.stop(),
      () => this.copies.holder.stop(),
      () => this.reports.scheduler.stop(),
      () => this.bills.scheduler.stop(),
      () => this.duty.stop(),
      () => this.program.stop(),
      () => this.indexCheck?.stop(),
      () => this.clock.stop(),
      () => this.list.close(),
      () => this.transfer.close(),
      () => this.passports.stop(),
      () => this.traces.stop(),
      () => this.foldCacheWriter.stop(),
      () => this.asides.close(),
      () => this.control.close(),
      () => Promise.all([this.profiles.close(), this.surveys.close()]),
      () => Promise.all([this.service.close(), this.traces.close()]),
      // Their questions have ended with the workers: none is left that could write.
      () => this.tasks.ended(),
      () => this.site.stop(),
      () => this.mono.stop(),
      () => this.unstray(),
    ])
  }
}
