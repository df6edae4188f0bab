// Administration of business time for a channel or for all: it decides when bills are ready, sign-ins and certificates
// expire, and list entries take effect. Signatures keep the transport time, because otherwise no client could sign.
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { channelIn, type AdminPlan } from './admin.ts'
import { membersIn, refuse } from '../shell/members.ts'
import { everybody } from './records/by-application.ts'

const shiftMaxMs = 3660 * dayMs

/** GET /time?appId=; POST /time {shiftMs, appId}: relative to the real time, not to an earlier shift. */
export function timeRoutes({ model, nowMs }: Pick<AdminPlan, 'model' | 'nowMs'>): AdminRoutes {
  const shown = (appId: string) => {
    const shiftMs = model().shiftOf(appId)
    return { shiftMs, nowIso: isoOf(nowMs() + shiftMs) }
  }
  return {
    'GET /time': ({ query }) => shown(query.get('appId') ?? everybody),
    'POST /time': ({ body }) => {
      const members = membersIn(body)
      const { shiftMs } = members
      if (typeof shiftMs !== 'number' || !Number.isInteger(shiftMs))
        throw refuse('shiftMs', shiftMs, 'whole milliseconds')
      if (Math.abs(shiftMs) > shiftMaxMs) throw refuse('shiftMs', shiftMs, 'ten years at most')
      const whom = channelIn(members)
      model().moveTime(shiftMs, whom)
      return shown(whom)
    },
  }
}
