// Antenna profiles from the built-in library and a data folder, for naming one on a name plate.
// An unreadable profile is left out; `profile verify` says why.
import { t } from '#base/pure/words/fault-text.ts'
import type { AntennaProfilesView } from '#survey/calls/survey-views.ts'
import { isProfileId } from '../../pure/link-query.ts'
import type { Profile } from '../../profiles/schema.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { profilesIn, profilesOf } from './library.ts'

/** Throws ARG-01 for a profile that is missing or cannot be read. */
export function antennaProfile(dir: string | null, id: string, field: string): Profile {
  const refuse = (note: Why): never => {
    throw new LaneFault('ARG-01', { field, value: id, note })
  }
  if (!isProfileId(id)) return refuse(t('资料写作 vendor/model', 'a profile is vendor/model'))
  const found = profilesIn(dir).find('rsu', id)
  return found.ok ? found.checked.profile : refuse(found.note)
}

export function antennaProfiles(dir: string): AntennaProfilesView {
  const rows = profilesOf(dir, 'rsu').map(({ profile: { vendor, model, title } }) => ({
    profile: `${vendor}/${model}`,
    title,
  }))
  return { rows }
}
