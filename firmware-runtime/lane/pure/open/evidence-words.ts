// Sentences of the evidence of a stay in a space.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { PlateBy } from '#base/pure/plates/plate-said.ts'
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'
import type { SpaceReader } from './evidence-devices.ts'

type LeftBy = RowBodies['spaceLeft']['by']

export const arrived = (spaceId: string, plate: string): BilingualText =>
  plate === ''
    ? t(`报告泊位 ${spaceId} 有车`, `reported a car in space ${spaceId}`)
    : t(`报告泊位 ${spaceId} 有车,车牌 ${plate}`, `reported car ${plate} in space ${spaceId}`)

export const readAt = {
  plate: (plate: string, by: PlateBy | undefined): BilingualText =>
    by === 'person'
      ? t(`人员看到车牌 ${plate}`, `a person saw plate ${plate}`)
      : t(`读到车牌 ${plate}`, `read plate ${plate}`),
  again: (plate: string, by: string): BilingualText =>
    by === 'photo'
      ? t(`另一个人按照片确认车牌 ${plate}`, `another person confirmed plate ${plate} by its photo`)
      : t(`再次读到车牌 ${plate}`, `read plate ${plate} again`),
  obu(plate: string, isDebited: boolean, isPlaced: boolean): BilingualText {
    const [zhPlate, enPlate] = plate === '' ? ['', ''] : [`,车牌 ${plate}`, ` of plate ${plate}`]
    const debit = isDebited
      ? t('0 元消费有凭证', 'the consumption of zero is proven')
      : t('0 元消费没有凭证', 'the consumption of zero is not proven')
    const place = isPlaced ? t(',位置在围栏内', ', inside its fence') : t('', '')
    return t(
      `在泊位读到 OBU${zhPlate},${debit.zh}${place.zh}`,
      `read the OBU${enPlate} at the space; ${debit.en}${place.en}`,
    )
  },
} as const

/** `seenIso`: when the car was last seen in the space. */
export function leftHow(by: LeftBy, spaceId: string, seenIso: string): BilingualText {
  const seen = seenIso.slice(0, 19).replace('T', ' ')
  switch (by) {
    case 'space':
      return t(
        `报告泊位 ${spaceId} 空了;最后一次看到这辆车 ${seen}`,
        `reported space ${spaceId} free; it last saw this car at ${seen}`,
      )
    case 'otherCar':
      return t(
        `之后读到另一辆车;最后一次看到这辆车 ${seen}`,
        `read another car there later; it last saw this one at ${seen}`,
      )
    case 'unwatched':
      return t('最后一次报告这辆车,之后检测中断', 'last report of this car, then it was silent')
    case 'gantry':
      return t(
        `门架读到它的 OBU;泊位最后一次看到这辆车 ${seen}`,
        `a gantry read its OBU; its space last saw this car at ${seen}`,
      )
  }
}

const sensorTakesNone = t('检测器不拍照', 'the watcher is a sensor')
const cameraSentNone = t('相机没有送来', 'the camera sent none')
const arrival = (why: BilingualText): BilingualText =>
  t(`没有到达照片:${why.zh}`, `No picture at arrival: ${why.en}`)
const departure = (why: BilingualText): BilingualText =>
  t(`没有离开照片:${why.zh}`, `No picture at departure: ${why.en}`)
const unread = (reader: BilingualText): BilingualText =>
  t(
    `泊位没有采集:${reader.zh}没有读到 OBU`,
    `No reading at the space: the ${reader.en} read no OBU`,
  )

export const lacks = {
  arrivalPicture: { sensor: arrival(sensorTakesNone), camera: arrival(cameraSentNone) },
  plate: t('没有读到车牌', 'No plate was read'),
  reading: {
    pile: unread(t('识别桩', 'pile')),
    handheld: unread(t('手持机', 'handheld')),
    patrol: unread(t('巡检车', 'patrol car')),
  } satisfies Record<SpaceReader, BilingualText>,
  zeroDebit: t('采集的 0 元消费没有凭证', 'The consumption of zero at the space has no proof'),
  secondLook: {
    typed: t(
      '车牌只由一个人输入,没有第二次确认:不按车牌扣卡',
      'One person typed the plate, and no second look confirmed it: no card is charged by it',
    ),
    colourUnknown: t(
      '泊位没有读到颜色,两种颜色都可能有这个号码:不按车牌扣卡',
      'The space read no colour, and two colours may have this number: no card is charged by it',
    ),
  },
  position: t('采集没有位置', 'The reading has no position'),
  departure: {
    otherCar: t(
      '没有看到离开:计到最后一次看到它为止',
      'Departure not seen: the time counts until it was last seen',
    ),
    unwatched: t(
      '没有看到离开:检测中断,计到最后一次报告为止',
      'Departure not seen: the watcher was silent, and the time counts until its last report',
    ),
    gantry: t(
      '没有看到离开泊位:门架先读到它,计到最后一次看到它为止',
      'Departure from the space not seen: a gantry read it first, and the time counts until it was last seen',
    ),
  } as Partial<Record<LeftBy, BilingualText>>,
  departurePicture: {
    sensor: departure(sensorTakesNone),
    camera: departure(cameraSentNone),
    otherCar: departure(t('没有看到它离开', 'it was not seen leaving')),
    unwatched: departure(t('检测中断', 'the watcher was silent')),
    gantry: departure(t('没有看到它离开', 'it was not seen leaving')),
  },
  charge: {
    gantry: t(
      '还没有收到钱:没有门架扣费,也没有其他付款',
      'Not paid: no gantry charged it, and no other payment is recorded',
    ),
    platform: t(
      '还没有收到钱:平台没有扣费,也没有其他付款',
      'Not paid: the platform did not charge it, and no other payment is recorded',
    ),
  },
} as const
