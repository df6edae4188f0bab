// What is said of a first contact: where the power came from, and the reasons that the program itself
// gives for a copy, in the language of the window.
import type { DeviceSettingsView } from '../../../firmware-runtime/api/settings-views.ts'
import type { Words } from '../../app/words.ts'

const chosenEnd = ' (first contact, what was before is unknown)'

/** Reasons of people stay as they wrote them. */
export function reasonText(reason: string, { t }: Words): string {
  if (reason === 'first contact: as the device told it') return t('contact.reason.told')
  if (reason === 'contact: the device had other settings than were last written here')
    return t('contact.reason.differs')
  const wrote = /^first contact wrote power (\d+), what was before is unknown$/.exec(reason)
  if (wrote !== null) return t('contact.reason.wrote', { power: wrote[1] ?? '' })
  const moved = /^firmware (\S+) -> (\S+): as it was counted before$/.exec(reason)
  if (moved !== null)
    return t('contact.reason.firmware', { from: moved[1] ?? '', to: moved[2] ?? '' })
  if (reason.endsWith(chosenEnd))
    return t('contact.reason.chosen', { reason: reason.slice(0, -chosenEnd.length) })
  return reason
}

/** What stands above the table for as long as the power is the one of the first contact. */
export function powerOrigin(
  { settings, contact }: DeviceSettingsView,
  { t }: Words,
): { readonly good: boolean; readonly text: string } | null {
  if (contact !== undefined && contact.state !== 'known') return null
  const from = settings.find(({ id }) => id === 'powerStep')?.origin?.from
  if (from === undefined || from === 'chosen') return null
  if (from === 'adopted') return { good: true, text: t('contact.tellAdopted') }
  return { good: false, text: t('contact.tellUnknown', { from: t(`contact.origins.${from}`) }) }
}
