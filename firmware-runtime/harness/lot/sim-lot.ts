// One lot in the deterministic harness: the product's runtime on virtual time, with a model for every device.
// This file simulates cars, loops and people; a crash drops all runtime objects and starts the runtime again.
import { simulatedPush } from '#devices/pure/camera/camera-link.ts'
import {
  emptyDedup,
  judgeRead,
  standardDedup,
  type DedupState,
} from '#devices/pure/camera/dedup.ts'
import { platformUploader } from '#ledger/http/platform-uploader.ts'
import { signedPlatform } from '#ledger/http/signed-platform.ts'
import { standInCrypto, standInSigningKey, standInVerifyingKey } from '#base/crypto/stand-in.ts'
import { readFoldFile, type FoldFileOptions } from '#ledger/files/fold-file.ts'
import { keepNow } from '#ledger/files/fold-keeping.ts'
import { openLedger, type OpenedLedger } from '#ledger/sqlite/ledger.ts'
import type { RuntimeEvent } from '#lane/lot/event-log.ts'
import { FoldCacheWriter } from '#lane/lot/upkeep/fold-cache-writer.ts'
import { noFold } from '#lane/lot/upkeep/fold-start.ts'
import type { LaneDevices } from '#lane/lot/lane-host.ts'
import type { RsuVariant } from '#simulators/rsu/dialect.ts'
import type { LotParts } from '#lane/lot/lot-parts.ts'
import { PlaceWatch } from '#lane/lot/place-watch.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { SignInScheduler } from '#devices/desk/hosts/sign-in.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { simulatedList } from '#ledger/pure/etc/status-list.ts'
import type { LoopState } from '#devices/pure/lane/barrier.ts'
import { simulatedTimes, type LaneEvent } from '#lane/pure/lane.ts'
import { joinedPlatform, type LotConfig } from '#base/pure/lot/config.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { DestinationName, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { inMemory, type ShelfMaker } from '#base/pure/values/shelf.ts'
import type { BusinessClock, MonoClock, Random } from '#base/ports/clocks.ts'
import { dialectAt, dialectOf, provinces } from '#ledger/pure/platforms/dialects.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import type { CameraModel, CameraOutput } from '#simulators/camera/model.ts'
import type { PlatformModel } from '#simulators/platform/model.ts'
import { createFaultEngine, type FaultEngine } from '#simulators/shell/faults.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { barrierDevice } from '#devices/desk/lane/devices.ts'
import type { DeviceHandle } from '#devices/desk/lane/device-ports.ts'
import { rsuDevice } from '#devices/desk/lane/rsu-device.ts'
import { crashingHttp, crashingLedger, thrown, type CrashPlan } from './sim-crash.ts'
import { SimDevices } from './sim-devices.ts'
import { modelledOpener } from './sim-links.ts'
import type { SimPayer } from './sim-payer.ts'
import {
  clientSerial,
  platformSerial,
  simAccessCode,
  simAppId,
  simHttp,
  simOperator,
  simPlatform,
  type SimProvince,
} from './sim-platform.ts'
import { simulatedKeys } from '#lane/folder/simulated-keys.ts'
import type { VirtualTime } from './virtual-time.ts'

interface SimLotOptions {
  readonly dir: string
  readonly config: LotConfig
  readonly tariff: Tariff
  readonly time: VirtualTime
  readonly startMs: InstantMs
  readonly seed: number
  readonly variant: RsuVariant
  readonly blacklist: ReadonlySet<string>
  readonly crash: CrashPlan
  /** Drivers who pay by code; absent: the lot has no gateway. */
  readonly payer?: SimPayer | undefined
  /** Stores the folded state as a site does; a lot that never restarts does not need it. */
  readonly keepsFold: boolean
  readonly province?: SimProvince | undefined
  /** Province of the operator's platform; absent: that of the lot. */
  readonly operatorProvince?: SimProvince | undefined
  /** Where the books of platform and cards lie; absent: in memory. */
  readonly shelf?: ShelfMaker
  /** Of its ledger; absent: stand-in, as fast as can be. */
  readonly crypto?: Crypto
  /** A runtime instance starts: its state is loaded, no event has been handled. For checks. */
  onStart?(lot: SimLot): void
}

