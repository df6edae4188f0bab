// Speeds, ports and marks of the antennas of the library, for a search: what was imported into the folder
// counts as what comes with the program. Loaded when somebody searches.
import { antennaKinds, antennaPlan, type AntennaPlan } from '../../app/profiles/antenna-plan.ts'
import { profilesOf } from '../profile/library.ts'

export function planOf(dir: string | null): AntennaPlan {
  const checked = antennaKinds.flatMap((kind) => profilesOf(dir, kind))
  return antennaPlan(checked.map(({ profile }) => profile))
}
