// The call whether a lot may be left unattended: facts of its folder, read outside the lanes' thread, and the current
// state of lanes, clock, queue and books.
import type { LeaveView } from '../../calls/lot-views.ts'
import type { StatusView } from '../../calls/views.ts'
import { tallyOf } from '#money/pure/billing/day-items.ts'
import { clockKeeping } from '../../pure/lot/clock-keeping.ts'
import {
  judgeLeave,
  mayLeave,
  type LeaveFolder,
  type LeaveNow,
} from '../../pure/lot/leave-lines.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { BackupParts } from '#ledger/desk/handlers/control-backup.ts'
import type { LotParts } from './control-lot.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

interface Own {
  readonly lot: Pick<LotParts, 'leaving'>
  readonly backup: Pick<BackupParts, 'view'>
}
type LeaveLot = Lot<'runtime' | 'service', Own> & { readonly views: { status(): StatusView } }

/** By the time sources of the lot file when one answered, else by the platform. */
function clockSaid({ clock }: StatusView, nowMs: InstantMs): LeaveNow['clock'] {
  const { kept, platformOffsetMs, offsetMsAgo } = clock
  if (kept !== undefined && kept.offsetMs !== null) {
    const { server, offsetMs, errorMs, atIso } = kept
    const by = server ?? ''
    const ageSec = Math.max(0, (nowMs - (parseIso(atIso) ?? nowMs)) / 1000)
    return {
      by: t(`时间服务器 ${by}`, `time server ${by}`),
      offsetMs,
      limitMs: clockKeeping.rightMs + (errorMs ?? 0),
      // It is checked every half hour.
      ageSec: ageSec * 1000 <= clockKeeping.everyMs * 2 ? null : ageSec,
    }
  }
  if (platformOffsetMs === null) return null
  return {
    by: t('平台', 'the platform'),
    offsetMs: -platformOffsetMs,
    limitMs: clockKeeping.stepMsMax,
    ageSec: offsetMsAgo === undefined ? null : offsetMsAgo / 1000,
  }
}

async function unownedOf({ service, runtime }: LeaveLot): Promise<number> {
  const { items } = tallyOf((await service.dayTally(runtime.nowMs())).books)
  return [...items.values()].filter(({ end, owner }) => end === null && owner === '').length
}

export function leaveView(folder: LeaveFolder, now: LeaveNow): LeaveView {
  const lines = judgeLeave({ ...folder, ...now })
  return { ok: mayLeave(lines), atIso: isoOf(now.nowMs), simulated: folder.simulated, lines }
}

export const leaveCalls = defineCalls((parts: LeaveLot) => ({
  'lot.leave': async () => {
    const own = needed(parts.lot, 'LOT-01')()
    const [folder, unowned] = await Promise.all([own.leaving(), unownedOf(parts)])
    const nowMs = parts.runtime.nowMs()
    const status = parts.views.status()
    const { unsent, oldestAgeSec } = status.queue
    return leaveView(folder, {
      nowMs,
      unsent: { count: unsent, oldestAgeSec },
      clock: clockSaid(status, nowMs),
      isClockInDoubt: status.clock.doubt !== undefined,
      unowned,
      copyFault: parts.backup?.view().fault?.code ?? null,
    })
  },
}))
