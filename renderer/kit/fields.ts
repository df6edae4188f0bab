// Fields of a form as data: kind, label, bounds and choices, and what is made of what a person typed.
// Values come out as the API takes them (fen, whole numbers, ISO days); what is wrong is said field by field.
import { readDate, dateLike } from './local-date.ts'
import { typedWhole } from './typed-number.ts'
import { fenOfYuan, yuanOf, type Words } from './words.ts'

interface Shared {
  /** In the language of the window. */
  readonly label: string
  /** Below the field: what it is good for. */
  readonly hint?: string | undefined
  /** What to say while it is empty, where that is more than usual. */
  readonly need?: string
  /** May be left empty: null. */
  readonly optional?: boolean
  /** What the input is called, where that is not the member. */
  readonly as?: string
  /** Takes the whole line of a form in two columns. */
  readonly wide?: boolean
  /** Shown, and not to be changed. */
  readonly fixed?: boolean
  /** Stands in it while it is empty. */
  readonly empty?: string
}
interface TextField extends Shared {
  readonly kind: 'text' | 'plate' | 'link' | 'secret' | 'file' | 'folder'
  readonly start?: string
  /** Letters. */
  readonly max?: number
  /** Keys of a number, for fingers. */
  readonly look?: 'decimal' | 'numeric'
  /** More than one line. */
  readonly rows?: number
  /** What is often written there. */
  readonly offers?: readonly string[]
}
/** Held as the number that it is; the field says itself what is none. In whole units, of which `decimals` digits are typed. */
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
  /** In fen, where it is money. */
  readonly min?: number
  readonly max?: number
  readonly unit?: string
}
interface TimeField extends Shared {
  readonly kind: 'day' | 'minute' | 'second' | 'time'
  readonly start?: string
}
interface FlagField extends Shared {
  readonly kind: 'flag'
  readonly start?: boolean
}
interface Choice {
  readonly value: string
  readonly word: string
  /** Below it, where all stand below one another. */
  readonly why?: string
  /** Shown, and not to be chosen. */
  readonly closed?: boolean
}
interface ChoiceField extends Shared {
  /** A list, or all of them below one another; `lane` and `enum` differ in nothing but where their words come from. */
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
/** By the member of the call that takes its value. */
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

/** While it is filled in: null is empty, wrong or not shown. */
export type Draft<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> | null }
/** When a field is asked for; one that is not named always is. */
export type Conditions<F extends Fields, O extends keyof F> = {
  readonly [K in O]: (draft: Draft<F>) => boolean
}
/** What was checked: null only where a field may be left empty or is not always asked for. */
export type Values<F extends Fields, O extends keyof F> = {
  readonly [K in keyof F]:
    | ValueOf<F[K]>
    | (F[K] extends { optional: true } ? null : never)
    | (K extends O ? null : never)
}

/** As a field holds it. */
export type Held = string | boolean | number | null | readonly string[]
export type HeldFields = Readonly<Record<string, Held>>
type Value = string | number | boolean | readonly string[] | null
interface Judged {
  readonly value: Value
  /** What to do about it; null where it fits. */
  readonly wrong: string | null
}
export interface ReadFields {
  /** Members, in their order. */
  readonly shown: readonly string[]
  readonly draft: Readonly<Record<string, Value>>
  /** What is wrong, by field; of those that are shown. */
  readonly wrong: Readonly<Record<string, string>>
}
/** What a list of fields does for the form around it. */
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
    const need = field.need ?? words.t('choices' in field ? 'fields.choose' : 'fields.need')
    return { value: null, wrong: need }
  }
  if (field.kind === 'fen' || field.kind === 'integer') return judgedNumber(field, text, words)
  if (field.kind === 'secret') return fits(held)
  return isTimeField(field) ? judgedTime(field, text, words) : fits(text)
}

/** What all of it says together; `only` as `Conditions`, `check` names fields that do not fit each other. */
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

/** What may be chosen, each in its words. */
export const choicesOf = <const V extends string>(
  values: readonly V[],
  word: (value: V) => string = (value) => value,
) => values.map((value) => ({ value, word: word(value) }))

/** Members that were given, for a call: what is null is left out. */
export const given = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as {
    [K in keyof T as null extends T[K] ? never : K]: T[K]
  } & { [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]> }
