// The library for lanes whose links name profiles of it; for any others nothing is loaded.
// A lane is up sooner for it: reading and checking profiles takes longer than opening a lot.
import { join } from 'node:path'
import type { ProfileLookup } from '../../app/profiles/links.ts'
import { profileRefs } from '../../app/profiles/refs.ts'
import type { LotLinks } from '../../core/lot/config.ts'

/**
 * Null where no link names a profile. Throws LOT-03 for one that is not there or not whole. `dir` null:
 * no lot, so only what comes with the program.
 */
export async function namedProfiles(
  lot: LotLinks,
  dir: string | null,
): Promise<ProfileLookup | null> {
  if (profileRefs(lot).length === 0) return null
  const [{ profilesIn }, { checkProfileLinks }] = await Promise.all([
    import('./library.ts'),
    import('../../app/profiles/links.ts'),
  ])
  const profiles = profilesIn(dir)
  checkProfileLinks(lot, dir === null ? '' : join(dir, 'lot.json'), profiles)
  return profiles
}
