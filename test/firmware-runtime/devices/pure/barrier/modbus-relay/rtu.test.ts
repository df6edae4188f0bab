// Modbus RTU: frames as published, at any split and in any noise, and the handling of answers without a transaction number:
// late answers are waited out, duplicates fall into the silent interval, echoes are no confirmation.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { crc16Fits } from '#devices/pure/crc16-modbus.ts'
import { contractWiring, standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { noBytes } from '#devices/pure/barrier/modbus-relay/framing.ts'
import { coilOff, coilOn, writeCoil } from '#devices/pure/barrier/modbus-relay/frames/write-coil.ts'
import { readInputs } from '#devices/pure/barrier/modbus-relay/frames/read-inputs.ts'
import { boardLinkOf } from '#devices/pure/barrier/modbus-relay/link.ts'
import { encodePdu } from '#devices/pure/barrier/modbus-relay/pdu.ts'
import {
  modbusRtu,
  restMsAt,
  rtuBytesMax,
  unframeRtu,
} from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { sealed } from '#simulators/shell/crc16.ts'
import { BoardBench } from './bench.ts'

const hex = (text: string): Uint8Array => present(bytesOfHex(text), text)
const rtu = modbusRtu(5)

describe('published frames of lane-devices.md 2.2', () => {
  it.each([
    ['relay 1 on', { coil: 0, data: coilOn }, '010500 00FF008C3A'],
    ['relay 1 off', { coil: 0, data: coilOff }, '010500000000CDCA'],
    ['pulse of 700 ms', { coil: 0x200, data: 7 }, '0105020000078DB0'],
    ['pulse of 500 ms', { coil: 0x200, data: 5 }, '0105020000050C71'],
  ])('%s', (_, value, text) => {
    expect(rtu.frame(9, 1, encodePdu(writeCoil, value))).toEqual(hex(text))
  })
  it('read inputs', () => {
    const pdu = encodePdu(readInputs, { address: 0, count: 8 })
    expect(hexOf(rtu.frame(9, 1, pdu))).toBe('01020000000879CC')
  })
  it.each([
    ['no input', '01020100A188', '020100'],
    ['inputs 1 and 2', '01020103E189', '020103'],
    ['a pulse', '0105020000050C71', '0502000005'],
    ['a bad address', '018502C351', '8502'],
  ])('%s', (_, text, pdu) => {
    const { answers, carry, discardedBytes } = unframeRtu(noBytes, hex(text))
    expect(answers.map((one) => [one.unitId, hexOf(one.pdu), one.transactionId])).toEqual([
      [1, pdu, null],
    ])
    expect([carry.length, discardedBytes]).toEqual([0, 0])
  })
  it('the check vector of section 0', () => {
    const frame = hex('01050000FF008C3A')
    expect(crc16Fits(frame, 0, frame.length)).toBe(true)
    expect(hexOf(sealed(frame.subarray(0, 6)))).toBe(hexOf(frame))
  })
})

describe('framing without lengths', () => {
  const answers = ['01020103E189', '0105020000050C71', '018502C351']
  it.each(answers)('%s at any split', (text) => {
    const bytes = hex(text)
    for (let cut = 0; cut <= bytes.length; cut++) {
      const first = unframeRtu(noBytes, bytes.subarray(0, cut))
      const second = unframeRtu(first.carry, bytes.subarray(cut))
      expect([...first.answers, ...second.answers]).toHaveLength(1)
      expect(first.discardedBytes + second.discardedBytes).toBe(0)
    }
  })
  it.each(answers)('%s with any one bit turned over is no answer', (text) => {
    const bytes = hex(text)
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const bad = bytes.slice()
      bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(unframeRtu(noBytes, bad).answers, `bit ${bit}`).toEqual([])
    }
  })
  it.each([
    ['noise before', 'FF00A5', ''],
    ['a start that never ends', '0102FA', ''],
    ['its own request before it', '01020000000879CC', ''],
    ['noise behind', '', 'FFEEDD'],
  ])('finds the answer with %s', (_, before, behind) => {
    const { answers: found } = unframeRtu(noBytes, hex(`${before}01020103E189${behind}`))
    expect(found.map((one) => hexOf(one.pdu))).toEqual(['020103'])
  })
  it('carries no more than one frame over', () => {
    let carry: Uint8Array = noBytes
    for (let i = 0; i < 500; i++) carry = unframeRtu(carry, hex('0102FA')).carry
    expect(carry.length).toBeLessThan(rtuBytesMax)
  })
  it('rests 3.5 characters at its speed', () => {
    expect([restMsAt(9600), restMsAt(19_200), restMsAt(115_200)]).toEqual([6, 4, 2])
    expect(boardLinkOf('serial:/dev/pts/1?baud=19200', '', standardBarrier).transport.restMs).toBe(
      4,
    )
    expect(boardLinkOf('tcp://127.0.0.1:1?wire=rtu', '', standardBarrier).transport.restMs).toBe(6)
  })
})

