// An act that asks for nothing but fields, as data: title, reasons, fields, its button and its call.
// ActForm.vue draws it; members of the call are checked against the fields by types.
import type { ActAnswer, ApiReply, Who } from '../../firmware-runtime/api/table.ts'
import type { ReasonList } from './commanding.ts'
import type { Conditions, Draft, Fields, Values } from './fields.ts'

/** A sentence above the fields. */
interface Line {
  readonly text: string
  readonly tone?: 'quiet' | 'warn' | 'bad' | 'mono' | 'figures'
  readonly test?: string
}

interface Frame<D, V> {
  readonly title: string
  readonly reasons: ReasonList
  /** Number of the reason that is chosen at first. */
  readonly usual?: number | undefined
  readonly doLabel: string | ((draft: D) => string)
  readonly says?: readonly Line[] | ((draft: D) => readonly Line[])
  /** Fields in two columns. */
  readonly columns?: 2
  /** Name of the fields for tests. */
  readonly test?: string
  /** The fields may stay as they are: the focus goes to what is missing of who and why. */
  readonly toWho?: boolean
  /** What has to be so beside the fields. */
  readonly ready?: boolean
  /** The act stays open when it was carried out. */
  readonly stays?: boolean
  /** What does not fit, by field, where each fits by itself. */
  readonly check?: (draft: D) => { readonly [K in keyof D]?: string | undefined }
  /** `say`: what came of it, in an act that stays open. */
  readonly call: (
    values: V,
    who: Who,
    say: (outcome: string) => void,
  ) => Promise<ApiReply<ActAnswer>>
}

/** As the dialog takes it. */
export interface ActFormData extends Frame<never, never> {
  readonly fields: Fields
  readonly only?: Readonly<Record<string, ((draft: never) => boolean) | undefined>>
}

export const actForm = <const F extends Fields, O extends keyof F = never>(
  form: { readonly fields: F; readonly only?: Conditions<F, O> } & Frame<Draft<F>, Values<F, O>>,
): ActFormData => form as unknown as ActFormData
