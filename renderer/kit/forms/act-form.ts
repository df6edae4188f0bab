// An act that needs only fields, declared as data: title, reasons, fields, button and call.
// ActForm.vue draws it; types check the members of the call against the fields.
import type { ActAnswer, ApiReply, Who } from '#base/calls/rows.ts'
import type { ReasonList } from './commanding.ts'
import type { Conditions, Draft, Fields, Values } from './fields.ts'

/** A sentence above the fields. */
export interface Line {
  readonly text: string
  readonly tone?: 'quiet' | 'warn' | 'bad' | 'mono' | 'figures'
  readonly test?: string
}

interface Frame<D, V> {
  readonly title: string
  readonly reasons: ReasonList
  /** Index of the reason that is chosen at first. */
  readonly usual?: number | undefined
  readonly doLabel: string | ((draft: D) => string)
  readonly says?: readonly Line[] | ((draft: D) => readonly Line[])
  /** Fields in two columns. */
  readonly columns?: 2
  /** Name of the fields for tests. */
  readonly test?: string
  /** The fields may stay as they are, so the focus goes to the missing name or reason. */
  readonly toWho?: boolean
  /** A condition besides the fields, without which the act cannot be sent. */
  readonly ready?: boolean
  /** The dialog stays open after the act was carried out. */
  readonly stays?: boolean
  /** Faults by field, for fields that are valid alone but not together. */
  readonly check?: (draft: D) => { readonly [K in keyof D]?: string | undefined }
  /** `say` shows the outcome, in an act whose dialog stays open. */
  readonly call: (
    values: V,
    who: Who,
    say: (outcome: string) => void,
  ) => Promise<ApiReply<ActAnswer>>
}

/** The form in the type that the dialog takes. */
export interface ActFormData extends Frame<never, never> {
  readonly fields: Fields
  readonly only?: Readonly<Record<string, ((draft: never) => boolean) | undefined>>
}

export const actForm = <const F extends Fields, O extends keyof F = never>(
  form: { readonly fields: F; readonly only?: Conditions<F, O> } & Frame<Draft<F>, Values<F, O>>,
): ActFormData => form as unknown as ActFormData