/** Simulated keys have no certificate that expires. */
const always = { notBeforeMs: 0, notAfterMs: Number.MAX_SAFE_INTEGER }
const platformKeys = new Map([
  [platformSerial, { ...standInVerifyingKey(platformSerial), ...always }],
])

interface Life {
  alive: boolean
}

const crashable = (clock: MonoClock, life: Life): MonoClock => ({
  nowUs: () => clock.nowUs(),
  after: (delayMs, fn) =>
    clock.after(delayMs, () => {
      if (life.alive) fn()
    }),
})

/** One runtime instance, from its start to its stop or crash. */
interface RuntimeInstance {
  readonly life: Life
  readonly opened: OpenedLedger
  readonly runtime: LotRuntime
  readonly devices: readonly DeviceHandle<never>[]
  /** Null without a platform. */
  readonly signIn: SignInScheduler | null
}

export class SimLot {
  readonly options: SimLotOptions
  readonly business: BusinessClock
  readonly faults: SimDevices['faults'] & Readonly<Record<DestinationName, FaultEngine>>
  /** Requests that the platform refused. */
  refusedByPlatform = 0
  readonly platform: PlatformModel
  /** Platform of its operator; null where the lot has none. */
  readonly operator: PlatformModel | null
  readonly devices: SimDevices
  private readonly random: Random
  private dedup = new Map<string, DedupState>()
  private now: RuntimeInstance | null = null
  /** Where piles and handhelds are; their receivers tell through a restart. */
  readonly places: ReadonlyMap<string, PlaceWatch>
  networkCut = false
  /** The operator's platform is away; the network is not. */
  operatorCut = false
  restarts = 0
  /** Trace events of the current runtime instance. */
  onEvent: (event: RuntimeEvent) => void = () => undefined
  /** Rows that are durable now, of every instance. */
  onRows: (rows: readonly LedgerRow[]) => void = () => undefined

