// Overrides of a base variant: the complete S3 dialect, and separately every row of rsu-interface.md section 9 that each
// profile decides. Refused overrides are in variant-refused.test.ts.
import { describe, expect, it } from 'vitest'
import { hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { rsuCapabilities } from '#devices/pure/rsu/driver.ts'
import { makeFrameEngine } from '#devices/pure/rsu/frame-engine.ts'
import { tableProblems } from '#devices/pure/rsu/table-check.ts'
import type { FrameTable } from '#devices/pure/rsu/table-types.ts'
import type { VariantOverride } from '#devices/pure/rsu/variant-override.ts'
import { overrideProblems, variantWith } from '#devices/pure/rsu/variant-with.ts'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import type { RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { Bench, bytes, obuId } from './driver-bench.ts'
import { device, frameOf, s3, tableOf } from './override-kit.ts'

const record = '37010102026553F100010400000000000000000000000001B2E241313233343500000000'

const bench = (id: RsuVariantId, over: Partial<VariantOverride>): Bench =>
  new Bench(id, { override: device(id, over) })
/** The data of the last sent frames, without mark, sequence and check. */
const dataSent = (rsu: Bench): string[] =>
  rsu.effects.flatMap((e) => {
    if (e.do !== 'send') return []
    const { frames } = rsu.v.framing.decode(
      { pending: new Uint8Array(0), dropping: false },
      e.bytes,
    )
    return frames.map((f) => hexOf(f.data))
  })

describe('the S3 dialect', () => {
  it('is whole, says that it is assumed, and where its figures come from', () => {
    expect(overrideProblems(tableOf('generic-bcc'), s3)).toEqual([])
    const table = variantWith(tableOf('generic-bcc'), s3)
    expect(tableProblems(table)).toEqual([])
    expect(table).toMatchObject({ id: 's3-dialect/1.0', extends: 'generic-bcc' })
    expect(table.evidence).toBe('assumed')
    for (const source of s3.sources) expect(source).toMatch(/^rsu-interface\.md \d/)
    expect(JSON.parse(JSON.stringify(table))).toEqual(table)
  })

  it('every example of the merged table decodes and encodes', () => {
    const table = variantWith(tableOf('generic-bcc'), s3)
    const engine = makeFrameEngine(table)
    for (const frame of table.frames)
      for (const { name, example } of frame.forms) {
        const read = engine.decode(bytes(example.hex))
        expect(read, `${frame.code} ${name}`).toMatchObject({ ok: true, form: name })
        const made = engine.encode(frame.code, example.value, name)
        expect(made.ok && hexOf(made.data)).toBe(hexOf(bytes(example.hex)))
      }
  })

  it('a car pays: each frame of ours as the dialect wants it', () => {
    const rsu = new Bench('generic-bcc', { override: s3 })
    rsu.up()
    expect(dataSent(rsu)).toEqual([
      '4C00',
      'C06553F10020231115061320040A08000000000000'.slice(0, 42),
    ])
    rsu.say('B0')
    rsu.fire('grace')
    rsu.tell({ do: 'search', on: true })
    expect(rsu.say('B2', {}, 0x18, 'withCardId')).toEqual(['>C1', 'obuSeen'])
    expect(dataSent(rsu)).toEqual(['C102001234'])
    expect(rsu.say('B3', {}, 0x28, 'wholeFile')).toEqual(['>C1'])
    expect(rsu.say('B4', {}, 0x48, 'withEf04')).toEqual(['cardRead'])
    expect(rsu.events()[0]).toMatchObject({ balanceFen: 10_000 })
    rsu.debit()
    expect(dataSent(rsu)).toEqual([
      `C6 02001234 00 000001F4 ${record}00000000 20231115061320 0000 0000`.replaceAll(' ', ''),
    ])
    const b5 = 'B5 02001234 00 20231115061321 00000011 0012 09 0000251C A1B2C3D4 6553F100 00 00'
    rsu.receive(rsu.v.framing.encode(0x58, bytes(b5)))
    expect(rsu.events()[0]).toMatchObject({
      money: 'paid',
      proof: { tac: 'A1B2C3D4', cardSerial: 18, psamSerial: 17, balanceAfterFen: 9500 },
    })
    expect(rsu.tell({ do: 'complete', obuId })).toEqual(['>C1'])
  })

  it('a B5 in the order of the base is refused: its bytes would be read as something else', () => {
    const rsu = new Bench('generic-bcc', { override: s3 })
    const { example } = present(frameOf('generic-bcc', 'B5').forms[0], 'B5')
    expect(rsu.v.engine.decode(bytes(example.hex))).toMatchObject({ ok: false, reason: 'length' })
  })

  it('an OBU id of FFFFFFFF is no heartbeat here, and power ends at 15', () => {
    const rsu = new Bench('generic-bcc', { override: s3 }).ready()
    expect(rsu.say('B2', { obuId: 'FFFFFFFF' })).toContain('obuSeen')
    expect(() => new Bench('generic-bcc', { override: s3, settings: { powerStep: 16 } })).toThrow(
      'powerStep',
    )
  })
})

describe('each row of section 9 by itself', () => {
  it('1: the antenna switch has another type byte', () => {
    const ver = bench('generic-ver', { antennaSwitch: '4C' })
    ver.up()
    expect(dataSent(ver)[0]).toBe('4C00')
    const bcc = bench('generic-bcc', { antennaSwitch: 'C4' })
    bcc.up()
    expect(dataSent(bcc)[0]).toBe('C400')
  })

  it('2, 3: each setting goes to its own field, counted as the device counts', () => {
    const place = { frame: 'C0', add: 0, min: 0, max: 255 }
    const power = { ...place, id: 'powerStep', field: 'powerStep', usual: 8 }
    const channel = { ...place, id: 'channel', field: 'channel', usual: 1 }
    const bst = { ...place, id: 'bstIntervalMs', field: 'waitOrInterval', usual: 10 }
    const c0 = (settings: VariantOverride['settings']): string | undefined => {
      const rsu = bench('generic-bcc', settings === undefined ? {} : { settings })
      rsu.up()
      return dataSent(rsu)[1]?.slice(26, 34)
    }
    // The fields wait, power, channel, transaction mode.
    expect(c0(undefined)).toBe('01080001')
    expect(c0([power, channel, bst])).toBe('0A080101')
    expect(c0([power, { ...channel, add: 1 }, bst])).toBe('0A080201')
    const mode = { ...place, id: 'transactionMode', field: 'transactionMode', usual: 2 }
    expect(c0([power, channel, bst, mode])).toBe('0A080102')
  })

  it('a setting of another frame goes out in that one', () => {
    const c2 = frameOf('generic-bcc', 'C2')
    const [form] = c2.forms
    const { length, fields, example } = present(form, 'C2')
    const whole = Number(length)
    const beeps = { name: 'beeps', off: whole - 1, len: 1, type: 'uint' } as const
    const longer = {
      ...present(form, 'C2'),
      length: whole + 1,
      fields: [...fields, beeps],
      example: { hex: `${example.hex} 03`, value: { ...example.value, beeps: 3 } },
    }
    const setting = { id: 'beeps', frame: 'C2', field: 'beeps', add: 1, min: 0, max: 9, usual: 4 }
    const settings = [...tableOf('generic-bcc').settings, setting]
    const rsu = bench('generic-bcc', { settings, frames: [{ ...c2, forms: [longer] }] }).ready()
    rsu.readCard()
    rsu.tell({ do: 'release', obuId })
    expect(dataSent(rsu)[0]?.slice(-2)).toBe('05')
  })

  it('4: OBU types count the other way round', () => {
    const deviceType = { '01': 'singlePiece', '02': 'twoPiece', '03': 'cpcCard' }
    const rsu = bench('generic-ver', {
      enums: { deviceType },
      frames: [mapExamples('generic-ver', 'B2', { deviceType: 'singlePiece' })],
    })
    const { example } = present(frameOf('generic-ver', 'B2').forms[0], 'B2')
    const read = rsu.v.engine.decode(bytes(example.hex))
    expect(read).toMatchObject({ value: { deviceType: 'singlePiece' } })
  })

  it('5, 6: which frames are heartbeats, and what answers them', () => {
    const ones = bench('generic-bcc', { heartbeat: { forms: ['onesId'] } }).ready()
    expect(ones.say('B2', { obuId: 'FFFFFFFF' })).toEqual([])
    expect(ones.say('B2', { error: 'heartbeat' })).toContain('obuUnreadable')
    const empty = bench('generic-bcc', { heartbeat: { reply: 'empty' } }).ready()
    expect(empty.heartbeat()).toEqual(['>ack'])
    const quiet = bench('generic-ver', { heartbeat: { reply: 'none' } }).ready()
    expect(quiet.heartbeat()).toEqual([])
    expect(quiet.v.table.capabilities.heartbeatReply).toBe(false)
  })

  const stations = rsuVariantIds.flatMap((id) =>
    ([36, 39, 40, 43] as const).map((size) => ({ id, size, head: size === 39 || size === 43 })),
  )
  it.each(stations)('7: $id with station records of $size bytes', ({ id, size, head }) => {
    const rsu = bench(id, { station: { bytes: size } }).ready()
    const words = rsu.readCard()
    expect(words.at(-1)).toBe('cardRead')
    const read = rsu.events().find((e) => e.type === 'cardRead')
    expect(read?.type === 'cardRead' && read.station0019Hex.length).toBe(2 * size)
    for (const given of [
      record,
      `${record}00000000`,
      `AA2900${record}`,
      `AA2900${record}00000000`,
    ]) {
      const again = bench(id, { station: { bytes: size } }).ready()
      again.readCard()
      expect(again.debit('D1', 500, given)).toEqual(['>C6'])
      const whole = `AA2900${record}00000000`
      const written = whole.slice(head ? 0 : 6).slice(0, 2 * size)
      expect(dataSent(again)[0]).toContain(written)
    }
    const b4 = present(
      rsu.v.table.frames.find((f) => f.code === 'B4'),
      'B4',
    )
    for (const form of b4.forms)
      expect(form.fields.find(({ name }) => name === 'station')?.len).toBe(size)
  })

  it.each(rsuVariantIds)('11: %s in Chinese time as if it were UTC', (id) => {
    const unixOf = (timeBase: 'utc' | 'chinaTime'): string | undefined => {
      const rsu = bench(id, { timeBase })
      rsu.linked()
      return dataSent(rsu)
        .find((data) => data.startsWith('C0'))
        ?.slice(2, 10)
    }
    expect(unixOf('utc')).toBe('6553F100')
    expect(unixOf('chinaTime')).toBe('65546180')
  })

  it('15: the PSAM is asked for by other type bytes, before C0 or not at all', () => {
    const psam = { start: 'CD', data: 'BD', apply: 'CB', result: 'BB', atStart: true } as const
    const rsu = bench('generic-len', { psam })
    expect(rsu.up()).toEqual(['>C4', '>CD'])
    expect(rsu.say('BD')).toEqual(['>C0'])
    rsu.say('B0')
    expect(rsu.events()[0]).toMatchObject({ psamTerminals: ['370100000001'] })
    const without = bench('generic-len', { psam: null })
    expect(without.up()).toEqual(['>C4', '>C0'])
    const ver = bench('generic-ver', {
      psam: { ...psam, start: 'CA', data: 'BA' },
      frames: [{ ...frameOf('generic-ver', 'CA'), forms: [bareStart] }],
    })
    expect(ver.up()).toEqual(['>C4', '>CA'])
    expect(ver.say('BA')).toEqual(['>C0'])
    expect(ver.say('B0')).toEqual(['rsuUp'])
    expect(ver.events()[0]).toMatchObject({ psamTerminals: ['370100000001'] })
  })

  it('18: B5 in another order, forms without a debit part as they were', () => {
    const order = [...present(s3.b5Order, 'an order')].reverse()
    const table = variantWith(tableOf('generic-bcc'), device('generic-bcc', { b5Order: order }))
    const b5 = present(
      table.frames.find((f) => f.code === 'B5'),
      'B5',
    )
    expect(b5.forms.map(({ name, length }) => [name, length])).toEqual([
      ['ordered', 36],
      ['withoutDebit', 18],
    ])
    expect(b5.forms[0]?.fields.map(({ name }) => name)).toEqual(order)
    expect(b5.forms[0]?.fields.map(({ off }) => off)).toEqual([
      2, 3, 4, 8, 12, 16, 17, 19, 23, 30, 31,
    ])
  })

  it.each(['generic-bcc', 'generic-ver', 'generic-len'] as const)(
    '19: %s with a manufacturer of two bytes',
    (id) => {
      const rsu = bench(id, { manufacturerBytes: 2 })
      rsu.linked()
      rsu.say('B0')
      const maker = id === 'generic-len' ? '0200' : '0800'
      expect(rsu.events()[0]).toMatchObject({ type: 'rsuUp', rsuId: '0829' })
      const b0 = rsu.effects.find((e) => e.do === 'frame' && e.type === 'B0')
      expect(b0?.do === 'frame' && b0.decoded?.manufacturer).toBe(maker)
    },
  )

  it('20: the power has another end', () => {
    const over = { override: device('generic-ver', { powerStepMax: 20 }) }
    const start = (powerStep: number) => () =>
      new Bench('generic-ver', { ...over, settings: { powerStep } })
    expect(start(21)).toThrow('powerStep')
    expect(start(20)).not.toThrow()
  })

  it('21: colours have other numbers', () => {
    const plateColours = { '0': 'green', '9': 'blue' } as const
    const rsu = bench('generic-len', { plateColours }).ready()
    rsu.readCard()
    expect(rsu.events()[1]).toMatchObject({ vehicle: { colour: 'green' } })
    expect(rsu.v.table.plateColours).toEqual(plateColours)
  })

  it.each(rsuVariantIds)('22: %s needs nothing after B5', (id) => {
    const rsu = bench(id, { afterResult: 'nothing' }).ready()
    rsu.readCard()
    rsu.debit()
    rsu.say('B5')
    expect(rsu.tell({ do: 'complete', obuId })).toEqual([])
    expect(rsu.state.deal).toBeNull()
  })

  it('24, 27: C6 with a trade type and an EF04 block of another length', () => {
    const [, long] = frameOf('generic-ver', 'C6').forms
    const form = present(long, 'the form with a trade type')
    const fields = form.fields.map((f) => (f.name === 'ef04Block1' ? { ...f, len: 95 } : f))
    const { hex, value } = form.example
    const example = {
      hex: hex.replace(' 02 000001F4', ' 00 000001F4') + '00'.repeat(4),
      value: { ...value, ef04Block1: '00'.repeat(95) },
    }
    const tradeType = { '00': 'debitOnly', '01': 'ef04Only', '03': 'ef04AndDebit' }
    const rsu = bench('generic-ver', {
      enums: { tradeType },
      frames: [
        { ...frameOf('generic-ver', 'C6'), forms: [{ ...form, length: 163, fields, example }] },
      ],
    }).ready()
    rsu.readCard()
    rsu.debit()
    const sent = dataSent(rsu)[0] ?? ''
    expect(sent.length).toBe(2 * 163)
    expect(sent.slice(26, 28)).toBe('00')
  })

  it('25: the lane has other mode numbers', () => {
    const rsu = bench('generic-ver', { laneModes: { entry: 0x11, exit: 0x14 } })
    rsu.up()
    expect(dataSent(rsu)[1]?.slice(24, 26)).toBe('14')
  })

  it('28: codes of B4 and B5 with other words, and what they say about the money', () => {
    const rsu = bench('generic-ver', {
      enums: {
        b5Error: { '00': 'ok', '10': 'purseNoAnswer', '16': 'debitNoAnswer' },
        b4Error: { '00': 'ok', '22': 'stationOld' },
      },
      b4Readable: ['00', '22'],
      moneyState: {
        b5Error: {
          codes: { '00': 'paid', '10': 'unpaid', '16': 'unknown' },
          entryLane: {},
          otherwise: 'unknown',
        },
      },
    }).ready()
    expect(rsu.readCard({ error: 'stationOld' })).toContain('cardRead')
    rsu.debit()
    rsu.say('B5', { error: 'purseNoAnswer' })
    expect(rsu.events()[0]).toMatchObject({ money: 'unpaid', code: 0x10, reason: 'purseNoAnswer' })
    rsu.tell({ do: 'search', on: true })
    rsu.readCard()
    rsu.debit('D2')
    rsu.say('B5', { error: 'code:06' })
    expect(rsu.events()[0]).toMatchObject({ money: 'unknown', code: 6 })
  })

  it('times and capabilities', () => {
    const override = device('generic-len', {
      timing: { heartbeatLossMs: 45_000, rereadSilenceMs: 5_000, resultTimeMs: 60_000 },
    })
    expect(rsuCapabilities('generic-len', override)).toEqual({
      proofFetch: false,
      rereadSilenceMs: 5_000,
      resultTimeMs: 60_000,
    })
    const rsu = new Bench('generic-len', { override }).ready()
    expect(rsu.timers.get('heartbeat')).toBe(45_000)
  })
})

const bareStart = { name: 'bare', length: 1, fields: [], example: { hex: 'CA', value: {} } }

/** A frame of a base whose examples use other words for the same bytes. */
function mapExamples(id: RsuVariantId, code: string, words: Record<string, string>): FrameTable {
  const frame = frameOf(id, code)
  const forms = frame.forms.map((form) => ({
    ...form,
    example: { ...form.example, value: { ...form.example.value, ...words } },
  }))
  return { ...frame, forms }
}
