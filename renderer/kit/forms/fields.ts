// Fields of a form as data: kind, label, bounds and choices, and the checks of what a person typed.
// Values have the form that the API takes (fen, whole numbers, ISO days); faults are reported field by field.
import { readDate, dateLike } from '../local-date.ts'
import { typedWhole } from './typed-number.ts'
import { fenOfYuan, yuanOf, type Words } from '../words.ts'

interface Shared {
  /** In the language of the window. */
  readonly label: string
  /** Text below the field that explains it. */
  readonly hint?: string | undefined
  /** Fault text for an empty field, in place of the usual one. */
  readonly need?: string
  /** An empty field is allowed; its value is null. */
  readonly optional?: boolean
  /** Name of the input, if it differs from the member. */
  readonly as?: string
  /** Takes the whole line of a form in two columns. */
  readonly wide?: boolean
  /** Shown but not editable. */
  readonly fixed?: boolean
  /** Placeholder. */
  readonly empty?: string
}
interface TextField extends Shared {
  readonly kind: 'text' | 'plate' | 'link' | 'secret' | 'file' | 'folder'
  readonly start?: string
  /** Greatest number of characters. */
  readonly max?: number
  /** On-screen keyboard for numbers. */
  readonly look?: 'decimal' | 'numeric'
  /** Number of lines, if more than one. */
  readonly rows?: number
  /** Suggested texts. */
  readonly offers?: readonly string[]
}
/**
 * A number field that checks itself. The value is in whole units (such as fen), of which `decimals` digits are typed
 * after the point.
 */
interface CountField extends Shared {
  readonly kind: 'number'
  readonly start?: number | null
  readonly min: number
  readonly max: number
  readonly decimals?: number
  readonly unit?: string
}
interface NumberField extends Shared {
  readonly kind: 'fen' | 'integer'
  readonly start?: number | null
  /** In fen for money. */
  readonly min?: number
  readonly max?: number
  readonly unit?: string
}
interface TimeField extends Shared {
  readonly kind: 'day' | 'minute' | 'second' | 'time'
  readonly start?: string
  /** Of an end date: the member with the first day. The field offers `until the end of the month` and the like. */
  readonly since?: string
}
interface FlagField extends Shared {
  readonly kind: 'flag'
  readonly start?: boolean
}
interface Choice {
  readonly value: string
  readonly word: string
  /** Text below the choice, where all choices are listed. */
  readonly why?: string
  /** Shown but not selectable. */
  readonly closed?: boolean
}
interface ChoiceField extends Shared {
  /** `radio` lists all choices; `lane` and `enum` are drop-down lists that differ only in the source of their words. */
  readonly kind: 'enum' | 'lane' | 'radio'
  readonly choices: readonly Choice[]
  readonly start?: string | undefined
}
interface ManyField extends Shared {
  readonly kind: 'many'
  readonly choices: readonly Choice[]
  readonly start?: readonly string[]
}
export type Field =
  | TextField
  | NumberField
  | CountField
  | TimeField
  | FlagField
  | ChoiceField
  | ManyField
/** By the member of the call that takes the value. */
export type Fields = Readonly<Record<string, Field>>

type ValueOf<F extends Field> = F extends NumberField | CountField
  ? number
  : F extends FlagField
    ? boolean
    : F extends { choices: readonly { value: infer V }[] }
      ? F extends ManyField
        ? readonly V[]
        : V
      : string

/** Values while the form is being filled in; null: empty, invalid or not shown. */
export type Draft<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> | null }
/** The conditions under which fields are shown; a field without one is always shown. */
export type Conditions<F extends Fields, O extends keyof F> = {
  readonly [K in O]: (draft: Draft<F>) => boolean
}
/** Checked values: null only where a field is optional or not always shown. */
export type Values<F extends Fields, O extends keyof F> = {
  readonly [K in keyof F]:
    | ValueOf<F[K]>
    | (F[K] extends { optional: true } ? null : never)
    | (K extends O ? null : never)
}

