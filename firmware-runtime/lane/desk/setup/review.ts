// The review of a set-up: every changed value below the form that decides it, so that each leads back to its field. What
// nobody decided, because a lot without answers has the same value, is marked as usual.
import type { ReviewedChange } from '../../calls/setup-views.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { checkLot } from '../../lot/files/lot-file.ts'
import { rowOfField } from './judge.ts'
import { lotOfDraft, tariffOfPart, usualTariff } from './lot-of-draft.ts'
import { keyedChanges, type LotFiles } from './lot-words.ts'
import type { SetupPerson } from './people-row.ts'
import { changeOfPerson } from './people-row.ts'

/** The values of a lane that are asked with the lot, and where a handheld reads; its devices have a form of their own. */
const ofLane = /^\/lanes\/[^/]+\/(?:name|direction|layout|place)\b/
/** Asked in the first form, and decided by whoever fills it in. */
const alwaysDecided = /^\/(?:name\/zh|lotId|capacity|provinceCode|lanes\/[^/]+\/layout)$/

function rowOf(key: string): ReviewedChange['row'] {
  if (key.startsWith('tariff')) return 'tariff'
  if (key.startsWith('/lanes/')) return ofLane.test(key) ? 'lot' : 'devices'
  return key.startsWith('/copies') ? 'keep' : rowOfField(key)
}

/** The lot as the first form alone makes it; null: it is refused. */
function usualLot({ lot }: SetupDraft): LotFiles | null {
  if (lot === undefined) return null
  const config = orIfFault(() => checkLot(lotOfDraft({ version: 1, lot }, lot), 'lot.json'), null)
  return config === null ? null : { config, tariff: tariffOfPart(usualTariff) }
}

export function reviewed(
  draft: SetupDraft,
  earlier: LotFiles | null,
  later: LotFiles,
  people: readonly SetupPerson[],
): readonly ReviewedChange[] {
  const usual = earlier === null ? usualLot(draft) : null
  const decided = new Set(usual === null ? [] : keyedChanges(usual, later).map(({ key }) => key))
  const values = keyedChanges(earlier, later).map((change) => ({
    ...change,
    row: rowOf(change.key),
    isUsual: usual !== null && !decided.has(change.key) && !alwaysDecided.test(change.key),
  }))
  const accounts = people.map((one) => ({
    ...changeOfPerson(one),
    key: '/people',
    row: 'people' as const,
    isUsual: false,
  }))
  return [...values, ...accounts]
}
