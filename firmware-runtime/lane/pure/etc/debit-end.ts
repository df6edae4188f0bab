// Predicts, hours ahead, when a lane stops debiting cards: the age of its status list or of the PSAM sign-in passes its limit.
// For display only; offline.ts decides about each debit by the same two limits.
import { joinedPlatform, type LotConfig } from '#base/pure/lot/config.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { ReportedPsam } from '#base/pure/data/credentials.ts'
import { listLimits } from '#ledger/pure/etc/list-age.ts'
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

/** Renewal of a sign-in starts this long before its end (P11); one that is still due then has failed. */
const signInAheadMs = 4 * 3_600_000

/** While downloads succeed, the end moves on with them and no warning is shown. */
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

/** The earlier end; null where this lane debits no card, or no limit is reached within hours. */
export function debitEnd(config: LotConfig, lot: LotState, question: EndQuestion): DebitEnd | null {
  const lane = config.lanes.find(({ id }) => id === question.laneId)
  if (config.chargeMode !== 'card' || lane === undefined || lane.rsu === null) return null
  const ends = [...listEnd(config, question), ...signInEnd(config, lot, question)]
  return ends.sort((a, b) => a.atMs - b.atMs)[0] ?? null
}
