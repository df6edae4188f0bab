// Loads the library only for lanes whose links name profiles.
// Reading and checking profiles takes longer than opening a lot.
import { join } from 'node:path'
import type { ProfileLookup } from '../../profiles/links.ts'
import { profileRefs } from '../../profiles/refs.ts'
import type { LotLinks } from '#base/pure/lot/config.ts'

/**
 * Null when no link names a profile. Throws LOT-03 for a missing or invalid profile. `dir` null: only built-in
 * profiles.
 */
export async function namedProfiles(
  lot: LotLinks,
  dir: string | null,
): Promise<ProfileLookup | null> {
  if (profileRefs(lot).length === 0) return null
  const [{ profilesIn }, { checkProfileLinks }] = await Promise.all([
    import('./library.ts'),
    import('../../profiles/links.ts'),
  ])
  const profiles = profilesIn(dir)
  checkProfileLinks(lot, dir === null ? '' : join(dir, 'lot.json'), profiles)
  return profiles
}
