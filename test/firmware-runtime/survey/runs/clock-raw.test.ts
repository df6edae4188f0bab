// The evidence behind clock readings: the raw answer of each, recomputed from its bytes alone, and the pulse of a receiver,
// which marks when the second named in a sentence began.
import { describe, expect, it } from 'vitest'
import { runClockTests } from '#survey/runs/clock-run.ts'
import { type ClockReading } from '#survey/runs/clock-source.ts'
import type { ByteLinkHandlers } from '#devices/ports/byte-link.ts'
import { startMs, verdictOf, Scene } from './clock-scene.ts'

/** A reading includes its raw answer, so that somebody else can recompute it. */
describe('the raw answer of each reading', () => {
  const words = (reading: ClockReading): string => Buffer.from(reading.heard.raw ?? []).toString()

  it('of a receiver: all of its sentences since the time before, that of the reading among them', async () => {
    const scene = new Scene()
    scene.ownOffsetMs = -200
    const { readings } = await scene.run({ gnss: 'serial:/dev/ttyUSB0?baud=9600' })
    expect(readings).toHaveLength(4)
    for (const reading of readings) {
      expect(reading.heard.link).toBe('serial:/dev/ttyUSB0')
      const times = [...words(reading).matchAll(/\$..(?:RMC|ZDA|GGA),(\d\d)(\d\d)(\d\d)(\.\d+)?,/g)]
      const [, h, m, s] = times.at(-1) ?? []
      // One moment, without the answers before it.
      expect(new Set(times.map(([, ...hms]) => hms.join(''))).size).toBe(1)
      const theirs = (reading.atMs - reading.body.offsetMs) % 86_400_000
      expect(Math.floor(theirs / 1_000)).toBe(Number(h) * 3_600 + Number(m) * 60 + Number(s))
    }
    const all = readings.map(words)
    expect(new Set(all).size).toBe(all.length)
  })

  it('of gpsd: its report of that time', async () => {
    const { readings } = await new Scene().run({ gnss: 'tcp://127.0.0.1:2947' })
    for (const reading of readings) {
      const said = words(reading).trimEnd().split('\n').at(-1) ?? ''
      const { time } = JSON.parse(said) as { time: string }
      expect(Date.parse(time)).toBe(reading.atMs - reading.body.offsetMs)
    }
  })

  it('of a time server: the packet with the server’s own time', async () => {
    const { readings } = await new Scene().run({ ntp: true })
    for (const { heard, body, atMs } of readings) {
      expect(heard.link).toBe('udp://time.example:123')
      const raw = Buffer.from(heard.raw ?? [])
      expect(raw).toHaveLength(48)
      const sentMs = (raw.readUInt32BE(40) - 2_208_988_800) * 1_000
      // Era 1, which begins in 2036: the seconds since 1900 have only 32 bits.
      const theirs = atMs - body.offsetMs
      expect(Math.abs(theirs - sentMs)).toBeLessThan(2_500)
    }
  })

  it('of chrony and of a device: what they said, as it was said', async () => {
    const scene = new Scene()
    const text = 'C0000201,192.0.2.1,2,1795138215.25,0.0125,0,0,1,0,0,0.004,0.0005,64.2,Normal\n'
    scene.chrony = { kind: 'said', text }
    const [reading] = (await scene.run({ chrony: true }, { count: 1 })).readings
    expect(reading === undefined ? '' : words(reading)).toBe(text)
  })

  it('is not kept where a line says more than anybody needs', async () => {
    const scene = new Scene()
    const { opener, ...parts } = scene.parts
    const loud: ByteLinkHandlers[] = []
    const clockReadings: ClockReading[] = []
    const running = runClockTests(
      {
        ...parts,
        opener: {
          open(url, handlers) {
            loud.push(handlers)
            return opener.open(url, handlers)
          },
        },
      },
      { ntp: [], gnss: ['serial:/dev/ttyUSB0'], chrony: false },
      { count: 4, everyMs: 1_000, withinMs: 20_000, signal: scene.stop.signal },
      (one) => clockReadings.push(one),
    )
    let isOver = false
    void running.then(() => (isOver = true))
    scene.time.clock.after(3_500, () => loud[0]?.bytes(new Uint8Array(100_001).fill(0x20)))
    for (let i = 0; i < 3_000 && !isOver; i++) {
      scene.time.runTo(scene.time.nowUs + 10_000)
      for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    }
    await running
    expect(clockReadings.map(({ heard }) => heard.raw === null).filter(Boolean)).toHaveLength(1)
  })
})

describe('against a receiver with a pulse', () => {
  const clockTests = { gnss: 'serial:/dev/ttyUSB0', pps: 'pps0', of: 'lane' } as const

  it.each([0, -600, 990, 1_800])('off by %i ms: known to the millisecond', async (ownOffsetMs) => {
    const scene = new Scene()
    scene.ownOffsetMs = ownOffsetMs
    scene.nmea.set({ delayMs: 430, constellation: 'BD' }, 0)
    const report = await scene.run(clockTests, { count: 7, everyMs: 301_000, withinMs: 1_900_000 })
    expect(report).toMatchObject({ fault: null, refused: {} })
    for (const { body, heard } of report.readings) {
      expect(body.errorMs).toBe(2)
      expect(Math.abs(body.offsetMs - ownOffsetMs)).toBeLessThanOrEqual(body.errorMs)
      expect(Buffer.from(heard.raw ?? []).toString()).toMatch(/\npps0 \d+\.\d{9}#1\n$/)
    }
    expect(Math.abs(Number(report.details['lineDelayMs']) - 430)).toBeLessThan(20)
    expect(verdictOf('D14', report)).toBe(Math.abs(ownOffsetMs) > 1_000 ? 'fail' : 'pass')
  })

  it('says so where no edge came, or an old one', async () => {
    for (const pulse of [null, () => ({ atMs: startMs - 5_000, said: '' })]) {
      const scene = new Scene()
      scene.pulse = pulse
      expect(await scene.run(clockTests, { withinMs: 8_000 })).toMatchObject({
        readings: [],
        fault: { code: 'CLOCK-05', note: 'noPulse' },
      })
    }
  })
})
