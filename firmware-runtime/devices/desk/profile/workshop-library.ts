// The library for drafting profiles: loaded when a draft is made, not when a lane starts.
// Built-in profiles only: a draft begins with a generic profile.
import type { WorkshopLibrary } from '../workshop/draft.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { builtInTemplates, profilesIn } from './library.ts'

export function workshopLibrary(): WorkshopLibrary {
  const profiles = profilesIn(null)
  return {
    templates: builtInTemplates(),
    generic(variant) {
      const found = profiles.find('rsu', `generic/${variant}`)
      if (!found.ok) throw new LaneFault('FILE-01', { value: variant, note: found.note })
      return found.checked
    },
  }
}
