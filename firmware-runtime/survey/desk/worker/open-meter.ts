// Opens an instrument by its profile on a link of its own.
// Closing it releases the link.
import { t } from '#base/pure/words/fault-text.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { fieldMeter, type FieldMeter } from '#devices/hosts/field-meter.ts'
import { isProfileId } from '#devices/pure/link-query.ts'
import type { Profile } from '#devices/profiles/schema.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import type { MeterSettings } from '#devices/pure/instrument/meter.ts'
import { leaseLink } from '#base/desk/process/link-lease.ts'
import { profilesIn } from '#devices/desk/profile/library.ts'

/** The profile of an instrument, built-in or imported into a data folder. */
export function meterProfile(id: string, dir: string | null, field = '--profile'): Profile {
  const refuse = (note: Why): never => {
    throw new LaneFault('ARG-01', { field, value: id, note })
  }
  if (!isProfileId(id)) return refuse(t('资料写作 vendor/model', 'a profile is vendor/model'))
  const found = profilesIn(dir).find('instrument', id)
  return found.ok ? found.checked.profile : refuse(found.note)
}

/** Opens an instrument; closing it releases the link. */
export function openMeter(
  id: string,
  link: string,
  dir: string | null,
  settings: Partial<MeterSettings> = {},
): FieldMeter {
  const profile = meterProfile(id, dir)
  const giveBack = leaseLink(link, 'etc-lane survey meter')
  try {
    const ports = { opener: linkOpener(), mono: systemMonoClock(), business: systemWallClock() }
    const meter = fieldMeter(profile, link, { ...ports, settings })
    return {
      link,
      profileId: meter.profileId,
      get identity() {
        return meter.identity
      },
      measure: () => meter.measure(),
      close() {
        meter.close()
        giveBack()
      },
    }
  } catch (error) {
    giveBack()
    throw error
  }
}
