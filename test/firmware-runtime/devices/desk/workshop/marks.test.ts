// The workshop's core: pasted lines become frames, marks become frame tables, every frame decodes with them, and the result
// is a profile that the library accepts.
import { whyIn } from '#base/pure/faults/faults.ts'
import { describe, expect, it } from 'vitest'
import { marksShape, tryMarks } from '#devices/desk/workshop/marks.ts'
import type { MarkedFrame } from '#devices/desk/workshop/marks.ts'
import { copiedProfile, withMarks, type JsonObject } from '#devices/desk/workshop/new-profile.ts'
import { pasted } from '#devices/desk/workshop/paste.ts'
import { readProfile } from '#devices/profiles/read-profile.ts'
import { builtInTemplates, profilesIn } from '#devices/desk/profile/library.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { rsuSession } from '../../frame-log/session-kit.ts'

const bytes = (variant: (typeof rsuVariantIds)[number], dataHex: string, seq = 1): string =>
  hexOf(rsuVariant(variant).framing.encode(seq, present(bytesOfHex(dataHex), 'hex')))

/** An invented frame: type, temperature of the antenna head, an OBU count, money, a time. */
const oddHex = 'E1 2A 0007 000001F4 20231115061320 BEEF'.replaceAll(' ', '')
const marks: readonly MarkedFrame[] = [
  {
    code: 'E1',
    name: 'headState',
    from: 'rsu',
    length: 17,
    fields: [
      { offset: 8, length: 7, kind: 'bcdDateTime', name: 'time' },
      { offset: 1, length: 1, kind: 'uint', name: 'headTemperature', unit: '°C' },
      { offset: 2, length: 2, kind: 'uint', name: 'obusSeen' },
      { offset: 4, length: 4, kind: 'fen', name: 'sum', unit: 'fen' },
    ],
  },
]

describe('pasted text', () => {
  it('is lines of hex with or without time, direction, blanks and remarks', () => {
    const text = ['# a remark', '01 02 03', '', '12.5 ms > FF:FE', '13 ms ← aabb', 'tx 00-11'].join(
      '\n',
    )
    const { events } = pasted(text, 'generic-ver')
    expect(events.map((e) => [e.kind, e.monoUs, 'bytes' in e ? hexOf(e.bytes) : ''])).toEqual([
      ['in', 0, '010203'],
      ['out', 12_500, 'FFFE'],
      ['in', 13_000, 'AABB'],
      ['out', 13_000, '0011'],
    ])
  })

  it('is a capture as it is, spoken as the person says', () => {
    const { text } = rsuSession('generic-len')
    expect(pasted(text, 'generic-len').events.length).toBeGreaterThan(10)
    expect(pasted(text, 'generic-bcc').head.variant).toBe('generic-bcc')
  })

  it.each(['hello', '0', '01 0', '12 ms', '> '])('%j is refused with its line', (line) => {
    expect(() => pasted(`FF\n${line}`, 'generic-ver')).toThrow(
      expect.objectContaining({
        code: 'WIRE-01',
        detail: expect.objectContaining({ field: 'line 2' }),
      }),
    )
  })
})

