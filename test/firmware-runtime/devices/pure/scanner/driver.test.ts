// The driver of a code scanner: codes on a serial line and HID POS reports, whole, in pieces, damaged and repeated.
// Layouts are those of the HID POS usage tables as two makers implement them.
import { describe, expect, it } from 'vitest'
import { scannerDriver, type ScanEvent, type ScanReader } from '#devices/pure/scanner/driver.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { layoutsOf } from '#devices/pure/scanner/hid-pos/descriptor.ts'
import { standardReport } from '#devices/pure/scanner/hid-pos/layout.ts'
import { hidReader, hidTimes, posReport } from '#devices/pure/scanner/hid-pos/report.ts'
import { keyReader, keyTimes } from '#devices/pure/scanner/keys/keys.ts'
import { serialReader, serialTimes, standardCodes } from '#devices/pure/scanner/serial/codes.ts'

const wechat = '134567890123456789'
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The events for these chunks, `stepMs` apart; `gap` fires the timer. */
function told(reader: ScanReader, chunks: readonly (Uint8Array | 'gap' | 'down')[], stepMs = 10) {
  const driver = scannerDriver(reader, serialTimes)
  let state = driver.initial()
  const events: ScanEvent[] = []
  let atMs = 1_000
  for (const chunk of chunks) {
    atMs += stepMs
    const times = { atMs, businessNowMs: atMs }
    const step = driver.step(
      state,
      chunk === 'gap'
        ? { ...times, type: 'timer', name: 'gap' }
        : chunk === 'down'
          ? { ...times, type: 'linkDown', reason: 'portAway' }
          : { ...times, type: 'bytes', bytes: chunk },
    )
    state = step.state
    for (const effect of step.effects) if (effect.do === 'emit') events.push(effect.event)
  }
  return events
}

const serial = serialReader(standardCodes)
const read = (text: string): ScanEvent => ({ type: 'read', text })

