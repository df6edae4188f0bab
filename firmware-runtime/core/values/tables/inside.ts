// Cars inside as a table, for the day on which a lot changes over from another system, by the headings of those too.
import { t } from '../fault-text.ts'
import type { PlateColour } from '../plates/plate.ts'
import { oneOf, plate, text, time } from './cells.ts'
import { defineTable } from './table.ts'

const colourWords: Readonly<Record<PlateColour, string>> = {
  blue: '蓝',
  yellow: '黄',
  black: '黑',
  white: '白',
  green: '绿',
  yellowGreen: '黄绿',
  blueWhite: '蓝白',
  unknown: '',
}
const otherColours: ReadonlyMap<string, PlateColour> = new Map([
  ['渐变绿', 'green'],
  ['新能源绿', 'green'],
])
const colour = oneOf('颜色', colourWords, {
  also: otherColours,
  bad: t('不是车牌颜色', 'not a colour of plates'),
})

export const insideTable = defineTable({
  name: t('场内车辆', 'inside'),
  key: 'plate',
  twice: t('车牌写了两次', 'the plate stands twice'),
  rowsMax: 5_000,
  others: 'pass',
  columns: {
    plate: { zh: '车牌', also: ['车牌号', '车牌号码'], cell: plate('测A12345') },
    colour: {
      zh: '颜色',
      also: ['车牌颜色'],
      isOptional: true,
      cell: { ...colour, read: (given) => colour.read(given.replace(/[牌色]$/u, '')) },
    },
    entered: { zh: '入场时间', also: ['进场时间'], cell: time('2026-12-01 08:00') },
    lane: {
      zh: '车道',
      also: ['入口'],
      isOptional: true,
      cell: text({
        example: '',
        help: t('入口车道,空着为第一条', 'the entry lane, empty for the first'),
      }),
    },
  },
})
