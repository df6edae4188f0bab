// What outside its folder binds the past of a ledger, as facts of an acceptance: days, time stamps and certificates.

export type Binding = 'platform' | 'timeStamp'

/** A time stamp over the head of the chain: the row of this number existed, with all before it, at its time. */
export interface HeadStamp {
  readonly nodeId: string
  readonly seq: number
  /** Of the row that is there now. */
  readonly hash: string
  /** DER in base64. */
  readonly token: string
  /** Null: it does not hold for that row; the rows were written anew since, as after a restored copy. */
  readonly held: { readonly atIso: string; readonly by: string } | null
}

export interface PastDay {
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** Empty: nothing outside binds this day. */
  readonly by: readonly Binding[]
}

export interface Past {
  /** The lanes of this lot started, and the judged rows are behind that start. */
  readonly isStarted: boolean
  /** The days of the judged rows that belong to a car. */
  readonly days: readonly PastDay[]
  /** Of the judged rows, and later ones. */
  readonly stamps: readonly HeadStamp[]
  /** Platforms that accepted judged records under a certificate that no row names. */
  readonly unrecorded: readonly UnrecordedCertificate[]
}

/** A channel that accepted records although no certificate was recorded since the start of the lanes, or some were not. */
export interface UnrecordedCertificate {
  readonly channel: string
  /** Start of the lanes. */
  readonly fromIso: string
}
