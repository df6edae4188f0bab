// The device calls of the control API: settings of a lane, their difference, trials and backups. Every write is an act:
// checked, audited before it is sent, and carried out once for each commandId.
import { t } from '#base/pure/words/fault-text.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import type {
  DeviceDiffView,
  DeviceSettingsView,
  SettingsBackupView,
  SettingView,
} from '../../calls/settings-views.ts'
import { sourceOf, type DeviceDiff } from '../../pure/configure/diff.ts'
import type { SettingDef } from '../../pure/configure/setting.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { Act, Acts } from '#base/desk/handlers/act-table.ts'
import type { LaneDevice } from '../../settings/lane-device.ts'
import {
  trialChanges,
  type ApplyRequest,
  type SettingsStore,
} from '../../settings/settings-store.ts'
import type { PhotoDrafts } from '#base/desk/handlers/photo-drafts.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

const standardTrialSec = 60

/** Null for a lane without a device that has settings. */
export type DeviceOf = (laneId: string) => LaneDevice | null

/** The setting of the power; its maximum is that of the profile of the antenna. */
const powerId = 'powerStep'

function settingView(
  { settingsStore, fullPower }: Pick<LaneDevice, 'settingsStore' | 'fullPower'>,
  def: SettingDef,
): SettingView {
  const reported = settingsStore.reported()[def.id]
  const written = settingsStore.lastWritten()[def.id]
  const measured = settingsStore.measured[def.id]
  const origin = settingsStore.contact.isHeld ? settingsStore.contact.origins[def.id] : undefined
  const value = reported ?? written ?? null
  return {
    id: def.id,
    title: def.title,
    unit: def.unit,
    min: def.min,
    max: def.max,
    step: def.step,
    basic: def.basic ?? null,
    options: def.options ?? [],
    mechanical: def.mechanical === true,
    readBack: def.readBack,
    lawful: def.lawful ?? null,
    note: def.note ?? null,
    ...(fullPower === undefined || def.id !== powerId
      ? {}
      : { proposed: { value: def.max, clause: fullPower } }),
    value,
    source: sourceOf(def, reported, written),
    origin:
      origin === undefined || origin.value !== value
        ? null
        : { from: origin.from, atIso: origin.atIso },
    measured:
      measured === undefined
        ? null
        : { atIso: measured.atIso, by: measured.by, photo: measured.photo },
  }
}

export function deviceView(laneId: string, device: LaneDevice): DeviceSettingsView {
  const { link, settingsStore } = device
  const { trial, last } = settingsStore.state
  return {
    laneId,
    kind: 'rsu',
    link,
    variant: settingsStore.parts.variant,
    up: settingsStore.up,
    identity: settingsStore.identity,
    antennas: settingsStore.antennas,
    settings: settingsStore.parts.defs.map((def) => settingView(device, def)),
    trial:
      trial === null
        ? null
        : {
            id: trial.id,
            by: trial.by,
            reason: trial.reason,
            phase: trial.phase,
            ...(trial.keepsBy === undefined ? {} : { keepsBy: trial.keepsBy }),
            leftMs: settingsStore.leftMs,
            changes: trialChanges(settingsStore),
          },
    restoring: settingsStore.state.restoring,
    contact: { state: settingsStore.contact.state },
    ...(settingsStore.parts.site === '' ? { place: settingsStore.copies.place } : {}),
    last: last === null ? null : { end: last.end, why: last.why, atIso: isoOf(last.atMs) },
  }
}

export const diffView = (diff: DeviceDiff): DeviceDiffView => ({
  rows: diff.rows.map((row) => ({
    id: row.id,
    old: row.oldValue,
    source: row.source,
    new: row.newValue,
    unit: row.unit,
    state: row.state,
    problem: row.finding?.problem ?? null,
    nearest: row.finding?.nearest ?? null,
    clause: row.finding?.clause ?? null,
  })),
  changed: diff.changed,
  notOnDevice: diff.notOnDevice,
  refused: diff.refused,
})

export const backupViews = (settingsStore: SettingsStore): SettingsBackupView[] =>
  settingsStore.copies.all().map((backup) => {
    const { settings: now, moved } = settingsStore.asNow(backup)
    return { ...backup, firmware: backup.firmware ?? '', now, moved }
  })

