// Parts of a run as its view and its notes in the ledger have them.
import type { ItemId } from '../../pure/items/ids.ts'
import type { Finding } from '../../pure/item.ts'
import { quirks, type QuirkId } from '../../pure/quirks.ts'
import type { QuirkView, RulesView } from '../../calls/acceptance-views.ts'
import { alterationWords } from '#base/pure/rules/rule-alterations.ts'
import type { PackIssuer } from '#base/pure/rules/rule-kind.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { RunNote } from './run-notes.ts'
import type { ItemResult, Override, Skipped } from './session.ts'

/** An absent matrix stays absent. */
export const matrixOf = ({ matrix }: { readonly matrix?: Finding['matrix'] | undefined }) =>
  matrix === undefined
    ? {}
    : { matrix: matrix.map(({ frames, ...line }) => ({ ...line, frames: [...frames] })) }

export const rulesView = (
  { packId, standard, altered }: Rules,
  issuer: PackIssuer | null,
): RulesView => ({
  packId,
  standard,
  altered: altered.map((one) => ({ ...one, words: alterationWords(one) })),
  issuer,
})

export const quirkView = (id: QuirkId): QuirkView => {
  const { clause, words } = quirks[id]
  return { id, clause, words }
}

export function shownOf(override: Override | undefined) {
  if (override === undefined) return null
  const { by, reason, atIso } = override
  return { by, reason, atIso }
}

export function judgedNote(
  id: ItemId,
  { verdict, failed }: Finding,
  red: ItemResult['red'],
  skipped?: Skipped,
): NonNullable<RunNote['judged']> {
  const seen = red === null ? null : { assertion: red.assertion, atIso: red.atIso }
  const left = skipped === undefined ? {} : { skipped }
  return [{ id, verdict, failed: [...failed], red: seen, ...left }]
}
