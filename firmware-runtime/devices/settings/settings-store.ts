// The settings of one running device: read, compare, write as a trial, roll back, back up.
// devices/pure/configure has the rules; this file joins them to the driver, the disk, the clock and the audit.
import { note } from '#base/pure/words/notes.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { requiredSetting, originsOf } from '../pure/configure/contact.ts'
import { diffSettings, type DeviceDiff } from '../pure/configure/diff.ts'
import type { Migration } from '../pure/configure/migrate.ts'
import { initialSettings, type DeviceSettings } from '../pure/configure/setting.ts'
import {
  newTrialState,
  restoreId,
  stepTrial,
  type TrialEffect,
  type TrialEvent,
  type TrialState,
  type WriteResult,
} from '../pure/configure/trial.ts'
import type { AntennaReading, RsuDeviceEvent, RsuIdentity } from '../pure/etc/rsu-device.ts'
import type { TuneSignal } from '../pure/tune/signals.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { DevicePosition, MeasuredValue, SettingsBackup } from '../ports/settings-files.ts'
import { Timers } from '#base/process/machine.ts'
import { FirstContact } from './first-contact.ts'
import { SettingsCopies } from './settings-copies.ts'
import {
  firstContactWhy,
  refusal,
  type ApplyRequest,
  type SettingsStoreParts,
} from './settings-parts.ts'

export type { ApplyRequest } from './settings-parts.ts'

type Body = TrialEvent extends infer E ? (E extends E ? Omit<E, 'nowMs'> : never) : never

export class SettingsStore {
  readonly parts: SettingsStoreParts
  identity: RsuIdentity | null = null
  /** When the device reported it, by the monotonic clock. */
  identityAtMs: number | null = null
  antennas: readonly AntennaReading[] = []
  up = false
  state: TrialState
  readonly contact: FirstContact
  readonly copies: SettingsCopies
  measured: { readonly [id: string]: MeasuredValue } = {}
  /** Called when a trial starts and when it ends. */
  readonly onTrial = new Set<() => void>()
  /** Receives every frame and reading, for measurements. */
  readonly onSignal = new Set<(signal: TuneSignal) => void>()
  private readonly timers: Timers
  private trialUntilMs: number | null = null
  /** The first write to a device, confirmed by a person. */
  private choosing: { readonly id: string; readonly settings: DeviceSettings } | null = null

  constructor(parts: SettingsStoreParts) {
    this.parts = parts
    this.timers = new Timers(parts.mono)
    this.copies = new SettingsCopies(parts)
    const usual = { ...initialSettings(parts.defs), ...parts.meets?.given }
    this.state = newTrialState(this.written(usual))
    this.contact = new FirstContact(parts.meets ?? null, {
      defs: parts.defs,
      permanent: () => this.permanent,
      setPermanent: (permanent) => (this.state = { ...this.state, permanent }),
      backUp: (reason, settings, firmware) =>
        this.orReport(() => this.backUp('etc-lane', reason, settings, firmware)),
      save: () => this.orReport(() => this.save()),
      nowIso: () => isoOf(parts.business.nowMs()),
      note: (note) => parts.noted?.(note),
    })
    this.load()
  }

  /** The settings that the driver starts with: never those of a trial that the last runtime left unfinished. */
  get permanent(): DeviceSettings {
    return this.state.permanent
  }

  /** Time left of the trial in ms, or null. */
  get leftMs(): number | null {
    return this.trialUntilMs === null ? null : Math.max(0, this.trialUntilMs - this.monoMs())
  }

  /** Reports how a restart ended a trial; called after the driver exists. */
  start(): void {
    for (const file of this.parts.store.damaged())
      this.parts.failed(
        new LaneFault('SET-05', {
          file,
          note: t('是备份;其他的完整', 'it is a backup; the others are complete'),
        }),
      )
    this.take({ type: 'start' })
  }

  /**
   * A lease holder had the device and its settings file. Both are loaded as at a start: an unfinished trial
   * is rolled back, and the driver gets the permanent settings for its next contact.
   */
  reload(): void {
    this.antennas = []
    this.load()
    this.take({ type: 'start' })
    this.parts.write(restoreId, this.state.permanent)
  }

  stop(): void {
    this.timers.stop()
  }

  reported(): DeviceSettings {
    const antenna = this.antennas[0]
    if (antenna === undefined || !this.contact.isHeld) return {}
    return { powerStep: antenna.powerStep, channel: antenna.channel }
  }

  lastWritten(): DeviceSettings {
    const { trial, permanent } = this.state
    const written = trial?.phase === 'running' ? trial.wanted : permanent
    const values: Record<string, number> = this.contact.isHeld ? { ...written } : {}
    for (const [id, { value }] of Object.entries(this.measured)) values[id] = value
    return values
  }

