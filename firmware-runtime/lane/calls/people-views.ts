// What the control API returns about people: who may sign in at a window, who is signed in there, the accounts, open
// requests. Secrets are accepted and never returned.
import type { ActFacts } from '../pure/people/assent.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { Right, Role } from '#base/pure/values/roles.ts'
import type { ApiError } from '#base/calls/rows.ts'

interface PersonTile {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** Seconds of lock after wrong secrets; 0: not locked. */
  readonly lockedForSec: number
  /** Barred by an owner, until an owner unlocks it. */
  readonly isBarred: boolean
}

export interface MeView {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** The person has to choose a new secret before anything else. */
  readonly mustChange: boolean
  /** Seconds until the session ends without input. */
  readonly idleLeftSec: number
  readonly endsIso: string
}

export interface SeatView {
  /** The car park of this computer. */
  readonly lot: {
    readonly name: BilingualText
    /** Administrative district; empty: not stated. */
    readonly district: string
  }
  /** The lot has accounts: nothing is shown before somebody signs in. */
  readonly hasPeople: boolean
  readonly people: readonly PersonTile[]
  readonly me: MeView | null
  /** Why nobody can sign in; null: sign-in is possible. */
  readonly fault: ApiError | null
  /** Calls refused to the person at this window; the window hides what would make them. */
  readonly refused: readonly string[]
  /** Lanes where a car waits for a person; shown before sign-in. */
  readonly waitingLanes: readonly BilingualText[]
}

export interface SignedInView {
  /** Session token for later calls. Studio keeps it outside the page. */
  readonly token: string
  readonly me: MeView
}

export interface PersonView extends PersonTile {
  readonly mustChange: boolean
  readonly secretAtIso: string
  /** The last change by a person: who and why; null: not known. */
  readonly changed: AccountChangeView | null
}

interface AccountChangeView {
  readonly act: 'added' | 'secretSet' | 'roleSet' | 'barred' | 'removed' | 'unlocked'
  readonly by: string
  readonly reason: string
  readonly atIso: string
}

/** A removed account. */
export type GonePersonView = Pick<PersonView, 'id' | 'name' | 'role' | 'changed'>

export interface ActRequestView {
  readonly id: string
  readonly name: string
  readonly right: Right
  readonly by: string
  readonly reason: string
  /** The arguments that the approval covers; it approves nothing else. */
  readonly facts: ActFacts
  /** People who may approve it. */
  readonly second: readonly Pick<PersonTile, 'id' | 'name' | 'role'>[]
  readonly leftSec: number
  readonly isApproved: boolean
}
