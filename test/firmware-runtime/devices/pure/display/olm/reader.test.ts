// The link of an LED board decoded for people: commands by name, text in clear, whether the board accepted it, at any split
// of the stream. Every example of the frame table is read.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { frame } from '#devices/pure/display/olm/framing.ts'
import { displayTables } from '#devices/pure/display/olm/frames/index.ts'
import { displayFrameKinds, displayReader } from '#devices/pure/display/olm/reader.ts'

const bytes = (hex: string): Uint8Array => present(bytesOfHex(hex), 'hex')
const example = (name: string): Uint8Array =>
  bytes(
    present(
      displayTables.find((table) => table.name === name),
      name,
    ).example.hex,
  )

describe('an LED board', () => {
  it.each(displayTables.map((table) => [table.name, table] as const))('%s', (name, table) => {
    const reader = displayReader(0)
    const whole = bytes(table.example.hex)
    const read = table.from === 'lane' ? reader.said(whole) : reader.heard(whole)
    const { more, ...value } = table.example.value
    const fields = more === undefined || more === '' ? value : { ...value, more }
    const row = { name, ok: true, fields, reason: '' }
    expect(read).toMatchObject({ discardedBytes: 0, frames: [row] })
    expect(hexOf(present(read.frames[0], name).bytes)).toBe(hexOf(whole))
    expect(displayFrameKinds).toContainEqual({
      code: read.frames[0]?.type,
      name,
      from: table.from === 'lane' ? 'pc' : 'device',
    })
  })

  it('says whether the board took it', () => {
    const reader = displayReader(3)
    const means = (result: number) =>
      reader.heard(frame(3, 0x62, Uint8Array.of(result))).frames[0]?.fields
    expect(means(0)).toMatchObject({ means: 'done', result: 0 })
    const said = reader.heard(frame(3, 0x62, Uint8Array.of(0, 0xab))).frames[0]?.fields
    expect(said).toEqual({ means: 'done', result: 0, more: 'AB' })
    expect(means(4)).toMatchObject({ means: 'refused', result: 4 })
  })

  it('shows what it does not know with its bytes, and drops boards of other addresses', () => {
    const reader = displayReader(0)
    expect(reader.heard(frame(0, 0x99, Uint8Array.of(1)))).toMatchObject({
      frames: [{ type: '99', name: '', ok: false, reason: 'commandUnknown 153' }],
    })
    expect(reader.heard(frame(9, 0x62, Uint8Array.of(0))).frames).toEqual([])
  })

  it('reads pieces, and counts what a cut left half', () => {
    const reader = displayReader(0)
    const whole = example('line-shown')
    expect(reader.heard(whole.slice(0, 5)).frames).toEqual([])
    expect(reader.heard(whole.slice(5)).frames).toHaveLength(1)
    reader.heard(whole.slice(0, 6))
    reader.said(example('connect').slice(0, 4))
    expect(reader.cut()).toEqual({ receivedBytes: 6, saidBytes: 4 })
    expect(reader.cut()).toEqual({ receivedBytes: 0, saidBytes: 0 })
  })
})
