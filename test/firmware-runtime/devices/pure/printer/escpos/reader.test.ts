// The link of a receipt printer decoded for people: every command of a receipt by name with its text, at any cut of the
// stream; answers by their query; and bytes that are neither command nor answer, marked as such.
import { describe, expect, it } from 'vitest'
import { standardPrinter } from '#devices/pure/printer/escpos/config.ts'
import {
  askPrinted,
  drawerPulse,
  paperBytes,
  quiet,
} from '#devices/pure/printer/escpos/paper-bytes.ts'
import { printerFrameKinds, printerReader } from '#devices/pure/printer/escpos/reader.ts'
import { askStatus } from '#devices/pure/printer/escpos/status.ts'
import type { PaperLine } from '#base/pure/data/paper.ts'

const paper: readonly PaperLine[] = [
  { kind: 'text', text: '停车收据', align: 'center', size: 'large' },
  { kind: 'pair', name: '金额', value: '¥ 5.00', isBig: true },
  { kind: 'qr', text: 'ETCR1.abc' },
]
const receipt = paperBytes(paper, standardPrinter)
const all = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

describe('what is sent', () => {
  const whole = all(quiet, receipt, askPrinted, drawerPulse('pin5'))
  const { frames, discardedBytes } = printerReader().said(whole)

  it('is read to the last byte, each command by its name', () => {
    expect(discardedBytes).toBe(0)
    expect(all(...frames.map(({ bytes }) => bytes))).toEqual(whole)
    expect(frames.every(({ ok, name }) => ok && name !== '')).toBe(true)
    const codes = new Set(printerFrameKinds.map(({ code }) => code))
    expect(frames.filter(({ type }) => !codes.has(type))).toEqual([])
    const named = new Set(frames.map(({ name }) => name))
    for (const name of ['unaskedStatus', 'initialize', 'chineseOn', 'align', 'bold', 'size'])
      expect(named).toContain(name)
    for (const name of ['chineseSize', 'text', 'lineFeed', 'qr', 'cut', 'askPrinted', 'drawer'])
      expect(named).toContain(name)
  })

  it('says what is printed, how large, and what the code holds', () => {
    const fieldsOf = (name: string) =>
      frames.filter((one) => one.name === name).map((one) => one.fields)
    expect(fieldsOf('text')[0]).toEqual({ text: '停车收据' })
    expect(fieldsOf('text')[1]).toMatchObject({
      text: expect.stringMatching(/^金额 +¥ 5\.00$/) as string,
    })
    expect(fieldsOf('align')[0]).toEqual({ command: 'ESC a', side: 'center' })
    expect(fieldsOf('size')[0]).toEqual({ command: 'GS !', wide: 2, high: 2 })
    expect(fieldsOf('chineseSize')[0]).toEqual({ command: 'FS !', wide: 2, high: 2 })
    expect(fieldsOf('bold')[0]).toEqual({ command: 'ESC E', on: true })
    expect(fieldsOf('qr')).toEqual([
      { command: 'GS ( k', code: 'model' },
      { command: 'GS ( k', code: 'dots', dots: 4 },
      { command: 'GS ( k', code: 'level', level: 'M' },
      { command: 'GS ( k', code: 'store', text: 'ETCR1.abc' },
      { command: 'GS ( k', code: 'print' },
    ])
    expect(fieldsOf('drawer')).toEqual([{ command: 'ESC p', pin: 5, onMs: 100, offMs: 500 }])
    expect(fieldsOf('cut')).toEqual([{ command: 'GS V', lines: 0 }])
  })

  it('is the same when a command is cut in two', () => {
    // Text is not held back, as it has no end mark.
    const commands = Uint8Array.of(0x1b, 0x61, 1, 0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, 4, 0x0a)
    const names = ['align', 'qr', 'lineFeed']
    for (let at = 0; at <= commands.length; at++) {
      const reader = printerReader()
      const read = [commands.subarray(0, at), commands.subarray(at)].flatMap((part) => [
        ...reader.said(part).frames,
      ])
      expect(read.map(({ name }) => name)).toEqual(names)
    }
  })

  it('a command that nobody knows is unknown, and what follows is read', () => {
    const read = printerReader().said(Uint8Array.of(0x1b, 0x99, 0x1b, 0x40)).frames
    expect(read).toMatchObject([
      { type: 'UNKNOWN', ok: false, reason: 'unknownType' },
      { name: 'initialize', ok: true },
    ])
  })

  it('one without an end is thrown away and counted', () => {
    const endless = Uint8Array.of(0x1d, 0x28, 0x6b, 0xff, 0xff)
    const reader = printerReader()
    expect(reader.said(endless)).toEqual({ frames: [], discardedBytes: 0 })
    expect(reader.said(new Uint8Array(5_000)).discardedBytes).toBe(5_005)
    reader.said(endless)
    expect(reader.cut()).toEqual({ receivedBytes: 0, saidBytes: 5 })
  })
})

describe('what it answers', () => {
  const asking = (kind: 1 | 2 | 4, ...bytes: readonly number[]) => {
    const reader = printerReader()
    reader.said(askStatus(kind))
    return reader.heard(Uint8Array.from(bytes)).frames[0]?.fields
  }

  it('is told by what was asked', () => {
    expect(asking(1, 0x1a)).toEqual({ asked: 'online', offline: true, drawerPin: false })
    expect(asking(2, 0x36)).toEqual({
      asked: 'cause',
      coverOpen: true,
      feeding: false,
      paperStop: true,
      error: false,
    })
    expect(asking(4, 0x1e)).toEqual({ asked: 'paper', nearEnd: true, paperOut: false })
    expect(asking(4, 0x72)).toEqual({ asked: 'paper', nearEnd: false, paperOut: true })
  })

  it('that says nothing new is routine, and so is its question', () => {
    const reader = printerReader()
    const routine = [0x12, 0x12, 0x1a].map((byte) => {
      const [question] = reader.said(askStatus(1)).frames
      const [answer] = reader.heard(Uint8Array.of(byte)).frames
      return [question?.routine, answer?.routine]
    })
    expect(routine).toEqual([
      [true, undefined],
      [true, true],
      [true, undefined],
    ])
  })

  it('behind a receipt says that it is printed; unasked, what changed, in four bytes', () => {
    const reader = printerReader()
    expect(reader.heard(Uint8Array.of(0x03)).frames).toMatchObject([
      { name: 'printed', fields: { nearEnd: true, paperOut: false } },
    ])
    expect(reader.heard(Uint8Array.of(0x38)).frames).toEqual([])
    expect(reader.heard(Uint8Array.of(0, 0x0c, 0)).frames).toMatchObject([
      {
        name: 'unaskedSaid',
        fields: { offline: true, coverOpen: true, nearEnd: false, paperOut: true },
      },
    ])
  })

  it('to nothing that was asked, and noise, is no answer', () => {
    const reader = printerReader()
    expect(reader.heard(Uint8Array.of(0x12, 0xff))).toEqual({ frames: [], discardedBytes: 2 })
    // A gap in the stream clears the pending query.
    reader.said(askStatus(1))
    reader.cut()
    expect(reader.heard(Uint8Array.of(0x12)).discardedBytes).toBe(1)
  })
})
