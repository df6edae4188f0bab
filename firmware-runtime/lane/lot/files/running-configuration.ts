// Asks the ETC operator for the running configuration every ten minutes (P21; table G.1, row 3), with the version in
// force here. A new one is announced to people first and then becomes one change of the lot, applied between cars like
// a change by a person; one that breaks a rule changes nothing.
import { tallyOf } from '#money/pure/billing/day-items.ts'
import {
  changesNothing,
  configurationTold,
  isDue,
  tellMinOf,
  toldRow,
  toldText,
  waitingConfiguration,
} from '#money/pure/billing/told-changes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { dayStartMs, isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Random } from '#base/ports/clocks.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { PlatformDuty, RunningConfiguration } from '#ledger/ports/platform-duty.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import { DownloadFault } from '../queue/duty-fault.ts'
import { checkLot } from './lot-file.ts'
import type { LotRuntime } from '../lot-runtime.ts'

interface ConfigurationParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'endingMs' | 'append' | 'trace'>
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly random: Random
  readonly service: Pick<LedgerService, 'dayTally'>
  readonly duty: PlatformDuty
  readonly config: LotConfig
  /** The operator from which the version in force and the announcements come. */
  readonly whose: { isOfAnother(): boolean; keep(): void }
  /** A change of the lot waits, or was refused: a person has to end that first. */
  isBusy(): boolean
  /** The wanted lot; applied when no car is in a lane. */
  take(config: LotConfig, by: string, reason: string): void
}

type Answer = Parameters<Parameters<PlatformDuty['configuration']>[1]>[0]
type Waiting = ReturnType<typeof waitingConfiguration>

const firstMs = 5_000
const everyMs = 600_000
const lookMs = 60_000

export class RunningConfigurations {
  private readonly parts: ConfigurationParts
  /** Version sent with the query: in force, or announced. */
  private version: string | null
  private waiting: Waiting = null
  private readonly fault: DownloadFault
  private readonly asking: SideTask
  private readonly looking: SideTask
  private begun = false
  private stopped = false

  constructor(parts: ConfigurationParts) {
    this.parts = parts
    this.fault = new DownloadFault((text) => parts.runtime.trace('', null, 'fault', text))
    this.version = parts.config.configVersion ?? null
    const ask = { firstMs: this.spread(firstMs), everyMs: lookMs }
    this.asking = parts.tasks.every('configuration', ask, () => this.next())
    const look = { firstMs: null, everyMs: lookMs }
    this.looking = parts.tasks.every('configuration', look, () => this.look())
  }

  stop(): void {
    this.stopped = true
    this.asking.stop()
    this.looking.stop()
  }

  notices(): readonly LaneFault[] {
    const { waiting } = this
    const told =
      waiting === null
        ? []
        : [new LaneFault('DUTY-05', { value: waiting.version, note: toldText(waiting) })]
    return [...told, ...this.fault.notices()]
  }

  /** Called when a person may have applied an announced one now. */
  async lookSoon(): Promise<void> {
    const { service, runtime, config } = this.parts
    const { books } = await service.dayTally(dayStartMs(runtime.nowMs()))
    if (this.stopped) return
    this.waiting = waitingConfiguration(tallyOf(books), config.configVersion ?? null)
    this.lookNow()
  }

  /** Delay until the next run; null: there is none. */
  private async next(): Promise<number | null> {
    return this.begun || (await this.begin()) ? this.ask() : lookMs
  }

  /** Restores an announcement that still waits from before this start; false: it is tried again. */
  private async begin(): Promise<boolean> {
    const { whose } = this.parts
    if (whose.isOfAnother() && !(await this.beganAnew())) return false
    if (this.stopped) return false
    whose.keep()
    await this.lookSoon()
    if (this.stopped) return false
    if (this.waiting !== null) this.version = this.waiting.version
    this.begun = true
    return true
  }

  /**
   * After a change of operator: the announcement of the former one is withdrawn, and its version is removed from the
   * lot, for which the lanes are reopened. A waiting change by a person goes first. Returns true when nothing is left
   * to remove.
   */
  private async beganAnew(): Promise<boolean> {
    const { service, runtime, config, isBusy, take } = this.parts
    const { books } = await service.dayTally(dayStartMs(runtime.nowMs()))
    if (this.stopped || isBusy()) return false
    const { configVersion, ...rest } = config
    try {
      this.takeBack(waitingConfiguration(tallyOf(books), configVersion ?? null))
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.fault.failed(error)
      return false
    }
    if (configVersion === undefined) return true
    take(rest, config.etcOperator?.appId ?? '', reasonOf('-'))
    return false
  }

