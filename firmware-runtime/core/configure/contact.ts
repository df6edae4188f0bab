// How a value came to be what this computer holds of a device, where no trial of a person wrote it.
// A first write goes over something that nobody here knew: that is said for as long as the value stands.
import type { DeviceSettings, SettingDef } from './setting.ts'

export const valueOrigins = [
  /** The device told it before anything was written: it kept what it had. */
  'adopted',
  /** A person said it before the first write. */
  'chosen',
  /** The link says it, in the lot file or as it was typed. */
  'link',
  /** The newest copy, because the file of the settings is damaged. */
  'backup',
  /** The profile of the model says it. */
  'profile',
  /** Nobody said it: the usual value. */
  'default',
] as const
export type OriginOf = (typeof valueOrigins)[number]

export interface ValueOrigin {
  readonly from: OriginOf
  /** It holds only as long as the value is this one. */
  readonly value: number
  readonly atIso: string
}

export type Origins = { readonly [id: string]: ValueOrigin }

/** `listening`: nothing was written yet, the device may still tell. `asking`: a person has to say. */
export type ContactState = 'known' | 'listening' | 'asking'

/** What the first write needs a person for; the others have usual values. */
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
