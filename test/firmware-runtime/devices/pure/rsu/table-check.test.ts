// The table check finds every way in which a table can be broken.
// The shipped tables pass it.
import { describe, expect, it } from 'vitest'
import { genericBcc } from '#devices/pure/rsu/generic-bcc/variant.ts'
import { genericLen } from '#devices/pure/rsu/generic-len/variant.ts'
import { genericVer } from '#devices/pure/rsu/generic-ver/variant.ts'
import { checkedTable, tableProblems } from '#devices/pure/rsu/table-check.ts'
import type { FieldTable, FrameForm, VariantTable } from '#devices/pure/rsu/table-types.ts'

const field = (over: Partial<FieldTable>): FieldTable => ({
  name: 'a',
  off: 1,
  len: 1,
  type: 'uint',
  ...over,
})

function withForm(form: Partial<FrameForm>): VariantTable {
  const whole: FrameForm = {
    name: 'f',
    length: 3,
    fields: [],
    example: { hex: '', value: {} },
    ...form,
  }
  const frame = { code: 'EE', name: 'x', from: 'rsu', onLonger: 'reject', forms: [whole] } as const
  return { ...genericVer, frames: [frame] }
}

const two = (second: Partial<FieldTable>): VariantTable =>
  withForm({ fields: [field({}), field({ name: 'b', off: 2, ...second })] })

const repeat = field({ name: 'b', off: 2, len: 2, type: 'repeat', count: 'a' })
const each = [field({ off: 0 }), field({ name: 'b', off: 1 })]
const counted = (base: number, per: Record<string, number>, solve = 'a'): VariantTable =>
  withForm({
    length: { base, per, derive: { assume: {}, solve } },
    fields: [field({}), { ...repeat, each }],
  })

const saidOf = (table: VariantTable): string =>
  tableProblems(table)
    .map(({ at, form, why }) => `${at} ${form ?? ''} ${why.en}`)
    .join('; ')

describe('the table check', () => {
  it.each([genericBcc, genericVer, genericLen])('$id has no problem', (table) => {
    expect(tableProblems(table)).toEqual([])
    expect(checkedTable(table)).toBe(table)
  })

  it.each<[string, VariantTable]>([
    ['gap', two({ off: 3 })],
    ['overlap', two({ off: 1 })],
    ['instead of', two({ len: 2 })],
    ['name used twice', two({ name: 'a' })],
    ['no enum colours', two({ type: 'enum', enum: 'colours' })],
    ['names no enum', two({ type: 'enum' })],
    ['bits do not fill', two({ type: 'bits', bits: ['x'] })],
    ['a bit name is used twice', two({ type: 'bits', bits: Array<string>(8).fill('x') })],
    ['file table f0015 is unknown or of another length', two({ type: 'file', table: 'f0015' })],
    ['file table  is unknown', two({ type: 'file' })],
    ['nullWhen', two({ nullWhen: 'FFFF' })],
    ['no count field n', two({ type: 'repeat', count: 'n', each: [field({ off: 0 })] })],
    [
      'must be +',
      withForm({ length: 'any', fields: [field({ len: 'fill' }), field({ name: 'b' })] }),
    ],
    ['fixed fields are 2', counted(3, { a: 2 })],
    ['per misses b', counted(2, { a: 3 })],
    ['a count too many', counted(2, { a: 2, c: 1 })],
    ['solves an unknown count', counted(2, { a: 2 }, 'z')],
    ['leaves a open', counted(2, { a: 2 }, 'z')],
    [
      'code is not one byte',
      { ...genericVer, frames: [{ ...withForm({}).frames[0], code: 'E' }] } as VariantTable,
    ],
    [
      'two frames of one code',
      { ...genericVer, frames: [...genericVer.frames, ...genericVer.frames] },
    ],
    ['two file tables', { ...genericVer, files: [...genericVer.files, ...genericVer.files] }],
    [
      'one word for two codes',
      { ...genericVer, enums: { ...genericVer.enums, e: { '00': 'x', '01': 'x' } } },
    ],
    ['a uint of 8 bytes', two({ len: 8 })],
    ['a bcdDate of 1 bytes', two({ type: 'bcdDate' })],
    ['only a counted form repeats', two({ type: 'repeat', count: 'a', each: [field({ off: 0 })] })],
    ['only a form of any length is filled', two({ len: 'fill', type: 'bytes' })],
    [
      'two fields fill one form',
      withForm({
        length: 'any',
        fields: [
          field({ len: 'fill', type: 'bytes' }),
          field({ name: 'b', off: '+', len: 'fill', type: 'bytes' }),
        ],
      }),
    ],
    [
      'fields of known lengths only',
      withForm({
        length: { base: 2, per: { a: 2 }, derive: { assume: {}, solve: 'a' } },
        fields: [field({}), { ...repeat, each: [field({ off: 0, len: 'fill', type: 'bytes' })] }],
      }),
    ],
    [
      'holds itself',
      {
        ...genericVer,
        files: [
          ...genericVer.files,
          ...(['p', 'q'] as const).map((name) => ({
            name,
            length: 4,
            fields: [field({ off: 0, len: 4, type: 'file', table: name === 'p' ? 'q' : 'p' })],
            example: { hex: '', value: {} },
          })),
        ],
      },
    ],
    ['a code is not hex', { ...genericVer, enums: { ...genericVer.enums, e: { zz: 'x' } } }],
  ])('says: %s', (words, table) => {
    expect(saidOf(table)).toContain(words)
    expect(() => checkedTable(table)).toThrow('whole table')
  })

  it('sees two forms of one length or one name', () => {
    const form = { name: 'f', length: 2, fields: [field({})], example: { hex: '', value: {} } }
    const frame = {
      code: 'EE',
      name: 'x',
      from: 'rsu',
      onLonger: 'reject',
      forms: [form, form],
    } as const
    const problems = saidOf({ ...genericVer, frames: [frame] })
    expect(problems).toContain('two forms of one length')
    expect(problems).toContain('two forms of one name')
  })
})
