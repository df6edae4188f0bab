// The spaces of the streets as a table: one line a space, in their order along the kerb.
import { degreesText, microdegOf } from '../data/degrees.ts'
import { t } from '../words/fault-text.ts'
import {
  spaceSensorShape,
  spaceStands,
  streetSpaceShape,
  streetSpacesMax,
  type SpaceStand,
} from '../lot/street-spaces.ts'
import { integer, oneOf, orNone, plainNumber, text, type CellKind } from './cells.ts'
import { defineTable } from './table.ts'

const number = t(
  '大写字母、数字和短横,最多 11 个',
  'capital letters, digits and dashes, at most 11',
)
const name = t('1 到 60 个字', '1 to 60 characters')
const source = t('来源/检测器,如 mag/863001', 'SOURCE/SENSOR, such as mag/863001')
const address = t(
  '天线的地址,如 tcp://192.0.2.20:9000',
  'address of its antenna, such as tcp://192.0.2.20:9000',
)

const degrees = (example: string, most: number): CellKind<number> => {
  const bad = t(`度,最多 6 位小数,如 ${example}`, `degrees, at most 6 decimals, such as ${example}`)
  return {
    shape: 'number',
    example,
    help: bad,
    read: (given) => {
      const value = microdegOf(plainNumber(given), most)
      return value === null ? { bad } : { value }
    },
    write: degreesText,
  }
}

/** Empty: the space stands beside the one above. */
const apart = oneOf('不相邻', { yes: '是', no: '' })

export const spacesTable = defineTable({
  name: t('泊位', 'spaces'),
  key: 'space',
  twice: t('泊位号重复', 'this space stands twice'),
  rowsMax: streetSpacesMax,
  code: 'LOT-02',
  columns: {
    street: {
      zh: '路段',
      also: ['道路', '街道', '路段名称', '道路名称', '区域'],
      cell: text({ example: '民族大道', help: name }, { fits: /^.{1,60}$/u, bad: name }),
    },
    space: {
      zh: '泊位号',
      also: ['泊位', '泊位编号', '车位号', '车位编号', '车位'],
      cell: text({ example: 'A01', help: number }, { fits: streetSpaceShape, bad: number }),
    },
    stand: {
      zh: '排列',
      also: ['排列方式', '泊位类型', '停放方式'],
      isOptional: true,
      cell: orNone(
        oneOf(
          '排列',
          {
            parallel: spaceStands.parallel.zh,
            perpendicular: spaceStands.perpendicular.zh,
            angled: spaceStands.angled.zh,
          },
          {
            also: new Map<string, SpaceStand>([
              ['平行式', 'parallel'],
              ['平行', 'parallel'],
              ['垂直式', 'perpendicular'],
              ['垂直', 'perpendicular'],
              ['斜列式', 'angled'],
              ['倾斜式', 'angled'],
            ]),
          },
        ),
      ),
    },
    apart: {
      zh: '不相邻',
      also: ['和前一个不相邻'],
      isOptional: true,
      cell: {
        ...apart,
        help: t('和上一行的泊位不相邻时写“是”', 'yes: not beside the space above'),
      },
    },
    sensor: {
      zh: '检测器',
      also: ['地磁', '地磁编号', '检测器编号', '传感器'],
      isOptional: true,
      cell: orNone(
        text({ example: 'mag/863001', help: source }, { fits: spaceSensorShape, bad: source }),
      ),
    },
    witness: {
      zh: '第二检测器',
      also: ['雷达', '雷达编号'],
      isOptional: true,
      cell: orNone(text({ example: '', help: source }, { fits: spaceSensorShape, bad: source })),
    },
    pile: {
      zh: '识别桩',
      also: ['识别桩地址'],
      isOptional: true,
      cell: orNone(text({ example: '', help: address }, { fits: /^.{1,400}$/u, bad: address })),
    },
    lat: { zh: '纬度', isOptional: true, cell: orNone(degrees('22.806123', 90_000_000)) },
    lon: { zh: '经度', isOptional: true, cell: orNone(degrees('108.366543', 180_000_000)) },
    accuracyM: {
      zh: '位置误差',
      also: ['误差', '位置误差（米）'],
      isOptional: true,
      cell: orNone(
        integer(
          '3',
          { digits: 3, max: 100 },
          t('米,0 到 100 的整数', 'metres, a whole number up to 100'),
        ),
      ),
    },
  },
})
