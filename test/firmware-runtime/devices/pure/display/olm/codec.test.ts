// Every frame of the display protocol both ways, cut at every byte, with every bit flipped, split anywhere.
// The references are the examples of the protocol text and frames found in public code.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { decodeData, encodeData } from '#devices/pure/display/olm/codec.ts'
import { displayTables } from '#devices/pure/display/olm/frames/index.ts'
import { payPage, qrSizeSmall, textShown } from '#devices/pure/display/olm/frames/pay.ts'
import { showLine, showPage } from '#devices/pure/display/olm/frames/words.ts'
import { frame, frameBytesMax, noBytes, unframe } from '#devices/pure/display/olm/framing.ts'
import { boardText } from '#devices/pure/display/olm/text.ts'

const hex = (text: string): Uint8Array => present(bytesOfHex(text), text)
const whole = (text: string) => unframe(noBytes, hex(text), 0)

describe.each(displayTables)('$name', (table) => {
  const { hex: text, value } = table.example
  it('encodes and decodes its example', () => {
    expect(hexOf(frame(0, table.command, encodeData(table, value)))).toBe(text)
    const [one] = whole(text).frames
    expect(one?.command).toBe(table.command)
    expect(decodeData(table.command, present(one, 'a frame').data, table.from)).toEqual({
      ok: true,
      name: table.name,
      value,
    })
  })
  it('comes out of the stream at any split', () => {
    const bytes = hex(text)
    for (let cut = 0; cut <= bytes.length; cut++) {
      const first = unframe(noBytes, bytes.subarray(0, cut), 0)
      const second = unframe(first.carry, bytes.subarray(cut), 0)
      const frames = [...first.frames, ...second.frames]
      expect(frames.map((one) => hexOf(one.bytes))).toEqual([text])
      expect(first.discardedBytes + second.discardedBytes).toBe(0)
    }
  })
  it('is no frame with any one bit turned over', () => {
    const bytes = hex(text)
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const bad = bytes.slice()
      bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(unframe(noBytes, bad, 0).frames, `bit ${bit}`).toEqual([])
    }
  })
  it('refuses data that is cut, and never throws', () => {
    const data = encodeData(table, value)
    const open = table.fields.at(-1)?.as
    for (let cut = 0; cut < data.length; cut++) {
      const decoded = decodeData(table.command, data.subarray(0, cut), table.from)
      if (open !== 'rest' && open !== 'restHex') expect(decoded.ok, `cut at ${cut}`).toBe(false)
    }
  })
})

describe('framing', () => {
  const ack = '0064FFFF620100976A'
  it.each([
    ['noise before', `A5A55A${ack}`, 3],
    ['noise behind', `${ack}FFEE`, 2],
    ['a start that is none', `0064FF${ack}`, 3],
    ['a start that claims 255 bytes', `0064FFFF30FF${ack}`, 6],
    ['the first half of a frame', `0064FFFF62${ack}`, 5],
    ['a frame of another board', `0164FFFF62010057A8${ack}`, 9],
    ['a frame of version 200', `00C8FFFF6201000000${ack}`, 9],
  ])('finds the frame with %s', (_, text, discarded) => {
    const { frames, discardedBytes, carry } = whole(text)
    expect(frames.map((one) => hexOf(one.bytes))).toEqual([ack])
    expect(discardedBytes).toBe(discarded)
    expect(carry, 'a frame that was taken is not kept').toEqual(noBytes)
  })
  it('takes two frames of one piece, each once', () => {
    expect(whole(ack + ack).frames).toHaveLength(2)
  })
  it('carries no more than one frame over, whatever comes', () => {
    let carry: Uint8Array = noBytes
    for (let i = 0; i < 200; i++) carry = unframe(carry, hex('0064FFFF30FF'), 0).carry
    expect(carry.length).toBeLessThan(frameBytesMax)
  })
  it('answers of another address are not those of this board', () => {
    expect(unframe(noBytes, hex(ack), 7).frames).toEqual([])
    expect(unframe(noBytes, frame(7, 0x62, Uint8Array.of(0)), 7).frames).toHaveLength(1)
  })
})

describe('published frames', () => {
  it('a page of four lines is that of the protocol text, up to its voice', () => {
    const published =
      '0000040015010500030 0FF00000006B5DAD2BBD0D00D0101010500030000FF000006B5DAB6FED0D00D' +
      '020101050003 00FF00000006B5DAC8FDD0D00D030101050003 0000FF000008BBB6D3ADB9E2C1D900'
    const line = (n: number, mode: number, colour: string, text: string) => ({
      line: n,
      mode,
      colour,
      text,
    })
    const lines = [
      line(0, 0x15, 'FF0000', '第一行'),
      line(1, 0x01, '00FF00', '第二行'),
      line(2, 0x01, 'FF0000', '第三行'),
      line(3, 0x01, '00FF00', '欢迎光临'),
    ]
    expect(hexOf(encodeData(showPage, { lines }))).toBe(published.replaceAll(' ', ''))
  })
  it('two lines of lane-devices.md 3.1, but for the count of their repeats and the exit bytes', () => {
    const given = { mode: 0, colour: '00FF00', bytes: 6, text: '请通行' }
    expect(hexOf(encodeData(showLine, { line: 1, ...given }))).toBe(
      '01000100050001030000FF000000000000 0600C7EBCDA8D0D0'.replaceAll(' ', ''),
    )
  })
  it('a page to pay by with Chinese words, as the protocol text lays it out', () => {
    const value = {
      on: 1,
      pageSec: 0,
      staySec: 5400,
      tenths: 100,
      qrBytes: 19,
      textBytes: 8,
      flags: textShown,
      size: qrSizeSmall,
      qr: 'https://example.com',
      text: '请交费10',
    }
    const data = encodeData(payPage, value)
    expect(hexOf(data).slice(0, 34)).toBe('0100000000181500006400000013088001')
    expect(data).toHaveLength(32 + 20 + 9)
  })
})

describe('texts of boards', () => {
  it.each([
    ['测A12345', 'B2E24131323334 35', '测A12345'],
    ['a\nb', '612062', 'a b'],
    ['20`Y', '32302759', "20'Y"],
    ['¥ 12', '3F203132', '? 12'],
    ['𠮷', '3F', '?'],
    ['', '', ''],
  ])('%j', (text, bytes, shown) => {
    const got = boardText(text)
    expect(hexOf(got.bytes)).toBe(bytes.replaceAll(' ', ''))
    expect(got.text).toBe(shown)
  })
  it('is cut between characters, not inside one', () => {
    expect(boardText('测试a测', 6).text).toBe('测试a')
    expect(boardText('测试a测', 4).text).toBe('测试')
    expect(boardText('测试', 3).text).toBe('测')
  })
})
