// Numbers of spaces as a person types them: `A01-A40`, a line for each run of adjacent spaces; and written that way.
import { t, type BilingualText } from '../words/fault-text.ts'
import { streetSpaceShape, streetSpacesMax } from './street-spaces.ts'

/** A space as typed; `isApart`: the first one of a further line. */
interface TypedSpace {
  readonly id: string
  readonly isApart?: true
}
type RangeRead = { readonly spaces: readonly TypedSpace[] } | { readonly bad: BilingualText }

const noRange = t('写作 A01-A40,几段之间用逗号', 'written as A01-A40, several with commas')
const between = /^([A-Z0-9-]{0,11}?)(\d{1,5})(?:[-~–—至到]|TO)([A-Z0-9-]{0,11}?)(\d{1,5})$/

/** The numbers of one range, of which the end may have no prefix, or the number itself. Null: a range that is none. */
function rangeIn(part: string): readonly string[] | null {
  const [, prefix = '', first, until = '', last] = between.exec(part.replaceAll(/\s+/gu, '')) ?? []
  if (first === undefined || last === undefined) return [part]
  if (until !== '' && until !== prefix) return null
  const [from, to] = [Number(first), Number(last)]
  // `A9-A12` counts without zeros, `A01-A40` with them; `A01-A1` is a slip.
  const isPadded = first.startsWith('0')
  if (to < from || to - from >= streetSpacesMax) return null
  if (isPadded && last.length !== first.length) return null
  return Array.from(
    { length: to - from + 1 },
    (_, i) => `${prefix}${String(from + i).padStart(isPadded ? first.length : 0, '0')}`,
  )
}

/** `A01-A40, B1 至 B6, C7`: the numbers in their order, each once. A line is one run of adjacent spaces. */
export function spacesInRange(typed: string): RangeRead {
  const spaces: TypedSpace[] = []
  for (const line of typed.normalize('NFKC').toUpperCase().split('\n')) {
    const ids: string[] = []
    for (const part of line.split(/[,;、]+/u).map((one) => one.trim())) {
      const numbers = part === '' ? [] : rangeIn(part)
      if (numbers?.every((id) => streetSpaceShape.test(id)) !== true) return { bad: noRange }
      ids.push(...numbers)
    }
    const isFurther = spaces.length > 0
    spaces.push(
      ...ids.map((id, n) => (isFurther && n === 0 ? { id, isApart: true as const } : { id })),
    )
  }
  if (spaces.length === 0) return { bad: noRange }
  if (spaces.length > streetSpacesMax)
    return { bad: t(`最多 ${streetSpacesMax} 个泊位`, `at most ${streetSpacesMax} spaces`) }
  const seen = new Set<string>()
  for (const { id } of spaces) {
    if (seen.has(id)) return { bad: t(`${id} 写了两次`, `${id} stands twice`) }
    seen.add(id)
  }
  return { spaces }
}

const numbered = /^(.*?)(\d{1,5})$/

/** The text that reads as these spaces: a line for each run, numbers that follow each other as a range. */
export function rangesOf(
  spaces: readonly { readonly id: string; readonly isApart?: boolean | undefined }[],
): string {
  const lines: string[][] = []
  let [first, last] = ['', '']
  const end = (): void => {
    if (first !== '') lines.at(-1)?.push(first === last ? first : `${first}-${last}`)
  }
  for (const { id, isApart } of spaces) {
    const next = isApart !== true && followsOn(last, id)
    if (next) last = id
    else {
      end()
      if (isApart === true || lines.length === 0) lines.push([])
      first = last = id
    }
  }
  end()
  return lines.map((parts) => parts.join(', ')).join('\n')
}

/** Whether a range reads both: the same letters, the next number, as wide where it has zeros. */
function followsOn(before: string, id: string): boolean {
  const [, prefix, digits = ''] = numbered.exec(before) ?? []
  const [, other, following = ''] = numbered.exec(id) ?? []
  if (digits === '' || prefix !== other || Number(following) !== Number(digits) + 1) return false
  return digits.startsWith('0') || following.startsWith('0')
    ? digits.length === following.length
    : true
}
