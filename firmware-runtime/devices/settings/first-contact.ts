// The initial handshake with a device: which settings are known before the first write, and from where.
// settings-store.ts owns the values; this file decides what the driver may write (ADR 41).
import { note, type NoteText } from '#base/pure/words/notes.ts'
import {
  changesText,
  originsFrom,
  type ContactState,
  type OriginOf,
  type Origins,
} from '../pure/configure/contact.ts'
import type { MovedSetting } from '../pure/configure/migrate.ts'
import type { DeviceSettings, SettingDef } from '../pure/configure/setting.ts'
import type { RsuDeviceEvent } from '../pure/etc/rsu-device.ts'
import type { FaultCode } from '#base/pure/faults/faults.ts'

/** Policy for a device whose settings are not stored here. */
export interface MeetRule {
  /** A person confirms first, or the default is written and recorded. */
  readonly unknown: 'ask' | 'write'
  /** Another device may be connected to the same port later, so the driver listens first at each contact. */
  readonly isBench: boolean
  /** Settings from the link's address, for a device that does not report its own. */
  readonly given: DeviceSettings
  /** The profile whose default values fill the rest. */
  readonly usual: 'profile' | 'default'
}

export interface ContactNote {
  readonly text: NoteText
  /** Code of a fault to show to people; null: no fault. */
  readonly code: FaultCode | null
}

interface Holder {
  readonly defs: readonly SettingDef[]
  permanent(): DeviceSettings
  setPermanent(settings: DeviceSettings): void
  backUp(reason: string, settings: DeviceSettings, firmware?: string): void
  save(): void
  nowIso(): string
  note(note: ContactNote): void
}

type Of<T extends RsuDeviceEvent['type']> = Extract<RsuDeviceEvent, { type: T }>

export class FirstContact {
  state: ContactState = 'known'
  origins: Origins = {}
  /** The firmware version that the setting numbers belong to; empty when unknown. */
  firmware = ''
  private readonly rule: MeetRule | null
  private readonly holder: Holder
  /** Settings of an earlier contact are stored; the workbench still checks whether the device has them. */
  private held = false
  private fromBackup = false
  private copied = ''
  /** The earlier version of a device whose settings under the new one are not copied yet; empty: none. */
  private versionBefore = ''

  constructor(rule: MeetRule | null, holder: Holder) {
    this.rule = rule
    this.holder = holder
  }

  /** The device has the values of `permanent`, as far as its last contact showed. */
  get isHeld(): boolean {
    return this.state === 'known' || this.held
  }

  /** No settings are stored, or the file is damaged (`fromBackup`: then the newest backup replaces it). */
  unknown(fromBackup: boolean): void {
    if (this.rule === null) return
    this.state = 'listening'
    this.fromBackup = fromBackup
  }

  /** Settings are stored; `mustWrite` when a trial of the last start must be rolled back. */
  stored(origins: Origins, firmware: string, mustWrite: boolean): void {
    this.origins = origins
    this.firmware = firmware
    const tells = this.holder.defs.some(({ id, readBack }) => id === 'powerStep' && readBack)
    if (this.rule?.isBench !== true || !tells || mustWrite) return
    // Another antenna may be connected to the same port now.
    this.state = 'listening'
    this.held = true
  }

  /** The settings that the driver needs. */
  forDriver(): { known: boolean; unknown: 'ask' | 'write'; adoptsZero: boolean; firmware: string } {
    const asks =
      this.rule?.unknown === 'ask' && !this.held && !(this.fromBackup && !this.rule.isBench)
    const given = this.rule?.given['powerStep'] !== undefined
    return {
      known: this.state === 'known',
      unknown: asks && !given ? 'ask' : 'write',
      adoptsZero: asks && this.rule?.isBench === true,
      firmware: this.firmware,
    }
  }

  private usualOf(id: string): OriginOf {
    if (this.fromBackup) return 'backup'
    if (this.rule?.given[id] !== undefined) return 'link'
    return this.rule?.usual ?? 'default'
  }

  /** Each finding is reported once: the link may drop several times before the device answers. */
  private found(reason: string, settings: DeviceSettings, note: ContactNote): void {
    const mark = `${reason} ${JSON.stringify(settings)}`
    if (this.copied === mark) return
    this.copied = mark
    this.holder.backUp(reason, settings)
    this.holder.note(note)
  }

