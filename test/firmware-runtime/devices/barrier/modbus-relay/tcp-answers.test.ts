// Answers that are none, on Modbus TCP: of another request, of another unit, of another shape.
// Those of Modbus RTU, where nothing has a number, are in rtu.test.ts.
import { describe, expect, it } from 'vitest'
import { standardBarrier } from '../../../../../firmware-runtime/devices/barrier/modbus-relay/config.ts'
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
})
