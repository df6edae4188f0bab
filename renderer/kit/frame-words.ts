// Names of frames and their fields in the window's language. Links and captures use the names of the codecs' tables.
// A name that is in no table, such as a field of a profile, is shown unchanged.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { notedText, type SaidWords } from './said.ts'
import { frameName } from '../i18n/frame-names.ts'
import { frameReason, frameValue } from '../i18n/frame-values.ts'

type Lists = Readonly<Record<string, Readonly<Record<string, BilingualText>>>>

const { row: rowNames, field: fieldNames } = frameName as Readonly<Record<string, Lists>>
const values: Readonly<Record<string, Lists>> = frameValue
const reasons: Readonly<Record<string, BilingualText>> = frameReason

/** A loop board uses the frame names of a barrier board. */
const kindOf = (device: string): string => (device.startsWith('sensors') ? 'barrier' : device)

/** Looks up listed words only, because the catalogue's cache would keep every other value too. */
function listed(
  words: SaidWords,
  path: string,
  list: Readonly<Record<string, BilingualText>> | undefined,
  word: string,
): string | null {
  return list !== undefined && Object.hasOwn(list, word) ? words.t(`${path}.${word}`) : null
}

export function rowName(words: SaidWords, device: string, name: string): string {
  const kind = kindOf(device)
  return listed(words, `frameName.row.${kind}`, rowNames?.[kind], name) ?? name
}

/** The name of a field; a number after it is kept, as in `radar 2`. */
export function fieldName(words: SaidWords, device: string, name: string): string {
  const kind = kindOf(device)
  const [, base = name, count = ''] = /^(.*)( \d+)$/.exec(name) ?? []
  const said = listed(words, `frameName.field.${kind}`, fieldNames?.[kind], base)
  return said === null ? name : said + count
}

/** `illegal data address` is listed as illegalDataAddress. */
const camel = (text: string): string =>
  text.replaceAll(/ (\w)/g, (_, first: string) => first.toUpperCase())

function codedText(words: SaidWords, kind: string, name: string, value: string): string {
  const isOnOff = kind === 'barrier' && (value === 'on' || value === 'off')
  const list = isOnOff ? 'onOff' : name
  const word = listed(words, `frameValue.${kind}.${list}`, values[kind]?.[list], camel(value))
  return word ?? notedText(words, value) ?? value
}

/** Changes reported by a board, such as `loopUnder on, di 3 off`. */
const changesText = (words: SaidWords, text: string): string =>
  text
    .split(', ')
    .map((one) => {
      const [, name = one, is = ''] = /^(.*) (on|off)$/.exec(one) ?? []
      return `${fieldName(words, 'barrier', name)} ${codedText(words, 'barrier', '', is)}`
    })
    .join(', ')

function textOf(words: SaidWords, kind: string, name: string, value: unknown): string {
  if (value === null || value === undefined) return words.t('common.none')
  if (typeof value === 'boolean') return words.t(value ? 'common.yes' : 'common.no')
  if (Array.isArray(value))
    return value.map((one) => textOf(words, kind, name, one)).join(', ') || words.t('common.none')
  if (typeof value === 'object') return JSON.stringify(value)
  if (typeof value !== 'string') return String(value)
  if (kind === 'barrier' && name === 'changed') return changesText(words, value)
  return codedText(words, kind, name, value)
}

interface ShownField {
  /** Name in the codec's table, after the names of what it is part of. */
  readonly key: string
  readonly name: string
  readonly text: string
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every field with its value; a nested field has the name of its parent in front. */
export function shownFields(
  words: SaidWords,
  device: string,
  fields: Readonly<Record<string, unknown>>,
  within: Pick<ShownField, 'key' | 'name'> = { key: '', name: '' },
): readonly ShownField[] {
  return Object.entries(fields).flatMap(([member, value]): readonly ShownField[] => {
    const key = within.key + member
    const name = within.name + fieldName(words, device, member)
    const parts = (of: Readonly<Record<string, unknown>>, at: string): readonly ShownField[] =>
      shownFields(words, device, of, { key: `${key}${at}.`, name: `${name}${at} / ` })
    if (isPlain(value)) return parts(value, '')
    if (Array.isArray(value) && value.length > 0 && value.every(isPlain))
      return value.flatMap((one, i) => parts(one, ` ${i + 1}`))
    return [{ key, name, text: textOf(words, kindOf(device), member, value) }]
  })
}

export const fieldsLine = (
  words: SaidWords,
  device: string,
  fields: Readonly<Record<string, unknown>>,
): string =>
  shownFields(words, device, fields)
    .map(({ name, text }) => `${name} ${text}`)
    .join(' · ')

/** Several reasons are separated by commas or spaces. */
export function reasonText(words: SaidWords, reason: string): string {
  const word = (text: string): string | null => listed(words, 'frameReason', reasons, camel(text))
  const parts = reason.split(/, | /).map(word)
  const isEach = parts.every((part) => part !== null)
  return word(reason) ?? (isEach ? parts.join(', ') : (notedText(words, reason) ?? reason))
}

/** Table names whose words contain this text, so that a search finds what the screen shows. */
export function frameNamesOf(words: SaidWords, device: string, text: string): readonly string[] {
  const kind = kindOf(device)
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const fits = (said: string): boolean => said.toLowerCase().includes(wanted)
  const keys = (list: Readonly<Record<string, BilingualText>> = {}): readonly string[] =>
    Object.keys(list)
  return [
    ...keys(rowNames?.[kind]).filter((name) => fits(words.t(`frameName.row.${kind}.${name}`))),
    ...keys(fieldNames?.[kind]).filter((name) => fits(words.t(`frameName.field.${kind}.${name}`))),
    ...Object.entries(values[kind] ?? {}).flatMap(([list, coded]) =>
      keys(coded).filter((name) => fits(words.t(`frameValue.${kind}.${list}.${name}`))),
    ),
  ]
}