  constructor(options: SimLotOptions) {
    this.options = options
    const { time, seed, variant, shelf = inMemory } = options
    const nowMs = (): number => options.startMs + Math.floor(time.nowUs / 1000)
    this.business = { nowMs, steadyMs: nowMs }
    const { province, operatorProvince = province } = options
    const { platform = simPlatform } = province ?? {}
    const { operator = simOperator } = operatorProvince ?? {}
    this.platform = platform(({ t }) => {
      if (t === 'refused') this.refusedByPlatform++
    }, shelf)
    const { lanes } = options.config
    this.operator = options.config.operator === undefined ? null : operator(() => undefined, shelf)
    this.places = new Map(
      lanes.flatMap(({ id, place }) =>
        place === undefined ? [] : [[id, new PlaceWatch(place, time.clock)]],
      ),
    )
    this.devices = new SimDevices({ lanes, clock: time.deviceClock, seed, variant, shelf })
    const [ofPlatform, ofOperator] = [createFaultEngine(), createFaultEngine()]
    this.faults = { ...this.devices.faults, platform: ofPlatform, operator: ofOperator }
    const draw = seededRandom(seed)
    this.random = {
      bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(draw() * 256)),
    }
  }

  private get foldFileOptions(): FoldFileOptions {
    const { dir, config, crypto = standInCrypto } = this.options
    return { ...simulatedKeys, crypto, dir, nodeId: config.nodeId, program: 'sim' }
  }

  get runtime(): LotRuntime {
    return present(this.now, 'the lot runs').runtime
  }

  get opened(): OpenedLedger {
    return present(this.now, 'the lot runs').opened
  }

  /** The platform behind a network that can be cut; null when the lot has not joined one. */
  private reach(dialect: Dialect): Uploader | null {
    if (joinedPlatform(this.options.config) === null) return null
    return this.linkTo(dialect, 'platform', this.platform)
  }

  private linkTo(dialect: Dialect, name: DestinationName, model: PlatformModel): Uploader {
    const { config, time, crash } = this.options
    const isAway = (): boolean => name === 'operator' && this.operatorCut
    const platform = signedPlatform({
      dialect,
      http: crashingHttp(
        simHttp({
          clock: time.clock,
          faults: this.faults[name],
          nowMs: () => this.business.nowMs(),
          model: () => model,
          cut: () => this.networkCut || isAway(),
        }),
        crash,
      ),
      crypto: standInCrypto,
      appId: simAppId,
      signingKey: standInSigningKey(clientSerial),
      platformKeys,
      accessCode: simAccessCode,
      transport: this.business,
      random: this.random,
      userAgent: 'etc-lane/sim',
    })
    return platformUploader(platform, dialect, config)
  }

  /** Starts the runtime from the ledger. */
  start(): void {
    const { options } = this
    const { config, time, crash, payer } = options
    const more = [options.province, options.operatorProvince].flatMap((one) => one?.row ?? [])
    const table = [...provinces, ...more]
    const dialect = dialectOf(config, table)
    const { foldFileOptions } = this
    const life: Life = { alive: true }
    const kept = options.keepsFold ? readFoldFile(foldFileOptions) : noFold
    const opened = openLedger({
      ...foldFileOptions,
      durability: 'simulated',
      version: 'sim',
      checkAfterSeq: kept.kind === 'found' ? kept.at.seq : undefined,
    })
    const mono = crashable(time.clock, life)
    const uploader = this.reach(dialect)
    const lanes = new Map<string, LaneDevices>()
    const parts: LotParts = {
      config,
      dialect,
      tariff: options.tariff,
      ledger: crashingLedger(opened.ledger, crash, (rows) => this.onRows(rows)),
      crypto: standInCrypto,
      business: this.business,
      mono,
      uploader,
      dialectAt: (to) => dialectAt(config, to, table),
      others: {
        operator:
          this.operator &&
          this.linkTo(dialectAt(config, 'operator', table), 'operator', this.operator),
      },
      ...payer?.parts((http) => crashingHttp(http, crash)),
      signer: standInSigningKey(clientSerial),
      devicesOf: (laneId) => ({
        get rsu() {
          return lanes.get(laneId)?.rsu ?? null
        },
        get barrier() {
          return lanes.get(laneId)?.barrier ?? null
        },
        display: null,
        place: this.places.get(laneId) ?? null,
      }),
      fatal: thrown,
      idle: () => undefined,
      statusList: simulatedList(this.business, options.blacklist),
      version: 'sim',
      repair: opened.repair.letter,
      times: simulatedTimes,
    }
    const runtime = new LotRuntime(parts, kept)
    if (options.keepsFold) this.keepFold(runtime, opened, mono)
    const signIn = uploader && this.signInOf(runtime, uploader, mono)
    const devices = this.joinDevices(runtime, lanes, life, signIn)
    this.now = { life, opened, runtime, devices, signIn }
    runtime.events.listen((event) => this.onEvent(event))
    options.onStart?.(this)
    runtime.start()
    for (const device of devices) device.open()
  }

  private signInOf(runtime: LotRuntime, uploader: Uploader, mono: MonoClock): SignInScheduler {
    const { config } = this.options
    return new SignInScheduler({ runtime, uploader, mono, config, random: this.random })
  }

  /** As a site does it, but synchronously: the harness has one thread. */
  private keepFold(runtime: LotRuntime, { ledger }: OpenedLedger, mono: MonoClock): void {
    const { foldFileOptions } = this
    const rowsAfter = (seq: number): ReturnType<typeof ledger.rows> => ledger.rows(seq)
    new FoldCacheWriter({
      runtime,
      mono,
      head: () => ledger.head,
      keep: (done) => done(keepNow({ place: foldFileOptions, rowsAfter, sync: false })),
    })
  }

  private joinDevices(
    runtime: LotRuntime,
    lanes: Map<string, LaneDevices>,
    life: Life,
    signIn: SignInScheduler | null,
  ): DeviceHandle<never>[] {
    const { config, time, crash } = this.options
    const ports = {
      opener: modelledOpener(this.devices.benches()),
      mono: crashable(time.deviceClock, life),
      business: this.business,
      timing: 'instant' as const,
    }
    const all: DeviceHandle<never>[] = []
    for (const lane of config.lanes) {
      const take = (event: LaneEvent): void => {
        if (!life.alive) return
        if (event.type === 'debitResult') crash.at('CP4')
        runtime.dispatch(lane.id, event)
        if (event.type === 'rsuUp') signIn?.rsuUp(lane.id, event.psamTerminals)
      }
      const rsu = lane.rsu === null ? null : rsuDevice(lane, ports, take, () => undefined, null)
      const barrier = lane.barrier === null ? null : barrierDevice(lane, ports, take)
      lanes.set(lane.id, {
        rsu: rsu && {
          hasProof: rsu.hasProof,
          silenceMs: rsu.silenceMs,
          resultTimeMs: rsu.resultTimeMs,
          psams: rsu.psams,
          send: (command) => {
            rsu.command(command)
            if (command.do === 'debit') crash.at('CP3')
          },
        },
        barrier: barrier && {
          send: (command) => {
            barrier.command(command)
            if (command.do === 'open') crash.at('CP6')
          },
        },
        display: null,
      })
      for (const device of [rsu, barrier]) if (device !== null) all.push(device)
    }
    return all
  }

  /** Ends all but the ledger, which is returned. */
  private end() {
    const last = present(this.now, 'the lot runs')
    last.life.alive = false
    last.runtime.stop()
    // An answer that arrives later finds no receiver.
    last.signIn?.stop()
    for (const device of last.devices) device.close()
    return last.opened
  }

  /** The runtime disappears at once: nothing is closed in order, nothing is notified. */
  crash(): void {
    this.end().ledger.close()
    this.dedup = new Map()
    this.restarts++
    this.start()
  }

  stop(): void {
    const { headWriter, ledger } = this.end()
    headWriter.flush()
    ledger.close()
    this.now = null
  }

  /** The camera of a lane sees a car; the camera model decides when its push arrives. */
  see(laneId: string, body: { plate: string | null; colour: string }): void {
    const camera = present(this.devices.cameras.get(laneId), `lane ${laneId} has a camera`)
    const seen = camera.see(
      { ...body, confidence: 97, pictures: false },
      isoOf(this.business.nowMs()),
      this.options.time.deviceClock.nowUs(),
    )
    this.pushes(laneId, camera, seen.outputs)
  }

  private pushes(laneId: string, camera: CameraModel, outputs: readonly CameraOutput[]): void {
    const clock = this.options.time.deviceClock
    for (const output of outputs) {
      if (output.do !== 'push') continue
      const { push } = output
      const waitMs = Math.max(0.3, (output.atUs - clock.nowUs()) / 1000)
      clock.after(waitMs, () => {
        const part = push.parts.find((p) => p.name.endsWith('.xml'))
        // First, as the lot may die of the reading: the camera has sent it, and sends the next one.
        const isTaken = this.devices.isLineUp(laneId)
        this.pushes(laneId, camera, camera.ended(push.pushId, isTaken, clock.nowUs()))
        if (isTaken && part !== undefined) this.onXml(laneId, new TextDecoder().decode(part.bytes))
      })
    }
  }

  private onXml(laneId: string, xml: string): void {
    const event = simulatedPush.read(xml, {})
    if (event.kind !== 'plate') return
    const before = this.dedup.get(laneId) ?? emptyDedup
    const judged = judgeRead(standardDedup, before, event.read, this.business.nowMs())
    this.dedup.set(laneId, judged.state)
    if (judged.verdict === 'sameRecord' || event.read.history) return
    this.runtime.dispatch(laneId, { type: 'plate', read: event.read, photo: null })
  }

  /** State of the far trigger as the runtime knows it. */
  farTrigger(laneId: string): LoopState | null {
    const { reused, config } = present(this.runtime.lanes.get(laneId), `lane ${laneId}`)
    return reused?.loops[config.direction === 'entry' ? 'exit' : 'entry'] ?? null
  }
}
