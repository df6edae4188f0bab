// How the product drives each dialect of the RSU simulator: as a generic variant, or by a shipped
// profile.
import { whyIn } from '#base/pure/faults/faults.ts'
import { rsuChoice, type RsuChoice } from '#devices/profiles/links.ts'
import { library } from './shipped.ts'

export function rsuModelOf(variant: string): RsuChoice {
  const choice = rsuChoice(`?variant=${variant}`, {
    find: (kind, name) => {
      const checked = library.profiles.get(`${kind}/${name}`)
      return checked === undefined ? { ok: false, there: false, note: '' } : { ok: true, checked }
    },
  })
  if (!choice.ok) throw new Error(whyIn(choice.note))
  return choice.value
}
