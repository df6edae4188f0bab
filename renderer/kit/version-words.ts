// Who wrote a version of the lot's files, and when.
import type { LotVersionView } from '#lane/calls/lot-views.ts'
import type { Words } from './words.ts'

export function versionText(
  { t, dateTime }: Words,
  { by, reason, isEdited, atIso }: LotVersionView,
): string {
  const at = dateTime(atIso)
  return isEdited ? t('belief.byFile', { at, files: reason }) : t('belief.by', { by, at, reason })
}
