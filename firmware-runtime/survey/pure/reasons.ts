// One rule for the reasons of all rows: enough words, of a named person. Where a reason lifts a fail, a second person
// writes it.
import { isSamePerson } from '#base/pure/values/same-person.ts'

/** Minimum length of an answer in words: a dash does not count as an answer. */
export const wordsMin = 10
/** One letter many times says nothing; ours. */
const lettersMin = 4

/** True for ten characters or more that are not one or two letters repeated. */
export function isReason(text: string | undefined): boolean {
  const said = (text ?? '').normalize('NFKC').trim()
  const letters = new Set(said.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? [])
  return said.length >= wordsMin && letters.size >= lettersMin
}

/** Author of records for which nobody gave a name (renderer/pages/survey/words.ts). */
const unnamed = ['未署名', 'not named']

export const isNamed = (by: string): boolean =>
  /\p{L}/u.test(by) && !unnamed.some((word) => isSamePerson(word, by))

export const isSecondPerson = (by: string, first: string): boolean =>
  isNamed(by) && !isSamePerson(by, first)

/** The same words again; blanks, marks, width and case aside. */
export const isSameWords = isSamePerson
