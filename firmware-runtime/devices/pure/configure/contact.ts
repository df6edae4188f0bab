// Origin of a stored device value that no person's trial wrote.
// The first write replaces an unknown value of the device: the origin is shown as long as the value stays.
import type { DeviceSettings, SettingDef } from './setting.ts'

export const valueOrigins = [
  /** Reported by the device before the first write, and kept. */
  'adopted',
  /** Chosen by a person before the first write. */
  'chosen',
  /** From the link, in the lot file or as typed. */
  'link',
  /** The newest copy, because the file of the settings is damaged. */
  'backup',
  /** The profile of the model says it. */
  'profile',
  /** No source: the usual value. */
  'default',
] as const
export type OriginOf = (typeof valueOrigins)[number]

export interface ValueOrigin {
  readonly from: OriginOf
  /** The value that the origin belongs to; for another value it does not apply. */
  readonly value: number
  readonly atIso: string
}

export type Origins = { readonly [id: string]: ValueOrigin }

/** `listening`: nothing written yet, the device may still report. `asking`: a person must decide. */
export type ContactState = 'known' | 'listening' | 'asking'

/** Setting that needs a person before the first write; the others have usual values. */
export const requiredSetting = 'powerStep'

/** The part of the origins that still holds. */
export const originsOf = (origins: Origins, now: DeviceSettings): Origins =>
  Object.fromEntries(Object.entries(origins).filter(([id, { value }]) => now[id] === value))

/** Origins of all that one write carries. */
export const originsFrom = (
  defs: readonly SettingDef[],
  settings: DeviceSettings,
  from: (id: string) => OriginOf,
  atIso: string,
): Origins =>
  Object.fromEntries(
    defs.flatMap(({ id, mechanical }) => {
      const value = settings[id]
      return mechanical === true || value === undefined
        ? []
        : [[id, { from: from(id), value, atIso }]]
    }),
  )

/** `powerStep 8 -> 16` for logs and notices. */
export const changesText = (before: DeviceSettings, after: DeviceSettings): string =>
  Object.entries(after)
    .filter(([id, value]) => before[id] !== value)
    .map(([id, value]) => `${id} ${before[id] ?? '?'} -> ${value}`)
    .join(', ')
