// The settings of a site's devices: where their files are, and where the end of a trial is traced and audited.
// Made before the runtime exists; events until then are kept and traced when it starts.
import { settingsFiles } from '../../files/settings-files.ts'
import { tuneFiles } from '../../files/tune-files.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { ContactNote } from '../../settings/first-contact.ts'
import type { SettingsStore } from '../../settings/settings-store.ts'
import type { TrialEnd } from '../../pure/configure/trial.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { SettingsPorts } from './device-ports.ts'

interface SettingsOptions {
  readonly dir: string
  readonly config: LotConfig
}

export class SettingsService {
  readonly ports: SettingsPorts
  private runtime: LotRuntime | null = null
  private readonly early: [string, 'fault' | 'settings', string][] = []

  constructor({ dir, config }: SettingsOptions) {
    this.ports = {
      site: config.name.zh,
      store: (deviceId) => settingsFiles(dir, deviceId),
      asks: config.mode === 'production',
      ended: (laneId, settingsStore, end, why) => this.ended(laneId, settingsStore, end, why),
      tuneStore: (deviceId) => tuneFiles(dir, deviceId),
      tuned: (laneId, { plan, end }) => {
        const change = `${plan.setting} ${plan.old}->${plan.new}`
        this.runtime?.trace(laneId, null, 'settings', `tune ${plan.aim} ${change} ${end}`)
      },
      noted: (laneId, note) => this.noted(laneId, note),
      failed: (laneId, { code }) => this.trace(laneId, 'fault', code),
    }
  }

  started(runtime: LotRuntime): void {
    this.runtime = runtime
    for (const [laneId, type, text] of this.early) runtime.trace(laneId, null, type, text)
  }

  private trace(laneId: string, type: 'fault' | 'settings', text: string): void {
    if (this.runtime === null) this.early.push([laneId, type, text])
    else this.runtime.trace(laneId, null, type, text)
  }

  /** Notes of a first contact: settings found, unknown settings overwritten, or a count begun anew. */
  private noted(laneId: string, { text, code }: ContactNote): void {
    this.trace(laneId, 'settings', text)
    if (code !== null) this.trace(laneId, 'fault', code)
  }

  /** The end of a trial, kept or taken back: traced as an event, and audited as the program's act. */
  private ended(laneId: string, settingsStore: SettingsStore, end: TrialEnd, why: string): void {
    const { runtime } = this
    if (runtime === null) return
    const { id } = settingsStore.state.last ?? { id: '' }
    runtime.trace(laneId, null, 'settings', `${end} ${why}`.trim())
    const row: RowDraft = {
      kind: 'audit',
      atMs: runtime.nowMs(),
      laneId,
      body: {
        act: `device.trial ${end}`,
        by: 'etc-lane',
        role: 'installer',
        reason: why === '' ? end : why,
        commandId: `${id}-end`,
        result: end,
      },
    }
    onFault(
      () => runtime.append([row]),
      (error) => runtime.trace(laneId, null, 'fault', error.code),
    )
  }
}