describe.each(rsuVariantIds)('marks over a frame of %s', (variant) => {
  const capture = pasted(bytes(variant, oddHex), variant)

  it('decode it, and leave no byte unseen', () => {
    const { frames, problems } = tryMarks(capture, variant, marks)
    expect(problems).toEqual([])
    expect(frames).toEqual([
      expect.objectContaining({
        ok: true,
        code: 'E1',
        name: 'headState',
        fields: {
          headTemperature: 42,
          obusSeen: 7,
          sum: 500,
          time: '20231115061320',
          gap15: 'BEEF',
        },
      }),
    ])
  })

  it('leave what lies before, between and behind them as hex', () => {
    const [first] = marks
    const fields = (first?.fields ?? []).filter(({ name }) => ['obusSeen', 'time'].includes(name))
    const own = [{ ...present(first, 'marks'), fields }]
    const [frame] = tryMarks(capture, variant, own).frames
    expect(frame?.fields).toEqual({
      gap1: '2A',
      obusSeen: 7,
      gap4: '000001F4',
      time: '20231115061320',
      gap15: 'BEEF',
    })
  })

  it('are unknown before anything is marked', () => {
    const { frames } = tryMarks(capture, variant, [])
    expect(frames).toEqual([expect.objectContaining({ ok: false, reason: 'unknownType' })])
  })

  it('leave the other lengths of a known frame and every other frame as they are', () => {
    const session = pasted(rsuSession(variant).text, variant)
    const before = tryMarks(session, variant, []).frames
    const own = { ...present(marks[0], 'marks'), code: 'B4', length: 5, fields: [] }
    const after = tryMarks(session, variant, [own])
    expect(after.frames).toEqual(before)
    expect(after.problems).toEqual([
      {
        code: 'B4',
        length: 5,
        text: 'no such frame in the capture',
        why: { zh: '记录里没有这样的帧', en: 'no such frame in the capture' },
      },
    ])
  })

  it('become a profile that passes every check of the library, with its examples', () => {
    const lookup = profilesIn(null)
    const found = lookup.find('rsu', `generic/${variant}`)
    if (!found.ok) throw new Error(whyIn(found.note))
    const templates = builtInTemplates()
    const copy = copiedProfile({
      source: found.checked.source as JsonObject,
      templates,
      vendor: 'harbour',
      model: 'odd-head',
      from: found.checked.id,
    })
    const value = withMarks(copy, tryMarks(capture, variant, marks), rsuVariant(variant))
    const bytes = new TextEncoder().encode(JSON.stringify(value))
    const { checked, findings } = readProfile(bytes, 'odd-head.json', templates)
    expect(findings).toEqual([])
    const profile = present(checked, 'a profile').profile
    expect(profile.status).toBe('assumed')
    expect(
      profile.examples.filter(
        ({ origin, source }) => source === 'own-capture' && origin === 'captured',
      ),
    ).toHaveLength(1)
    const frame = checked?.variant?.engine.decode(present(bytesOfHex(oddHex), 'hex'))
    expect(frame).toMatchObject({ ok: true, name: 'headState', form: 'marked17' })
    const fields = checked?.override?.frames?.[0]?.forms[0]?.fields ?? []
    expect(fields.find(({ name }) => name === 'headTemperature')?.unit).toBe('°C')
  })

  it('a flipped byte in the example of such a profile is found', () => {
    const found = profilesIn(null).find('rsu', `generic/${variant}`)
    if (!found.ok) throw new Error(whyIn(found.note))
    const templates = builtInTemplates()
    const source = found.checked.source as JsonObject
    const copy = copiedProfile({ source, templates, vendor: 'harbour', model: 'odd', from: 'x' })
    const tried = tryMarks(capture, variant, marks)
    const text = JSON.stringify(withMarks(copy, tried, rsuVariant(variant)))
    const hex = present(tried.frames[0], 'a frame').wireHex
    const changed = text.replace(`"${hex}"`, `"${hex.replace('2A0007', '2B0007')}"`)
    expect(changed).not.toBe(text)
    const { checked } = readProfile(new TextEncoder().encode(changed), 'odd.json', templates)
    expect(checked).toBeNull()
  })
})

describe('marks that do not fit are told apart, and the others still decode', () => {
  const capture = pasted(bytes('generic-ver', oddHex), 'generic-ver')
  const first = present(marks[0], 'marks')
  const field = { offset: 1, length: 1, kind: 'uint', name: 'a' } as const

  it.each([
    ['overlap', [field, { ...field, name: 'b' }]],
    ['name used twice', [field, { ...field, offset: 2 }]],
    ['fill', [{ ...field, offset: 16, length: 4 }]],
    ['', [{ ...field, length: 3, kind: 'bcdDate' as const }]],
  ])('%s', (word, fields) => {
    const { problems, frames } = tryMarks(capture, 'generic-ver', [{ ...first, fields }])
    expect(problems[0]?.code).toBe('E1')
    expect(problems.map(({ text }) => text).join('; ')).toContain(word)
    expect(frames).toHaveLength(1)
  })

  it('one frame marked twice', () => {
    const { problems } = tryMarks(capture, 'generic-ver', [first, first])
    expect(problems).toContainEqual({
      code: 'E1',
      length: 17,
      text: 'marked twice',
      why: { zh: '标了两次', en: 'marked twice' },
    })
  })

  it.each([
    [{ ...first, code: 'e1' }],
    [{ ...first, length: 0 }],
    [{ ...first, fields: [{ ...field, offset: 0 }] }],
    [{ ...first, fields: [{ ...field, kind: 'enum' }] }],
    [{ ...first, fields: [{ ...field, name: 'Has Blank' }] }],
    [{ ...first, fields: [{ ...field, unit: '<b>' }] }],
  ])('%# of another shape', (frame) => {
    expect(marksShape.safeParse([frame]).success).toBe(false)
  })
})
