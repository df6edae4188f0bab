// One access of the lot to its platform, and how such accesses are searched: by interface, time and account (000 A.2.2 i).
// The account is the channel number that it was signed for.
import type { ChannelName } from '../core/lot/config.ts'

export interface PlatformAccess {
  readonly atIso: string
  readonly account: string
  /** As the dialect lists it; method and path of what it does not list. */
  readonly interfaceId: string
  /** Null where no answer came. */
  readonly status: number | null
  readonly respCode: string | null
  readonly requestId: string | null
  /** Its status is a success, and its code an error; absent in lines of before. */
  readonly isRefused?: true
  /** From sending to the answer, or to where it was given up; absent in lines of before. */
  readonly tookMs?: number
  /** Which platform of the lot: two may know it by one channel number. Absent in lines of before. */
  readonly destination?: ChannelName
  /** Of a heartbeat: the lane that it shows. */
  readonly laneId?: string
}

export interface AccessFilter {
  readonly interfaceId: string | null
  readonly account: string | null
  /** `YYYY-MM-DD`, both inside. */
  readonly from: string | null
  readonly to: string | null
  readonly limit: number
}
