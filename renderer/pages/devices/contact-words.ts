// Texts of a first contact: where the power came from, and the reasons that the program itself
// gives for a backup, in the window's language.
import type { DeviceSettingsView } from '#devices/calls/settings-views.ts'
import { note } from '#base/pure/words/notes.ts'
import { notedText } from '../../kit/said.ts'
import type { Words } from '../../kit/words.ts'

/** Ending of reasons that earlier versions stored. */
const chosenEnd = ' (first contact, what was before is unknown)'

/** A reason typed by a person stays as it was written. */
export function reasonText(reason: string, words: Words): string {
  const text = reason.endsWith(chosenEnd)
    ? `${reason.slice(0, -chosenEnd.length)} ${note('contactUnknown')}`
    : reason
  return notedText(words, text, (before) => before) ?? reason
}

/** The line above the table, as long as the power is the one of the first contact. */
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
