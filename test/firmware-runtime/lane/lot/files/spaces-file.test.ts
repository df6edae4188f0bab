// Spaces from a drawing: what is found in drawings of both forms, in which order, and what is refused with its place.
import { closeSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { spacesHere } from '#lane/desk/folder/spaces-here.ts'
import { spacesOfFile } from '#lane/lot/files/spaces-file.ts'
import {
  alongKerb,
  blockSpace,
  dxfOf,
  dxfWith,
  loneText,
  outline,
  r12Drawing,
  r2000Drawing,
  usualLayer,
  type Pair,
} from '../../../../kit/dxf-file.ts'
import { fieldFile, noFieldFiles } from '../../../../kit/field-files.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'
import { laterFault } from '../../../../kit/refusals.ts'

const file = '民族大道.dxf'
const read = (text: string, layer?: string) =>
  spacesOfFile(new TextEncoder().encode(text), file, layer)
const idsOf = async (text: string, layer?: string) =>
  (await read(text, layer)).streets.map(({ name, spaces }) => [
    name,
    spaces.map(({ id, isApart }) => (isApart === true ? `| ${id}` : id)).join(' '),
  ])
const detailOf = async (pending: Promise<unknown>) => {
  const { code, detail } = await laterFault(pending)
  return { code, ...detail }
}
const refused = (text: string, layer?: string) => detailOf(read(text, layer))

const numbers = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => `A${String(from + i).padStart(2, '0')}`).join(' ')

const twice = r12Drawing([...alongKerb(2, 0), { id: 'A02', x: 90, y: 0 }])
const lineOfTwice = twice.split('\r\n').lastIndexOf('A02') + 1

