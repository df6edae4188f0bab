// Reasons why a car needs the attendant (clause 8.3.1 and P14): a word, the text for the window, the text for the driver.
// The words are stored in ledger rows; both texts come from this table.
import { cardReasons, columnOf } from './card-reason.ts'
import { exceptionWords } from './exception-words.ts'
import { t, type BilingualText } from './fault-text.ts'
import { refusals } from './refusals.ts'

const row = (words: BilingualText, driver: BilingualText) => ({ words, driver })

const manualReasons = {
  obuNotRead: row(exceptionWords.obuNotRead, t('未读到 ETC 标签', 'ETC tag not read')),
  plateNotRead: row(t('没有识别出车牌', 'plate not read'), t('未识别车牌', 'Plate not read')),
  passInDoubt: row(
    t(
      '车牌未识别,可能是重启前已付费的车',
      'plate not read; it may be the car that paid before a restart',
    ),
    t('未识别车牌', 'Plate not read'),
  ),
  noStay: row(t('没有入场记录', 'no entry record'), t('无入场记录', 'No entry record')),
  ...refusals,
  plateMismatch: cardReasons.plateMismatch,
  obuInvalid: row(
    t('OBU 或卡无效', 'OBU or card not valid'),
    t('ETC 标签或卡无效', 'ETC tag or card not valid'),
  ),
  /** The card shows a purse that no card holds. */
  cardDamaged: row(
    t('ETC 卡余额异常', 'ETC card with no valid balance'),
    t('ETC 卡余额异常', 'ETC card shows no valid balance'),
  ),
  noAnswerTwice: row(
    exceptionWords.noAnswerTwice,
    t('ETC 平台无应答', 'ETC platform does not answer'),
  ),
  platformDown: row(
    t('平台暂不可用', 'platform not available'),
    t('ETC 平台暂不可用', 'ETC platform not available'),
  ),
  rsuGone: row(t('天线失联', 'antenna lost'), t('ETC 设备故障', 'ETC equipment out of order')),
  /** The lane has no antenna: not a fault, but ETC cannot pay there. */
  noRsu: row(
    t('本车道没有天线', 'no antenna in this lane'),
    t('本车道无 ETC 扣费', 'No ETC in this lane'),
  ),
  largeAmount: row(
    t('金额较大,须人工确认', 'large amount, to be confirmed'),
    t('金额较大 需人工确认', 'Large amount, to be confirmed'),
  ),
  repeatSuspected: row(
    t('疑似重复扣费,已停止', 'possible repeat charge, stopped'),
    t('疑似重复扣费 已停止', 'Possible repeat charge stopped'),
  ),
  offlineCaps: row(
    t('离线额度已满', 'offline limit reached'),
    t('ETC 离线额度已满', 'ETC offline limit reached'),
  ),
  noDestination: row(
    t(
      '扣费记录没有上传去处,不能扣卡',
      'charge records have no platform for upload, so no card is charged',
    ),
    t('ETC 暂未开通', 'ETC not in service yet'),
  ),
  psamNotAuthorised: row(
    t(
      '天线报告 PSAM 未授权,不能扣卡',
      'the antenna reports that its PSAM is not authorised, so no card is charged',
    ),
    t('ETC 天线未授权', 'ETC antenna not authorised'),
  ),
  psamNotStated: row(
    t(
      '天线 PSAM 没有授权依据,不能扣卡',
      'nothing shows that the PSAM of the antenna is authorised, so no card is charged',
    ),
    t('ETC 天线未授权', 'ETC antenna not authorised'),
  ),
  statusList: row(
    t('没有状态名单,不能扣卡', 'no status list, so no card is charged'),
    t('ETC 状态名单缺失', 'ETC status list missing'),
  ),
  listTooOld: row(
    t('状态名单过期,不能扣卡', 'status list too old, so no card is charged'),
    t('ETC 状态名单过期', 'ETC status list too old'),
  ),
  notSignedIn: row(
    t(
      '天线还没有向平台签到,不能扣卡',
      'antenna not signed in to the platform, so no card is charged',
    ),
    t('ETC 尚未签到', 'ETC not signed in yet'),
  ),
  signInExpired: row(
    t('天线签到已过期,不能扣卡', 'sign-in of the antenna expired, so no card is charged'),
    t('ETC 签到已过期', 'ETC sign-in expired'),
  ),
  outcomeUnknown: row(
    t('扣费结果未知', 'result of the charge unknown'),
    t('扣费结果待确认 请稍候', 'Payment being confirmed, please wait'),
  ),
  ledgerStopped: row(
    t('账本停写,停止收费', 'ledger stopped, no charging'),
    t('系统暂停收费', 'Charging is paused'),
  ),
  tooLate: row(
    t('交易超时', 'transaction too late'),
    t('ETC 交易超时', 'ETC transaction timed out'),
  ),
  /** The clock cannot say how long this car stood: ledger/pure/lot/clock-watch.ts. */
  clockUnsure: row(
    t(
      '时钟不可信,停车时长须人工核对',
      'the clock cannot be trusted; a person must check the parking time',
    ),
    t('停车时间待核对', 'Parking time to be checked'),
  ),
  /** A pile or handheld outside its area, or with an unknown position. */
  outsideFence: row(
    t('设备在电子围栏之外', 'reader outside its fence'),
    t('设备在电子围栏之外', 'Reader outside its fence'),
  ),
  positionUnknown: row(
    t('设备位置不明', 'position of the reader not known'),
    t('设备位置不明', 'Position of the reader not known'),
  ),
  /** At an entry: every bay is taken or kept for a reservation. */
  lotFull: row(
    t('车位已满或留给预约车辆', 'every space is taken or kept for a reservation'),
    t('车位已满 预约车辆可入场', 'Full, reserved cars may enter'),
  ),
  /** At an entry: the reservation platform lets only reserved cars in now. */
  flowControl: row(
    t('预约平台流量管控中', 'the reservation platform lets only reserved cars in'),
    t('流量管控 预约车辆可入场', 'Flow control, reserved cars may enter'),
  ),
}

export type ManualReason = keyof typeof manualReasons

/** As the driver reads them. */
export const driverReasons: Record<ManualReason, BilingualText> = columnOf(manualReasons, 'driver')
/** As the window shows them. */
export const shownReasons: Record<ManualReason, BilingualText> = columnOf(manualReasons, 'words')

/** Code of why a car needs a person, or null; `notOpened`: the car may go but the boom did not open. */
export const needOf = (car: {
  readonly manual: string | null
  readonly notOpenedSinceIso?: string
}): string | null => car.manual ?? (car.notOpenedSinceIso === undefined ? null : 'notOpened')
