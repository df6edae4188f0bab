// Rows of the streets in the lot file: the spaces of one kerb in order, and the sensor or pile that serves each of them.
// The antennas of a gantry are lanes, and serve every space of the lot.
import { placePositionRow } from '../place/place-members.ts'
import { t } from '../words/fault-text.ts'
import {
  spaceSensorShape,
  spaceStands,
  streetSpaceShape,
  streetSpacesMax,
} from './street-spaces.ts'
import { streetSitingRow } from './siting-measures.ts'

const spaceRow = {
  kind: 'group',
  words: t('泊位', 'space'),
  members: {
    id: {
      kind: 'text',
      shape: streetSpaceShape,
      words: t('泊位号', 'space number'),
      why: t(
        '大写字母、数字和短横,最多 11 个;写在每条记录里,以后不改',
        'Capital letters, digits and dashes, at most 11; written in every record, not changed later',
      ),
    },
    isApart: {
      kind: 'flag',
      optional: true,
      words: t('和前一个不相邻', 'not beside the one before'),
      why: t('中间有路口或大门', 'A junction or a gate lies between them'),
    },
    sensor: {
      kind: 'text',
      shape: spaceSensorShape,
      optional: true,
      words: t('泊位的检测器', 'sensor of the space'),
      why: t(
        '来源/检测器,例如 mag/863001;相机则写它给泊位的编号',
        'SOURCE/SENSOR, such as mag/863001; of a camera the number that it gives the space',
      ),
    },
    witness: {
      kind: 'text',
      shape: spaceSensorShape,
      optional: true,
      words: t('第二检测器', 'second witness'),
      why: t(
        '例如相机旁的雷达;它和检测器说法不同时,泊位状态算作未知',
        'Such as a radar beside a camera; where it contradicts the sensor, the space counts as unknown',
      ),
    },
    pile: {
      kind: 'link',
      min: 1,
      max: 400,
      optional: true,
      words: t('泊位的识别桩', 'pile of the space'),
      why: t('识别桩天线的地址', 'Address of its antenna'),
    },
    position: { ...placePositionRow, words: t('泊位的位置', 'position of the space') },
  },
} as const

export const streetsRow = {
  kind: 'list',
  form: 'lot',
  max: 64,
  optional: true,
  words: t('路段', 'streets'),
  why: t(
    '开放式停车场的泊位,按路段和顺序',
    'Spaces of an open car park, by street, in their order along the kerb',
  ),
  of: {
    kind: 'group',
    words: t('路段', 'street'),
    members: {
      name: { kind: 'text', trim: true, min: 1, max: 60, words: t('路段名称', 'street name') },
      stand: {
        kind: 'choice',
        of: spaceStands,
        words: t('泊位的排列', 'how cars stand'),
        why: t(
          '识别桩只用于首尾相邻的泊位(7.2.2 a)',
          'Piles serve head-to-tail spaces only (7.2.2 a)',
        ),
      },
      siting: streetSitingRow,
      spaces: {
        kind: 'list',
        min: 1,
        max: streetSpacesMax,
        words: t('路段的泊位', 'spaces of the street'),
        of: spaceRow,
      },
    },
  },
} as const