  /** Announces the former change as withdrawn, by an announcement without settings. */
  private takeBack(told: Waiting): void {
    if (told === null) return
    const { runtime } = this.parts
    const nowMs = runtime.nowMs()
    const { of, version } = told
    const body = toldRow({ of, version, before: {}, after: {} }, nowMs, 0)
    runtime.append([{ kind: 'book', atMs: nowMs, body }])
  }

  /** Varied by a tenth, so that the lots of a platform do not all ask at the same moment. */
  private spread(afterMs: number): number {
    const [draw = 128] = this.parts.random.bytes(1)
    return Math.round(afterMs * (0.9 + (0.2 * draw) / 255))
  }

  private async ask(): Promise<number | null> {
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.parts.duty.configuration(this.version, resolve)
    const answer = await promise
    if (this.stopped || answer.kind === 'none') return null
    if (answer.kind === 'silent')
      this.fault.missed(new LaneFault('DUTY-04', { note: answer.reason }))
    else if (answer.kind === 'wrong') this.fault.failed(answer.fault)
    else if (answer.kind === 'configuration') this.came(answer.configuration)
    else this.fault.over()
    return this.spread(everyMs)
  }

  /** Applies an announcement that is due, and checks again while one waits. */
  private lookNow(): void {
    const nextMs = this.look()
    if (nextMs !== null) this.looking.soon(nextMs)
  }

  private look(): number | null {
    const { runtime } = this.parts
    if (this.waiting === null) return null
    const endsMs = runtime.endingMs()
    if (endsMs !== null && isDue(this.waiting, endsMs)) {
      const { version, after } = this.waiting
      this.tried({ version, settings: after }, (all) => this.changeTo(all))
    }
    return lookMs
  }

  private came(configuration: RunningConfiguration): void {
    this.tried(configuration, (all) => this.tell(all))
  }

  private tried(all: RunningConfiguration, act: (all: RunningConfiguration) => void): void {
    if (this.parts.isBusy()) return
    try {
      act(all)
      this.fault.over()
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.fault.failed(error)
    }
  }

  private tell({ version, settings }: RunningConfiguration): void {
    const { config, runtime } = this.parts
    // A platform may send the whole configuration although this version is known.
    if (version === this.version) return
    // It sets nothing, so the lot does not change.
    if (Object.keys(settings).length === 0 && this.waiting === null) {
      this.version = version
      return
    }
    checked(withSettings(config, settings, version))
    const { largeAmountFen, caps } = config
    const inForce = { largeAmountFen, offlineFen: caps.perChargeFen }
    const change = configurationTold(version, inForce, settings)
    const tellMin = changesNothing(change) ? 0 : tellMinOf(config)
    if (tellMin === 0 && this.waiting === null) return this.changeTo({ version, settings })
    const nowMs = runtime.nowMs()
    const body = toldRow(change, nowMs, tellMin)
    const { before, after, takeAtMs } = body
    const said = { before, after, fromIso: isoOf(takeAtMs) }
    runtime.append([this.auditRow(version, said, 'told'), { kind: 'book', atMs: nowMs, body }])
    this.version = version
    // The version in force is announced again: nothing waits.
    this.waiting =
      version === config.configVersion ? null : { ...change, toldAtMs: nowMs, takeAtMs }
    this.lookNow()
  }

  private changeTo({ version, settings }: RunningConfiguration): void {
    const { config, take, runtime } = this.parts
    const next = checked(withSettings(config, settings, version))
    runtime.append([this.auditRow(version, settings, 'taken')])
    this.version = version
    take(next, config.etcOperator?.appId ?? '', reasonOf(version))
  }

  private auditRow(version: string, said: object, result: 'told' | 'taken'): RowDraft {
    const { runtime, config } = this.parts
    const by = config.etcOperator?.appId ?? ''
    const act = reasonOf(version)
    const commandId = `${by} ${act}${result === 'told' ? ' told' : ''}`
    const body = { act, by, role: 'system', reason: canonicalJson(said), commandId, result }
    return { kind: 'audit', atMs: runtime.nowMs(), body }
  }
}

const reasonOf = (version: string): string => `configuration ${version}`

/** A setting that the configuration leaves out stays unchanged. */
function withSettings(
  config: LotConfig,
  { largeAmountFen = config.largeAmountFen, offlineFen }: RunningConfiguration['settings'],
  configVersion: string,
): LotConfig {
  const { perChargeFen } = config.caps
  const caps = { ...config.caps, perChargeFen: offlineFen ?? perChargeFen }
  return { ...config, largeAmountFen, caps, configVersion }
}

/** A value that the lot file refuses is a fault of the configuration. */
function checked(config: LotConfig): LotConfig {
  try {
    return checkLot(config, '')
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    const { field = '', value = '', note = '' } = error.detail
    throw new LaneFault('DUTY-03', { field, value, note })
  }
}
