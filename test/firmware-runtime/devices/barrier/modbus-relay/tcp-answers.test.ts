// Invalid answers on Modbus TCP: to another request, from another unit, of another shape.
// rtu.test.ts has those of Modbus RTU, which has no transaction number.
import { describe, expect, it } from 'vitest'
import { standardBarrier } from '../../../../../firmware-runtime/devices/barrier/modbus-relay/config.ts'
import { boardLinkOf } from '../../../../../firmware-runtime/devices/barrier/modbus-relay/link.ts'
import { Bench } from './board.ts'

describe('answers on Modbus TCP', () => {
  it('counts answers of another request or unit and takes nothing from them', () => {
    const bench = new Bench(standardBarrier).up()
    const other = Uint8Array.from([0, 99, 0, 0, 0, 4, 1, 2, 1, 0x0f])
    const unit = Uint8Array.from([0, 1, 0, 0, 0, 4, 9, 2, 1, 0x0f])
    bench.step({ type: 'bytes', atMs: bench.nowMs, bytes: other })
    bench.step({ type: 'bytes', atMs: bench.nowMs, bytes: unit })
    expect(bench.state.counters.strangers).toBe(2)
    expect(bench.state.inputs.loopUnder.raw).toBeNull()
  })
  it.each([
    ['too many input bytes', [0, 1, 0, 0, 0, 5, 1, 2, 2, 0, 0]],
    ['an echo instead of inputs', [0, 1, 0, 0, 0, 6, 1, 5, 2, 0, 0, 5]],
    ['an unknown function', [0, 1, 0, 0, 0, 2, 1, 0x2b]],
    ['nothing behind the function', [0, 1, 0, 0, 0, 2, 1, 2]],
  ])('%s is malformed and leaves the inputs unknown', (_name, bytes) => {
    const bench = new Bench(standardBarrier).up()
    bench.step({ type: 'bytes', atMs: bench.nowMs, bytes: Uint8Array.from(bytes) })
    expect(bench.state.counters.malformed).toBe(1)
    expect(bench.state.inputs.loopUnder.raw).toBeNull()
  })
  it.each([
    ['as another unit', (id: number) => [0, id, 0, 0, 0, 4, 9, 2, 1, 0x0f], 'answersAsUnit 9 1'],
    [
      'one number ahead',
      (id: number) => [0, id + 1, 0, 0, 0, 4, 1, 2, 1, 0x0f],
      /^answersAsTransaction (\d+) \d+$/,
    ],
    ['late', (id: number) => [0, id - 1, 0, 0, 0, 4, 1, 2, 1, 0x0f], /^requestsUnanswered/],
  ] as const)('a board that answers %s is named as such', (_name, answer, reason) => {
    const bench = new Bench(standardBarrier).up()
    for (let n = 0; n < 4 && bench.drops.length === 0; n++) {
      const id = bench.state.request?.transactionId ?? 0
      bench.step({ type: 'bytes', atMs: bench.nowMs, bytes: Uint8Array.from(answer(id)) })
      bench.step({ type: 'timer', atMs: bench.nowMs, name: 'answer' })
    }
    expect(bench.drops).toEqual([expect.stringMatching(reason)])
  })
})

describe('the unit of a board', () => {
  it.each([
    ['tcp://h:502?unit=0', 0],
    ['tcp://h:502?unit=255', 255],
    ['tcp://h:502?unit=247', 247],
    ['tcp://h:4001?wire=rtu&unit=0', null],
    ['tcp://h:4001?wire=rtu&unit=255', null],
    ['serial:/dev/ttyUSB0?unit=0', null],
    ['tcp://h:502?unit=248', null],
    ['tcp://h:502?unit=256', null],
  ])('%s: %s', (url, unitId) => {
    const read = (): number => boardLinkOf(url, '/barrier', standardBarrier).config.unitId
    if (unitId === null) expect(read).toThrowError(expect.objectContaining({ code: 'LOT-03' }))
    else expect(read()).toBe(unitId)
  })
})
