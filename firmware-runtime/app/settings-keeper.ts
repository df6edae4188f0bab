// The settings of one device at work: reads, compares, writes as a trial, takes back, keeps copies.
// The rules are core/configure; this joins them to the driver, the disk, the clock and the audit.
import { diffSettings, type DeviceDiff } from '../core/configure/diff.ts'
import { migrateSettings, type Migration, type SettingMove } from '../core/configure/migrate.ts'
import {
  initialSettings,
  type DeviceSettings,
  type SettingDef,
  type SettingFinding,
} from '../core/configure/setting.ts'
import {
  newTrialState,
  stepTrial,
  type TrialEffect,
  type TrialEnd,
  type TrialEvent,
  type TrialState,
} from '../core/configure/trial.ts'
import type { AntennaReading, RsuDeviceEvent, RsuIdentity } from '../core/etc/rsu-device.ts'
import type { TuneSignal } from '../core/tune/signals.ts'
import { LaneFault } from '../core/values/faults.ts'
import { isoOf } from '../core/values/instant.ts'
import { present } from '../core/values/must.ts'
import type { Cancel, MonoClock, WallClock } from '../ports/clocks.ts'
import type { MeasuredValue, SettingsBackup, SettingsStore } from '../ports/settings-store.ts'

export interface KeeperParts {
  readonly site: string
  readonly laneId: string
  readonly deviceId: string
  readonly variant: string
  readonly defs: readonly SettingDef[]
  readonly moves: readonly SettingMove[]
  readonly store: SettingsStore
  readonly mono: MonoClock
  readonly business: WallClock
  /** Hands settings to the driver; its `configured` answer comes back through `device`. */
  write(id: string, settings: DeviceSettings): void
  /** A trial is over: for the event stream, the audit and the screen. */
  ended(trialId: string, end: TrialEnd, why: string): void
  /** The store failed beside an act of a person: told, the cars go on. */
  failed(fault: LaneFault): void
}

export interface ApplyRequest {
  readonly wanted: DeviceSettings
  readonly by: string
  readonly reason: string
  /** Countdown of the trial, ms. */
  readonly forMs: number
  /** Cars alone do not keep it: `measured` does. */
  readonly keepsBy?: 'measurement'
  /** A person stands for a value that the clause does not allow. */
  readonly evenUnlawful: boolean
  readonly photo: string | null
}

type Body = TrialEvent extends infer E ? (E extends E ? Omit<E, 'nowMs'> : never) : never

function refusal(finding: SettingFinding): LaneFault {
  const nearest = finding.nearest === null ? '' : `, ${finding.nearest} is allowed`
  const clause = finding.clause === null ? '' : ` (${finding.clause})`
  return new LaneFault('SET-01', {
    field: `/settings/${finding.id}`,
    value: String(finding.value),
    note: `${finding.problem}${clause}${nearest}`,
  })
}

export class SettingsKeeper {
  readonly parts: KeeperParts
  identity: RsuIdentity | null = null
  /** When it told it, of the monotonic clock. */
  identityAtMs: number | null = null
  antennas: readonly AntennaReading[] = []
  up = false
  state: TrialState
  measured: { readonly [id: string]: MeasuredValue } = {}
  /** Called when a trial begins to run, and when one is over. */
  readonly onTrial = new Set<() => void>()
  /** Whoever measures hears every frame and reading. */
  readonly onSignal = new Set<(signal: TuneSignal) => void>()
  private readonly timers = new Map<string, Cancel>()
  private trialUntilMs: number | null = null
  private backupCount = 0

  constructor(parts: KeeperParts) {
    this.parts = parts
    this.state = newTrialState(this.written(initialSettings(parts.defs)))
    this.load()
  }

  /** What the driver starts with: never a trial that outlived its runtime. */
  get permanent(): DeviceSettings {
    return this.state.permanent
  }

  /** ms that the trial still has, or null. */
  get leftMs(): number | null {
    return this.trialUntilMs === null ? null : Math.max(0, this.trialUntilMs - this.monoMs())
  }

  /** Says what became of a trial that a restart ended; after the driver exists. */
  start(): void {
    this.take({ type: 'start' })
  }

