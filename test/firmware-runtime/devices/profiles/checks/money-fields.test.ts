// Frame tables that would move money: amount, balance, result and proof read from other bytes. Each hostile table is
// complete, its examples decode, and the driver could work with it; only these rules refuse it.
import { describe, expect, it } from 'vitest'
import { hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { makeFrameEngine } from '#devices/pure/rsu/frame-engine.ts'
import type { VariantTable } from '#devices/pure/rsu/table-types.ts'
import { rsuVariant, type RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { copyOf, findingsOf, library, put, problemsOf } from '../shipped.ts'

type JsonLike = Record<string, unknown>
interface Field extends JsonLike {
  name: string
  off: number
  len: number
}
interface Form extends JsonLike {
  name: string
  length: number
  fields: Field[]
  example: { hex: string; value: JsonLike }
}
interface Frame extends JsonLike {
  code: string
  forms: Form[]
}

const profileOf: Record<RsuVariantId, string> = {
  'generic-bcc': 'rsu/soulin/parking',
  'generic-ver': 'rsu/wanji/parking',
  'generic-len': 'rsu/jinyi/parking',
}

/** Code lists and files that the frame refers to. */
interface Brought {
  readonly lists?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly files?: readonly Form[]
}

/** A copy whose forms share no field with each other. */
const copied = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T

/** The profile with that frame of its generic table added and changed, and its examples encoded again. */
function hostile(
  base: RsuVariantId,
  code: string,
  change: (frame: Frame) => void,
  { lists = {}, files = [] }: Brought = {},
): JsonLike {
  const { table } = rsuVariant(base)
  const others = table.frames.filter((one) => one.code !== code)
  const frame = copied<Frame>(table.frames.find((one) => one.code === code))
  change(frame)
  const named = files.map(({ name }) => name)
  const engine = makeFrameEngine({
    ...table,
    frames: [...others, frame as never],
    enums: { ...table.enums, ...lists },
    files: [...table.files.filter(({ name }) => !named.includes(name)), ...(files as never[])],
  } satisfies VariantTable)
  for (const form of frame.forms) {
    const made = engine.encode(code, form.example.value as never, form.name)
    if (made.ok) form.example.hex = hexOf(made.data)
  }
  for (const { name, example } of files)
    example.hex = hexOf(present(engine.encodeFile(name, example.value as never), name))
  const profile = copyOf(profileOf[base])
  for (const [name, codes] of Object.entries(lists)) {
    const listed = Object.entries(codes).map(([one, word]) => ({ code: one, word }))
    put(profile, `/codeLists/${name}`, { codes: listed, source: 'parking-code' })
  }
  if (files.length > 0) put(profile, '/protocol/overrides/files', files)
  // Other examples of the same frame would reveal the change by themselves.
  const kept = (profile['examples'] as { expect: { frame?: string } }[]).filter(
    ({ expect: said }) => said.frame !== code,
  )
  put(profile, '/examples', kept)
  return put(profile, '/protocol/overrides/frames', [frame])
}

const bases = Object.keys(profileOf) as RsuVariantId[]
const fieldOf = (form: Form, name: string): Field =>
  present(
    form.fields.find((field) => field.name === name),
    name,
  )

/** Places the fields end to end again. */
function laid(form: Form, start = form.fields[0]?.off ?? 0): void {
  let at = start
  for (const field of form.fields) {
    field.off = at
    at += field.len
  }
}

/** Swaps two fields. */
function swap(form: Form, a: string, b: string): void {
  const start = form.fields[0]?.off
  const [i, j] = [form.fields.indexOf(fieldOf(form, a)), form.fields.indexOf(fieldOf(form, b))]
  const [one, other] = [present(form.fields[i], a), present(form.fields[j], b)]
  form.fields[i] = other
  form.fields[j] = one
  laid(form, start)
}

const every = (frame: Frame, change: (form: Form) => void): void => {
  for (const form of frame.forms) change(form)
}

const at = '/protocol/overrides/frames/0/forms/0'
const notes = (profile: JsonLike): string[] =>
  findingsOf(profile).map(({ code, pointer, note }) => `${code} ${pointer} ${note.en}`)

describe.each(bases)('a frame of money in %s', (base) => {
  it.each(['B4', 'B5', 'C6'])('%s as it is in the generic table has no finding', (code) => {
    expect(notes(hostile(base, code, () => undefined))).toEqual([])
  })

  const rows: readonly (readonly [string, string, (form: Form) => void, string])[] = [
    ['the amount where the time stands', 'C6', (f) => swap(f, 'amount', 'time'), 'it is at'],
    [
      'another field in place of the amount: nothing would be taken',
      'C6',
      (f) => {
        Object.assign(fieldOf(f, 'amount'), { name: 'sum', reserved: true })
        delete f.example.value['amount']
        f.example.value['sum'] = 0
      },
      'no form has all of',
    ],
    [
      'an amount that is no fen',
      'C6',
      (f) => Object.assign(fieldOf(f, 'amount'), { type: 'uint' }),
      'reads it as',
    ],
    [
      'an example of no money',
      'C6',
      (f) => Object.assign(f.example.value, { amount: 0 }),
      'its example contains no amount',
    ],
    [
      'a balance that says nothing at all zeros',
      'B4',
      (f) => Object.assign(fieldOf(f, 'balance'), { nullWhen: '00000000' }),
      'only FFFFFFFF means none',
    ],
    [
      'a balance after a debit from the serial of the PSAM',
      'B5',
      (f) => {
        if (f.fields.some(({ name }) => name === 'balanceAfter'))
          swap(f, 'balanceAfter', 'psamSerial')
      },
      'it is at',
    ],
  ]
  it.each(rows)('%s', (_what, code, change, words) => {
    const profile = hostile(base, code, (frame) => {
      every(frame, change)
    })
    const found = notes(profile)
    expect(found.length).toBeGreaterThan(0)
    expect(found.join('\n')).toContain(words)
  })

  it('a result by a list of its own, in which a failure is ok', () => {
    const mine = { '10': 'ok', '00': 'failed' }
    const profile = hostile(
      base,
      'B5',
      (frame) => {
        every(frame, (f) => Object.assign(fieldOf(f, 'error'), { enum: 'mine' }))
      },
      { lists: { mine } },
    )
    const found = notes(profile)
    expect(found[0]).toMatch(/^PROFILE-25 .* reads it as .* b5Error$/)
    expect(found[1]).toContain('a result is one byte of b5Error')
  })
})

it('the amount a byte early: the antenna would take 256 times as much', () => {
  const profile = hostile('generic-bcc', 'C6', (frame) => {
    every(frame, (f) => {
      fieldOf(f, 'transactionSerial').len = 3
      const i = f.fields.indexOf(fieldOf(f, 'amount'))
      const pad = { name: 'pad', off: 0, len: 1, type: 'uint', reserved: true }
      f.fields.splice(i + 1, 0, pad)
      f.example.value['pad'] = 0
      laid(f)
    })
  })
  expect(problemsOf(profile)).toEqual([`PROFILE-25 ${at}`, `PROFILE-25 ${at.replace(/0$/, '1')}`])
})

it('a debit of which one form asks for nothing', () => {
  const profile = hostile('generic-bcc', 'C6', (frame) => {
    const [form] = frame.forms
    Object.assign(fieldOf(present(form, 'a form'), 'amount'), { name: 'sum', reserved: true })
    delete form?.example.value['amount']
    Object.assign(form?.example.value ?? {}, { sum: 0 })
  })
  expect(notes(profile)).toEqual([
    `PROFILE-25 ${at} C6 station36: a debit frame must have each of these`,
  ])
})

it('a short result that goes by the name of a whole one', () => {
  const profile = hostile('generic-bcc', 'B5', (frame) => {
    for (const form of frame.forms) if (form.name === 'withoutDebit') form.name = 'short'
  })
  expect(notes(profile).join()).toContain('must be named withoutDebit')
})

describe('a result whose code is read from elsewhere', () => {
  it('is refused though its example decodes', () => {
    const profile = hostile('generic-bcc', 'B5', (frame) => {
      frame.forms = frame.forms.slice(0, 1)
      every(frame, (form) => swap(form, 'error', 'transType'))
    })
    expect(findingsOf(profile).map(({ value }) => value)).toEqual(['error 24+1 b5Error'])
  })
  it('is told with its place and value', () => {
    const profile = hostile('generic-bcc', 'C6', (frame) => {
      every(frame, (form) => swap(form, 'transactionSerial', 'amount'))
    })
    expect(findingsOf(profile)[0]).toMatchObject({
      code: 'PROFILE-25',
      file: 'a.json',
      pointer: at,
      value: 'amount 14+4 fen',
      note: {
        zh: 'C6 station36: station36 里它在 18 起 4 字节 fen',
        en: 'C6 station36: in station36 it is at 18, 4 bytes fen',
      },
    })
  })
})

it('a layout that a captured frame shows is taken', () => {
  const profile = hostile('generic-bcc', 'C6', (frame) => {
    frame.forms = frame.forms.slice(0, 1)
    every(frame, (form) => swap(form, 'transactionSerial', 'amount'))
  })
  expect(problemsOf(profile)).toEqual([`PROFILE-25 ${at}`])
  const value = ((profile['protocol'] as JsonLike)['overrides'] as { frames: Frame[] }).frames[0]
    ?.forms[0]
  const { framing } = rsuVariant('generic-bcc')
  const bytes = Uint8Array.from(
    (value?.example.hex ?? '').match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [],
  )
  const example = (origin: string): JsonLike => ({
    id: 'heard',
    from: 'lane',
    hex: hexOf(framing.encode(0x84, bytes)),
    origin,
    expect: {
      as: 'frame',
      frame: 'C6',
      form: 'station36',
      seq: 0x84,
      fields: value?.example.value,
    },
    source: 'parking-code',
  })
  expect(problemsOf(put(profile, '/examples', [example('constructed')]))).toEqual([
    `PROFILE-25 ${at}`,
  ])
  expect(problemsOf(put(profile, '/examples', [example('captured')]))).toEqual([])
})

describe('words, files and places by which a driver decides about money', () => {
  const debitOnly = { '00': 'debitOnly', '01': 'ef04Only', '02': 'both' }
  const black = { '00': 'notListed', '01': 'grey', '02': 'black' }
  const presence = { '00': 'present', '01': 'absent' }
  it.each([
    ['generic-ver', 'C6', 'tradeType', debitOnly, 0],
    ['generic-len', 'B4', 'blacklist', black, 2],
    ['generic-len', 'B4', 'cardPresent', presence, 0],
  ] as const)('%s %s: a word of %s on another code', (base, code, name, list, i) => {
    const profile = hostile(base, code, () => undefined, { lists: { [name]: list } })
    expect(problemsOf(profile)).toEqual([`PROFILE-25 /codeLists/${name}/codes/${i}/code`])
  })
  it('a card file whose number lies elsewhere', () => {
    const f0015 = rsuVariant('generic-bcc').table.files.find(({ name }) => name === 'f0015')
    const file = copied<Form>(f0015)
    swap(file, 'cardNumber', 'issuer')
    const profile = hostile('generic-bcc', 'B4', () => undefined, { files: [file] })
    const fields = '/protocol/overrides/files/0/fields'
    expect(problemsOf(profile)).toContain(`PROFILE-25 ${fields}/0`)
    expect(notes(profile).every((note) => note.startsWith('PROFILE-25'))).toBe(true)
  })
  it('a card that could not be read counts as read', () => {
    const profile = copyOf('rsu/wanji/parking')
    put(profile, '/protocol/overrides/b4Readable', ['00', '05'])
    expect(problemsOf(profile)).toEqual(['PROFILE-25 /protocol/overrides/b4Readable'])
  })
  it('entry and exit in each other’s place', () => {
    const profile = copyOf('rsu/soulin/parking')
    put(profile, '/protocol/overrides/laneModes', { entry: 4, exit: 3 })
    expect(problemsOf(profile)).toEqual(['PROFILE-25 /protocol/overrides/laneModes'])
  })
  it('a setting that is written into the debit', () => {
    const profile = copyOf('rsu/soulin/parking')
    const i = (profile['settings'] as { writes: unknown }[]).findIndex((s) => s.writes !== null)
    put(profile, `/settings/${i}/writes`, { frame: 'C6', field: 'amount' })
    expect(problemsOf(profile)).toContain(`PROFILE-25 /settings/${i}/writes/frame`)
  })
  it('a longer frame of money than any known', () => {
    const profile = hostile('generic-ver', 'B5', (frame) => {
      frame['onLonger'] = 'rest'
    })
    expect(problemsOf(profile)).toEqual([`PROFILE-25 ${at}`])
  })
})

it('no shipped profile has such a finding', () => {
  for (const id of library.profiles.keys()) expect([id, problemsOf(copyOf(id))]).toEqual([id, []])
})
