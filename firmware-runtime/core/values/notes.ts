// What the runtime notes: a word, and behind it what it is said with. Rows, events, findings and views hold it as
// text (`noWholeAnswer 3000`); whoever shows it has its sentence in both languages from here.
import { t, type BilingualText, type Why } from './fault-text.ts'
import { linkSentences } from './link-words.ts'
import { noteSentences } from './note-words.ts'
import { unreadSentences } from './unread-words.ts'

export const noteWords = { ...noteSentences, ...linkSentences, ...unreadSentences }

export type NoteWord = keyof typeof noteWords
/** A note as text; a sentence is none. */
export type NoteText = NoteWord | `${NoteWord} ${string}`

/** What the system said of a socket, a port or a file: its own words, with its code. */
type SystemText = string & { readonly system: true }
/** Words that a device's driver gives alone, each with its words in the window. */
type DownWord = 'closed' | 'silent' | 'held' | 'noAnswerToC0' | 'noAnswerToSwitch' | 'heartbeatLost'
/** Why a link went down, or never came up. */
export type DownText = NoteText | DownWord | SystemText

export const systemText = (error: unknown): SystemText =>
  (error instanceof Error ? error.message : String(error)) as SystemText

/** Only the last argument may hold blanks. */
export const note = <W extends NoteWord>(
  word: W,
  ...args: Parameters<(typeof noteWords)[W]>
): NoteText => (args.length === 0 ? word : `${word} ${args.join(' ')}`)

export interface Note {
  readonly word: NoteWord
  readonly args: readonly string[]
}

const isNoteWord = (word: string): word is NoteWord => Object.hasOwn(noteWords, word)

/** The note that a text holds, and what stands before it; null where there is none. */
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

/** The sentence of a word with what stands behind it. */
export function noteSentence({ word, args }: Note): BilingualText {
  const sentence: (...args: string[]) => BilingualText = noteWords[word]
  return sentence(...Array.from({ length: sentence.length }, (_, i) => args[i] ?? ''))
}

/** A note in both languages, with what stands before it; what is none, as it is. */
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
