// The sheet of a profile by its id, from the library of a data folder or the built-in one.
// For the command line and for Studio.
import type { ProfileSheetView } from '../../calls/profiles-views.ts'
import { sheetOf } from '../../profiles/sheet.ts'
import { isDeviceKind } from '../../pure/profile/kinds.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { profilesIn } from './library.ts'

/** Throws PROFILE-19 for a missing or invalid profile. */
export function sheetFrom(dir: string | null, id: string): ProfileSheetView {
  const [kind = '', ...rest] = id.split('/')
  const shape = /^[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}$/
  if (!isDeviceKind(kind) || !shape.test(rest.join('/')))
    throw new LaneFault('PROFILE-19', { value: id.slice(0, 80), note: 'kind/vendor/model' })
  const found = profilesIn(dir).find(kind, rest.join('/'))
  if (!found.ok) throw new LaneFault('PROFILE-19', { value: id, note: found.note })
  return sheetOf(found.checked.profile)
}