  diff(wanted: DeviceSettings): DeviceDiff {
    const on = { reported: this.reported(), lastWritten: this.lastWritten() }
    return diffSettings(this.parts.defs, on, wanted)
  }

  /** Throws SET-01 to SET-03 when no write is allowed or needed; otherwise returns the changes of a write. */
  check(request: ApplyRequest): DeviceDiff {
    const diff = this.diff(request.wanted)
    for (const { finding } of diff.rows)
      if (finding !== null && !(finding.problem === 'unlawful' && request.evenUnlawful))
        throw refusal(finding)
    if (diff.changed === 0) throw new LaneFault('SET-03')
    const writes = diff.rows.some((row) => row.state === 'changed' || row.state === 'unlawful')
    if (writes && this.contact.state !== 'known') this.maySay(request)
    if (writes && (this.state.trial !== null || this.state.restoring))
      throw new LaneFault('SET-02', { note: this.state.trial?.id ?? t('正在恢复', 'taking back') })
    return diff
  }

  /** Writes as a trial, after a backup; values that a person turns by hand are recorded at once. */
  apply(trialId: string, request: ApplyRequest): DeviceDiff {
    const diff = this.check(request)
    const turned = diff.rows.filter((row) => row.state === 'mechanical')
    const writes = diff.changed > turned.length
    const first = writes && this.contact.state !== 'known'
    if (!first) this.backUp(request.by, request.reason)
    this.record(turned, request)
    if (!writes || (first && turned.length > 0)) this.save()
    if (!writes) return diff
    if (first) this.choose(trialId, diff.write, request)
    else {
      const { by, reason, forMs, keepsBy } = request
      const how = keepsBy === undefined ? { forMs } : { forMs, keepsBy }
      this.take({ type: 'apply', trial: { id: trialId, wanted: diff.write, by, reason, ...how } })
    }
    return diff
  }

  /** SET-07 while the device may still report its settings, or when the person's values lack the power. */
  private maySay({ wanted }: ApplyRequest): void {
    if (this.contact.state === 'asking' && wanted[requiredSetting] !== undefined) return
    throw new LaneFault('SET-07', {
      field: `/settings/${requiredSetting}`,
      note: this.contact.state,
    })
  }

  /** The first write: no trial, because the values to restore are unknown. */
  private choose(id: string, settings: DeviceSettings, { by, reason, wanted }: ApplyRequest): void {
    if (this.choosing !== null) throw new LaneFault('SET-02', { note: this.choosing.id })
    const why = `${reason} ${note('contactUnknown')}`
    this.backUp(by, why, {})
    this.choosing = { id, settings }
    this.parts.write(id, settings)
    this.contact.chose(settings, wanted)
  }

  private chosen(result: WriteResult): void {
    const { choosing } = this
    if (choosing === null) return
    this.choosing = null
    const { id, settings } = choosing
    const untouched = result === 'busy' || result === 'down'
    const end = result === 'accepted' ? 'kept' : untouched ? 'notTaken' : 'linkLost'
    const why = result === 'accepted' ? firstContactWhy : result
    const atMs = this.parts.business.nowMs()
    if (result === 'accepted') this.state = { ...this.state, permanent: this.written(settings) }
    this.state = { ...this.state, last: { id, end, why, atMs } }
    this.parts.ended(id, end, why)
  }

  /** SET-03 when there is no trial to roll back. */
  mustRun(): void {
    if (this.state.trial === null)
      throw new LaneFault('SET-03', { note: t('没有正在进行的试用', 'there is no trial running') })
  }

  takeBack(by: string): void {
    this.mustRun()
    this.take({ type: 'takeBack', by })
  }

  /** A measurement was taken during the trial: evidence in its favour. */
  proven(what: string): void {
    this.take({ type: 'evidence', what, from: 'measurement' })
  }

  /** A notification of the driver. */
  device(event: RsuDeviceEvent): void {
    if (event.type === 'identity') {
      this.identity = event.identity
      this.identityAtMs = this.monoMs()
      this.contact.identity(event.identity.softwareVersion)
    } else if (event.type === 'antennas') {
      this.antennas = event.antennas
      this.take({ type: 'told', values: this.reported() })
      this.contact.told({ ...this.lastWritten(), ...this.reported() })
    } else if (event.type === 'configured') {
      if (event.result === 'accepted') this.antennas = []
      if (event.id === this.choosing?.id) this.chosen(event.result)
      else this.take({ type: 'written', id: event.id, result: event.result })
    } else if (event.type === 'firstContact') this.contact.first(event)
    else if (event.type === 'met') this.contact.met()
    else if (event.type === 'recounted') this.contact.recounted(event)
    else if (event.type === 'asks') {
      this.contact.asks()
      for (const listener of this.onTrial) listener()
    }
  }

