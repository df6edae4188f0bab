// What rows of the call table are made of: who may call them, the kinds of rows, and shared arguments.
// The table itself is table.ts; parts of it are in calls/.
import { rule } from '../core/values/issue-why.ts'
import type { BilingualText } from '../core/values/fault-text.ts'
import { z } from 'zod'
import { parseIso } from '../core/values/instant.ts'
import type { GuardRule } from '../core/people/guards.ts'
import type { Right } from '../core/values/roles.ts'
import { once } from '../core/values/once.ts'
import { visible } from '../core/values/visible-text.ts'

/**
 * What answers a reading row of a lot that is stopped: its folder (ledger, files and the state that the rows come to), a
 * command of its own that reads the folder, or nothing but running lanes.
 */
export type AtRest = 'folder' | 'command' | 'lanes'

interface CallTraits {
  /** True for calls that move a barrier or money: they carry commandId, actor and reason. */
  readonly act: boolean
  /** Of a row that changes and begins nothing, what answers it of a stopped lot; null for the other rows. */
  readonly rest: AtRest | null
  /** Goes through a whole ledger, queue or copy, or makes a document: its answer is waited for longer. */
  readonly long: boolean
  /** Answers with a document: who asked may look how far it is, and stop it (calls/document.ts). */
  readonly document: boolean
  /** What an act needs beside a session. */
  readonly guard: GuardRule
  /** What an act is called: in reports, in the log, and to who is asked to agree to it. */
  readonly words: BilingualText | null
  /** Only where the lot is a demo. */
  readonly demoOnly: boolean
  /** The command that asks it, as `coupons give-back`: its flags are the keys of the arguments (cli/row-lines.ts). */
  readonly command: string | null
  /**
   * Flags that their key does not say: the name of one, or its name and place holder. `a | b`: or another flag, that a boolean
   * is false and an object null. A key of an object stands behind that of the object and a point.
   */
  readonly flags: Readonly<Record<string, string | undefined>>
  /** What the command says of a key whose flag is left out. */
  readonly usual: Readonly<Record<string, unknown>>
}

export interface CallRow<A = unknown, R = unknown> extends CallTraits {
  /** The kind of work it is; roles.ts says whose. No row can be without it. */
  readonly right: Right
  readonly args: z.ZodType<A>
  /** Carries the answer's type; never has a value. */
  readonly answer?: R
}

/** As a caller gives it and a handler takes it: neither changes it. */
export type Given<T> = T extends readonly (infer E)[]
  ? readonly Given<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Given<T[K]> }
    : T

/** Stands for the type of an answer, which nothing at run time knows. */
interface Reply<R> {
  readonly answer?: R
}
export const reply = <R>(): Reply<R> => ({})

/** Arguments of a row: most are made when the row is first called, so that a lane starts without them. */
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
/** What any row may say of itself beside its kind. */
interface Own<S extends z.ZodType, D extends boolean> {
  readonly long?: boolean
  readonly document?: D
  readonly command?: string
  readonly flags?: { readonly [K in keyof z.infer<S>]?: string } & Readonly<Record<Below, string>>
  readonly usual?: { readonly [K in keyof z.infer<S>]?: z.infer<S>[K] } & Readonly<
    Record<Below, unknown>
  >
}

/** Changes and begins nothing. */
export const read = <S extends z.ZodType, R, D extends boolean = false>(
  right: Right,
  args: Shape<S>,
  answer: Reply<R>,
  traits: Own<S, D> & { readonly rest: AtRest },
): Row<S, R, D> => row(right, args, answer, traits)
/** Moves a barrier, money or a device, by a person who is named. */
export const act = <S extends z.ZodType, R, D extends boolean = false>(
  right: Right,
  args: Shape<S>,
  answer: Reply<R>,
  traits: Own<S, D> & { readonly words: BilingualText; readonly guard?: GuardRule },
): Row<S, R, D> => row(right, args, answer, { ...traits, act: true })
/** Changes something that is neither money nor a barrier: no act. */
export const change = <S extends z.ZodType, R, D extends boolean = false>(
  right: Right,
  args: Shape<S>,
  answer: Reply<R>,
  traits: Own<S, D> = {},
): Row<S, R, D> => row(right, args, answer, traits)
/** By an installer, and no act: it moves neither money nor a barrier. */
export const installer = <S extends z.ZodType, R>(
  args: Shape<S>,
  answer: Reply<R>,
  traits: Own<S, false> = {},
): Row<S, R> => change('installer', args, answer, traits)
export const demo = <S extends z.ZodType, R>(args: Shape<S>, answer: Reply<R>): Row<S, R> =>
  row('everyone', args, answer, { document: false, demoOnly: true })

/** Arguments of a row of the table. */
export type RowArgs<T> = T extends CallRow<infer A, unknown> ? A : never

export const none = z.strictObject({})
/** Never the one word of this shape that every object of the program has by itself. */
export const laneId = z.string().regex(/^(?!constructor$)[a-z][a-z0-9-]{0,15}$/)
/** A time of ISO 8601 with its offset. */
export const iso = z
  .string()
  .max(40)
  .refine((text) => parseIso(text) !== null, rule('不是带时区的时间', 'not a time with offset'))
/** A day of the calendar, as 2026-03-02: 2026-02-30 is none. */
export const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine((text) => parseIso(`${text}T00:00:00+08:00`) !== null, rule('不是日期', 'not a date'))
/** Words of a person: blanks alone say nothing in an audit, and unseen characters say something else. */
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
/** Where a device of no lot stands (DevicePosition). */
export const devicePosition = z.strictObject({ site: said(60), lane: z.literal('').or(said(60)) })
export const who = {
  /** Made by the caller once per act; a repeat with the same id changes nothing. */
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
  /** True when this commandId was carried out before; nothing was done again. */
  readonly repeated: boolean
}

/** Of cash whose given amount was named; a repeat has it where it names what was due as well. */
export interface SettleAnswer extends ActAnswer {
  readonly changeFen?: number
}
/** What became of an open by hand: the board's answer and the position input, not the command. */
export interface OpenAnswer {
  /** False where the boom did not open although its position is known, or the board is silent. */
  readonly ok: boolean
  readonly repeated: boolean
  readonly result: 'commanded' | 'done' | 'failed'
  /** The board took the command. */
  readonly answered: boolean
  /** As its inputs say at the end. */
  readonly position: string
  readonly tookMs: number
  /** BOOM-02, BOOM-03, or null where the boom was seen open. */
  readonly code: 'BOOM-02' | 'BOOM-03' | null
}

/** A fault by its code where a page has the words of the table. */
export interface CodedFault {
  readonly code: string
  readonly note: string
  /** The note in both languages; absent where it has no words. */
  readonly why?: BilingualText
}

export interface ApiError {
  readonly code: string
  readonly message: string
  readonly means: string
  readonly todo: string
  readonly field: string
  readonly value: string
  /** Why just this was refused, in both languages; absent where `message` says all. */
  readonly why?: BilingualText
}
