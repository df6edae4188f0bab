// Display names of acts, by their name in the audit: for reports, the log, and requests for approval.
import { happenedWords } from '#base/pure/words/act-words.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { api } from './table.ts'

export const actWords: Readonly<Record<string, BilingualText>> = {
  ...Object.fromEntries(
    Object.entries(api).flatMap(([name, { words }]) => (words === null ? [] : [[name, words]])),
  ),
  ...happenedWords,
}
