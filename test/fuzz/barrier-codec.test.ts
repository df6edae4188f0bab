// 200,000 seeded mutations of Modbus TCP streams against the codec and the whole barrier driver.
// Nothing throws, every byte is accounted for, memory stays bounded, and no damage moves the boom down.
import { describe, expect, it } from 'vitest'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { barrierDriver } from '#devices/pure/barrier/modbus-relay/driver.ts'
import { frameBytesMax, noBytes, unframe } from '#devices/pure/barrier/modbus-relay/framing.ts'
import { decodePdu, encodePdu } from '#devices/pure/barrier/modbus-relay/pdu.ts'
import { pduTables } from '#devices/pure/barrier/modbus-relay/frames/index.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { mutant, seeded } from './mutator.ts'
import { binaryMutations as mutations, sayFailingSeed, seed } from './scale.ts'

sayFailingSeed()

/** Answers of a board: inputs with nothing on, an echo, an exception, several in a row. */
const answers: readonly (readonly number[])[] = [
  [0, 1, 0, 0, 0, 4, 1, 2, 1, 1],
  [0, 2, 0, 0, 0, 6, 1, 5, 2, 0, 0, 5],
  [0, 3, 0, 0, 0, 3, 1, 0x82, 4],
  [0, 1, 0, 0, 0, 4, 1, 2, 1, 1, 0, 2, 0, 0, 0, 4, 1, 2, 1, 2],
]

describe('the Modbus codec under mutation', () => {
  it('accounts for every byte and splits as it likes', () => {
    const random = seeded(seed)
    let carry: Uint8Array = noBytes
    let frames = 0
    let refused = 0
    for (let i = 0; i < mutations; i++) {
      const bytes = mutant(Uint8Array.from(answers[i % answers.length] ?? []), random)
      const before = carry.length
      const got = unframe(carry, bytes)
      const framed = got.frames.reduce((sum, { pdu }) => sum + 7 + pdu.length, 0)
      const whole = before + bytes.length === framed + got.discardedBytes + got.carry.length
      if (!whole || got.carry.length >= frameBytesMax) throw new Error(`mutation ${i}: bytes lost`)
      const cut = random(bytes.length + 1)
      const first = unframe(carry, bytes.subarray(0, cut))
      const second = unframe(first.carry, bytes.subarray(cut))
      if (hexOf(second.carry) !== hexOf(got.carry)) throw new Error(`mutation ${i}: split differs`)
      for (const { pdu } of got.frames) {
        const decoded = decodePdu(pdu)
        frames += 1
        if (!decoded.ok) {
          refused += 1
          continue
        }
        const table = pduTables.find(({ name }) => name === decoded.name)
        if (table === undefined) throw new Error(`mutation ${i}: no table ${decoded.name}`)
        if (hexOf(encodePdu(table, decoded.value)) !== hexOf(pdu)) {
          throw new Error(`mutation ${i}: ${hexOf(pdu)} does not come back`)
        }
      }
      // Starts anew now and then, so that one huge length does not swallow the rest.
      carry = i % 16 === 0 ? noBytes : got.carry
    }
    expect(frames).toBeGreaterThan(mutations / 4)
    expect(refused).toBeGreaterThan(1_000)
  })

  it('never moves the boom, since nobody asked and no damage is a command', () => {
    const random = seeded(seed + 1)
    const driver = barrierDriver(standardBarrier)
    const up = driver.step(driver.initial(), { type: 'linkUp', atMs: 0 }).state
    let state = up
    for (let i = 0; i < mutations; i++) {
      const bytes = mutant(Uint8Array.from(answers[i % answers.length] ?? []), random)
      state = driver.step(state, { type: 'bytes', atMs: i, bytes }).state
      if (i % 4 === 0) state = driver.step(state, { type: 'timer', atMs: i, name: 'poll' }).state
      if (i % 64 === 0) state = { ...up, counters: state.counters }
    }
    expect(state.counters.pulses).toEqual({ open: 0, close: 0, stop: 0 })
    expect(state.counters.answers).toBeGreaterThan(1_000)
    expect(state.counters.malformed).toBeGreaterThan(100)
    expect(state.counters.strangers).toBeGreaterThan(1_000)
  })
})