  stop(): void {
    for (const cancel of this.timers.values()) cancel()
  }

  told(): DeviceSettings {
    const antenna = this.antennas[0]
    if (antenna === undefined) return {}
    return { powerStep: antenna.powerStep, channel: antenna.channel }
  }

  lastWritten(): DeviceSettings {
    const { trial, permanent } = this.state
    const values: Record<string, number> = {
      ...(trial?.phase === 'running' ? trial.wanted : permanent),
    }
    for (const [id, { value }] of Object.entries(this.measured)) values[id] = value
    return values
  }

  diff(wanted: DeviceSettings): DeviceDiff {
    const on = { told: this.told(), lastWritten: this.lastWritten() }
    return diffSettings(this.parts.defs, on, wanted)
  }

  /** SET-01 to SET-03 when nothing may be or need be written; else what a write would change. */
  check(request: ApplyRequest): DeviceDiff {
    const diff = this.diff(request.wanted)
    for (const { finding } of diff.rows)
      if (finding !== null && !(finding.problem === 'unlawful' && request.evenUnlawful))
        throw refusal(finding)
    if (diff.changed === 0) throw new LaneFault('SET-03')
    const writes = diff.rows.some((row) => row.state === 'changed' || row.state === 'unlawful')
    if (writes && (this.state.trial !== null || this.state.restoring))
      throw new LaneFault('SET-02', { note: this.state.trial?.id ?? 'taking back' })
    return diff
  }

  /** Writes as a trial, after a backup; what is turned by hand is recorded at once. */
  apply(trialId: string, request: ApplyRequest): DeviceDiff {
    const diff = this.check(request)
    const turned = diff.rows.filter((row) => row.state === 'mechanical')
    this.backUp(request.by, request.reason)
    this.record(turned, request)
    if (diff.changed === turned.length) this.save()
    else {
      const { by, reason, forMs, keepsBy } = request
      const how = keepsBy === undefined ? { forMs } : { forMs, keepsBy }
      this.take({ type: 'apply', trial: { id: trialId, wanted: diff.write, by, reason, ...how } })
    }
    return diff
  }

  /** SET-03 when there is no trial to take back. */
  mustRun(): void {
    if (this.state.trial === null) throw new LaneFault('SET-03', { note: 'no trial is running' })
  }

  takeBack(by: string): void {
    this.mustRun()
    this.take({ type: 'takeBack', by })
  }

  /** A measurement was taken under the trial and speaks for it. */
  proven(what: string): void {
    this.take({ type: 'evidence', what, from: 'measurement' })
  }

  /** What the driver says of the device. */
  device(event: RsuDeviceEvent): void {
    if (event.type === 'identity') {
      this.identity = event.identity
      this.identityAtMs = this.monoMs()
    } else if (event.type === 'antennas') {
      this.antennas = event.antennas
      this.take({ type: 'told', values: this.told() })
    } else if (event.type === 'configured') {
      if (event.result === 'accepted') this.antennas = []
      this.take({ type: 'written', id: event.id, result: event.result })
    }
  }

  /** What the lane hears: a car that was read is the evidence that a trial waits for. */
  lane(event: { readonly type: string; readonly reason?: string | undefined }): void {
    if (event.type === 'rsuUp') this.up = true
    if (event.type === 'rsuDown') {
      this.up = false
      this.antennas = []
      this.take({ type: 'lost', reason: event.reason ?? '' })
    }
    if (event.type === 'cardRead') this.take({ type: 'evidence', what: 'cardRead' })
  }

  heard(signal: TuneSignal | null): void {
    if (signal !== null) for (const hear of this.onSignal) hear(signal)
  }

  backups(): readonly SettingsBackup[] {
    return this.parts.store.backups()
  }

  backup(id: string): SettingsBackup {
    const found = this.backups().find((one) => one.id === id)
    if (found === undefined) throw new LaneFault('SET-06', { field: '/id', value: id })
    return found
  }

  /** Its settings as the firmware that is there counts them. */
  asNow(backup: SettingsBackup): Migration {
    const to = this.identity?.softwareVersion ?? ''
    const { firmware: from = '', settings } = backup
    return migrateSettings(this.parts.moves, { from, to, settings })
  }

