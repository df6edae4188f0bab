// Plates, numbers of cards and OBUs of a record, hidden: the same one is the same mask everywhere, in words and in bytes
// of hex or base64. A masked plate has X. A masked number has 0 in a record that a lane reads again, and X on paper, where
// zeros would read as the number of another card or OBU.
import { base64Of } from '../data/base64.ts'
import { bytesOfHex } from '../data/bytes.ts'
import { parsed } from '../data/json.ts'
import { plateShown } from '../plates/plate.ts'

/** Encodes a text to upper-case hex; empty where the encoding cannot represent it. */
export type HexOf = (text: string) => string

/** Bytes to hide and their replacement, both in upper-case hex. */
export interface HiddenBytes {
  readonly hex: string
  readonly mask: string
}

const plateMembers: ReadonlySet<string> = new Set([
  'plate',
  'plates',
  'plateRaw',
  'plateRead',
  'obuPlate',
  'cardPlate',
  'cameraPlate',
  'inDoubt',
])
const numberMembers: ReadonlySet<string> = new Set([
  'cardNo',
  'cardId',
  'refusedCards',
  'contractSerial',
])
const obuMembers: ReadonlySet<string> = new Set(['obuId', 'obuIds'])
/** Digests, from which a masked text could be found by trial. */
const digestMembers: ReadonlySet<string> = new Set(['hash', 'prevHash', 'bodySm3', 'digest'])
/** Shorter ones stand in too many texts. */
const plateMin = 5

/** A plate, and the number of a card, where they stand in a text. */
export const plateIn =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼测][A-Z]·?[A-Z0-9]{4,6}[A-Z0-9挂学警港澳领使]/g
export const cardIn = /(?<![\dA-Za-z-])\d{16,20}(?![\dA-Za-z])/g
/** In the place of a text that was left out. */
export const gone = '[…]'

/** Keeps the province, the first letter and the last two characters; the same for a raw reading. */
export const plateMask = (plate: string): string =>
  plate.slice(0, 2) + 'X'.repeat(Math.max(1, plate.length - 4)) + plate.slice(-2)
/** In the place of hidden digits. */
type Fill = '0' | 'X'
export const numberMask = (text: string, kept: number, fill: Fill): string =>
  text.slice(0, kept) + fill.repeat(text.length - 2 * kept) + text.slice(-kept)

interface Gathered {
  readonly found: Map<string, string>
  readonly fill: Fill
}

function note(text: string, name: string, { found, fill }: Gathered): void {
  if (plateMembers.has(name) && text.length >= plateMin) found.set(text, plateMask(text))
  if (numberMembers.has(name))
    // The card number also occurs without its network prefix.
    for (const no of [text, text.slice(4)])
      if (no.length > 8) found.set(no, numberMask(no, 4, fill))
  if (obuMembers.has(name) && /^[\dA-F]{8}$/i.test(text)) found.set(text, numberMask(text, 2, fill))
}

function gather(value: unknown, name: string, found: Gathered): void {
  if (typeof value === 'string') {
    note(value, name, found)
    if (/^[{[]/.test(value)) gather(parsed(value), name, found)
  } else if (Array.isArray(value)) for (const one of value) gather(one, name, found)
  else if (typeof value === 'object' && value !== null)
    for (const [member, one] of Object.entries(value)) gather(one, member, found)
}

/** Base64 forms of these bytes at the three possible alignments. */
const base64Forms = (hex: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const bytes = bytesOfHex('00'.repeat(before) + hex) ?? new Uint8Array()
    const from = Math.ceil((before * 8) / 6)
    return base64Of(bytes).slice(from, Math.floor((bytes.length * 8) / 6))
  })

const forUrl = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')

function formsOfBytes({ hex, mask }: HiddenBytes): readonly (readonly [string, string])[] {
  if (hex === '') return []
  const masks = base64Forms(mask.replaceAll('X', '0'))
  const forms = base64Forms(hex).map((form, i): [string, string] => [form, masks[i] ?? ''])
  return [[hex, mask], ...forms, ...forms.map(([a, b]): [string, string] => [forUrl(a), forUrl(b)])]
}

/** Each in the forms in which it may stand, by the form in small letters. */
function formsOf(
  texts: ReadonlyMap<string, string>,
  hexOfs: readonly HexOf[],
  bytes: readonly HiddenBytes[],
): ReadonlyMap<string, string> {
  const ofTexts = [...texts].flatMap(([text, mask]) => {
    const isHex = /^(?:[\dA-F]{2})+$/i.test(text)
    const asBytes = hexOfs.map((hexOf) => ({ hex: hexOf(text), mask: hexOf(mask) }))
    return [
      [text, mask] as const,
      [plateShown(text), plateShown(mask)] as const,
      ...[...asBytes, ...(isHex ? [{ hex: text, mask }] : [])].flatMap(formsOfBytes),
    ]
  })
  const all = [...ofTexts, ...bytes.flatMap(formsOfBytes)]
  return new Map(all.map(([form, mask]) => [form.toLowerCase(), mask]))
}

function replacer(forms: ReadonlyMap<string, string>): (text: string) => string {
  if (forms.size === 0) return (text) => text
  const longestFirst = [...forms.keys()].toSorted((a, b) => b.length - a.length)
  const any = longestFirst.map((form) => form.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const pattern = new RegExp(any.join('|'), 'gi')
  const known = new Map<string, string>()
  const masksOf = (text: string): string =>
    text.replaceAll(pattern, (form) => {
      const small = form.toLowerCase()
      const mask = forms.get(small) ?? ''
      return form === small ? mask.toLowerCase() : mask
    })
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const after = masksOf(text)
    known.set(text, after)
    return after
  }
}

function replaced(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value)
  if (Array.isArray(value)) return value.map((one: unknown) => replaced(one, mask))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      mask(name),
      digestMembers.has(name) ? '' : replaced(one, mask),
    ]),
  )
}

/** The same value without a plate, the number of a card or OBU, or one of `bytes` in it. */
export function masked<T>(
  value: T,
  hexOfs: readonly HexOf[],
  bytes: readonly HiddenBytes[],
  fill: Fill,
): T {
  const found = new Map<string, string>()
  gather(value, '', { found, fill })
  return replaced(value, replacer(formsOf(found, hexOfs, bytes))) as T
}
