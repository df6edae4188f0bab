// Rows of the place of a lane in the lot file: the pile of one parking space, or a handheld, with the fence inside which it
// charges.
import { t } from '../words/fault-text.ts'
import { latMicrodegMax, lonMicrodegMax } from './fence.ts'

const link = { kind: 'link', min: 1, max: 400 } as const

/** Where a file says nothing. Assumed: no published text states them. */
export const standardPlace = { marginM: 10, staleSec: 10 } as const

/** Wider than any latitude, so that swapped coordinates get an error of their own and not just "too large". */
const microdeg = { kind: 'whole', min: -2 * lonMicrodegMax, max: 2 * lonMicrodegMax } as const
const pointMembers = {
  latMicrodeg: {
    ...microdeg,
    words: t('纬度,百万分之一度', 'latitude in millionths of a degree'),
    why: t(`WGS-84,不超过 ${latMicrodegMax}`, `WGS-84, at most ${latMicrodegMax}`),
  },
  lonMicrodeg: {
    ...microdeg,
    words: t('经度,百万分之一度', 'longitude in millionths of a degree'),
    why: t(`WGS-84,不超过 ${lonMicrodegMax}`, `WGS-84, at most ${lonMicrodegMax}`),
  },
} as const
const metre = t('米', 'm')
const fence = {
  kind: 'kinds',
  by: 'shape',
  words: t('电子围栏', 'fence'),
  why: t('在里面才收费', 'where it may charge'),
  of: {
    circle: {
      center: {
        kind: 'group',
        words: t('围栏的圆心', 'centre of the fence'),
        members: pointMembers,
      },
      radiusM: {
        kind: 'whole',
        min: 1,
        max: 5_000,
        unit: metre,
        words: t('围栏的半径', 'radius of the fence'),
      },
    },
    polygon: {
      points: {
        kind: 'list',
        max: 64,
        words: t('围栏的角', 'corners of the fence'),
        why: t('3 到 64 个', '3 to 64'),
        of: { kind: 'group', words: t('围栏的角', 'corner of the fence'), members: pointMembers },
      },
    },
  },
} as const
const marginM = {
  kind: 'whole',
  min: 1,
  max: 100,
  standard: standardPlace.marginM,
  unit: metre,
  optional: true,
  words: t('离围栏边至少', 'inside the fence by at least'),
} as const
export const placePositionRow = {
  kind: 'group',
  optional: true,
  words: t('识别桩的位置', 'position of the pile'),
  members: {
    ...pointMembers,
    accuracyM: {
      kind: 'whole',
      min: 0,
      max: 100,
      unit: metre,
      words: t('位置的误差', 'accuracy of the position'),
    },
  },
} as const
export const placeRow = {
  kind: 'kinds',
  by: 'kind',
  form: 'lot',
  optional: true,
  words: t('收费点', 'place'),
  why: t('识别桩或手持机,代替车道', 'A pile or a handheld: an antenna without a lane'),
  of: {
    'etc-pile': {
      space: {
        kind: 'text',
        shape: /^[A-Za-z0-9._-]{1,32}$/,
        words: t('识别桩的车位', 'parking space of the pile'),
      },
      position: placePositionRow,
      fence: { ...fence, optional: true },
      marginM,
    },
    handheld: {
      fence,
      gnss: {
        ...link,
        orNull: true,
        words: t('手持机的 gpsd', 'gpsd of the handheld'),
        why: t('null:手持机自己报位置', 'null: its host reports where it is'),
      },
      marginM,
      staleSec: {
        kind: 'whole',
        min: 2,
        max: 120,
        standard: standardPlace.staleSec,
        unit: t('秒', 's'),
        optional: true,
        words: t('位置多旧就不算', 'a position counts as none after'),
      },
    },
  },
} as const
