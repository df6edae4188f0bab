// Where a device stands that belongs to no lot: car park and lane, the name of its backups.
// Asked beside the act that makes a copy, remembered with the device; nobody has to say it. In a lot the lot names the place.
import type { DevicePosition } from '../../../firmware-runtime/api/settings-views.ts'
import type { Words } from '../../kit/words.ts'

/** Undefined: a lot's device. */
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
/** What it is for, above the fields. */
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
/** As the call takes it. */
export const placeSaid = ({ site, lane }: Typed) =>
  site === null ? {} : { place: { site, lane: lane ?? '' } }
