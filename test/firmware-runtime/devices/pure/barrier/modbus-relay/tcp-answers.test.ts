// Invalid answers on Modbus TCP: to another request, from another unit, of another shape.
// rtu.test.ts has those of Modbus RTU, which has no transaction number.
import { describe, expect, it } from 'vitest'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { boardLinkOf } from '#devices/pure/barrier/modbus-relay/link.ts'
import { noteWhy } from '#base/pure/words/notes.ts'
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
    ['as transaction 0', () => [0, 0, 0, 0, 0, 4, 1, 2, 1, 0x0f], /^answersAsTransaction 0 \d+$/],
    [
      'as transaction 0x4000',
      () => [0x40, 0, 0, 0, 0, 4, 1, 2, 1, 0x0f],
      /^answersAsTransaction 16384 \d+$/,
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

describe('a board that refuses', () => {
  const refusing = (exception: number) => {
    const bench = new Bench(standardBarrier)
    bench.mood = 'refusesReads'
    bench.readException = exception
    bench.up().run(5_000)
    return bench
  }
  it.each([
    [1, '没有数字输入功能', 'no such function'],
    [2, '没有这么多输入', 'fewer inputs'],
    [3, '不接受这个数目', 'number of inputs'],
    [4, '自己报告故障', 'failure of its own'],
    [6, '一直忙', 'stays busy'],
    [11, '异常 11', 'exception 11'],
  ])(
    'each reading with exception %i: told once, with what to do; the link stays',
    (code, zh, en) => {
      const bench = refusing(code)
      expect(bench.drops).toEqual([])
      const told = bench.told('barrierDown')
      expect(told).toEqual([{ type: 'barrierDown', reason: `readsRefused ${code}` }])
      const why = noteWhy(`readsRefused ${code}`)
      expect(why).toMatchObject({
        zh: expect.stringContaining(zh),
        en: expect.stringContaining(en),
      })
      expect(why).toMatchObject({ zh: expect.stringContaining('有应答') })
      bench.mood = 'answers'
      bench.run(200)
      expect(bench.told('barrierUp')).toHaveLength(1)
    },
  )
  it('some readings, as a busy one does: nothing is told', () => {
    const bench = new Bench(standardBarrier).up()
    for (let i = 0; i < 20; i++) {
      bench.mood = i % 2 === 0 ? 'refusesReads' : 'answers'
      bench.run(300)
    }
    expect(bench.told('barrierDown')).toEqual([])
  })
  it.each([
    [1, 1],
    [2, 1],
    [3, 1],
    [6, 0],
  ])('a pulse with exception %i is told %i time: it has no pulse of its own', (code, times) => {
    const bench = new Bench(standardBarrier).up()
    bench.run(500)
    bench.mood = 'refusesWrites'
    bench.writeException = code
    for (const passId of ['p1', 'p2']) {
      bench.command({ do: 'open', passId })
      bench.run(2_000)
    }
    const faults = bench.told('barrierFault')
    expect(faults).toEqual(
      Array.from({ length: times }, () => ({ type: 'barrierFault', fault: 'pulseRefused' })),
    )
  })
})

describe('an echo that is not that of the pulse', () => {
  const { answerTimeoutMs } = standardBarrier
  it.each([
    ['another value', [5, 2, 0, 0xff, 0]],
    ['another coil', [5, 0, 0, 0, 5]],
    ['an exception', [0x85, 6]],
    ['another function', [0x0f, 2, 0, 0, 5]],
    ['cut', [5, 2, 0]],
  ])('%s: the pulse is repeated no sooner than after silence', (_name, pdu) => {
    const bench = new Bench(standardBarrier).up()
    bench.run(500)
    bench.echo = pdu
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(3_000)
    const times = bench.pulses.map(({ atMs }) => atMs)
    expect(bench.names()).toEqual(['open', 'open', 'open'])
    for (const [i, atMs] of times.slice(1).entries())
      expect(atMs - (times[i] ?? 0)).toBeGreaterThanOrEqual(answerTimeoutMs)
    expect(bench.state.counters.answers, 'the inputs are polled meanwhile').toBeGreaterThan(20)
  })
  it('a stop and a close are repeated in the same way', () => {
    const bench = new Bench(standardBarrier).up()
    bench.set('limitOpen')
    bench.run(500)
    bench.echo = [5, 2, 0, 0xff, 0]
    bench.command({ do: 'stop' })
    bench.run(2_000)
    bench.command({ do: 'close' })
    bench.run(4_000)
    expect(bench.names()).toEqual(['stop', 'stop', 'stop', 'close', 'close', 'close'])
    const times = bench.pulses.map(({ atMs }) => atMs)
    for (const [i, atMs] of times.slice(1).entries())
      expect(atMs - (times[i] ?? 0)).toBeGreaterThanOrEqual(answerTimeoutMs)
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
