// 200,000 seeded mutations each of display replies and of RTU answers, against codecs and whole drivers.
// Nothing throws, every byte is accounted for, memory stays bounded, and damage neither moves a boom nor shows text.
import { describe, expect, it } from 'vitest'
import { hexOf } from '#base/pure/data/bytes.ts'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { barrierDriver } from '#devices/pure/barrier/modbus-relay/driver.ts'
import { modbusRtu, rtuBytesMax, unframeRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { withCrc16 } from '#devices/pure/crc16-modbus.ts'
import { decodeData } from '#devices/pure/display/olm/codec.ts'
import { standardDisplay } from '#devices/pure/display/olm/config.ts'
import { displayDriver } from '#devices/pure/display/olm/driver.ts'
import { displayTables } from '#devices/pure/display/olm/frames/index.ts'
import { frameBytesMax, noBytes, unframe } from '#devices/pure/display/olm/framing.ts'
import { PacketReceiver } from '#simulators/display/packets.ts'
import { Board } from '#simulators/display/board.ts'
import { mutant, seeded } from './mutator.ts'
import { binaryMutations as mutations, sayFailingSeed, seed } from './scale.ts'

sayFailingSeed()
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

const frames = displayTables.map((table) => bytesOf(table.example.hex))
const replies = new Map(
  displayTables
    .filter((table) => table.from === 'device')
    .map((table) => [table.command, bytesOf(table.example.hex)] as const),
)
const rtuAnswers = ['01020102', '010502000005', '018204', '018506', '0102020100'].map((hex) =>
  withCrc16(bytesOf(hex)),
)

interface Unframed {
  readonly carry: Uint8Array
  readonly discardedBytes: number
}

/** Feeds mutants to a codec and checks that it accounts for every byte; returns the number of whole frames. */
function accounted<U extends Unframed>(
  originals: readonly Uint8Array[],
  maxBytes: number,
  take: (carry: Uint8Array, bytes: Uint8Array) => U,
  sizes: (got: U) => readonly number[],
): number {
  const random = seeded(seed)
  let carry: Uint8Array = noBytes
  let found = 0
  for (let i = 0; i < mutations; i++) {
    const bytes = mutant(originals[i % originals.length] ?? noBytes, random)
    const got = take(carry, bytes)
    const framed = sizes(got).reduce((sum, size) => sum + size, 0)
    const whole = carry.length + bytes.length === framed + got.discardedBytes + got.carry.length
    if (!whole || got.carry.length >= maxBytes) throw new Error(`mutation ${i}: bytes lost`)
    found += sizes(got).length
    carry = i % 16 === 0 ? noBytes : got.carry
  }
  return found
}

describe('display replies under mutation', () => {
  it('account for every byte, and what decodes is what the table says', () => {
    const found = accounted(
      frames,
      frameBytesMax,
      (carry, bytes) => unframe(carry, bytes, 0),
      (got) => got.frames.map((one) => one.bytes.length),
    )
    expect(found).toBeGreaterThan(mutations / 8)
    const random = seeded(seed + 1)
    for (let i = 0; i < mutations; i++) {
      const original = frames[i % frames.length] ?? noBytes
      const data = mutant(original.slice(6, -2), random)
      for (const from of ['lane', 'device'] as const) decodeData(original[4] ?? 0, data, from)
    }
  })
  it('never make the driver claim words that were not acknowledged', () => {
    const random = seeded(seed + 2)
    const driver = displayDriver(standardDisplay)
    const at = (atMs: number) => ({ atMs, businessNowMs: 0 })
    let state = driver.step(driver.initial(), { type: 'linkUp', ...at(0) }).state
    let shown = 0
    let done = 0
    for (let i = 1; i <= mutations; i++) {
      const wanted = replies.get(state.inFlight?.command ?? -1)
      const original = random(4) > 0 ? wanted : undefined
      const bytes = mutant(original ?? frames[i % frames.length] ?? noBytes, random)
      const before = state.counters.acks
      const step = driver.step(state, { type: 'bytes', bytes, ...at(i * 20) })
      for (const effect of step.effects)
        if (effect.do === 'emit' && effect.event.type === 'shown') {
          shown++
          if (step.state.counters.acks === before) throw new Error(`mutation ${i}: shown unasked`)
          if (step.state.jobs.length > 0) throw new Error(`mutation ${i}: shown too early`)
        }
      state = driver.step(step.state, { type: 'timer', name: 'gap', ...at(i * 20 + 15) }).state
      if (state.jobs.length > 6 || state.care.length > 8) throw new Error(`${i}: frames pile up`)
      if (i % 64 !== 0) continue
      const page = { phrases: [`${++done}`], tone: 'go', speech: '' } as const
      const command = { do: 'show', page } as const
      state = driver.step(state, { type: 'command', command, ...at(i * 20 + 16) }).state
    }
    expect(shown, 'undamaged replies get through').toBeGreaterThan(100)
    expect(hexOf(state.carry).length).toBeLessThan(2 * frameBytesMax)
  })
  it('break no board of the simulator either', () => {
    const random = seeded(seed + 3)
    const receiver = new PacketReceiver(0)
    const board = new Board(null, () => undefined)
    let packets = 0
    for (let i = 0; i < mutations; i++)
      for (const { command, data } of receiver.push(
        mutant(frames[i % frames.length] ?? noBytes, random),
        i * 1000,
      )) {
        packets++
        board.run(command, mutant(data, random), i)
      }
    expect(packets).toBeGreaterThan(mutations / 10)
    expect(board.lines).toHaveLength(4)
  })
})

describe('RTU answers under mutation', () => {
  it('account for every byte at any split', () => {
    const found = accounted(rtuAnswers, rtuBytesMax, unframeRtu, (got) =>
      got.answers.map((one) => one.pdu.length + 3),
    )
    expect(found).toBeGreaterThan(mutations / 8)
  })
  it('never move the boom, since nobody asked and no damage is a command', () => {
    const random = seeded(seed + 4)
    const driver = barrierDriver(standardBarrier, modbusRtu(5))
    const up = driver.step(driver.initial(), { type: 'linkUp', atMs: 0 }).state
    let state = up
    for (let i = 1; i <= mutations; i++) {
      const bytes = mutant(rtuAnswers[i % rtuAnswers.length] ?? noBytes, random)
      state = driver.step(state, { type: 'bytes', atMs: i * 10, bytes }).state
      const timer = i % 4 === 0 ? 'poll' : i % 31 === 0 ? 'answer' : 'quiet'
      state = driver.step(state, { type: 'timer', atMs: i * 10 + 6, name: timer }).state
      if (i % 64 === 0) state = { ...up, counters: state.counters, answersFromMs: i * 10 }
    }
    expect(state.counters.pulses).toEqual({ open: 0, close: 0, stop: 0 })
    expect(state.counters.answers).toBeGreaterThan(1_000)
    expect(state.counters.strangers).toBeGreaterThan(100)
  })
})
