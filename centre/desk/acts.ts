// The people of the desk and the log of their acts, which is only added to.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LotScope, Transaction } from './in-lots.ts'

export interface DeskPerson {
  readonly personId: string
  readonly name: string
  readonly lots: LotScope
  /** The secret was made by the program: nothing else is allowed before it is changed. */
  readonly oneTime: boolean
  /** Name of the screen that a person has left open; null: the person is there. */
  readonly wall: string | null
}

interface Act {
  readonly act: string
  readonly lotId?: string
  readonly detail?: object
}

/** Adds the act of a person to the log, in the transaction of the act itself. */
export async function logAct(
  db: Transaction,
  { nowMs, person }: { readonly nowMs: InstantMs; readonly person: { readonly name: string } },
  { act, lotId, detail = {} }: Act,
): Promise<void> {
  await db.query('INSERT INTO desk.act (at, person, act, lot_id, detail) VALUES ($1,$2,$3,$4,$5)', [
    new Date(nowMs),
    person.name,
    act,
    lotId ?? null,
    JSON.stringify(detail),
  ])
}
