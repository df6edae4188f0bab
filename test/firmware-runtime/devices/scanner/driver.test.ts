// The driver of a code scanner: codes of a serial line and reports of HID-POS, whole, in pieces, broken and twice.
// Layouts are those of the HID POS usage tables as two makers fill them.
import { describe, expect, it } from 'vitest'
import {
  scannerDriver,
  type ScanEvent,
  type ScanReader,
} from '../../../../firmware-runtime/devices/scanner/driver.ts'
import {
  hidReader,
  hidTimes,
  posReport,
  standardReport,
} from '../../../../firmware-runtime/devices/scanner/hid-pos/report.ts'
import {
  serialReader,
  serialTimes,
  standardCodes,
} from '../../../../firmware-runtime/devices/scanner/serial/codes.ts'

const wechat = '134567890123456789'
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What it tells of chunks, each so many ms behind the one before; `gap` lets its timer fire. */
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
          ? { ...times, type: 'linkDown', reason: 'unplugged' }
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

/** Report 2 of the two makers: count, three bytes of symbology, 56 of text; the last bit says whether it goes on. */
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
