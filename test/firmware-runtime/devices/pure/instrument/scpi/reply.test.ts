// Replies cut at any byte: blocks end by their count, lines by their line end; invalid figures are refused.
// The block of three floats is from lane-devices.md 6.2.
import { joined } from '#base/pure/data/bytes.ts'
import { describe, expect, it } from 'vitest'
import { bytesOfText } from '#devices/pure/instrument/meter.ts'
import { answerOf } from '#devices/pure/instrument/scpi/asks.ts'
import {
  figureOf,
  replyBytesMax,
  takeReply,
  traceOf,
  type Reply,
} from '#devices/pure/instrument/scpi/reply.ts'

const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const block = hex('23 32 31 32 00 00 91 C2 00 00 25 C2 00 00 92 C2 0A')

/** Feeds the bytes in pieces; returns the first reply and the number of bytes fed until it was complete. */
function fed(bytes: Uint8Array, size: number, blocks = true): [Reply | null, number] {
  let carry: Uint8Array = new Uint8Array()
  for (let at = 0; at < bytes.length; at += size) {
    const got = takeReply(joined([carry, bytes.slice(at, at + size)]), blocks)
    if (got.reply !== null) return [got.reply, at + size]
    carry = got.rest
  }
  return [null, bytes.length]
}

describe('a block', () => {
  it.each(Array.from({ length: block.length }, (_, i) => i + 1))('in pieces of %i', (size) => {
    const [reply] = fed(block, size)
    expect(reply !== null && traceOf(reply, 'real32le')).toEqual([
      { is: 'value', value: -72.5 },
      { is: 'value', value: -41.25 },
      { is: 'value', value: -73 },
    ])
  })
  it('holds line feeds, and is not over before its count', () => {
    const bytes = hex('23 31 38 0A 0A 0A 0A 0A 0A 0A 0A 0A')
    expect(fed(bytes.slice(0, 10), 1)[0]).toBeNull()
    expect(fed(bytes, 1)).toMatchObject([{ kind: 'block' }, 11])
  })
  it('has the other byte order, text, and a long count of one maker', () => {
    const [be] = fed(hex('23 31 34 C2 25 00 00 0A'), 3)
    expect(be !== null && traceOf(be, 'real32be')).toEqual([{ is: 'value', value: -41.25 }])
    const [text] = fed(bytesOfText('#212-45.25,-46.5\n'), 5)
    expect(text !== null && traceOf(text, 'ascii')).toHaveLength(2)
    expect(fed(bytesOfText('#(4)abcd\n'), 1)[0]).toMatchObject({ kind: 'block' })
  })
  it.each([
    '#0abc\n',
    '#99999999991\n',
    '#x12\n',
    '#2a1\n',
    '#(9a)\n',
    '#(000000000000000000000000\n',
  ])('%j is a line, and no trace', (text) => {
    const [reply] = fed(bytesOfText(text), 2)
    expect(reply).toMatchObject({ kind: 'line' })
    expect(reply !== null && traceOf(reply, 'real32le')).toBeNull()
  })
  it('of another length than whole numbers is none', () => {
    const [reply] = fed(bytesOfText('#15abcde\n'), 4)
    expect(reply !== null && traceOf(reply, 'real32le')).toBeNull()
  })
})

it('a line without end is given up, and its bytes are counted', () => {
  const got = takeReply(new Uint8Array(replyBytesMax + 1).fill(0x41), false)
  expect(got).toMatchObject({ reply: null, discardedBytes: replyBytesMax + 1 })
})

it.each([
  ['-45.25', { is: 'value', value: -45.25 }],
  ['+5.835000000E+009', { is: 'value', value: 5.835e9 }],
  ['.5', { is: 'value', value: 0.5 }],
  ['9.91E+37', { is: 'invalid', text: '9.91E+37' }],
  ['9.9E+37', { is: 'overflow', text: '9.9E+37' }],
  ['-9.9E37', { is: 'overflow', text: '-9.9E37' }],
  ['NAN', { is: 'invalid', text: 'NAN' }],
  ['', null],
  ['-45,25', null],
  ['-45.25 dBm', null],
  ['0x10', null],
  ['--1', null],
  ['1e9999', null],
])('figure %j', (text, figure) => {
  expect(figureOf(text)).toEqual(figure)
})

describe('a line', () => {
  it.each([1, 2, 3, 64])('ends with CR alone, LF alone or both, in pieces of %i', (size) => {
    for (const end of ['\r', '\n', '\r\n', '\n\r']) {
      const [first, after] = fed(bytesOfText(`-45.2${end}-46.1${end}`), size, false)
      expect(first).toEqual({ kind: 'line', text: '-45.2' })
      const rest = bytesOfText(`-45.2${end}-46.1${end}`).slice(6)
      expect(fed(rest, size, false)[0]).toEqual({ kind: 'line', text: '-46.1' })
      expect(after).toBeGreaterThanOrEqual(6)
    }
  })
})

describe('an error queue', () => {
  const ask = { as: 'error', text: 'SYST:ERR?', timeoutMs: 1 } as const
  const read = (text: string) => answerOf(ask, { kind: 'line', text }, {} as never)
  it.each([
    ['0,"No error"', 0, 'No error'],
    ['+0,"No error"', 0, 'No error'],
    ['0,""', 0, ''],
    ['0,No error', 0, 'No error'],
    ['+0, No error', 0, 'No error'],
    ['0 No Error', 0, 'No Error'],
    ['0;No error', 0, 'No error'],
    ['0; "No error"', 0, 'No error'],
    ["0,'No error'", 0, 'No error'],
    ['0: no error', 0, 'no error'],
    ['0', 0, ''],
    ['+0', 0, ''],
    ['0,', 0, ''],
    ['No error', 0, 'No error'],
    ['NO ERRORS', 0, 'NO ERRORS'],
    ['-113', -113, ''],
    ['-222;Data out of range', -222, 'Data out of range'],
    ['-222,"Data out of range;SENS:FREQ 1"', -222, 'Data out of range;SENS:FREQ 1'],
    ['-113, Undefined header', -113, 'Undefined header'],
  ])('says %j', (text, code, said) => {
    expect(read(text)).toEqual({ as: 'error', code, text: said })
  })
  it.each(['-45.2', '1', '-45', '-45,3', '0 1', '0.0', '1,2,3', '-1000', 'an error', ''])(
    'is not %j',
    (text) => {
      expect(read(text)).toBeNull()
    },
  )
  it('a level may have its unit behind it', () => {
    const level = { as: 'level', text: 'CALC:MARK:Y?', timeoutMs: 1 } as const
    const answer = answerOf(level, { kind: 'line', text: '-45.2 dBm' }, {} as never)
    expect(answer).toEqual({ as: 'level', figure: { is: 'value', value: -45.2 } })
  })
})
