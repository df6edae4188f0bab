// Building blocks of the call table: rights, the kinds of rows, and shared arguments. The table itself is table.ts;
// parts of it are in calls/.
import { rule } from '../pure/words/issue-why.ts'
import { t, type BilingualText } from '../pure/words/fault-text.ts'
import { z } from 'zod'
import { parseIso } from '../pure/values/instant.ts'
import type { GuardRule } from '../pure/values/guards.ts'
import type { Right } from '../pure/values/roles.ts'
import { once } from '../pure/values/once.ts'
import { visible } from '../pure/words/visible-text.ts'
import type { CallForm, FormLine } from './call-form.ts'

/**
 * What answers a reading row when the lot is stopped: its folder (ledger, files and the state computed from the rows),
 * a command of its own that reads the folder, or running lanes only.
 */
export type AtRest = 'folder' | 'command' | 'lanes'

interface CallTraits {
  /** True for calls that move a barrier or money: they carry commandId, actor and reason. */
  readonly act: boolean
  /** For a row that only reads: what answers it when the lot is stopped; null for the other rows. */
  readonly rest: AtRest | null
  /** Processes a whole ledger, queue or copy, or makes a document: the caller waits longer for the answer. */
  readonly long: boolean
  /** Answers with a document: its caller may query the progress and cancel (calls/document.ts). */
  readonly document: boolean
  /** What an act needs in addition to a session. */
  readonly guard: GuardRule
  /** Name of an act: in reports, in the log, and in a request for approval. */
  readonly words: BilingualText | null
  /** Only in a demo lot. */
  readonly demoOnly: boolean
  /**
   * The command that makes this call, such as `coupons give-back`: its flags are the keys of the arguments
   * (runtime/api/row-lines.ts).
   */
  readonly command: string | null
  /**
   * Flags that cannot be derived from their key: a flag name, or name and placeholder. `a | b`: the second flag means
   * false for a boolean and null for an object. A key inside an object is written after the object's key and a dot.
   */
  readonly flags: Readonly<Record<string, string | undefined>>
  /** The value that the command sends when a flag is left out. */
  readonly usual: Readonly<Record<string, unknown>>
  /** The form that makes this call in the window. */
  readonly form: CallForm | null
}

export const apiVersion = 1

export interface CallRow<A = unknown, R = unknown> extends CallTraits {
  /** The right that the call needs; roles.ts says which roles have it. Required in every row. */
  readonly right: Right
  readonly args: z.ZodType<A>
  /** Type of the answer; never has a value. */
  readonly answer?: R
}

/** Read-only version of a type: neither caller nor handler changes it. */
export type Given<T> = T extends readonly (infer E)[]
  ? readonly Given<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Given<T[K]> }
    : T

/** Carries the type of an answer; has no content at run time. */
interface Reply<R> {
  readonly answer?: R
}
export const reply = <R>(): Reply<R> => ({})

/** Arguments of a row: most are built at the first call, so that a lane starts without them. */
type Shape<S extends z.ZodType> = S | (() => S)

type Row<S extends z.ZodType, R, D extends boolean = false> = CallRow<Given<z.infer<S>>, R> & {
  readonly document: D
}
const plain: CallTraits = {
  act: false,
  rest: null,
  long: false,
  document: false,
  guard: 'none',
  words: null,
  demoOnly: false,
  command: null,
  flags: {},
  usual: {},
  form: null,
}
const row = <S extends z.ZodType, R, D extends boolean>(
  right: Right,
  args: Shape<S>,
  _answer: Reply<R>,
  { document, ...traits }: Own<S, D> & Partial<CallTraits>,
): Row<S, R, D> => {
  const made = once(() => (typeof args === 'function' ? args() : args))
  return {
    right,
    get args() {
      return made() as unknown as z.ZodType<Given<z.infer<S>>>
    },
    ...plain,
    ...traits,
    ...(document === true ? { long: true } : {}),
    document: (document ?? false) as D,
  }
}
/** A key of an object among the arguments. */
type Below = `${string}.${string}`
/** What any row may declare in addition to its kind. */
interface Own<S extends z.ZodType, D extends boolean> {
  readonly long?: boolean
  readonly document?: D
  readonly command?: string
  readonly flags?: { readonly [K in keyof z.infer<S>]?: string } & Readonly<Record<Below, string>>
  readonly usual?: { readonly [K in keyof z.infer<S>]?: z.infer<S>[K] } & Readonly<
    Record<Below, unknown>
  >
  readonly form?: CallForm<Exclude<keyof z.infer<S>, keyof Who> & string>
}

type PlainArgs<S extends z.core.$ZodLooseShape> = z.ZodObject<S & typeof who, z.core.$strict>

