// Which records offline transfer exports, for charges in one step and in two (P34).
import { expect, it } from 'vitest'
import { carriedRecords } from '#ledger/pure/queue/offline-transfer-selection.ts'
import { isTwoStep } from '#ledger/http/two-step.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../../../lane/pure/lane-bench.ts'
import { lotOn, nobody, silence } from '../../../lane/lot/lot-on.ts'
import { startMs } from '../../../runtime/control/control-kit.ts'
import { cameIn } from '../../../lane/pure/lot/row-kit.ts'

/** A car that was let go without an answer to its charge. */
function unanswered(twoStep: boolean) {
  const lot = lotOn([], { offline: 'settle-later' }, nobody, startMs, twoStep)
  const enteredAtMs = lot.runtime.nowMs() - 70 * 60_000
  lot.runtime.append([cameIn('n1-S1', enteredAtMs)])
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
  for (let n = 0; n < 3 && lot.asked.length > 0; n++) lot.answer(silence)
  return lot
}
const carried = (twoStep: boolean) => {
  const { runtime } = unanswered(twoStep)
  const records = [...carriedRecords(runtime.queue, runtime.lot, twoStep)]
  return records.flatMap(({ record, send }) => (record.op === 'charge' ? [send] : []))
}

it('a charge is posted from elsewhere in one step, and only asked for in two: no application waits in a file', () => {
  expect(carried(false)).toEqual(['post'])
  expect(carried(true)).toEqual(['query'])
})

it.each([
  [true, 'oneStep', true],
  [false, 'twoStep', false],
  [undefined, 'twoStep', true],
  [undefined, 'oneStep', false],
  [undefined, undefined, false],
] as const)(
  'its destination says %s, its province %s: two steps %s',
  (said, province, expected) => {
    const { consumption: _, ...rules } = guangxi.rules
    const of = province === undefined ? rules : { ...rules, consumption: province }
    const joined = said === undefined ? {} : { twoStep: said }
    expect(isTwoStep(joined, { ...guangxi, rules: of })).toBe(expected)
    const { consumption: __, ...without } = guangxi
    expect(isTwoStep({ twoStep: true }, without)).toBe(false)
  },
)
