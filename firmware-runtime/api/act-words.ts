// What acts are called, by the name that the audit has of them: of reports, the log, and who is asked to agree.
import { happenedWords } from '../core/values/act-words.ts'
import type { BilingualText } from '../core/values/fault-text.ts'
import { api } from './table.ts'

export const actWords: Readonly<Record<string, BilingualText>> = {
  ...Object.fromEntries(
    Object.entries(api).flatMap(([name, { words }]) => (words === null ? [] : [[name, words]])),
  ),
  ...happenedWords,
}