/** A row that only reads. */
export const read = <S extends z.ZodType, R, D extends boolean = false>(
  right: Right,
  args: Shape<S>,
  answer: Reply<R>,
  traits: Own<S, D> & { readonly rest: AtRest },
): Row<S, R, D> => row(right, args, answer, traits)
/** Moves a barrier, money or a device, for a named person. */
export const act = <S extends z.ZodType, R, D extends boolean = false>(
  right: Right,
  args: Shape<S>,
  answer: Reply<R>,
  traits: Own<S, D> & { readonly words: BilingualText; readonly guard?: GuardRule },
): Row<S, R, D> => row(right, args, answer, { ...traits, act: true })
/** An act that answers only whether it was done before; who does it, and why, follows its own arguments. */
export const plainAct = <S extends z.core.$ZodLooseShape>(
  right: Right,
  shape: () => S,
  traits: Own<PlainArgs<S>, false> & { readonly words: BilingualText; readonly guard?: GuardRule },
): Row<PlainArgs<S>, ActAnswer> =>
  act(right, () => z.strictObject({ ...shape(), ...who }), reply<ActAnswer>(), traits)
/** Changes something that is neither money nor a barrier; not an act. */
export const change = <S extends z.ZodType, R, D extends boolean = false>(
  right: Right,
  args: Shape<S>,
  answer: Reply<R>,
  traits: Own<S, D> = {},
): Row<S, R, D> => row(right, args, answer, traits)
/** A change that needs the installer right; not an act. */
export const installer = <S extends z.ZodType, R>(
  args: Shape<S>,
  answer: Reply<R>,
  traits: Own<S, false> = {},
): Row<S, R> => change('installer', args, answer, traits)
export const demo = <S extends z.ZodType, R>(args: Shape<S>, answer: Reply<R>): Row<S, R> =>
  row('everyone', args, answer, { document: false, demoOnly: true })

/** A sentence above the fields of a form. */
export const line = (zh: string, en: string, tone?: 'quiet'): FormLine => ({
  text: t(zh, en),
  tone,
})

/** Arguments of a row of the table. */
export type RowArgs<T> = T extends CallRow<infer A, unknown> ? A : never
/** Answer of a row of the table. */
export type RowAnswer<T> = T extends { readonly answer?: infer R } ? NonNullable<R> : never

export const none = z.strictObject({})
/** `constructor` matches this pattern but is a property of every JavaScript object, so it is excluded. */
export const laneId = z.string().regex(/^(?!constructor$)[a-z][a-z0-9-]{0,15}$/)
/** ISO 8601 time with offset. */
export const iso = z
  .string()
  .max(40)
  .refine((text) => parseIso(text) !== null, rule('不是带时区的时间', 'not a time with offset'))
/** A calendar day as 2026-03-02; a day that does not exist, such as 2026-02-30, is refused. */
export const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine((text) => parseIso(`${text}T00:00:00+08:00`) !== null, rule('不是日期', 'not a date'))
/**
 * Text typed by a person: blanks alone, control and invisible characters are refused, because an audit could not show
 * them.
 */
export const said = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/\S/, 'blank')
    .refine(
      (text) => visible(text) === text,
      rule('有控制字符或不可见字符', 'control or invisible characters'),
    )
/** Where a device without a lot stands (DevicePosition). */
export const devicePosition = z.strictObject({ site: said(60), lane: z.literal('').or(said(60)) })
export const who = {
  /** Made by the caller once for each act; a repeat with the same id changes nothing. */
  commandId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  by: said(60),
  reason: said(200),
}

export interface Who {
  readonly commandId: string
  readonly by: string
  readonly reason: string
}
export interface ActAnswer {
  readonly ok: true
  /** True when this commandId was carried out before; it was not done again. */
  readonly repeated: boolean
}

/** For cash with the amount given; a repeat has `changeFen` when it names the amount due as well. */
export interface SettleAnswer extends ActAnswer {
  readonly changeFen?: number
}
/** The result of an open by hand: from the board's answer and the position input, not from the command. */
export interface OpenAnswer {
  /** False when the boom did not open although its position is known, or the board is silent. */
  readonly ok: boolean
  readonly repeated: boolean
  readonly result: 'commanded' | 'done' | 'failed'
  /** The board accepted the command. */
  readonly answered: boolean
  /** Position by the inputs at the end. */
  readonly position: string
  readonly tookMs: number
  /** BOOM-02, BOOM-03; null: the boom was seen open. */
  readonly code: 'BOOM-02' | 'BOOM-03' | null
}

/** A fault by its code; a page has the text of the fault table. */
export interface CodedFault {
  readonly code: string
  readonly note: string
  /** The note in both languages; absent: it has no words. */
  readonly why?: BilingualText
}

export type ApiReply<R> =
  | { readonly ok: true; readonly data: R }
  | { readonly ok: false; readonly error: ApiError }

export interface ApiError {
  readonly code: string
  readonly message: string
  readonly means: string
  readonly todo: string
  readonly field: string
  readonly value: string
  /** Why this call was refused, in both languages; absent: `message` says all. */
  readonly why?: BilingualText
}