describe('the spaces of a drawing', () => {
  it.each([
    ['R12, along x', r12Drawing(alongKerb(40, 0))],
    ['R12, in any order of its lines', r12Drawing(alongKerb(40, 90).toReversed())],
    ['R2000, at 135 degrees', r2000Drawing(alongKerb(40, 135))],
    ['R2000, from right to left', r2000Drawing(alongKerb(40, 181))],
    ['blocks with an attribute', dxfOf(...alongKerb(40, 30).map(blockSpace))],
  ])('are found in their order: %s', async (_name, text) => {
    expect(await idsOf(text)).toEqual([[usualLayer, numbers(1, 40)]])
  })

  it('are streets by their layers; other layers, titles and an outline around are none', async () => {
    const [one, two] = [alongKerb(3, 0), alongKerb(3, 0)]
    const text = dxfOf(
      outline(usualLayer),
      loneText('民族大道', 3),
      loneText('B99', 400, '道路'),
      ...one.map(blockSpace),
      ...two.map((space, n) =>
        blockSpace({ ...space, id: `B${n + 1}`, y: 20, layer: 'Park-North' }, n + 10),
      ),
    )
    expect(await idsOf(text)).toEqual([
      [usualLayer, 'A01 A02 A03'],
      ['Park-North', 'B1 B2 B3'],
    ])
    expect(await idsOf(text, 'park-north')).toEqual([['Park-North', 'B1 B2 B3']])
  })

  it('are not neighbours over a gap, and have no position of the earth', async () => {
    const spaces = alongKerb(6, 45).map((space, n) =>
      n < 3 ? space : { ...space, x: space.x + 20 },
    )
    expect(await idsOf(r2000Drawing(spaces))).toEqual([[usualLayer, 'A01 A02 A03 | A04 A05 A06']])
    const { streets } = await read(r12Drawing(alongKerb(1, 0)))
    expect(streets).toEqual([{ name: usualLayer, stand: 'parallel', spaces: [{ id: 'A01' }] }])
  })

  it('has its layer by the code page of China, or by the escape of old drawings', async () => {
    const escaped = r12Drawing(
      alongKerb(2, 0).map((one) => ({ ...one, layer: '\\U+6CCA\\U+4F4D' })),
    )
    expect(await idsOf(escaped)).toEqual([['泊位', 'A01 A02']])
    const inGb18030 = Buffer.from('b2b4cebb', 'hex')
    const parts = r12Drawing([{ id: 'A01', x: 0, y: 0, layer: '@' }]).split('@')
    const bytes = Buffer.concat(
      parts.flatMap((part, i) => (i === 0 ? [Buffer.from(part)] : [inGb18030, Buffer.from(part)])),
    )
    expect((await spacesOfFile(bytes, file)).streets.map(({ name }) => name)).toEqual(['泊位'])
  })

  it.each<[string, string, string, string, RegExp]>([
    [
      'a number twice, R2000',
      r2000Drawing([...alongKerb(3, 0), { id: 'A02', x: 90, y: 0 }]),
      'handle 107',
      'A02',
      /重复/,
    ],
    ['a number twice, R12', twice, `line ${lineOfTwice}`, 'A02', /重复/],
    [
      'no layer of spaces',
      r12Drawing(alongKerb(2, 0).map((one) => ({ ...one, layer: '道路' }))),
      'layer',
      '',
      /没有找到泊位/,
    ],
    [
      'two numbers in a frame',
      dxfOf(...alongKerb(2, 0).map(blockSpace), loneText('A09', 0.5)),
      'handle F1',
      'A09',
      /和 A01 在同一个框/,
    ],
    ['a number without a frame', dxfOf(loneText('A09', 3)), 'handle F1', 'A09', /没有泊位的框/],
    [
      'a number far from the frames',
      r2000Drawing(alongKerb(2, 0)).replace(
        '  0\r\nENDSEC\r\n  0\r\nEOF',
        `${'  0\r\nTEXT\r\n  5\r\nF1\r\n  8\r\n'}${usualLayer}\r\n 10\r\n90\r\n 20\r\n0\r\n  1\r\nA09\r\n  0\r\nENDSEC\r\n  0\r\nEOF`,
      ),
      'handle F1',
      'A09',
      /没有泊位的框/,
    ],
  ])('are refused for %s', async (_name, text, field, value, said) => {
    const note: unknown = expect.objectContaining({ zh: expect.stringMatching(said) })
    expect(await refused(text)).toEqual({ code: 'LOT-02', file, field, value, note })
  })

  it('are refused in a layer that was named and has none', async () => {
    expect(await refused(r12Drawing(alongKerb(2, 0)), '停车')).toMatchObject({
      code: 'LOT-02',
      file,
      field: 'layer',
      value: '停车',
    })
  })

  it.each([
    ['a table', '路段,泊位号\n路,A1\n'],
    ['an empty file', ''],
    ['a drawing in binary form', 'AutoCAD Binary DXF\r\n\u001a\0\0\0'],
    [
      'a section that begins nowhere',
      '  0\r\nSECTION\r\n  0\r\nENDSEC\r\n  0\r\nSECTION\r\n  2\r\nENTITIES\r\n  8\r\nx\r\n  0\r\nENDSEC\r\n',
    ],
  ])('are refused for %s under the name of a drawing', async (_name, text) => {
    expect(await refused(text)).toMatchObject({ code: 'FILE-01', file })
  })

  it('are refused wherever the drawing is cut off', async () => {
    const text = r2000Drawing(alongKerb(3, 0))
    const outcomes = new Set<string>()
    for (let at = 0; at <= text.length - 'EOF\r\n'.length; at += 5)
      outcomes.add((await refused(text.slice(0, at))).code)
    expect([...outcomes]).toEqual(['FILE-01'])
  })

  it('are refused by size before a drawing of 50 MB is read', async () => {
    const large = join(folderOfTest('etc-drawing-'), 'large.dxf')
    writeFileSync(large, r12Drawing(alongKerb(40, 0)))
    const handle = openSync(large, 'r+')
    ftruncateSync(handle, 50 * 1024 * 1024)
    closeSync(handle)
    expect(await detailOf(spacesHere(large))).toMatchObject({
      code: 'FILE-01',
      file: large,
      field: 'bytes',
      value: String(50 * 1024 * 1024),
    })
  })
})

const layer = '泊位'
const frame = (corners: readonly (readonly [number, number])[], flags = 1, of = '0'): Pair[] => [
  [0, 'LWPOLYLINE'],
  [5, '9F'],
  [8, of],
  [90, corners.length],
  [70, flags],
  ...corners.flatMap(([x, y]): Pair[] => [
    [10, x],
    [20, y],
  ]),
]
const box = (x = 0, y = 0): readonly (readonly [number, number])[] => [
  [x, y],
  [x + 5, y],
  [x + 5, y + 2.5],
  [x, y + 2.5],
]
const text = (id: string, x: number, y = 1, of = layer): Pair[] => [
  [0, 'TEXT'],
  [5, 'F1'],
  [8, of],
  [10, x],
  [20, y],
  [40, 0.5],
  [1, id],
]
const block = (name: string, content: readonly Pair[]): Pair[] => [
  [0, 'BLOCK'],
  [8, '0'],
  [2, name],
  [10, 0],
  [20, 0],
  ...content,
  [0, 'ENDBLK'],
]
const insert = (name: string, x: number, y: number, more: readonly Pair[] = []): Pair[] => [
  [0, 'INSERT'],
  [5, 'AA'],
  [8, layer],
  [2, name],
  [10, x],
  [20, y],
  ...more,
]
const one = block('ONE', frame(box()))
const pair = block('PAIR', [...frame(box()), ...frame(box(6))])
const row = block('ROW', [...frame(box()), ...text('A1', 2), ...frame(box(6)), ...text('A2', 8)])