describe('answers without a number', () => {
  it('a late reading is not taken for the next one', () => {
    const bench = new BoardBench('rtu').ready()
    const { faults } = bench.model
    // This reading shows an empty loop and arrives after a car has come, just when another reading is due.
    faults.add([
      { at: 'FC02', when: 'after', do: 'delay', ms: 330 },
      { at: 'FC02', when: 'before', do: 'delay', ms: 100, skip: 1 },
    ])
    while (bench.state.request === null) bench.run(1)
    const before = bench.events.length
    bench.loops(true)
    bench.run(350)
    expect(bench.state.counters.timeouts).toBe(1)
    expect(bench.state.inputs.loopUnder.raw, 'the late one came, and counts for nothing').toBeNull()
    bench.run(800)
    const loops = bench.events.slice(before).filter((e) => e.type === 'loop' && e.loop === 'under')
    expect(loops.map((e) => (e.type === 'loop' ? e.state : ''))).toEqual(['unknown', 'on'])
    expect(bench.state.counters.discardedBytes).toBeGreaterThan(0)
  })
  it('an answer said twice does not put all later ones behind by one', () => {
    const bench = new BoardBench('rtu').ready()
    bench.duplicate(true)
    bench.run(1_000)
    bench.loops(true)
    bench.run(200)
    expect(bench.state.inputs.loopUnder.stable).toBe(true)
    expect(bench.state.counters.timeouts).toBe(0)
    expect(bench.told('passed')).toEqual([])
  })
  it('nor when answers are slower than polls', () => {
    const bench = new BoardBench('rtu')
    bench.model.faults.add({ at: 'FC02', when: 'after', do: 'delay', ms: 70, times: 0 })
    bench.ready()
    bench.duplicate(true)
    const before = bench.sent.length
    bench.run(1_000)
    // Each request takes 76 ms; a duplicate that counted as an answer would double their rate.
    expect(bench.sent.length - before).toBeLessThanOrEqual(14)
    expect(bench.sent.length - before).toBeGreaterThanOrEqual(12)
  })
  it('two answers in one piece answer one request', () => {
    const bench = new BoardBench('rtu').ready()
    bench.silence(true)
    while (bench.state.request === null) bench.run(1)
    bench.run(60)
    const answer = [...sealed(hex('01020102'))]
    bench.garbage(Uint8Array.from([...answer, ...answer]))
    bench.run(1)
    expect(bench.state.inputs.limitClosed.raw).toBe(true)
    expect(bench.state.request, 'the next poll has its answer still to come').not.toBeNull()
  })
  it('a pulse is not kept waiting for a lost reading: a boom over a car turns round', () => {
    const bench = new BoardBench('rtu').ready()
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(2_500)
    bench.loops(true)
    bench.run(500)
    bench.loops(false)
    for (let i = 0; i < 300 && bench.judged.closes === 0; i++) bench.run(10)
    expect(bench.judged.position).toBe('closing')
    bench.model.faults.add({ at: 'FC02', when: 'before', do: 'drop' })
    const opensBefore = bench.judged.openPulses
    for (let i = 0; i < 60 && bench.judged.openPulses === opensBefore; i++) bench.run(10)
    expect(bench.judged.position).toBe('opening')
    expect(bench.told('closeBlocked').at(-1)).toMatchObject({ why: 'inputsUnanswered' })
  })
  it.each([
    ['of another unit', '02020103A589'.slice(0, 8)],
    ['of another function', '010500010000'],
  ])('an answer %s is not this one', (_, body) => {
    const bench = new BoardBench('rtu').ready()
    const before = bench.state.counters.answers
    bench.model.faults.add({ at: 'FC02', when: 'before', do: 'drop' })
    while (bench.state.request === null) bench.run(1)
    bench.run(6)
    bench.garbage(sealed(hex(body)))
    bench.run(2)
    expect(bench.state.request).not.toBeNull()
    expect(bench.state.counters.answers - before).toBeLessThanOrEqual(1)
    expect(bench.state.counters.strangers).toBe(1)
  })
})

describe('an adapter that echoes', () => {
  function echoing(): BoardBench {
    const bench = new BoardBench('rtu')
    bench.link.echoes = true
    return bench
  }
  it('lets cars through as any other', () => {
    const bench = echoing().ready()
    expect(bench.up).toBe(true)
    bench.passage('p1')
    bench.passage('p2')
    expect(bench.told('passed')).toHaveLength(2)
    expect(bench.judged).toMatchObject({ position: 'closed', opens: 2, closes: 2 })
    expect(bench.state.counters.echoes).toBeGreaterThan(100)
    expect(bench.state.counters.timeouts).toBe(0)
  })
  it('its echo of a pulse does not confirm the pulse', () => {
    const bench = echoing().ready()
    bench.model.faults.add({ at: 'FC05', when: 'before', do: 'drop', times: 1 })
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(100)
    expect(bench.judged.openPulses, 'the board never got it').toBe(0)
    bench.run(2_500)
    expect(bench.judged.openPulses, 'it was sent again').toBe(1)
    expect(bench.judged.position).toBe('open')
  })
  it('in pieces of one byte it is the same echo', () => {
    const bench = echoing()
    bench.split(1)
    bench.ready()
    bench.passage('p1')
    expect(bench.told('passed')).toHaveLength(1)
  })
})