  /** The driver's settings without those that this device does not have. */
  private ofDevice(settings: object): DeviceSettings {
    const ids = new Set(this.holder.defs.map(({ id }) => id))
    return Object.fromEntries(Object.entries(settings).filter(([id]) => ids.has(id)))
  }

  /** Before the first C0 is sent: a backup of the device's settings, or a record that they are unknown. */
  first({ settings, told }: Of<'firstContact'>): void {
    const before = this.holder.permanent()
    const ours = this.ofDevice(settings)
    const { powerStep, channel } = settings
    const has: DeviceSettings = told ? this.ofDevice({ powerStep, channel }) : {}
    const differs = Object.entries(ours).some(([id, value]) => before[id] !== value)
    if (this.held && !differs) return
    const from = (id: string): OriginOf => (id in has ? 'adopted' : this.usualOf(id))
    const wrote = note('contactWrote', powerStep ?? '')
    if (told)
      this.found(note(this.held ? 'contactOther' : 'contactCopied'), has, {
        text: note('contactAdopted', changesText({}, has)),
        code: null,
      })
    else this.found(wrote, {}, { text: wrote, code: 'SET-08' })
    const after: DeviceSettings = { ...before, ...ours }
    const all = originsFrom(this.holder.defs, after, from, this.holder.nowIso())
    const fresh = Object.entries(all).filter(([id]) => !this.held || id in has)
    this.origins = { ...this.origins, ...Object.fromEntries(fresh) }
    this.holder.setPermanent(after)
  }

  /** Settings from a person are being written; `said` names the values that the person gave. */
  chose(settings: DeviceSettings, said: DeviceSettings): void {
    const from = (id: string): OriginOf => (id in said ? 'chosen' : this.usualOf(id))
    this.origins = originsFrom(this.holder.defs, settings, from, this.holder.nowIso())
  }

  /** The device accepted the first C0. */
  met(): void {
    this.state = 'known'
    this.holder.save()
  }

  /** The settings are copied again once the device has told them under its new version. */
  private changed(from: string): void {
    this.versionBefore = from
    const isTold = this.holder.defs.some(({ readBack }) => readBack)
    if (!isTold) this.told(this.holder.permanent())
  }

  /** The settings as the device has them now. */
  told(settings: DeviceSettings): void {
    const from = this.versionBefore
    if (from === '') return
    this.versionBefore = ''
    this.holder.backUp(note('versionAfter', from, this.firmware), settings, this.firmware)
  }

  /** B0 named the firmware version; settings that were converted before carry it already. */
  identity(version: string): void {
    if (version === '' || version === this.firmware) return
    const from = this.firmware
    this.firmware = version
    if (from !== '' && this.state === 'known' && this.rule !== null) {
      this.holder.backUp(note('versionBefore', from, version), this.holder.permanent(), from)
      this.changed(from)
    }
    if (this.state === 'known' && this.rule !== null) this.holder.save()
  }

  /** Before the C0 with converted numbers is sent: the old numbers are backed up under their own firmware. */
  recounted({ from, to, settings, moved, lost }: Of<'recounted'>): void {
    const before = this.holder.permanent()
    this.holder.backUp(note('countedBefore', from, to), before, from)
    this.firmware = to
    const text = note('recounted', from, to, moved.map(movedWord).join(', '))
    const code = lost.length > 0 ? 'SET-09' : null
    if (settings === null) {
      this.state = 'listening'
      this.held = false
    } else {
      this.holder.setPermanent({ ...before, ...this.ofDevice(settings) })
      this.changed(from)
      this.holder.save()
    }
    this.holder.note({ text, code })
  }

  /** The link closed: no setting can be written now. */
  gone(): void {
    if (this.state === 'asking') this.state = 'listening'
  }

  asks(): void {
    this.state = 'asking'
    this.holder.note({
      text: note('contactAsks'),
      code: this.rule?.isBench === true ? null : 'SET-07',
    })
  }
}

const movedWord = ({ setting, becomes, old, new: value }: MovedSetting): string =>
  `${setting} ${old} -> ${value === null ? '?' : `${becomes ?? setting} ${value}`}`
