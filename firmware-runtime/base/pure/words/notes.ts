// Notes of the runtime: a word followed by its arguments. Rows, events, findings and views store a note as text
// (`noWholeAnswer 3000`); this file turns it into a sentence in both languages for display.
import { t, type BilingualText, type Why } from './fault-text.ts'
import { linkSentences } from './link-words.ts'
import { noteSentences } from './note-words.ts'
import { unreadSentences } from './unread-words.ts'

export const noteWords = { ...noteSentences, ...linkSentences, ...unreadSentences }

export type NoteWord = keyof typeof noteWords
/** A note as text: a note word, optionally with arguments; not a sentence. */
export type NoteText = NoteWord | `${NoteWord} ${string}`

/** Error text of the operating system for a socket, port or file, with its code. */
type SystemText = string & { readonly system: true }
/** Words of device drivers without arguments, each with its own text in the window. */
type DownWord = 'closed' | 'silent' | 'held' | 'noAnswerToC0' | 'noAnswerToSwitch' | 'heartbeatLost'
/** Why a link went down, or never came up. */
export type DownText = NoteText | DownWord | SystemText

export const systemText = (error: unknown): SystemText =>
  (error instanceof Error ? error.message : String(error)) as SystemText

/** Builds a note. Only the last argument may contain blanks. */
export const note = <W extends NoteWord>(
  word: W,
  ...args: Parameters<(typeof noteWords)[W]>
): NoteText => (args.length === 0 ? word : `${word} ${args.join(' ')}`)

/** The device answered, and the answer was not understood. */
export const isAnsweredStrange = (reason: string): boolean => reason.startsWith('answeredStrange ')

export interface Note {
  readonly word: NoteWord
  readonly args: readonly string[]
}

const isNoteWord = (word: string): word is NoteWord => Object.hasOwn(noteWords, word)

/** The note inside a text, and the text before it; null when the text has no note. */
export function noteIn(text: string): (Note & { readonly before: string }) | null {
  const parts = text.split(' ')
  const at = parts.findIndex(isNoteWord)
  const word = parts[at]
  if (word === undefined || !isNoteWord(word)) return null
  const rest = parts.slice(at + 1)
  const last = Math.max(noteWords[word].length - 1, 0)
  const args = [...rest.slice(0, last), rest.slice(last).join(' ')]
  return { word, args, before: parts.slice(0, at).join(' ') }
}

/** The sentence of a note with its arguments. */
export function noteSentence({ word, args }: Note): BilingualText {
  const sentence: (...args: string[]) => BilingualText = noteWords[word]
  return sentence(...Array.from({ length: sentence.length }, (_, i) => args[i] ?? ''))
}

/** The text with its note as a sentence in both languages; a text without a note is returned unchanged. */
export function noteWhy(text: string): Why {
  const found = noteIn(text)
  if (found === null) return text
  const { word, before } = found
  const inner = found.args.map(noteWhy)
  const one = (language: 'zh' | 'en'): string => {
    const args = inner.map((arg) => (typeof arg === 'string' ? arg : arg[language]))
    const said = noteSentence({ word, args })[language]
    return before === '' ? said : `${before} ${said}`
  }
  return t(one('zh'), one('en'))
}

/** True for the state of a record that a person ended because its number is done; a corrected one has a row of its own. */
export const isEndedAsDone = (note: string | null): boolean =>
  noteIn(note ?? '')?.word === 'numberDone'