/** The value as its input holds it. */
export type Held = string | boolean | number | null | readonly string[]
export type HeldFields = Readonly<Record<string, Held>>
type Value = string | number | boolean | readonly string[] | null
interface Judged {
  readonly value: Value
  /** Fault text; null for a valid value. */
  readonly wrong: string | null
}
export interface ReadFields {
  /** Names of the shown members, in order. */
  readonly shown: readonly string[]
  readonly draft: Readonly<Record<string, Value>>
  /** Fault text by member, for shown members only. */
  readonly wrong: Readonly<Record<string, string>>
}
/** What a FieldList offers the surrounding form. */
export interface FieldFocus {
  focusOn(member: string): void
  focusFirst(): void
  focusWrong(): void
}

const integerMax = 999_999
const fenMax = 100_000_000

export function startOf(fields: Fields): HeldFields {
  const held = (field: Field): Held => {
    if (field.kind === 'flag') return field.start ?? false
    if (field.kind === 'many') return field.start ?? []
    if (field.kind === 'number') return field.start ?? null
    if (field.kind === 'fen') return typeof field.start === 'number' ? yuanOf(field.start) : ''
    return field.start === undefined || field.start === null ? '' : String(field.start)
  }
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, held(field)]))
}

const fits = (value: Value): Judged => ({ value, wrong: null })

function judgedNumber(field: NumberField, text: string, { t }: Words): Judged {
  const isFen = field.kind === 'fen'
  const value = isFen ? fenOfYuan(text) : typedWhole(text, String(field.max ?? integerMax).length)
  const { min = 0, max = isFen ? fenMax : integerMax } = field
  if (value !== null && value >= min && value <= max) return fits(value)
  const shown = (one: number): string => (isFen ? yuanOf(one) : String(one))
  const unit = isFen ? t('setup.tariff.yuan') : (field.unit ?? '')
  return { value: null, wrong: t('number.need', { unit, min: shown(min), max: shown(max) }) }
}

const isTimeField = (field: Field): field is TimeField =>
  ['day', 'minute', 'second', 'time'].includes(field.kind)

function judgedTime({ kind }: TimeField, text: string, { t }: Words): Judged {
  if (kind === 'time') {
    const plain = text.normalize('NFKC').padStart(5, '0')
    const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(plain)
    return isTime ? fits(plain) : { value: null, wrong: t('date.need', { like: '08:30' }) }
  }
  const value = readDate(text, kind)
  return value === null ? { value, wrong: t('date.need', { like: dateLike[kind] }) } : fits(value)
}

function judged(field: Field, held: Held, words: Words): Judged {
  if (typeof held !== 'string' && held !== null) return fits(held)
  const text = held?.trim() ?? ''
  if (text === '') {
    if (field.optional === true) return fits(null)
    const { label } = field
    const need =
      field.need ?? words.t('choices' in field ? 'fields.choose' : 'fields.need', { label })
    return { value: null, wrong: need }
  }
  if (field.kind === 'fen' || field.kind === 'integer') return judgedNumber(field, text, words)
  if (field.kind === 'secret') return fits(held)
  return isTimeField(field) ? judgedTime(field, text, words) : fits(text)
}

/** Reads and checks the whole form; `only`: conditions by member, `check`: faults of fields that contradict others. */
export function readFields(
  fields: Fields,
  held: HeldFields,
  words: Words,
  only: Readonly<Record<string, ((draft: never) => boolean) | undefined>> = {},
  check: (draft: never) => Readonly<Record<string, string | undefined>> = () => ({}),
): ReadFields {
  const all = Object.entries(fields).map(
    ([name, field]) => [name, judged(field, held[name] ?? '', words)] as const,
  )
  const asTyped = Object.fromEntries(all.map(([name, { value }]) => [name, value]))
  const seen = all.filter(([name]) => only[name]?.(asTyped as never) !== false)
  const draft: Record<string, Value> = Object.fromEntries(all.map(([name]) => [name, null]))
  const wrong: Record<string, string> = {}
  for (const [name, one] of seen) {
    draft[name] = one.value
    if (one.wrong !== null) wrong[name] = one.wrong
  }
  for (const [name, why] of Object.entries(check(draft as never))) {
    if (why !== undefined) wrong[name] ??= why
  }
  return { shown: seen.map(([name]) => name), draft, wrong }
}

/** The choices with their words. */
export const choicesOf = <const V extends string>(
  values: readonly V[],
  word: (value: V) => string = (value) => value,
) => values.map((value) => ({ value, word: word(value) }))

/** The members for a call, without those that are null. */
export const given = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as {
    [K in keyof T as null extends T[K] ? never : K]: T[K]
  } & { [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]> }
