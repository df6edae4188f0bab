// When a lane will stop to debit cards by itself, told hours before: its status list or the sign-in of its PSAMs passes its limit.
// Asked by whoever shows a lane; the debit itself is judged by offline.ts, by the same two limits.
import type { LotConfig } from '../lot/config.ts'
import { joinedPlatform } from '../lot/config.ts'
import type { LotState } from '../lot/lot-state.ts'
import type { InstantMs } from '../values/instant.ts'
import type { ReportedPsam } from './credentials.ts'
import { listLimits } from './list-age.ts'
import { signInEndMs } from './offline.ts'

interface DebitEnd {
  readonly atMs: InstantMs
  readonly why: 'listTooOld' | 'signInExpired'
}

interface EndQuestion {
  readonly nowMs: InstantMs
  readonly laneId: string
  readonly psams: readonly ReportedPsam[]
  readonly listAsOfMs: InstantMs | null
}

/** A sign-in is renewed from here on (P11): one that is still due then has failed to come. */
const signInAheadMs = 4 * 3_600_000

/** While downloads come, the end moves on with them and nobody is told of it. */
function listEnd({ caps }: LotConfig, { nowMs, listAsOfMs }: EndQuestion): DebitEnd[] {
  if (listAsOfMs === null || nowMs - listAsOfMs <= listLimits.warnMs) return []
  return [{ atMs: listAsOfMs + caps.blacklistAgeMin * 60_000, why: 'listTooOld' }]
}

function signInEnd(config: LotConfig, lot: LotState, { nowMs, psams }: EndQuestion): DebitEnd[] {
  if (joinedPlatform(config) === null) return []
  const ends = psams.flatMap(({ terminal }) => lot.signIns.get(terminal) ?? [])
  if (ends.length === 0 || Math.min(...ends) - nowMs >= signInAheadMs) return []
  const stops = psams.flatMap(({ terminal }) => signInEndMs(config, lot, terminal) ?? [])
  return [{ atMs: Math.min(...stops), why: 'signInExpired' }]
}

/** The first of them; null where no card is debited in this lane, or nothing stands against it for hours. */
export function debitEnd(config: LotConfig, lot: LotState, question: EndQuestion): DebitEnd | null {
  const lane = config.lanes.find(({ id }) => id === question.laneId)
  if (config.chargeMode !== 'card' || lane === undefined || lane.rsu === null) return null
  const ends = [...listEnd(config, question), ...signInEnd(config, lot, question)]
  return ends.sort((a, b) => a.atMs - b.atMs)[0] ?? null
}
