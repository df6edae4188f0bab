// The table of spaces: read into streets in their order, every faulty cell named, and written so that it reads the same.
import { describe, expect, it } from 'vitest'
import { readSpaces, spacesCsv } from '#lane/pure/lot/spaces-table.ts'

const head = '路段,泊位号,排列,不相邻,检测器,识别桩,纬度,经度,位置误差'

describe('a table of spaces', () => {
  it('gives each street its spaces in their order', () => {
    const { streets, bad } = readSpaces(
      [
        head,
        '民族大道,A02,首尾相邻,,mag/2,tcp://192.0.2.2:9000,22.8,108.366543,3',
        '古城路,B1,并排,,,,,,',
        '民族大道,A01,,是,mag/1,,,,',
      ].join('\n'),
    )
    expect(bad).toEqual([])
    const position = { latMicrodeg: 22_800_000, lonMicrodeg: 108_366_543, accuracyM: 3 }
    expect(streets).toEqual([
      {
        name: '民族大道',
        stand: 'parallel',
        spaces: [
          { id: 'A02', sensor: 'mag/2', pile: 'tcp://192.0.2.2:9000', position },
          { id: 'A01', isApart: true, sensor: 'mag/1' },
        ],
      },
      { name: '古城路', stand: 'perpendicular', spaces: [{ id: 'B1' }] },
    ])
    expect(readSpaces(spacesCsv(streets))).toMatchObject({ streets, bad: [] })
  })

  it('needs only streets and numbers, in headings of other systems too', () => {
    const { streets } = readSpaces('道路名称\t车位编号\n城东路\tC-1\n')
    expect(streets).toEqual([{ name: '城东路', stand: 'parallel', spaces: [{ id: 'C-1' }] }])
  })

  it.each([
    ['a number twice', '路,A1,,,,,,,\n街,A1,,,,,,,', 3, '泊位号'],
    ['a small letter', '路,a1,,,,,,,', 2, '泊位号'],
    ['no street', ',A1,,,,,,,', 2, '路段'],
    ['another arrangement', '路,A1,并排,,,,,,\n路,A2,斜列,,,,,,', 3, '排列'],
    ['an unknown arrangement', '路,A1,圆形,,,,,,', 2, '排列'],
    ['a sensor without its source', '路,A1,,,863001,,,,', 2, '检测器'],
    ['a latitude alone', '路,A1,,,,,22.8,,', 2, '纬度'],
    ['a latitude beyond the pole', '路,A1,,,,,90.000001,108,', 2, '纬度'],
    ['seven decimals', '路,A1,,,,,22.8000001,108,', 2, '纬度'],
  ])('refuses %s by line and heading', (_name, lines, line, field) => {
    const { streets, bad } = readSpaces(`${head}\n${lines}\n`)
    expect(streets).toEqual([])
    expect(bad).toMatchObject([{ code: 'LOT-02', line, field }])
  })

  it('refuses more spaces than a lot may have', () => {
    const lines = Array.from({ length: 2_001 }, (_, i) => `路,${i + 1}`)
    expect(readSpaces(['路段,泊位号', ...lines].join('\n')).bad).toHaveLength(1)
  })
})
