// One access of the lot to its platform, and the filter of the access log: by interface, time and account (000 A.2.2 i).
// The account is the channel number in the signature.
import type { ChannelName } from '#base/pure/lot/config.ts'

export interface PlatformAccess {
  readonly atIso: string
  readonly account: string
  /** Id of the interface in the dialect; method and path of an unlisted one. */
  readonly interfaceId: string
  /** HTTP status; null: no answer. */
  readonly status: number | null
  readonly respCode: string | null
  readonly requestId: string | null
  /** True when the HTTP status is a success and the code in the body an error; lines of former versions have none. */
  readonly isRefused?: true
  /** From sending to the answer or the time-out; lines of former versions have none. */
  readonly tookMs?: number
  /** Platform of the lot, because two may use the same channel number. Absent in lines from older versions. */
  readonly destination?: ChannelName
  /** Heartbeat only: the lane that it reports. */
  readonly laneId?: string
}

export interface AccessFilter {
  readonly interfaceId: string | null
  readonly account: string | null
  /** `YYYY-MM-DD`, both inclusive. */
  readonly from: string | null
  readonly to: string | null
  readonly limit: number
}
