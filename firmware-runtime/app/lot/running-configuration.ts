// Asks the ETC operator for the running configuration each ten minutes (P21; table G.1, row 3), by the version that is here.
// What comes is one change of the lot, taken between cars as a person's is; what breaks a rule changes nothing.
import { LaneFault } from '../../core/faults/faults.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import type { Cancel, MonoClock, Random } from '../../ports/clocks.ts'
import type { PlatformDuty, RunningConfiguration } from '../../ports/platform-duty.ts'
import { DownloadFault } from './duty-fault.ts'
import { checkLot } from './lot-file.ts'
import type { LotRuntime } from './lot-runtime.ts'

interface ConfigurationParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'append' | 'trace'>
  readonly mono: Pick<MonoClock, 'after'>
  readonly random: Random
  readonly duty: PlatformDuty
  readonly config: LotConfig
  /** A change of the lot waits, or was refused: that is a person's to end first. */
  isBusy(): boolean
  /** The lot as it is to be; it waits until no car is in a lane. */
  take(config: LotConfig, by: string, reason: string): void
}

const firstMs = 5_000
const everyMs = 600_000

export class RunningConfigurations {
  private readonly parts: ConfigurationParts
  private version: string | null
  private readonly fault: DownloadFault
  private timer: Cancel | null = null
  private stopped = false

  constructor(parts: ConfigurationParts) {
    this.parts = parts
    this.fault = new DownloadFault((text) => parts.runtime.trace('', null, 'fault', text))
    this.version = parts.config.configVersion ?? null
    this.again(firstMs)
  }

  stop(): void {
    this.stopped = true
    this.timer?.()
  }

  notices(): readonly LaneFault[] {
    return this.fault.notices()
  }

  /** A tenth up or down, so that the lots of a platform do not ask at the same moment. */
  private again(afterMs: number): void {
    if (this.stopped) return
    const [draw = 128] = this.parts.random.bytes(1)
    const waitMs = Math.round(afterMs * (0.9 + (0.2 * draw) / 255))
    this.timer = this.parts.mono.after(waitMs, () => this.ask())
  }

  private ask(): void {
    this.parts.duty.configuration(this.version, (answer) => {
      if (this.stopped) return
      if (answer.kind === 'none') return
      if (answer.kind === 'silent')
        this.fault.missed(new LaneFault('DUTY-04', { note: answer.reason }))
      else if (answer.kind === 'wrong') this.fault.failed(answer.fault)
      else {
        if (answer.kind === 'configuration') this.took(answer.configuration)
        else this.fault.over()
      }
      this.again(everyMs)
    })
  }

  private took(configuration: RunningConfiguration): void {
    if (this.parts.isBusy()) return
    try {
      this.changeTo(configuration)
      this.fault.over()
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.fault.failed(error)
    }
  }

  private changeTo({ version, settings }: RunningConfiguration): void {
    const { config, take, runtime } = this.parts
    // A platform that answers whole although we have it.
    if (version === this.version) return
    // It rules nothing, so there is no change to make.
    if (Object.keys(settings).length === 0) {
      this.version = version
      return
    }
    const next = checked(withSettings(config, settings, version))
    const by = config.etcOperator?.appId ?? ''
    const reason = `configuration ${version}`
    runtime.append([
      {
        kind: 'audit',
        atMs: runtime.nowMs(),
        body: {
          act: reason,
          by,
          role: 'system',
          reason: JSON.stringify(settings),
          commandId: `${by} ${reason}`,
          result: 'taken',
        },
      },
    ])
    take(next, by, reason)
  }
}

/** What is not ruled stays as it is. */
function withSettings(
  config: LotConfig,
  { largeAmountFen = config.largeAmountFen, offlineFen }: RunningConfiguration['settings'],
  configVersion: string,
): LotConfig {
  const { perChargeFen } = config.caps
  const caps = { ...config.caps, perChargeFen: offlineFen ?? perChargeFen }
  return { ...config, largeAmountFen, caps, configVersion }
}

/** What the lot file does not take is the configuration's fault. */
function checked(config: LotConfig): LotConfig {
  try {
    return checkLot(config, '')
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    const { field = '', value = '', note = '' } = error.detail
    throw new LaneFault('DUTY-03', { field, value, note })
  }
}