describe('drawings as they are drawn', () => {
  it
    .skipIf(noFieldFiles)
    .each(['closed-by-point.dxf', 'row-in-block.dxf', 'block-array.dxf', 'm-escape.dxf'])(
    '%s has its spaces',
    async (name) => {
      const bytes = readFileSync(fieldFile(`../field-3/dxf/${name}`))
      const { streets } = await spacesOfFile(bytes, name)
      expect(streets.map((of) => [of.name, of.spaces.map(({ id }) => id).join(' ')])).toEqual([
        [layer, 'A01 A02 A03'],
      ])
    },
  )

  it.each<[name: string, drawn: string, ids: string, street?: string]>([
    [
      'an array of two columns, turned by 90 degrees',
      dxfWith(one, [
        ...insert('ONE', 0, 0, [
          [50, 90],
          [70, 2],
          [44, 6],
        ]),
        ...text('A1', -1, 2),
        ...text('A2', -1, 8),
      ]),
      'A1 A2',
    ],
    [
      'an array of two rows that is scaled: its spacing is not',
      dxfWith(one, [
        ...insert('ONE', 0, 0, [
          [41, 2],
          [42, 2],
          [71, 2],
          [45, 9],
        ]),
        ...text('A1', 8, 4),
        ...text('A2', 8, 13),
      ]),
      'A1 A2',
    ],
    ['a row in a block, mirrored', dxfWith(row, insert('ROW', 0, 0, [[41, -1]])), 'A1 A2'],
    [
      'a row in a block in a block',
      dxfWith([...row, ...block('OUTER', insert('ROW', 3, 3))], insert('OUTER', 50, 50)),
      'A1 A2',
    ],
    [
      'frames alone in a block, with numbers beside it',
      dxfWith(pair, [...insert('PAIR', 10, 0), ...text('A1', 12), ...text('A2', 18)]),
      'A1 A2',
    ],
    [
      'a line that was closed by hand, a millimetre off',
      dxfWith([], [...frame([...box(), [0.001, 0]], 0, layer), ...text('A1', 2)]),
      'A1',
    ],
    [
      'a layer by the escape of Big5',
      dxfWith(
        [],
        [...frame(box(), 1, '\\M+2A8AE\\M+2A6EC'), ...text('A1', 2, 1, '\\M+2A8AE\\M+2A6EC')],
      ),
      'A1',
      '車位',
    ],
  ])('%s has its spaces', async (_name, drawn, ids, street) => {
    expect(await idsOf(drawn, street)).toEqual([[street ?? layer, ids]])
  })

  it.each<[string, string, object]>([
    [
      'an open line',
      dxfWith([], [...frame(box(), 0, layer), ...text('A1', 2)]),
      { code: 'LOT-02', field: 'handle F1', value: 'A1' },
    ],
    [
      'a row in a block that stands twice',
      dxfWith(row, [...insert('ROW', 0, 0), ...insert('ROW', 40, 0)]),
      { code: 'LOT-02', field: 'handle F1', value: 'A1' },
    ],
    [
      'an array of a thousand million',
      dxfWith(one, [
        ...insert('ONE', 0, 0, [
          [70, 32_767],
          [71, 32_767],
        ]),
        ...text('A1', 2),
      ]),
      { code: 'FILE-01', note: { zh: expect.stringContaining('份数太多') } },
    ],
    [
      'a block in itself',
      dxfWith(block('SELF', [...frame(box()), ...insert('SELF', 1, 1)]), [
        ...insert('SELF', 0, 0),
        ...text('A1', 400),
      ]),
      { code: 'LOT-02', field: 'handle F1' },
    ],
  ])('%s is refused with the reason that holds', async (_name, drawn, detail) => {
    expect(await refused(drawn)).toMatchObject(detail)
  })
})
