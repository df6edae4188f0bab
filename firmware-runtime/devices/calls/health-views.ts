// What lets a lane charge at all, as the control API tells it: PSAM, sign-in, certificates, clock.
// Each with how old the word is and when it ends.
import type { ChannelName } from '#base/pure/lot/destination-members.ts'
import type { CredentialState } from '#base/pure/data/credentials.ts'

export interface HeldCertificateView {
  /** The platform that it is exchanged with. */
  readonly of: ChannelName
  readonly whose: 'client' | 'platform'
  readonly serial: string
  readonly fromIso: string
  readonly untilIso: string
}

export type { CredentialState }

export interface HealthView {
  readonly nowIso: string
  readonly psams: readonly {
    readonly laneId: string
    /** Empty: the antenna reported none. */
    readonly terminal: string
    readonly authorised: boolean | null
    readonly state: CredentialState
    /** Time since the antenna reported it; null: not reported. */
    readonly toldMsAgo: number | null
  }[]
  /**
   * Of each antenna whether a person decided its power: `asked`: nothing is written until then; `unproven`: it works with a
   * usual power, and no trial has confirmed it.
   */
  readonly powers: readonly {
    readonly laneId: string
    readonly state: 'known' | 'asked' | 'unproven'
  }[]
  readonly signIn: {
    readonly state: CredentialState
    readonly untilIso: string | null
    readonly leftMs: number | null
    /** Time since the grant; null: not since this start of the runtime. */
    readonly grantedMsAgo: number | null
  } | null
  readonly certificates: readonly (HeldCertificateView & {
    readonly leftMs: number
    readonly state: CredentialState
  })[]
  readonly clock: {
    readonly state: CredentialState
    /** Platform clock minus ours, ms; null before the first verified answer. */
    readonly offsetMs: number | null
    readonly answeredMsAgo: number | null
  } | null
}
