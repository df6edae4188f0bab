// What the runtime notes for itself (queue notes, event details, members of rows), in the reader's words.
// Codes, numbers, ids and plates stay as they are; a word that is not known here does too.
import { faultOf, type Words } from './words.ts'

const wordKey = (text: string): string => text.replaceAll(/[^A-Za-z0-9_]+/g, '_')
/** Lists of the catalogue where a single word may stand, first found first said. */
const lists = ['said.word', 'reason', 'end', 'said.act', 'row', 'log.type', 'act.meansOf'] as const

interface Form {
  readonly of: RegExp
  say(words: Words, found: readonly string[]): string
}

const form = (of: RegExp, key: string, ...names: readonly string[]): Form => ({
  of,
  say: (words, found) =>
    words.t(
      `said.form.${key}`,
      Object.fromEntries(names.map((name, i) => [name, said(words, found[i + 1] ?? '')])),
    ),
})

/** Sentences that the runtime makes, with their values. */
const forms: readonly Form[] = [
  form(/^no whole answer in (\d+) ms$/, 'noWholeAnswer', 'ms'),
  form(/^redirect (\d{3})$/, 'redirect', 'status'),
  form(/^(?:HTTP|status) (\d{3})$/, 'http', 'status'),
  form(/^(unsigned) status (\d{3})$/, 'httpOn', 'what', 'status'),
  form(/^(\w+) on status (\d{3})$/, 'httpOn', 'what', 'status'),
  form(/^platform says (\w+)$/, 'code', 'code'),
  form(/^answer is encoded as /, 'encoded'),
  form(/^answer is longer than /, 'tooLong'),
  form(/^all (\d+) rows, cache (.*)$/, 'allRows', 'rows', 'why'),
  form(/^does not fit the rows\b/, 'notFit'),
  form(/^cache at row (\d+), (\d+) after it$/, 'cacheRows', 'row', 'rows'),
  form(/^(\d+) baud, ([0-9A-Fa-f]+)$/, 'speedHex', 'baud', 'hex'),
  form(/^(\d+) bytes, (\d+) framed, (\d+) NUL$/, 'heardBytes', 'bytes', 'framed', 'zeros'),
  form(
    /^(\d+) bytes, (\d+) framed, (\d+) NUL: ([0-9A-Fa-f]+)$/,
    'heardHex',
    ...['bytes', 'framed', 'zeros', 'hex'],
  ),
  form(/^fold\.cache not kept: /, 'cacheNot'),
  {
    of: /^([A-Z]+-\d{2})\b/,
    say: (words, [, code = '']) => {
      const row = faultOf(code)
      return row === null ? code : words.t('said.form.fault', { what: words.of(row.what), code })
    },
  },
  {
    of: /\b(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE)\b/,
    say: (words, [, code = '']) => words.t(`said.word.${code}`),
  },
]

function wordOf(words: Words, text: string): string | null {
  const key = wordKey(text)
  for (const list of lists) {
    const found = words.known(list, key)
    if (found !== key) return found
  }
  return null
}

/** Ids, figures, plates, names and codes are the same in every language. */
const isOwn = (part: string): boolean => /\d|[^\u0000-\u007f]|^[A-Z][A-Z0-9_-]*$|^\W*$/.test(part)

/** Free text of the runtime: a whole phrase if it is one, else its words if each is known; never half of them. */
export function said(words: Words, text: string): string {
  if (text === '') return ''
  const whole = wordOf(words, text)
  if (whole !== null) return whole
  for (const one of forms) {
    const found = one.of.exec(text)
    if (found !== null) return one.say(words, found)
  }
  const parts = text.split(' ').map((part) => wordOf(words, part) ?? (isOwn(part) ? part : null))
  return parts.includes(null) ? text : parts.join(' ')
}

/** Lists for members whose words mean something of their own. */
const memberLists: Readonly<Record<string, string>> = {
  colour: 'car.colour',
  means: 'act.meansOf',
  cause: 'end',
  end: 'end',
  op: 'queue.op',
  exceptionType: 'said.exception',
}

/** Times that a row keeps in ms, in the lot's own zone as everywhere else. */
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

/** The short facts of a row: each member under its name, nested ones among the others. */
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