describe('requests that are long under way', () => {
  const hasty = { debounceLimitMs: 0, debounceLoopMs: 0, closeDelayMs: 0, oppositeGapMs: 0 }
  it.each([
    ['tcp', 'answered late', 250, 2],
    ['rtu', 'answered late', 250, 2],
    ['tcp', 'not answered in time', 299, 0],
    ['rtu', 'not answered in time', 299, 0],
  ] as const)(
    '%s: an open pulse %s is over before close is driven',
    (transport, _, ms, retriesMax) => {
      const bench = new BoardBench(transport, { ...hasty, retriesMax }, 'instant').ready()
      bench.model.faults.add({ at: 'FC05', when: 'before', do: 'delay', ms })
      bench.command({ do: 'open', passId: 'p1' })
      while (bench.state.position !== 'open') bench.run(1)
      bench.loops(true)
      bench.run(60)
      bench.loops(false)
      bench.run(3_000)
      expect(bench.told('passed')).toEqual([{ type: 'passed', passId: 'p1' }])
      expect(bench.judged).toMatchObject({ position: 'closed', closes: 1, bothDriven: 0 })
    },
  )
  it.each(['tcp', 'rtu'] as const)(
    '%s: a late close pulse is taken off before open',
    (transport) => {
      const bench = new BoardBench(transport, hasty, 'instant').ready()
      bench.passage('p1')
      bench.command({ do: 'open', passId: 'p2' })
      bench.run(1_000)
      bench.model.faults.add({ at: 'FC05', when: 'before', do: 'delay', ms: 250 })
      bench.loops(true)
      bench.run(60)
      bench.loops(false)
      while (bench.judged.closes < 2) bench.run(1)
      bench.run(350)
      bench.command({ do: 'open', passId: 'p3' })
      bench.run(1_000)
      expect(bench.judged).toMatchObject({ position: 'open', opens: 3, bothDriven: 0 })
    },
  )
  it.each(['tcp', 'rtu'] as const)('%s: and taken off again when that got lost', (transport) => {
    const bench = new BoardBench(transport, hasty, 'instant').ready()
    bench.passage('p1')
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(1_000)
    bench.loops(true)
    bench.run(60)
    bench.loops(false)
    while (bench.judged.closes < 2) bench.run(1)
    bench.run(10)
    bench.model.faults.add({ at: 'FC05', when: 'before', do: 'drop' })
    bench.command({ do: 'open', passId: 'p3' })
    bench.run(1_000)
    expect(bench.judged).toMatchObject({ position: 'open', opens: 3, bothDriven: 0 })
  })
})

describe('a gate with fewer inputs', () => {
  const { outputs, inputs } = contractWiring
  const noLimits = {
    wiring: { ...contractWiring, inputs: { ...inputs, limitOpen: null, limitClosed: null } },
  }
  it('without limits: opens, is confirmed by its loop alone, claims no position, never closes', () => {
    for (const transport of ['tcp', 'rtu'] as const) {
      const bench = new BoardBench(transport, noLimits).ready()
      bench.passage('p1')
      bench.run(60_000)
      expect(bench.told('passed')).toEqual([{ type: 'passed', passId: 'p1' }])
      expect(bench.told('position')).toEqual([])
      expect(bench.state.position).toBe('unknown')
      expect(bench.told('barrierFault')).toEqual([])
      expect(bench.judged).toMatchObject({ openPulses: 1, closePulses: 0 })
    }
  })
  it('without a safety loop: presence is unknown, and unknown is occupied', () => {
    const wiring = { ...contractWiring, inputs: { ...inputs, loopUnder: null } }
    const bench = new BoardBench('rtu', { wiring }).ready()
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(3_000)
    bench.command({ do: 'close' })
    bench.run(60_000)
    expect(bench.judged).toMatchObject({ position: 'open', closePulses: 0 })
    expect(bench.told('closeBlocked')).toEqual([{ type: 'closeBlocked', why: 'loopUnder unknown' }])
  })
  it('without a stop: a boom on its way down goes up instead, and what waited is forgotten', () => {
    const wiring = { ...contractWiring, outputs: { ...outputs, stop: null } }
    const bench = new BoardBench('rtu', { wiring }).ready()
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(2_500)
    bench.loops(true)
    bench.run(500)
    bench.loops(false)
    for (let i = 0; i < 300 && bench.judged.closes === 0; i++) bench.run(10)
    bench.run(200)
    bench.command({ do: 'stop' })
    bench.run(4_000)
    expect(bench.judged).toMatchObject({ position: 'open', closes: 1, openPulses: 2 })
    expect(bench.model.state()['stops']).toBe(0)
  })
})
