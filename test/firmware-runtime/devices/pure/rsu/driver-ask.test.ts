// A frame sent by hand: only one of the list, only with its own fields, and never while a car is there. Through this
// request no frame that debits, writes a card or changes a setting leaves the driver.
import { describe, expect, it } from 'vitest'
import type { AskResult } from '#devices/pure/etc/rsu-device.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import { safeChoices } from '#devices/pure/rsu/safe-frames.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { Bench, bytes, obuId } from './driver-bench.ts'

type Fields = Readonly<Record<string, string>>

function sendRequest(bench: Bench, code: string, fields: Fields = {}): AskResult {
  bench.tell({ do: 'ask', id: 'a1', code, fields })
  const requestResults = bench.effects.flatMap((e) =>
    e.do === 'device' && e.event.type === 'asked' ? [e.event.result] : [],
  )
  expect(requestResults).toHaveLength(1)
  return requestResults[0] ?? 'refused'
}

const rows = rsuVariantIds.flatMap((variant) =>
  safeChoices(rsuVariant(variant).table, null).map(({ code, safe }) => ({
    variant,
    code,
    fields: Object.fromEntries(safe.fields.map(({ name }) => [name, obuId])),
  })),
)

describe('the list', () => {
  it('is what it is: a row more is a decision', () => {
    expect(rows.map(({ variant, code }) => `${variant} ${code}`)).toEqual([
      'generic-bcc C2',
      'generic-ver C2',
      'generic-ver CA',
      'generic-ver CF',
      'generic-len C2',
      'generic-len CA',
    ])
  })

  it.each(rows)('$variant $code leaves as one frame that decodes', ({ variant, code, fields }) => {
    const bench = new Bench(variant).ready()
    expect(sendRequest(bench, code, fields)).toBe('sent')
    const [hex = '', second] = bench.sentHex()
    expect(second).toBeUndefined()
    const { engine, framing } = rsuVariant(variant)
    const [frame] = framing.decode(emptyFraming, bytes(hex)).frames
    expect(engine.decode(frame?.data ?? new Uint8Array(0))).toMatchObject({ ok: true, code })
  })

  it.each(rows)('$variant $code waits for a car to go', ({ variant, code, fields }) => {
    const bench = new Bench(variant).ready()
    bench.readCard()
    expect(sendRequest(bench, code, fields)).toBe('busy')
    // The repeats have ended, but the car is still there.
    bench.repeatsOver()
    expect(sendRequest(bench, code, fields)).toBe('busy')
    bench.debit()
    expect(sendRequest(bench, code, fields)).toBe('busy')
    expect(bench.sentHex()).toEqual([])
  })

  it.each(rows)('$variant $code is not sent while the device is away', (row) => {
    const bench = new Bench(row.variant)
    expect(sendRequest(bench, row.code, row.fields)).toBe('down')
    bench.up()
    expect(sendRequest(bench, row.code, row.fields)).toBe('down')
    expect(bench.sentHex()).toEqual([])
  })
})

describe('everything else', () => {
  const codes = Array.from({ length: 256 }, (_, code) => hexOf(Uint8Array.of(code)))

  it.each(rsuVariantIds)('%s: is refused, whatever its fields', (variant) => {
    const safe = rows.filter((row) => row.variant === variant).map((row) => row.code)
    const { frames } = rsuVariant(variant).table
    for (const code of codes) {
      if (safe.includes(code)) continue
      const forms = frames.find((frame) => frame.code === code)?.forms ?? []
      const texts = forms.map(({ example }) =>
        Object.fromEntries(Object.entries(example.value).map(([k, v]) => [k, String(v)])),
      )
      for (const fields of [{}, { obuId }, ...texts]) {
        const bench = new Bench(variant).ready()
        expect(sendRequest(bench, code, fields)).toBe('refused')
        expect(bench.sentHex()).toEqual([])
      }
    }
  })

  it.each([
    ['C2', {}],
    ['C2', { obuId: '0200123' }],
    ['C2', { obuId: '0200123x' }],
    ['C2', { obuId, stopType: '03' }],
    ['CA', { channels: 'FFFFFFFF' }],
  ])('%s with %j is refused', (code, fields) => {
    expect(sendRequest(new Bench('generic-ver').ready(), code, fields as Fields)).toBe('refused')
  })

  it('a frame whose layout a profile replaced is no longer known to be safe', () => {
    const { table } = rsuVariant('generic-ver')
    const stop = table.frames.filter(({ code }) => code === 'C2')
    const codesOf = (frames: typeof stop) => safeChoices(table, { frames }).map(({ code }) => code)
    expect(codesOf([])).toContain('C2')
    expect(codesOf(stop)).not.toContain('C2')
  })
})
