// The AT driver's options from a modem profile: its dialect, and the scale of its SINR. Unknown names were refused when
// the profile was checked.
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import {
  isAtDialect,
  sinrScales,
  standardModem,
  type AtConfig,
} from '#devices/pure/modem/at/asks.ts'
import type { ProfileLookup } from '#devices/profiles/links.ts'

const refuse = (id: string, note: Why): LaneFault =>
  new LaneFault('LOT-03', { field: '--dialect', value: id, note })

/** LOT-03 for a profile that is missing, invalid, or for another driver. */
export function modemChoice(id: string, profiles: ProfileLookup): AtConfig {
  const found = profiles.find('modem', id)
  if (!found.ok) throw refuse(id, found.note)
  const { data = {}, id: protocol } = found.checked.profile.protocol
  const dialect = String(data['dialect'] ?? '')
  if (protocol !== 'at-modem' || !isAtDialect(dialect))
    throw refuse(id, t('不是 AT 调制解调器', 'this is not an AT modem'))
  const scale = sinrScales.find((word) => word === data['sinrScale']) ?? standardModem.sinrScale
  return { ...standardModem, dialect, sinrScale: scale }
}
