// The simulated receiver, time server and chronyd byte for byte, and their knobs.
// Drivers are used only where they read back the meaning of a number.
import { describe, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { readTrackingAnswer, trackingRequest } from '#devices/pure/time/chrony/monitor.ts'
import { ChronyModel } from '#simulators/time/chrony-model.ts'
import { trackedHex, trackedSequence } from '../../devices/pure/time/chrony/answers.ts'
import { NmeaModel, sentence } from '#simulators/time/nmea-model.ts'
import { SntpModel } from '#simulators/time/sntp-model.ts'

/** 2026-11-20T01:30:14.400Z. */
const startMs = 1_795_138_214_400
const receiver = (): NmeaModel => new NmeaModel({ seed: 1, startMs })
const textOf = (outputs: readonly object[]): string =>
  outputs
    .map((output) =>
      'bytes' in output ? new TextDecoder().decode(output.bytes as Uint8Array) : '',
    )
    .join('')
const secondUs = 1_000_000

describe('the receiver', () => {
  it('talks after each second of its own clock', () => {
    const model = receiver()
    model.set({ constellation: 'BD' }, 0)
    expect(model.nextDueUs()).toBe(750_000)
    expect(textOf(model.advance(749_999))).toBe('')
    expect(textOf(model.advance(secondUs)).split('\r\n')).toEqual([
      expect.stringMatching(/^\$BDRMC,013015\.000,A,2249\.0200,N,10821\.9600,E,.*,201126,,,A,V\*/),
      expect.stringMatching(/^\$BDGGA,013015\.000,2249\.0200,N,10821\.9600,E,1,18,/),
      expect.stringMatching(/^\$BDGSA,A,3,21,22,23,24,25,26,,,,,,,1\.3,0\.7,1\.1,4\*/),
      expect.stringMatching(/^\$BDGSV,1,1,04,21,45,100,38,.*,1\*/),
      expect.stringMatching(/^\$BDZDA,013015\.000,20,11,2026,00,00\*/),
      '',
    ])
  })
  it('has one burst a second whatever the fraction at which it began', () => {
    for (const fraction of [0, 0.0004, 0.31337, 0.4999, 0.9996]) {
      const model = new NmeaModel({ seed: 1, startMs: startMs + fraction })
      for (let second = 1; second <= 20; second++) model.advance(second * secondUs)
      expect(model.state()).toMatchObject({ bursts: 20 })
    }
  })
  it('sums as the vector says', () => {
    expect(sentence('GNZDA,013015.000,20,11,2026,00,00')).toBe(
      '$GNZDA,013015.000,20,11,2026,00,00*4A\r\n',
    )
  })
  it('leaps when its offset is turned, and runs free without a fix', () => {
    const model = receiver()
    model.set({ offsetMs: -18_000, fix: false }, 0)
    expect(textOf(model.advance(secondUs))).toContain('$GNRMC,013457.000,V'.replace('3457', '2957'))
    model.set({ freeRunning: false }, secondUs)
    expect(textOf(model.advance(2 * secondUs))).toContain('$GNRMC,,V,')
  })
  it.each([['drop'], ['cut'], ['flip'], ['forge'], ['duplicate']])(
    'a burst that meets %s',
    (action) => {
      const plain = textOf(receiver().advance(secondUs))
      const model = receiver()
      model.faults.add({ at: 'burst', do: action, bits: 1 })
      expect(textOf(model.advance(secondUs))).not.toBe(plain)
    },
  )
  it.each([[{ speed: 1 }], [{ fix: 1 }], [{ offsetMs: 0.5 }], [null], [[]]])(
    'is not set to %j',
    (body) => {
      const model = receiver()
      const before = model.state()
      expect(() => model.set(body, 0)).toThrow(LaneFault)
      expect(model.state()).toEqual(before)
    },
  )
})

describe('the time server', () => {
  const request = Buffer.from(`23${'00'.repeat(39)}EEAA212740000000`, 'hex')
  const answerOf = (knobs: object): string => {
    const model = new SntpModel()
    model.set(knobs)
    const reply = model.answer(request, 1_795_138_215_250)
    return Buffer.from(reply?.bytes ?? [])
      .toString('hex')
      .toUpperCase()
  }
  it('answers with both its times, and repeats ours', () => {
    const answer = answerOf({ thinkMs: 500 })
    expect(answer.slice(0, 8)).toBe('240100EC')
    expect(answer.slice(24, 32)).toBe('42445300')
    expect(answer.slice(48)).toBe('EEAA212740000000EEAA212740000000EEAA2127C0000000')
  })
  it('kisses with stratum 0 and a word', () => {
    const answer = answerOf({ kiss: 'RATE' })
    expect(answer.slice(0, 4)).toBe('E400')
    expect(answer.slice(24, 32)).toBe('52415445')
  })
  it('says nothing to what is no request, and when it is silent', () => {
    const model = new SntpModel()
    expect(model.answer(request.subarray(0, 47), 0)).toBe(null)
    expect(model.answer(Buffer.from('24'.padEnd(96, '0'), 'hex'), 0)).toBe(null)
    model.set({ silent: true })
    expect(model.answer(request, 0)).toBe(null)
    expect(model.state()).toMatchObject({ requests: 3, replies: 0 })
  })
})

describe('the socket of chronyd', () => {
  /** The state of the real chronyd when it gave the captured answer. */
  const following = { rootDelayMs: 0, rootDispersionMs: 1, stratum: 2 } as const
  const question = trackingRequest(trackedSequence)

  it('begins as the real one did, byte for byte, and says the same of its server', () => {
    const real = Buffer.from(trackedHex, 'hex')
    const model = new ChronyModel()
    model.set(following)
    const made = Buffer.from(model.answer(question, 1_795_384_104_419) ?? [])
    expect(made).toHaveLength(real.length)
    // Header, source, stratum and leap; then the seconds of its last update.
    expect(made.subarray(0, 32).toString('hex')).toBe(real.subarray(0, 32).toString('hex'))
    expect(made.subarray(52, 64).toString('hex')).toBe(real.subarray(52, 64).toString('hex'))
    expect(readTrackingAnswer(made)).toMatchObject({ tracking: { stratum: 2, errorMs: 2 } })
  })

  it.each([0, 1, -1, 40_000, -40_000, 123_456_789, -7])(
    'is slow by %d ms in its own numbers',
    (slowMs) => {
      const model = new ChronyModel()
      model.set({ slowMs })
      const read = readTrackingAnswer(model.answer(question, 0) ?? new Uint8Array())
      const said = read.kind === 'tracking' ? read.tracking.offsetMs : Number.NaN
      // The number has 24 bits of precision.
      expect(Math.abs(said + slowMs)).toBeLessThanOrEqual(Math.abs(slowMs) * 2 ** -23)
    },
  )

  it('answers nobody who asks with fewer bytes, or something else', () => {
    const model = new ChronyModel()
    expect(model.answer(question.subarray(0, 103), 0)).toBeNull()
    expect(
      model.answer(
        Uint8Array.from(question, (byte, at) => (at === 5 ? 14 : byte)),
        0,
      ),
    ).toBeNull()
    model.set({ silent: true })
    expect(model.answer(question, 0)).toBeNull()
    expect(model.state()).toMatchObject({ questions: 3 })
  })
})