describe('a serial scanner', () => {
  it.each(['\r', '\n', '\r\n'])('tells a code that ends with %j, however it is cut', (end) => {
    const bytes = ascii(`${wechat}${end}`)
    for (let at = 0; at <= bytes.length; at++)
      expect(told(serial, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual([read(wechat)])
  })

  it('tells several in one chunk, in order', () => {
    expect(told(serial, [ascii('111\r222\r')])).toEqual([read('111'), read('222')])
  })

  it('a code that stops half-way is not one, and the next is', () => {
    const half = { type: 'notRead', why: 'half' }
    expect(told(serial, [ascii('1345678'), 'gap', ascii(`${wechat}\r`)])).toEqual([
      half,
      read(wechat),
    ])
    expect(told(serial, [ascii('1345678'), 'down'])).toEqual([
      half,
      { type: 'scannerState', isUp: false },
    ])
  })

  it('the same code within two seconds is one look, later it is another', () => {
    const twice = [ascii(`${wechat}\r`), ascii(`${wechat}\r`)]
    expect(told(serial, twice)).toEqual([read(wechat)])
    expect(told(serial, twice, serialTimes.repeatMs)).toEqual([read(wechat), read(wechat)])
  })

  it('strips what it was set up to send around a code, and takes none without it', () => {
    const framed = serialReader({ prefix: ascii('~'), ends: [0x03] })
    expect(told(framed, [Uint8Array.from([...ascii(`~${wechat}`), 3])])).toEqual([read(wechat)])
    expect(told(framed, [Uint8Array.from([...ascii(wechat), 3])])).toEqual([])
  })

  it('without an end a silence ends the code', () => {
    const bare = serialReader({ prefix: new Uint8Array(), ends: [] })
    expect(told(bare, [ascii('1345'), ascii('678'), 'gap'])).toEqual([read('1345678')])
  })

  it('bytes that are no text, and ten thousand without an end, are told once and end', () => {
    const noise = Uint8Array.of(0x31, 0xff, 0x00, 0x0d)
    expect(told(serial, [noise])).toEqual([{ type: 'notRead', why: 'notText' }])
    const long = ascii('7'.repeat(6_000))
    expect(told(serial, [long, long, long, ascii(`\r${wechat}\r`)])).toEqual([
      { type: 'notRead', why: 'tooLong' },
      read(wechat),
    ])
  })
})

/** Report 2 of the two makers: count, three bytes of symbology, 56 of text; the last bit tells whether more follows. */
function report(text: string, { size = 64, more = false } = {}): Uint8Array {
  const bytes = new Uint8Array(size)
  bytes.set([2, text.length, 0x5d, 0x51, 0x30])
  bytes.set(ascii(text), 5)
  bytes[size - 1] = more ? 1 : 0
  return bytes
}

describe('reports of HID-POS', () => {
  const hid = hidReader(standardReport)

  it('64 bytes with the flag at the end (Access-IS), 62 with it behind the text (Honeywell)', () => {
    expect(told(hid, [report(wechat)])).toEqual([read(wechat)])
    const short = { ...standardReport, moreAt: 61 }
    expect(told(hidReader(short), [report(wechat, { size: 62 })])).toEqual([read(wechat)])
  })

  it('a QR code of many reports is one code', () => {
    const parts = Array.from({ length: 60 }, (_, i) => String(i % 10).repeat(50))
    const reports = parts.map((text, i) => report(text, { more: i < parts.length - 1 }))
    expect(told(hid, reports)).toEqual([read(parts.join(''))])
  })

  it('the last report lost: half of it is not a code, the next one is whole', () => {
    const chunks = [report('1345', { more: true }), 'gap', report(wechat)] as const
    expect(told(hid, chunks)).toEqual([{ type: 'notRead', why: 'half' }, read(wechat)])
  })

  it('without a count the text ends at the zeros that fill it', () => {
    const layout = { ...standardReport, lenAt: null }
    expect(posReport(report(wechat), layout)).toMatchObject({ data: ascii(wechat), goesOn: false })
  })

  it.each([
    ['another report', Uint8Array.of(3, ...report(wechat).subarray(1))],
    ['a short one', report(wechat).subarray(0, 20)],
    ['a count beyond its text', Uint8Array.of(2, 60, ...report(wechat).subarray(2))],
    ['nothing', new Uint8Array()],
  ])('%s is none of a scanner', (_name, bytes) => {
    expect(posReport(bytes, standardReport)).toBeNull()
    expect(told(hid, [bytes])).toEqual([])
  })

  it('waits longer for the next report than a serial line for its next byte', () => {
    expect(hidTimes.gapMs).toBeGreaterThan(serialTimes.gapMs)
  })
})

const bytesOf = (hex: string): Uint8Array => present(bytesOfHex(hex.replaceAll(/\s/g, '')), 'hex')

/** A descriptor up to its members: usage page of scanners, a scanner, its report 2 of scanned data. */
const opening = '05 8C 09 02 A1 01 85 02 09 12 A1 02 15 00 26 FF 00 75 08'
/** A count on the generic desktop page, three symbology bytes, 56 bytes of text, one bit, seven bits of padding. */
const counted = `${opening} 95 01 05 01 09 3B 81 02 95 03 05 8C 09 FB 09 FC 09 FD 81 02 95 38 09 FE
  82 02 01 25 01 75 01 95 01 09 FF 81 02 75 07 81 03 C0 C0`
/** Without a count; another collection's report before it, between push and pop, whose bits do not belong to it. */
const bare = `05 0C 09 01 A1 01 85 01 75 01 95 10 19 01 29 10 81 02 C0 A4 ${opening} 95 20 09 FE
  82 02 01 95 01 09 FF 81 02 C0 C0 B4`
const keyboard = `05 01 09 06 A1 01 05 07 19 E0 29 E7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01
  95 06 75 08 15 00 25 65 19 00 29 65 81 00 C0`

describe('a report descriptor', () => {
  it('says where a report has its count, its text and whether it goes on', () => {
    expect(layoutsOf(bytesOf(counted))).toEqual([
      { reportId: 2, lenAt: 1, dataAt: 5, dataMax: 56, moreAt: 61, moreMask: 1 },
    ])
    expect(layoutsOf(bytesOf(bare))).toEqual([
      { reportId: 2, lenAt: null, dataAt: 1, dataMax: 32, moreAt: 33, moreMask: 0xff },
    ])
  })

  it.each([
    ['of a keyboard', keyboard],
    ['that is cut', counted.slice(0, 90)],
    ['of text in halves of bytes', counted.replace('95 38 09 FE', '75 04 95 38 09 FE')],
    ['of nothing', ''],
    ['that is too long', 'C0 '.repeat(5_000)],
  ])('%s names no scanner', (_name, hex) => {
    expect(layoutsOf(bytesOf(hex))).toEqual([])
  })

  /** The effects of a link up with this descriptor, and then of one report. */
  const opened = (descriptor: Uint8Array | undefined, chunk: Uint8Array, wakes?: Uint8Array) => {
    const driver = scannerDriver(hidReader(standardReport, wakes), hidTimes)
    const times = { atMs: 1_000, businessNowMs: 1_000 }
    const link = { ...times, type: 'linkUp' } as const
    const up = driver.step(
      driver.initial(),
      descriptor === undefined ? link : { ...link, descriptor },
    )
    const { effects } = driver.step(up.state, { ...times, type: 'bytes', bytes: chunk })
    return { up: up.effects, effects }
  }

  it('is believed before the places of the model; one that names none is not', () => {
    const short = report(wechat, { size: 62 })
    const told = { do: 'emit', event: read(wechat) }
    expect(opened(bytesOf(counted), short).effects).toContainEqual(told)
    // By the model's layout the flag would lie beyond the end of this report.
    expect(opened(undefined, short).effects).not.toContainEqual(told)
    expect(opened(bytesOf(keyboard), report(wechat)).effects).toContainEqual(told)
  })

  it('a device that wants it is woken as its link comes up', () => {
    const wakes = Uint8Array.of(254, 1)
    expect(opened(undefined, report(wechat), wakes).up).toContainEqual({ do: 'send', bytes: wakes })
    expect(opened(undefined, report(wechat)).up.map((effect) => effect.do)).toEqual(['emit'])
  })
})

/** One event of a key: type, code, value. */
const key = (code: number, value: number, type = 1): Uint8Array => {
  const bytes = new Uint8Array(8)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, type, true)
  view.setUint16(2, code, true)
  view.setInt32(4, value, true)
  return bytes
}
const together = (chunks: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(chunks.flatMap((chunk) => [...chunk]))
/** A key as the kernel reports it: scan code, press, sync; release, sync. */
const pressed = (code: number): Uint8Array =>
  together([key(4, 0x7001e, 4), key(code, 1), key(0, 0, 0), key(code, 0), key(0, 0, 0)])
const digitKeys = (text: string): Uint8Array =>
  together([...text].map((digit) => pressed(digit === '0' ? 11 : Number(digit) + 1)))
const enter = pressed(28)

describe('keys of a scanner that types', () => {
  it('digits and Enter are a code, however they are cut', () => {
    const bytes = together([digitKeys(wechat), enter])
    for (let at = 0; at <= bytes.length; at += 8)
      expect(told(keyReader, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual([read(wechat)])
  })

  it('shift makes capitals and signs while it is down; a key that is held counts once', () => {
    const shifted = together([key(42, 1), pressed(30), pressed(39), key(42, 0), pressed(30)])
    const held = together([key(2, 1), key(2, 2), key(2, 2), key(2, 0)])
    const ended = [shifted, held, pressed(96), key(42, 0), 'gap'] as const
    expect(told(keyReader, ended)).toEqual([read('A:a1')])
  })

  it.each([
    ['a key that is no character', [digitKeys('1345'), pressed(102), enter], 'notText'],
    ['a code without its end', [digitKeys('1345'), 'gap' as const], 'half'],
    ['ten thousand keys', [digitKeys('7'.repeat(10_000)), enter], 'tooLong'],
  ])('%s is refused, and the next code is read', (_name, chunks, why) => {
    const next = together([digitKeys(wechat), enter])
    expect(told(keyReader, [...chunks, next])).toEqual([{ type: 'notRead', why }, read(wechat)])
  })

  it('waits as long for the next key as a line for its next byte', () => {
    expect(keyTimes).toEqual(serialTimes)
  })
})