  private written(settings: DeviceSettings): DeviceSettings {
    const taken = this.parts.defs.filter((def) => def.mechanical !== true)
    return Object.fromEntries(taken.map((def) => [def.id, settings[def.id] ?? def.initial]))
  }

  private load(): void {
    const { store } = this.parts
    try {
      const stored = store.load()
      if (stored === null) return
      const { trial } = stored
      this.state = { ...trial, permanent: this.written(trial.permanent) }
      this.measured = stored.measured
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      // Cars go on: the newest copy of the settings, or the usual ones.
      this.parts.failed(error)
      const newest = this.newestBackup()
      if (newest !== null) this.state = newTrialState(this.written(newest.settings))
    }
  }

  private newestBackup(): SettingsBackup | null {
    try {
      return this.parts.store.backups()[0] ?? null
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      return null
    }
  }

  private backUp(by: string, reason: string): void {
    const { site, laneId, deviceId, variant, store, business } = this.parts
    const atIso = isoOf(business.nowMs())
    this.backupCount++
    const stamp = atIso.slice(0, 23).replaceAll(/[-:.]/g, '')
    store.backUp({
      id: `${stamp}-${String(this.backupCount).padStart(3, '0')}`,
      site,
      laneId,
      deviceId,
      variant,
      rsuId: this.identity?.rsuId ?? '',
      firmware: this.identity?.softwareVersion ?? '',
      atIso,
      by,
      reason,
      settings: { ...this.lastWritten(), ...this.told() },
      pinned: false,
    })
  }

  private record(rows: DeviceDiff['rows'], { by, photo }: ApplyRequest): void {
    const atIso = isoOf(this.parts.business.nowMs())
    const measured: Record<string, MeasuredValue> = { ...this.measured }
    for (const { id, newValue } of rows) measured[id] = { value: newValue, atIso, by, photo }
    this.measured = measured
  }

  private save(): void {
    const { deviceId, store } = this.parts
    store.save({ version: 1, deviceId, trial: this.state, measured: this.measured })
  }

  private monoMs(): number {
    return this.parts.mono.nowUs() / 1000
  }

  private take(body: Body): void {
    const event = { ...body, nowMs: this.parts.business.nowMs() } as TrialEvent
    const before = this.state
    const step = stepTrial(before, event)
    this.state = step.state
    for (const effect of step.effects) {
      try {
        this.carryOut(effect)
      } catch (error) {
        if (!(error instanceof LaneFault)) throw error
        // A trial that cannot be made durable is not begun; one that ends is ended without its record.
        if (body.type === 'apply') {
          this.state = before
          throw error
        }
        this.parts.failed(error)
      }
    }
    if (before.trial?.phase !== this.state.trial?.phase || before.last !== this.state.last)
      for (const told of this.onTrial) told()
  }

  private carryOut(effect: TrialEffect): void {
    switch (effect.do) {
      case 'store':
        this.save()
        return
      case 'write':
        this.parts.write(effect.id, effect.settings)
        return
      case 'tell':
        this.parts.ended(effect.id, effect.end, effect.why)
        return
      case 'timer':
        this.setTimer(effect.name, effect.afterMs)
    }
  }

  private setTimer(name: string, afterMs: number | null): void {
    this.timers.get(name)?.()
    this.timers.delete(name)
    if (name === 'trial') this.trialUntilMs = afterMs === null ? null : this.monoMs() + afterMs
    if (afterMs === null) return
    const cancel = this.parts.mono.after(afterMs, () => {
      this.timers.delete(name)
      this.take({ type: 'timer', name })
    })
    this.timers.set(name, cancel)
  }
}

/** The trial that runs, with what it changed. */
export function trialChanges(keeper: SettingsKeeper): { id: string; old: number; new: number }[] {
  const { trial, permanent } = keeper.state
  if (trial === null) return []
  return Object.entries(trial.wanted)
    .map(([id, value]) => ({ id, old: present(permanent[id], 'permanent is whole'), new: value }))
    .filter((change) => change.old !== change.new)
}
