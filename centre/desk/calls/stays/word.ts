// What a person typed to find a stay: a plate, its beginning or its end, or the number of a stay or an order.
import { compactPlate } from '#base/pure/plates/plate.ts'
import type { FoundBy } from './views.ts'

interface FoundWord {
  readonly by: FoundBy
  /** The compact plate or part of one, or the number. */
  readonly text: string
}

/** Fewer would be found in each street. */
const partMin = 3
/** A plate with its province has so many characters at least. */
const plateMin = 7
/** `n1-S12` (base/pure/values/ids.ts). */
const numberShape = /^[a-z0-9]{1,4}-([A-Z])\d{1,15}$/

export function wordOf(typed: string): FoundWord {
  const word = typed.normalize('NFKC').trim()
  const letter = numberShape.exec(word)?.[1]
  if (letter !== undefined) return { by: letter === 'S' ? 'stay' : 'order', text: word }
  const text = compactPlate(word)
  if (text.length < partMin) return { by: 'short', text }
  const isFromStart = /^\p{Script=Han}/u.test(text)
  if (!isFromStart) return { by: 'tail', text }
  return { by: text.length >= plateMin ? 'plate' : 'start', text }
}

/** The first text behind all that begin with this one, by code points. */
export function behind(start: string): string {
  const points = Array.from(start, (char) => char.codePointAt(0) ?? 0)
  const last = points.pop() ?? 0
  return String.fromCodePoint(...points, last + 1)
}

export const backwards = (text: string): string => Array.from(text).toReversed().join('')
