// What the control API says of people: who may sign in at a window, who sits there, the accounts, open requests.
// Secrets go in and never come out.
import type { ActFacts } from '../core/people/assent.ts'
import type { Right, Role } from '../core/values/roles.ts'
import type { ApiError } from './rows.ts'

interface PersonTile {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** After wrong secrets; 0: not. */
  readonly lockedForSec: number
  /** By an owner, until one unlocks it. */
  readonly isBarred: boolean
}

export interface MeView {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** An own secret has to be set before anything else. */
  readonly mustChange: boolean
  /** Without a hand the session ends by then. */
  readonly idleLeftSec: number
  readonly endsIso: string
}

export interface SeatView {
  /** The lot has people: nothing is shown before somebody signs in. */
  readonly hasPeople: boolean
  readonly people: readonly PersonTile[]
  readonly me: MeView | null
  /** Why nobody can sign in; null: they can. */
  readonly fault: ApiError | null
  /** The calls that whoever sits there is refused; a window shows nothing that makes them. */
  readonly refused: readonly string[]
  /** Lanes where a car waits for a person: said before anybody signs in. */
  readonly waiting: readonly string[]
}

export interface SignedInView {
  /** For later calls. Studio keeps it outside the page. */
  readonly token: string
  readonly me: MeView
}

export interface PersonView extends PersonTile {
  readonly mustChange: boolean
  readonly secretAtIso: string
  /** The last change by hand, by whom and why; null: none is known. */
  readonly changed: AccountChangeView | null
}

interface AccountChangeView {
  readonly act: 'added' | 'secretSet' | 'roleSet' | 'barred' | 'removed' | 'unlocked'
  readonly by: string
  readonly reason: string
  readonly atIso: string
}

/** Of somebody who was removed. */
export type GonePersonView = Pick<PersonView, 'id' | 'name' | 'role' | 'changed'>

export interface ActRequestView {
  readonly id: string
  readonly name: string
  readonly right: Right
  readonly by: string
  readonly reason: string
  /** What it is about, by the names of its call; nothing else can be done by its approval. */
  readonly facts: ActFacts
  /** Who may approve it. */
  readonly second: readonly Pick<PersonTile, 'id' | 'name' | 'role'>[]
  readonly leftSec: number
  readonly isApproved: boolean
}