export interface DeviceLot {
  /** Tests and the workbench have a table of acts without a ledger. */
  readonly acts: Pick<Acts, 'table'>
  readonly device: DeviceOf
}

/** The device of a lane; SET-04 for a lane without one that has settings. */
export const deviceAt =
  (deviceOf: DeviceOf) =>
  (laneId: string): LaneDevice => {
    const found = deviceOf(laneId)
    if (found === null) throw new LaneFault('SET-04', { field: '/laneId', value: laneId })
    return found
  }

export const deviceCalls = defineCalls((lot: DeviceLot & Lot<'photos'>) => {
  const { acts, photos } = lot
  const at = deviceAt(lot.device)
  return {
    'device.settings': ({ laneId }) => deviceView(laneId, at(laneId)),
    'device.diff': ({ laneId, wanted }) => diffView(at(laneId).settingsStore.diff(wanted)),
    'device.backups': ({ laneId }) => ({ rows: backupViews(at(laneId).settingsStore) }),
    ...acts.table({
      'device.apply': (args, act) => apply(at(args.laneId), photos, args, act),
      'device.takeBack': ({ laneId, by }, act) => {
        const { settingsStore } = at(laneId)
        settingsStore.mustRun()
        act.audit()
        settingsStore.takeBack(by)
      },
      'device.backUp': ({ laneId, by, reason, place }, act) => {
        const { settingsStore } = at(laneId)
        if (place !== undefined) settingsStore.copies.mustBeLone()
        act.audit()
        if (place !== undefined) settingsStore.stands(place)
        settingsStore.backUp(by, reason)
      },
      'device.pinBackup': ({ laneId, id, on }, act) => {
        const { settingsStore } = at(laneId)
        settingsStore.copies.named(id)
        act.audit(`${id} ${on ? 'on' : 'off'}`)
        settingsStore.parts.store.pin(id, on)
      },
    }),
  }
})

/** Refusals come before the audit; the audit row is durable before the device gets the settings. */
function apply(
  { settingsStore }: LaneDevice,
  photos: PhotoDrafts,
  args: ArgsOf<'device.apply'>,
  act: Act,
): void {
  const request: ApplyRequest = {
    wanted: args.wanted,
    by: args.by,
    reason: args.reason,
    forMs: (args.trialSec ?? standardTrialSec) * 1000,
    evenUnlawful: args.evenUnlawful ?? false,
    photo: args.photo ?? null,
  }
  const diff = settingsStore.check(request)
  const { place } = args
  if (place !== undefined) settingsStore.copies.mustBeLone()
  const jpeg = photoOf(photos, args, diff)
  const changed = diff.rows
    .filter((row) => row.state !== 'same')
    .map((row) => `${row.id} ${row.oldValue ?? '?'}->${row.newValue}`)
  if (jpeg !== null) changed.push('photo')
  act.audit(changed.join(', '))
  if (place !== undefined) settingsStore.stands(place)
  const photo = jpeg === null ? request.photo : photos.kept(args.laneId, jpeg)
  settingsStore.apply(args.commandId, { ...request, photo })
  if (args.photoDraft !== undefined) photos.drop(args.photoDraft)
}

/** The uploaded photo, complete, and for a mechanical setting; else ARG-01, as for `--photo`. */
function photoOf(
  photos: PhotoDrafts,
  { photo, photoDraft }: ArgsOf<'device.apply'>,
  diff: DeviceDiff,
): Uint8Array | null {
  if (photoDraft === undefined) return null
  const wrong = (note: Why): LaneFault =>
    new LaneFault('ARG-01', { field: '/photoDraft', value: photoDraft, note })
  if (photo !== undefined)
    throw wrong(t('photo 和 photoDraft 只用其一', 'use photo or photoDraft, not both'))
  const jpeg = photos.whole(photoDraft)
  if (!diff.rows.some(({ state }) => state === 'mechanical'))
    throw wrong(t('没有要登记的手动值', 'there is no value set by hand to be recorded'))
  return jpeg
}
