// Texts that the runtime records (queue notes, event details, members of rows) in the window's language.
// Codes, numbers, ids and plates stay unchanged, and so does a text without a known word.
import { noteIn, noteSentence, type Note, type NoteWord } from '#base/pure/words/notes.ts'
import { systemReason } from '#base/pure/words/system-words.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import { actWords } from 'virtual:calls'
import { faultOf, type Words } from './words.ts'

/** The parts of the wording that a note needs. */
export type SaidWords = Pick<Words, 't' | 'of' | 'known'>

const wordKey = (text: string): string => text.replaceAll(/[^A-Za-z0-9_]+/g, '_')
/** Lists of the catalogue in which a single word is looked up, in this order. */
const lists = ['said.word', 'reason', 'end', 'row', 'log.type', 'act.meansOf'] as const

/** Sentences recorded by earlier versions, with the note that replaced each. */
const oldNotes: readonly (readonly [RegExp, NoteWord])[] = [
  [/^no whole answer in (\d+) ms$/, 'noWholeAnswer'],
  [/^redirect (\d{3})$/, 'redirected'],
  [/^(?:HTTP|status) (\d{3})$/, 'answerStatus'],
  [/^(unsigned) status (\d{3})$/, 'answerDoubted'],
  [/^(\w+) on status (\d{3})$/, 'answerDoubted'],
  [/^platform says (\w+)$/, 'platformCode'],
  [/^answer is encoded as (.*)/, 'answerEncoded'],
  [/^answer is longer than (\d+)/, 'answerTooLong'],
  [/^all (\d+) rows, cache (.*)$/, 'allRowsRead'],
  [/^does not fit the rows\b:? ?(.*)/, 'rowsMisfit'],
  [/^cache at row (\d+), (\d+) after it$/, 'cacheRead'],
  [/^fold\.cache not kept: (.*)/, 'cacheNotKept'],
  [/^went back in, and another car came$/, 'wentBackIn'],
  [/^no car on the loops: went back in or left unseen$/, 'offTheLoops'],
  [/^first contact: as the device told it$/, 'contactCopied'],
  [/^contact: the device had other settings than were last written here$/, 'contactOther'],
  [/^first contact wrote power (\d+), what was before is unknown$/, 'contactWrote'],
  [/^contact adopted (.*)$/, 'contactAdopted'],
  [/^first contact: a person has to say the power$/, 'contactAsks'],
  [/^firmware (\S+) -> (\S+): as it was counted before$/, 'countedBefore'],
  [/^firmware (\S+) -> (\S+): (.*)$/, 'recounted'],
  [/^(\S+): (\S+) - (\S+); clock (\S+); signed (\S+)$/, 'certificateRefused'],
  [/^平台账单$/, 'platformBill'],
  [/^paid twice$/, 'paidTwice'],
  [/^first car test$/, 'firstCarTest'],
  [/^the ledger does not tell what a record needs$/, 'rowsTellNothing'],
  [/^paid without an upload row$/, 'paidUnsent'],
  [/^undo of (\S+): these values were proven before$/, 'undoProven'],
  [/^measured: (\S+)(?: (.*))?$/, 'measuredFor'],
  [/^closed by the device$/, 'closedThere'],
  [/^closed by the lane$/, 'closedHere'],
  [/^(\d+) baud, ([0-9A-Fa-f]+)$/, 'speedHex'],
  [/^(\d+) bytes, (\d+) framed, (\d+) NUL$/, 'heardBytes'],
  [/^(\d+) bytes, (\d+) framed, (\d+) NUL: ([0-9A-Fa-f]+)$/, 'heardHex'],
]

const noteText = (words: SaidWords, { word, args }: Note): string =>
  words.of(noteSentence({ word, args: args.map((arg) => said(words, arg)) }))

/** A fault code with its words, or what a text of the system means; null for any other text. */
function codeText(words: SaidWords, text: string): string | null {
  const code = /^[A-Z]+-\d{2}\b/.exec(text)?.[0]
  const row = code === undefined ? null : faultOf(code)
  if (row !== null) return words.t('said.fault', { what: words.of(row.what), code })
  const reason = systemReason(text)
  return reason === null ? (code ?? null) : words.of(reason)
}

/** Name of an act by its call, such as `lane.open`; null if unknown. */
export function actText(words: SaidWords, name: string): string | null {
  const called = name.includes('.') ? ownWord(actWords, name) : undefined
  return called === undefined ? null : words.of(called)
}

function wordOf(words: SaidWords, text: string): string | null {
  const act = actText(words, text)
  if (act !== null) return act
  const key = wordKey(text)
  for (const list of lists) {
    const found = words.known(list, key)
    if (found !== key) return found
  }
  return null
}

/** Ids, figures, plates, names and codes, which are the same in every language. */
const isOwn = (part: string): boolean => /\d|[^\u0000-\u007f]|^[A-Z][A-Z0-9_-]*$|^\W*$/.test(part)

/** The sentence of a note, in the present or an earlier form, with the text before it; null if there is no note. */
export function notedText(
  words: SaidWords,
  text: string,
  beforeText: (before: string) => string = (before) => said(words, before),
): string | null {
  const note = noteIn(text)
  if (note !== null) {
    const before = note.before === '' ? '' : `${beforeText(note.before)} `
    return `${before}${noteText(words, note)}`
  }
  for (const [of, word] of oldNotes) {
    const found = of.exec(text)
    if (found !== null) return noteText(words, { word, args: found.slice(1) })
  }
  return null
}

/** A free text: translated as a phrase, else word by word if every word is known, else unchanged. */
export function said(words: SaidWords, text: string): string {
  if (text === '') return ''
  const whole = wordOf(words, text)
  if (whole !== null) return whole
  const noted = notedText(words, text)
  if (noted !== null) return noted
  const coded = codeText(words, text)
  if (coded !== null) return coded
  const parts = text.split(' ').map((part) => wordOf(words, part) ?? (isOwn(part) ? part : null))
  return parts.includes(null) ? text : parts.join(' ')
}

/** Word lists of members whose values have a list of their own. */
const memberLists: Readonly<Record<string, string>> = {
  colour: 'car.colour',
  means: 'act.meansOf',
  cause: 'end',
  end: 'end',
  op: 'queue.op',
  exceptionType: 'said.exception',
}

/** Offset of the lot's zone, in which times in ms are shown. */
const chinaMs = 8 * 3_600_000
const timeText = (ms: number): string =>
  new Date(ms + chinaMs).toISOString().slice(0, 19).replace('T', ' ')

function valueOf(words: Words, name: string, value: unknown): string {
  if (typeof value === 'boolean') return words.t(value ? 'said.yes' : 'said.no')
  if (typeof value === 'number' && name.endsWith('Fen')) return words.money(value)
  if (typeof value === 'number' && name.endsWith('Ms')) return timeText(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  const list = memberLists[name]
  return list === undefined ? said(words, value) : words.known(list, value)
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The facts of a row in short: each member under its name, nested members included. */
export function factsOf(words: Words, body: Readonly<Record<string, unknown>>): string {
  return Object.entries(body)
    .filter(([name, value]) => value !== null && value !== '' && !['lines', 'body'].includes(name))
    .map(([name, value]) =>
      isPlain(value)
        ? factsOf(words, value)
        : `${words.known('said.fact', name)} ${valueOf(words, name, value)}`,
    )
    .join(' · ')
}
