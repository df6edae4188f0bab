// What the row of an act says of its form in the window: titles, labels and hints. Kinds and limits of the fields come
// from the schema of the arguments (call-forms.ts). In every text `{name}` is a fact of the page, or the value of a field.
import type { BilingualText } from '../pure/words/fault-text.ts'

/** A field; it is named by its argument. */
interface FormField {
  readonly label: BilingualText
  /** Text below the field. */
  readonly hint?: BilingualText
  /** Default: by type and name of the argument. */
  readonly kind?: 'enum' | 'radio' | 'fen' | 'day' | 'file'
  /** Words of the values that are offered. */
  readonly choices?: Readonly<Record<string, BilingualText>>
  /** Where the handler checks the limits, so that its refusal names the field. */
  readonly min?: number
  readonly max?: number
  /** `today`: the day of the lot. */
  readonly start?: string | number
  /** Of an end date: the argument with the first day. */
  readonly since?: string
  /** Number of lines of a text, if more than one. */
  readonly rows?: number
  /** Name of the input, if not the argument. */
  readonly as?: string
  /** Takes the whole line of a form in two columns. */
  readonly wide?: true
}
/** An argument whose field depends on the value of the field `by`; a value that is not listed shows none. */
interface FieldBy {
  readonly by: string
  readonly each: Readonly<Record<string, FormField>>
}

/** A sentence above the fields. */
export interface FormLine {
  readonly text: BilingualText
  readonly tone: 'quiet' | undefined
}

/** `K`: the arguments for which a person may be asked; the page gives the others. */
export interface CallForm<K extends string = string> {
  /** The list of reasons that the act offers (i18n `act.reasons`), and the index of the one chosen at first. */
  readonly reasons: string
  readonly usual?: number
  readonly title: BilingualText
  /** The button that carries it out. */
  readonly do: BilingualText
  readonly says?: readonly FormLine[]
  readonly columns?: 2
  /** In the order in which they are shown. */
  readonly fields?: { readonly [N in K]?: FormField | FieldBy }
  /** The page in whose head a button opens the form, for an act that needs nothing of the page. */
  readonly page?: string
  /** The button there, if not the one that carries it out. */
  readonly opens?: BilingualText
  /** Shown there once it was carried out. */
  readonly done?: BilingualText
}

/** A form with everything that the window needs of its row; its fields by name, which is the argument of most. */
export interface CallFormFacts extends Omit<CallForm, 'fields'> {
  readonly fields: Readonly<
    Record<
      string,
      Omit<FormField, 'kind' | 'choices'> & {
        readonly key: string
        readonly kind: string
        readonly choices?: readonly { readonly value: string; readonly word: BilingualText }[]
        readonly optional: boolean
        /** Shown only with this value of that field. */
        readonly only?: readonly [field: string, value: string]
      }
    >
  >
  /** Sent for arguments that stayed empty. */
  readonly empty: Readonly<Record<string, unknown>>
}
