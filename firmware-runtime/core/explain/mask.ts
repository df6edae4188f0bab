// Plates and card numbers of a record, hidden: the same one is the same mask everywhere, in words and in bytes of frames.
// A masked plate has X and a masked number has 0: both are still what the tables of a lane take, and compare as before.
import { plateShown } from '../values/plate.ts'

/** Bytes of a text as a frame carries them, in capital hex; empty where it cannot. */
export type HexOf = (text: string) => string

const plateMembers = ['plate', 'plateRaw', 'plateRead', 'obuPlate', 'cardPlate', 'inDoubt']
const numberMembers = ['cardNo', 'contractSerial']
/** Shorter ones stand in too many texts. */
const plateMin = 5

interface Masked {
  readonly text: string
  readonly mask: string
}

/** Its province, first letter and last two; of a raw reading as much. */
const plateMask = (plate: string): string =>
  plate.slice(0, 2) + 'X'.repeat(Math.max(1, plate.length - 4)) + plate.slice(-2)
const numberMask = (no: string): string => no.slice(0, 4) + '0'.repeat(no.length - 8) + no.slice(-4)

function gather(value: unknown, name: string, found: Map<string, string>): void {
  if (typeof value === 'string') {
    if (plateMembers.includes(name) && value.length >= plateMin) found.set(value, plateMask(value))
    if (numberMembers.includes(name))
      // A card's own number also stands without that of its network.
      for (const no of [value, value.slice(4)]) if (no.length > 8) found.set(no, numberMask(no))
  } else if (Array.isArray(value)) for (const one of value) gather(one, name, found)
  else if (typeof value === 'object' && value !== null)
    for (const [member, one] of Object.entries(value)) gather(one, member, found)
}

/** Each in the forms in which it may stand. */
function formsOf(texts: ReadonlyMap<string, string>, hexOf: HexOf): readonly Masked[] {
  const forms = [...texts].flatMap(([text, mask]): Masked[] => {
    const isNumber = /^\d+$/.test(text)
    const hex = isNumber ? '' : hexOf(text)
    return [
      { text, mask },
      ...(isNumber ? [] : [{ text: plateShown(text), mask: plateShown(mask) }]),
      ...(hex === '' ? [] : [{ text: hex, mask: hexOf(mask) }]),
      ...(hex === '' ? [] : [{ text: hex.toLowerCase(), mask: hexOf(mask).toLowerCase() }]),
    ]
  })
  return forms.toSorted((a, b) => b.text.length - a.text.length)
}

function replaced(value: unknown, forms: readonly Masked[]): unknown {
  if (typeof value === 'string')
    return forms.reduce((text, form) => text.replaceAll(form.text, form.mask), value)
  if (Array.isArray(value)) return value.map((one: unknown) => replaced(one, forms))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, replaced(one, forms)]),
  )
}

/** The same value without a plate or card number in it. */
export function masked<T>(value: T, hexOf: HexOf): T {
  const found = new Map<string, string>()
  gather(value, '', found)
  return replaced(value, formsOf(found, hexOf)) as T
}
