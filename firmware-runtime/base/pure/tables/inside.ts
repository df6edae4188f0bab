// Cars inside as a table, for the day on which a lot changes over from another system, by the headings of those too.
import { t } from '../words/fault-text.ts'
import type { PlateColour } from '../plates/plate.ts'
import { oneOf, plate, text, time } from './cells.ts'
import { enteredHeads, plateHeads } from './headings.ts'
import { defineImport } from './table.ts'

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
  ['新能源', 'green'],
  ['小型新能源', 'green'],
  ['大型新能源', 'yellowGreen'],
  ['黄绿双拼', 'yellowGreen'],
  ['双拼', 'yellowGreen'],
  ['未知', 'unknown'],
  ['其他', 'unknown'],
  ['无', 'unknown'],
])
const colour = oneOf('颜色', colourWords, {
  also: otherColours,
  bad: t('不是车牌颜色', 'not a colour of plates'),
})

export const insideTable = defineImport({
  imports: {
    words: t('导入场内车辆', 'Cars inside imported'),
    why: t(
      '列:车牌、颜色、入场时间、车道。已在场的车不变,表格里没有的车也不变。',
      'Columns: plate, colour, entered, lane. Cars already inside do not change, nor do cars not in the table.',
    ),
    reasons: 'inside',
    bytesMax: 1_000_000,
    isUndoneByTwo: true,
  },
  name: t('场内车辆', 'inside'),
  key: 'plate',
  twice: t('车牌写了两次', 'the plate stands twice'),
  rowsMax: 5_000,
  code: 'INSIDE-01',
  columns: {
    plate: { zh: '车牌', also: plateHeads, cell: plate('测A12345') },
    colour: {
      zh: '颜色',
      also: ['车牌颜色', '号牌颜色'],
      isOptional: true,
      cell: {
        ...colour,
        read: (given) => colour.read(given.replace(/(?:色|车牌|号牌|牌照|牌)+$/u, '')),
      },
    },
    entered: { zh: '入场时间', also: enteredHeads, cell: time('2026-12-01 08:00') },
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
