// The runtime's answer for leaving a lot of which nothing is done yet.
import type { LeaveView } from '#lane/calls/lot-views.ts'
import { judgeLeave } from '#lane/pure/lot/leave-lines.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { instantOf, isoOf } from '#base/pure/values/instant.ts'

const nowMs = instantOf(2026, 3, 14)
const lane = { hasCamera: true, hasAntenna: false, hasBoom: true }
const step = { state: 'open', why: t('还没有', 'not yet') } as const

export const leaveView = (over: Partial<LeaveView> = {}): LeaveView => ({
  ok: false,
  atIso: isoOf(nowMs),
  simulated: true,
  lines: judgeLeave({
    simulated: false,
    lanes: [
      { ...lane, laneId: 'entry', name: t('入口', 'Entry') },
      { ...lane, laneId: 'exit', name: t('出口', 'Exit'), hasAntenna: true },
    ],
    firstCar: step,
    survey: step,
    unsigned: [],
    cars: { entry: { plates: 1, obus: 0 } },
    booms: { exit: { opened: 1, closed: 0 } },
    copy: { to: null, tested: null },
    tests: [
      {
        name: t('出口 显示屏', 'Exit: display'),
        device: 'display',
        laneId: 'exit',
        passedAtIso: null,
      },
    ],
    nowMs,
    unsent: { count: 12, oldestAgeSec: 200 },
    clock: null,
    isClockInDoubt: false,
    unowned: 2,
    copyFault: null,
  }),
  ...over,
})
