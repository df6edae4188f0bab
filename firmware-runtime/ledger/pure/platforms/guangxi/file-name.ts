// Names of files between a lot and its platform (9.3.5, P10): service, type, command, mark, appId, time, and `.json`.
// A name is read from its right end, because a national one joins type and command into one word.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { bcdInstantOf, compactOf, type InstantMs } from '#base/pure/values/instant.ts'

interface FileName {
  /** Service, type and command; two of them where type and command are one word. */
  readonly words: readonly string[]
  readonly mark: 'REQ' | 'RES'
  readonly appId: string
  readonly atMs: InstantMs
}

/** Expected parts of a file name; a name read must contain them. */
interface Expected {
  /** Service, type and command, joined by underscores. */
  readonly words: string
  readonly mark: FileName['mark']
  readonly appId?: string
  readonly atMs?: InstantMs
}

const wordParts = ['service', 'type', 'command'] as const
const parts = [...wordParts, 'mark', 'appId', 'time', 'suffix'] as const
type Part = (typeof parts)[number]

const rules: Readonly<Record<Part, BilingualText>> = {
  service: t('1 到 20 个 A-Z 0-9', '1 to 20 of A-Z 0-9'),
  type: t('1 到 20 个 A-Z 0-9', '1 to 20 of A-Z 0-9'),
  command: t('1 到 20 个 A-Z 0-9', '1 to 20 of A-Z 0-9'),
  mark: t('REQ 或 RES', 'REQ or RES'),
  appId: t('1 到 32 个 A-Z a-z 0-9', '1 to 32 of A-Z a-z 0-9'),
  time: t('北京时间 yyyyMMddHHmmssSSS', 'yyyyMMddHHmmssSSS, Beijing time'),
  suffix: t('.json', '.json'),
}

const wrong = (part: Part, value: string, note = rules[part]): LaneFault =>
  new LaneFault('FILE-06', { field: part, value: value.slice(0, 80), note })

/** 17 digits of Beijing time, to the millisecond. */
function instantOf(digits: string): InstantMs | null {
  const atMs = /^\d{17}$/.test(digits) ? bcdInstantOf(digits.slice(0, 14)) : null
  return atMs === null ? null : atMs + Number(digits.slice(14))
}

/** Throws FILE-06, which names the part from the right end that breaks its rule, and what stands there. */
export function readFileName(text: string): FileName {
  const stem = /^(.{0,160})\.json$/s.exec(text)?.[1]
  if (stem === undefined) throw wrong('suffix', /\.[^.]*$/.exec(text)?.[0] ?? text.slice(-20))
  const [digits = '', appId = '', mark = '', ...left] = stem.split('_').toReversed()
  const atMs = instantOf(digits)
  if (atMs === null) throw wrong('time', digits)
  if (!/^[A-Za-z0-9]{1,32}$/.test(appId)) throw wrong('appId', appId)
  if (mark !== 'REQ' && mark !== 'RES') throw wrong('mark', mark)
  const words = left.toReversed()
  wordParts.forEach((part, at) => {
    const word = words[at]
    // Type and command may be one word, so the last of them may be missing.
    if (word === undefined ? at < 2 : !/^[A-Z0-9]{1,20}$/.test(word)) throw wrong(part, word ?? '')
  })
  const [over] = words.slice(wordParts.length)
  if (over !== undefined)
    throw wrong('service', words.join('_'), t('多了一段', 'one part too many'))
  return { words, mark, appId, atMs }
}

/** Throws FILE-06 for an invalid name, and for the name of another file. */
export function mustBeNamed(text: string, expected: Expected): void {
  const found = readFileName(text)
  const due = expected.words.split('_')
  const other = (part: Part, value: string, want: string): void => {
    if (value !== want) throw wrong(part, value, t(`应为 ${want}`, `${want} was due`))
  }
  wordParts.forEach((part, at) => other(part, found.words[at] ?? '', due[at] ?? ''))
  other('mark', found.mark, expected.mark)
  if (expected.appId !== undefined) other('appId', found.appId, expected.appId)
  if (expected.atMs !== undefined) other('time', compactOf(found.atMs), compactOf(expected.atMs))
}

/** `words`: service, type and command, joined by underscores. */
export const fileName = (
  words: string,
  mark: FileName['mark'],
  appId: string,
  atMs: InstantMs,
): string => `${words}_${mark}_${appId}_${compactOf(atMs)}.json`