  /** A notification of the lane: a car that was read is the evidence that a trial waits for. */
  lane(event: { readonly type: string; readonly reason?: string | undefined }): void {
    if (event.type === 'rsuUp') this.up = true
    if (event.type === 'rsuDown') {
      this.up = false
      this.antennas = []
      this.take({ type: 'lost', reason: event.reason ?? '' })
    }
    if (event.type === 'cardRead' || event.type === 'vehicleSealed')
      this.take({ type: 'evidence', what: 'cardRead' })
  }

  heard(signal: TuneSignal | null): void {
    if (signal !== null) for (const hear of this.onSignal) hear(signal)
  }

  /** The settings in the numbers of the device's firmware version. */
  asNow(backup: SettingsBackup): Migration {
    return this.copies.asCountedBy(this.identity?.softwareVersion ?? '', backup)
  }

  /** The position of a device without a lot, given by a person: stored with its settings and backups. */
  stands(place: DevicePosition): void {
    this.copies.nameBy(place)
    this.save()
  }

  private written(settings: DeviceSettings): DeviceSettings {
    const taken = this.parts.defs.filter((def) => def.mechanical !== true)
    return Object.fromEntries(taken.map((def) => [def.id, settings[def.id] ?? def.initial]))
  }

  private load(): void {
    const { store } = this.parts
    try {
      const stored = store.load()
      if (stored !== null) this.measured = stored.measured
      if (stored?.place !== undefined) this.copies.place ??= stored.place
      if (stored === null || stored.contact === 'unknown') {
        this.contact.unknown(false)
        return
      }
      const { trial, origins = {} } = stored
      this.state = { ...trial, permanent: this.written(trial.permanent) }
      const firmware = stored.firmware ?? this.copies.newest()?.firmware ?? ''
      this.contact.stored(origins, firmware, trial.trial !== null || trial.restoring)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      // The lane must run: use the newest backup, or the defaults.
      this.parts.failed(error)
      const newest = this.copies.newest()
      const whole = newest?.settings[requiredSetting] !== undefined
      if (newest !== null && whole) this.state = newTrialState(this.written(newest.settings))
      this.contact.unknown(whole)
    }
  }

  private orReport(run: () => void): void {
    onFault(run, (error) => this.parts.failed(error))
  }

  /** A backup of the device's current settings; also made before every write. */
  backUp(
    by: string,
    reason: string,
    settings: DeviceSettings = { ...this.lastWritten(), ...this.reported() },
    firmware = this.identity?.softwareVersion ?? '',
  ): void {
    this.copies.make(by, reason, { settings, rsuId: this.identity?.rsuId ?? '', firmware })
  }

  private record(rows: DeviceDiff['rows'], { by, photo }: ApplyRequest): void {
    const atIso = isoOf(this.parts.business.nowMs())
    const measured: Record<string, MeasuredValue> = { ...this.measured }
    for (const { id, newValue } of rows) measured[id] = { value: newValue, atIso, by, photo }
    this.measured = measured
  }

  private save(): void {
    const { deviceId, store, site } = this.parts
    const { isHeld, firmware } = this.contact
    const { place } = this.copies
    const origins = originsOf(this.contact.origins, this.permanent)
    store.save({
      version: 1,
      deviceId,
      trial: this.state,
      measured: this.measured,
      ...(isHeld ? {} : { contact: 'unknown' }),
      ...(isHeld && Object.keys(origins).length > 0 ? { origins } : {}),
      ...(firmware === '' ? {} : { firmware }),
      ...(place === null || site !== '' ? {} : { place }),
    })
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
        // A trial does not start if its record cannot be stored; a running one ends even without its record.
        if (body.type === 'apply') {
          this.state = before
          throw error
        }
        this.parts.failed(error)
      }
    }
    if (before.trial?.phase !== this.state.trial?.phase || before.last !== this.state.last)
      for (const listener of this.onTrial) listener()
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
    if (name === 'trial') this.trialUntilMs = afterMs === null ? null : this.monoMs() + afterMs
    this.timers.set(name, afterMs, () => this.take({ type: 'timer', name }))
  }
}

/** The running trial with its changes. */
export function trialChanges(
  settingsStore: SettingsStore,
): { id: string; old: number; new: number }[] {
  const { trial, permanent } = settingsStore.state
  if (trial === null) return []
  return Object.entries(trial.wanted)
    .map(([id, value]) => ({ id, old: present(permanent[id], 'permanent is whole'), new: value }))
    .filter((change) => change.old !== change.new)
}
