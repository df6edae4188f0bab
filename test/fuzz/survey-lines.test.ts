// Seeded mutations of NMEA and AT lines, 20,000 each, against the whole drivers: nothing throws, memory
// stays bounded, a damaged time is never reported, a value is never impossible, and no command changes.
import { describe, expect, it } from 'vitest'
import { standardModem } from '#devices/pure/modem/at/asks.ts'
import { modemDriver } from '#devices/pure/modem/at/driver.ts'
import { lineCharsMax } from '#devices/pure/modem/at/lines.ts'
import { startNmea, stepNmea } from '#devices/pure/time/nmea/driver.ts'
import { sentenceCharsMax } from '#devices/pure/time/nmea/framing.ts'
import { ModemModel } from '#simulators/modem/model.ts'
import { NmeaModel } from '#simulators/time/nmea-model.ts'
import { mutant, seeded } from './mutator.ts'
import { sayFailingSeed, seed, textMutations as mutations } from './scale.ts'

sayFailingSeed()

/** A sentence or line that does not end, as a wrong speed sometimes makes it. */
const endless = new TextEncoder().encode(`$${'A'.repeat(3_000)}`)
const startMs = 1_795_138_215_000
const bytesIn = (outputs: readonly object[]): Uint8Array[] =>
  outputs.flatMap((output) => ('bytes' in output ? [output.bytes as Uint8Array] : []))

describe('a receiver under mutation', () => {
  it('tells no time that was not sent, and never one without a fix', () => {
    const draw = seeded(seed)
    const model = new NmeaModel({ seed, startMs })
    let state = stepNmea(startNmea(), { type: 'linkUp', atMs: 0, businessNowMs: startMs }).state
    let [readingCount, wrong] = [0, 0]
    for (let i = 1; i <= mutations; i++) {
      const atMs = i * 1000
      const isFix = i % 5 !== 0
      model.set({ fix: isFix }, (i - 1) * 1_000_000)
      const [burst = new Uint8Array()] = bytesIn(model.advance(i * 1_000_000))
      const bytes = i % 64 === 0 ? endless : mutant(burst, draw)
      const cut = draw(bytes.length + 1)
      const parts = [bytes.subarray(0, cut), bytes.subarray(cut)]
      const before = state.counters.discardedBytes
      const events = [
        ...parts.map((part) => ({ type: 'bytes' as const, bytes: part })),
        { type: 'timer' as const, name: 'burst' },
      ]
      for (const event of events) {
        const step = stepNmea(state, { ...event, atMs, businessNowMs: startMs + atMs })
        state = step.state
        for (const effect of step.effects) {
          if (effect.do !== 'emit' || effect.event.type !== 'time') continue
          readingCount++
          // An 8-bit checksum lets one damage in 256 through; then two sentences must agree.
          if (!isFix || Math.abs(effect.event.utcMs - startMs - atMs) > 1_000) wrong++
        }
      }
      if (state.scan.carry.length > sentenceCharsMax) throw new Error(`mutation ${i}: no bound`)
      if (state.counters.discardedBytes - before > bytes.length + sentenceCharsMax)
        throw new Error(`mutation ${i}: more thrown away than came`)
    }
    expect(readingCount).toBeGreaterThan(mutations / 3)
    expect(wrong / mutations).toBeLessThan(0.002)
    expect(state.counters.badSums).toBeGreaterThan(mutations / 20)
  })
})

describe('a modem under mutation', () => {
  it('is asked questions alone, and no reading is beyond the air', () => {
    const draw = seeded(seed + 1)
    const driver = modemDriver({ ...standardModem, dialect: 'at-qeng' })
    const networks = ['lte', 'nr-sa', 'en-dc']
    const model = new ModemModel({ seed, timing: 'instant' })
    let state = driver.step(driver.initial(), { type: 'linkUp', atMs: 0 }).state
    let [readings, cells] = [0, 0]
    const sentTexts = new Set<string>()
    let pending = new Uint8Array()
    const take = (event: Parameters<typeof driver.step>[1]): void => {
      const step = driver.step(state, event)
      state = step.state
      for (const effect of step.effects) {
        if (effect.do === 'send') {
          sentTexts.add(new TextDecoder().decode(effect.bytes))
          pending = Uint8Array.from(effect.bytes)
        }
        if (effect.do !== 'emit' || effect.event.type !== 'signal') continue
        readings++
        const { cell } = effect.event.reading
        if (cell === null) continue
        cells++
        const { rsrpDbm, sinrDb } = cell
        const isPhysical =
          (rsrpDbm === null || (rsrpDbm >= -156 && rsrpDbm <= -29)) &&
          (sinrDb === null || (sinrDb >= -30 && sinrDb <= 60))
        if (!isPhysical) throw new Error(JSON.stringify(cell))
      }
    }
    pending = new TextEncoder().encode('AT\r')
    for (let i = 1; i <= mutations; i++) {
      model.set({ network: networks[i % 3] ?? 'lte', urcs: i % 4 === 0, echo: i % 2 === 0 })
      take({ type: 'command', command: { do: 'read' }, atMs: i })
      const answer = bytesIn([
        ...model.onBytes(pending, i * 10_000),
        ...model.advance(i * 10_000 + 5_000),
      ])
      const joined = Uint8Array.from(answer.flatMap((part) => [...part]))
      const damaged = i % 64 === 0 ? endless : mutant(joined, draw)
      take({ type: 'bytes', bytes: damaged, atMs: i })
      if (state.scan.carry.length > lineCharsMax) throw new Error(`mutation ${i}: no bound`)
      take({ type: 'bytes', bytes: Uint8Array.of(0x0d, 0x0a), atMs: i })
      take({ type: 'timer', name: 'rest', atMs: i })
      if (state.inFlight !== null && draw(2) === 0) take({ type: 'timer', name: 'answer', atMs: i })
      if (state.link !== 'up') take({ type: 'linkUp', atMs: i })
    }
    expect([...sentTexts].sort()).toEqual(['AT\r', 'AT+CSQ\r', 'AT+QENG="servingcell"\r'])
    expect(readings).toBeGreaterThan(mutations / 10)
    expect(cells).toBeGreaterThan(mutations / 20)
  })
})
