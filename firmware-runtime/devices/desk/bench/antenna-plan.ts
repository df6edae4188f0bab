// Speeds, ports and marks of the library's antennas for a search; imported profiles of the folder count like built-in
// ones.
// Loaded at the first search.
import { antennaKinds, antennaPlan, type AntennaPlan } from '../../profiles/antenna-plan.ts'
import { profilesOf } from '../profile/library.ts'

export function planOf(dir: string | null): AntennaPlan {
  const checked = antennaKinds.flatMap((kind) => profilesOf(dir, kind))
  return antennaPlan(checked.map(({ profile }) => profile))
}
