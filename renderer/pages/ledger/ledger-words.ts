// The words of the lists that ledger rows refer to, by list, for exported files.
// Read from the catalogue of the window's language, so that page and file always agree.
import type { LaneView } from '#lane/calls/views.ts'
import type { Words } from '../../kit/words.ts'
import { i18n } from '../../i18n/index.ts'

type Texts = Readonly<Record<string, unknown>>
const isTexts = (value: unknown): value is Texts => typeof value === 'object' && value !== null

/** The texts of a list of the catalogue. */
function listOf(words: Words, path: string): Record<string, string> {
  const catalogue: unknown = i18n.global.getLocaleMessage(i18n.global.locale.value)
  const found = path
    .split('.')
    .reduce<unknown>((at, name) => (isTexts(at) ? at[name] : undefined), catalogue)
  if (!isTexts(found)) return {}
  return Object.fromEntries(Object.keys(found).map((name) => [name, words.t(`${path}.${name}`)]))
}

export function sheetWords(
  words: Words,
  lanes: readonly LaneView[],
): Record<string, Record<string, string>> {
  const lists = ['end', 'row', 'act.meansOf', 'ledger.deductionState', 'ledger.uploadState']
  const found = [...lists, 'ledger.refundState'].map((list) => [list, listOf(words, list)] as const)
  return {
    ...Object.fromEntries(found),
    lane: Object.fromEntries(lanes.map(({ laneId, name }) => [laneId, words.of(name)])),
    said: { ...listOf(words, 'reason'), ...listOf(words, 'end'), ...listOf(words, 'said.fact') },
  }
}
