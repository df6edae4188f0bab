// What a call of the desk declares: who may make it, its arguments and its answer. A thing is a folder of calls/ with
// its calls and the shapes that the pages see.
import { z } from 'zod'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { AlarmPost } from '../alarm/post.ts'
import type { Authority } from '../authority/authority.ts'
import type { DeskPerson } from './acts.ts'
import type { Transaction } from './in-lots.ts'
import type { Streamed } from './streamed-rows.ts'
import type { Secrets, SignInFrom } from './secrets.ts'

/** What a call that needs nobody gets. */
export interface Visit {
  readonly nowMs: InstantMs
  /** A transaction with the lots of the person; of a visitor: none. `isSteady`: all its statements see the same rows. */
  run<T>(work: (db: Transaction) => Promise<T>, isSteady?: boolean): Promise<T>
  readonly secrets: Secrets
  readonly authority: Authority
  readonly post: AlarmPost
  /** Empty: not known. */
  readonly doorUrl: string
  /** Token of the session; null: none. */
  readonly token: string | null
  readonly from: SignInFrom
  /** Sets the cookie of a browser in which a person has signed in. */
  keepBrowser(token: string): void
  /** Sets the cookie of the session; null ends it. `lasts`: also when the browser is started again. */
  keep(token: string | null, lasts?: boolean): void
}

export interface Asked extends Visit {
  readonly person: DeskPerson
  /** As `run`, for rows that are sent while they are read. */
  stream<T>(work: (db: Transaction) => AsyncIterable<T>): AsyncIterable<T>
}

/** Arguments and answer of a call. */
interface Shape {
  readonly args: object
  readonly answer: unknown
}

/** `anybody`: without a session. `oneTime`: also before a one-time secret is changed. `person`: signed in. */
export type Right = 'anybody' | 'oneTime' | 'person'

type CallRow<S extends Shape> =
  S['answer'] extends Streamed<infer R>
    ? {
        readonly args: z.ZodType<S['args']>
        readonly right: 'person'
        chunks(args: S['args'], asked: Asked): AsyncIterable<readonly R[]>
      }
    : AnswerRow<S>

type AnswerRow<S extends Shape> = { readonly args: z.ZodType<S['args']> } & (
  | { readonly right: 'anybody'; answer(args: S['args'], asked: Visit): Promise<S['answer']> }
  | {
      readonly right: 'oneTime' | 'person'
      /** Also for a screen that a person has left open. */
      readonly onWalls?: true
      answer(args: S['args'], asked: Asked): Promise<S['answer']>
    }
)

export type CallRows<Shapes> = {
  readonly [Name in keyof Shapes]: CallRow<Shapes[Name] extends Shape ? Shapes[Name] : never>
}

export const noArguments = z.strictObject({})
/** A name that a program made, such as a lot or a node. */
export const idText = z.string().min(1).max(80)
export const seqNumber = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
/** Empty: none was given. */
export const reasonText = z.string().trim().max(200)

/** Throws CENTRE-37 without a reason for what cannot be undone. */
export function mustHaveReason(reason: string): void {
  if (reason.length < 2) throw new LaneFault('CENTRE-37', { field: 'reason', value: reason })
}

/** Throws CENTRE-38 for a thing that is not there, or no longer as the person saw it. */
export function known<T>(thing: T | undefined, field: string, value: string): T {
  if (thing === undefined) throw new LaneFault('CENTRE-38', { field, value })
  return thing
}

/** For what concerns all lots. Throws CENTRE-41 for a person who sees some of them. */
export function mustSeeAll({ lots }: DeskPerson): void {
  if (lots !== '*') throw new LaneFault('CENTRE-41')
}
