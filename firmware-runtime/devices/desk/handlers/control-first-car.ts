// The calls about first cars: the request is audited together with the row that starts the test; its state is computed
// from the rows. A lane runs one test at a time, and none while the money of the last one is not settled.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { FirstCarView } from '#lane/calls/first-car-views.ts'
import {
  firstCarRow,
  firstCarWaitsMs,
  stoppedRow,
  unfinishedTest,
  type FirstCar,
} from '#ledger/pure/lot/first-car.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { PassportRow } from '#base/pure/passport/tables.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { testOrderFen } from '#base/pure/values/test-order.ts'
import type { Act } from '#base/desk/handlers/act-table.ts'
import type { ControlActs } from '#base/desk/handlers/control-acts.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

/** A platform settles a refund within minutes, or a person reviews it. */
const refundWaitsMs = 600_000

const refusal = (field: string, value: string, why: BilingualText): LaneFault =>
  new LaneFault('FIRST-01', { field, value, note: why })

/** The location of the money is unknown, or it was not refunded automatically. */
function mustAsk({ phase, sinceMs }: FirstCar, nowMs: InstantMs): boolean {
  if (phase === 'unknown' || phase === 'refundRejected' || phase === 'byHand') return true
  const waits = phase === 'refundAsked' || phase === 'paid'
  return waits && nowMs - sinceMs > refundWaitsMs
}

function firstCarView(test: FirstCar, nowMs: InstantMs): FirstCarView {
  const { testId, laneId, plate, by, reason, phase, orderId, deductionId } = test
  return {
    testId,
    laneId,
    plate,
    by,
    reason,
    phase,
    orderId,
    deductionId,
    askedAtIso: isoOf(test.askedAtMs),
    sinceIso: isoOf(test.sinceMs),
    amountFen: testOrderFen,
    outTradeNo: test.outTradeNo,
    refundId: test.refundId,
    untilIso: phase === 'armed' ? isoOf(test.askedAtMs + firstCarWaitsMs) : null,
    ask: mustAsk(test, nowMs),
  }
}

/** The test of a lane as a line of its passport; empty when no car was charged. */
export function firstCarTests(test: FirstCar | undefined): PassportRow<'test'>[] {
  if (test === undefined || test.deductionId === null) return []
  const { testId, phase, by, sinceMs, orderId, outTradeNo, refundId } = test
  const detail = [orderId, outTradeNo, refundId].filter((part) => part !== null).join(' ')
  const shared = { kind: 'firstCar', atIso: isoOf(sinceMs), amountFen: testOrderFen }
  return [{ test: testId, result: phase, by, detail, ...shared }]
}

function start(
  runtime: LotRuntime,
  acts: ControlActs,
  args: ArgsOf<'first.start'>,
  act: Act,
): void {
  const { laneId, by, reason } = args
  const host = acts.lane(laneId)
  const plate = normalisePlate(args.plate)
  if (plate === null)
    throw refusal('/plate', args.plate, t('不是车牌', 'this is not a number plate'))
  if (host.config.direction !== 'exit' || host.devices.rsu === null)
    throw refusal('/laneId', laneId, t('没有能扣费的天线', 'there is no antenna that can charge'))
  const nowMs = runtime.nowMs()
  const before = unfinishedTest(runtime.lot.firstCars, laneId, nowMs)
  if (before !== null)
    throw refusal(
      '/laneId',
      laneId,
      t(`${before.testId} 还没有结束`, `${before.testId} has not ended yet (${before.phase})`),
    )
  act.audit(plate)
  const testId = runtime.mint('F')
  runtime.append([firstCarRow(laneId, nowMs, { testId, plate, by, reason })])
}

export const firstCarCalls = defineCalls(({ runtime, acts }: Lot<'runtime' | 'acts'>) => ({
  ...acts.table({
    'first.start': (args, act) => start(runtime, acts, args, act),
    'first.stop': ({ laneId }, act) => {
      const test = runtime.lot.firstCars.get(laneId)
      if (test?.phase !== 'armed')
        throw refusal('/laneId', laneId, t('没有在等车', 'the test is not waiting for a car'))
      act.audit()
      runtime.append([stoppedRow(laneId, runtime.nowMs())])
    },
  }),
  'first.state': ({ laneId }) => {
    acts.lane(laneId)
    const test = runtime.lot.firstCars.get(laneId)
    return { laneId, test: test === undefined ? null : firstCarView(test, runtime.nowMs()) }
  },
}))
