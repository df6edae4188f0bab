// What the runtime notes of an answer, a start or a link: a word, and behind it what it is said with. Rows,
// events and findings hold it as text (`noWholeAnswer 3000`); a window has a sentence for each word.

/** What stands behind each word, in this order. The last takes all that is left. */
export const noteWords = {
  noWholeAnswer: ['ms'],
  answerEncoded: ['encoding'],
  answerTooLong: ['bytes'],
  redirected: ['status'],
  answerStatus: ['status'],
  answerDoubted: ['what', 'status'],
  platformCode: ['code'],
  otherContent: [],
  otherNumber: ['number'],
  otherAmount: ['member', 'told', 'asked'],
  memberMissing: ['member'],
  chargeStatus: ['state'],
  refundStatus: ['state'],
  bodyNotJson: [],
  noCode: ['code'],
  unknownCode: [],
  statusWithoutCode: ['status'],
  statusWithSuccess: ['status'],
  statusWithError: ['status'],
  wentBackIn: [],
  offTheLoops: [],
  allRowsRead: ['rows', 'why'],
  rowsMisfit: ['problem'],
  cacheRead: ['row', 'rows'],
  cacheNotKept: ['why'],
  contactCopied: [],
  contactOther: [],
  contactWrote: ['power'],
  contactAdopted: ['changes'],
  contactAsks: [],
  contactUnknown: [],
  countedBefore: ['from', 'to'],
  recounted: ['from', 'to', 'changes'],
  speedHex: ['baud', 'hex'],
  sampleHex: ['hex'],
  heardBytes: ['bytes', 'framed', 'zeros'],
  heardHex: ['bytes', 'framed', 'zeros', 'hex'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type NoteWord = keyof typeof noteWords
/** A note as text; a sentence is none. */
export type NoteText = NoteWord | `${NoteWord} ${string}`
type Given<Names extends readonly string[]> = { readonly [I in keyof Names]: string | number }

/** Only the last argument may hold blanks. */
export const note = <W extends NoteWord>(
  word: W,
  ...args: Given<(typeof noteWords)[W]>
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
