// Position of a device that belongs to no lot: car park and lane, which name its backups. Asked for by the act that
// makes a backup and remembered with the device; optional. In a lot the lot names the position.
import type { DevicePosition } from '#devices/calls/settings-views.ts'
import type { Words } from '../../kit/words.ts'

/** Undefined for a device of a lot. */
export type KnownPlace = DevicePosition | null | undefined

const part = { kind: 'text', max: 60, optional: true, wide: true } as const
export const placeFields = ({ t }: Words, known: KnownPlace) =>
  ({
    site: { ...part, label: t('devices.place.site'), start: known?.site ?? '', as: 'place-site' },
    lane: { ...part, label: t('devices.place.lane'), start: known?.lane ?? '', as: 'place-lane' },
  }) as const
export const placeOnly = (known: KnownPlace) => ({
  site: () => known !== undefined,
  lane: () => known !== undefined,
})

interface Typed {
  readonly site: string | null
  readonly lane: string | null
}
/** The sentences above the fields. */
export const placeSays = ({ t }: Words, known: KnownPlace, site: unknown) =>
  known === undefined
    ? []
    : [
        { text: t('devices.place.title') },
        {
          text: t(site === null ? 'devices.place.missing' : 'devices.place.why'),
          tone: 'quiet' as const,
        },
      ]
/** The position in the form that the call takes. */
export const placeSaid = ({ site, lane }: Typed) =>
  site === null ? {} : { place: { site, lane: lane ?? '' } }
