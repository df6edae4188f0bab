// What the driver sees, word for word, for every state and reason. Short: a board shows four lines.
// Chinese first; the same words go to the board, to the window and into the ledger's exceptions.
import { fenText, type Fen } from '../values/fen.ts'
import type { BilingualText } from '../faults/faults.ts'
import type { DisplayPage, Tone } from './display.ts'
import type { ManualReason } from './manual-reason.ts'

/** Words for the driver, and what they mean for him. */
export interface DriverText extends BilingualText {
  readonly tone: Tone
}

const t = (zh: string, en: string): BilingualText => ({ zh, en })
const toned = (tone: Tone, zh: string, en: string): DriverText => ({ zh, en, tone })

export const driverText = {
  reading: toned('wait', '正在识别车牌', 'Reading your plate'),
  charging: toned('wait', 'ETC 扣费中 请稍候', 'ETC payment, please wait'),
  starting: toned('wait', 'ETC 设备启动中 请稍候', 'ETC is starting, please wait'),
  checking: toned('wait', '正在核对扣费结果 请稍候', 'Checking the payment, please wait'),
  goFree: toned('go', '免费停车 一路顺风', 'No charge. Safe journey'),
  go: toned('go', '请通行 一路顺风', 'Please proceed. Safe journey'),
  enter: toned('go', '欢迎光临 请入场', 'Welcome. Please enter'),
  oncoming: toned('stop', '对向来车 请等候', 'A car is coming. Please wait'),
  notArmed: toned(
    'stop',
    '道闸待确认 请联系值班员',
    'Barrier not in use. Please call the attendant',
  ),
  notOpened: toned(
    'stop',
    '道闸未抬起 请联系值班员',
    'The barrier did not open. Please call the attendant',
  ),
  idle: toned('wait', '', ''),
} as const

/** By its words: a state that was copied shows the same. */
export const reads = (shown: DriverText, text: DriverText): boolean => shown.zh === text.zh

export const manualWords: Record<ManualReason, BilingualText> = {
  obuNotRead: t('未读到 ETC 标签', 'ETC tag not read'),
  plateNotRead: t('未识别车牌', 'Plate not read'),
  passInDoubt: t('未识别车牌', 'Plate not read'),
  noStay: t('无入场记录', 'No entry record'),
  insufficient: t('ETC 卡余额不足', 'ETC card balance too low'),
  blacklisted: t('ETC 卡暂停使用', 'ETC card suspended'),
  plateMismatch: t('车牌与 ETC 标签不符', 'Plate and ETC tag differ'),
  obuInvalid: t('ETC 标签或卡无效', 'ETC tag or card not valid'),
  refused: t('ETC 扣费未成功', 'ETC payment not taken'),
  noAnswerTwice: t('ETC 平台无应答', 'ETC platform does not answer'),
  platformDown: t('ETC 平台暂不可用', 'ETC platform not available'),
  noRsu: t('本车道无 ETC 扣费', 'No ETC in this lane'),
  rsuGone: t('ETC 设备故障', 'ETC equipment out of order'),
  largeAmount: t('金额较大 需人工确认', 'Large amount, to be confirmed'),
  repeatSuspected: t('疑似重复扣费 已停止', 'Possible repeat charge stopped'),
  offlineCaps: t('ETC 离线额度已满', 'ETC offline limit reached'),
  noDestination: t('ETC 暂未开通', 'ETC not in service yet'),
  psamNotAuthorised: t('ETC 天线未授权', 'ETC antenna not authorised'),
  psamNotStated: t('ETC 天线未授权', 'ETC antenna not authorised'),
  statusList: t('ETC 状态名单缺失', 'ETC status list missing'),
  listTooOld: t('ETC 状态名单过期', 'ETC status list too old'),
  notSignedIn: t('ETC 尚未签到', 'ETC not signed in yet'),
  signInExpired: t('ETC 签到已过期', 'ETC sign-in expired'),
  outcomeUnknown: t('扣费结果待确认 请稍候', 'Payment being confirmed, please wait'),
  ledgerStopped: t('系统暂停收费', 'Charging is paused'),
  cardDamaged: t('ETC 卡余额异常', 'ETC card shows no valid balance'),
  tooLate: t('ETC 交易超时', 'ETC transaction timed out'),
  clockUnsure: t('停车时间待核对', 'Parking time to be checked'),
  outsideFence: t('设备在电子围栏之外', 'Reader outside its fence'),
  lotFull: t('车位已满 预约车辆可入场', 'Full, reserved cars may enter'),
  flowControl: t('流量管控 预约车辆可入场', 'Flow control, reserved cars may enter'),
  positionUnknown: t('设备位置不明', 'Position of the reader not known'),
}

/** Where no money may be taken by anybody: the clock only suggests it, or no row of it could be written. */
const takesNone: readonly ManualReason[] = ['clockUnsure', 'ledgerStopped']

/** Reason, then what to do, then the amount where one is due. */
export function manualText(reason: ManualReason, dueFen: Fen): DriverText {
  const words = manualWords[reason]
  const pay = dueFen > 0 && !takesNone.includes(reason)
  return {
    tone: 'stop',
    zh: `${words.zh} ${pay ? `请用其他方式缴费 ${fenText(dueFen)}` : '请联系值班员'}`,
    en: `${words.en}. ${pay ? `Please pay another way: ${fenText(dueFen)}` : 'Please call the attendant'}`,
  }
}

/** Beside a code, or in its place where a board cannot draw one. */
export const codeText = (amountFen: Fen): DriverText =>
  toned('stop', `扫码支付 ${fenText(amountFen)}`, `Scan to pay ${fenText(amountFen)}`)

/** A code that he showed is being charged: his phone may ask for a password. */
export const codeRunsText: DriverText = toned(
  'wait',
  '正在收款 请留意手机',
  'Payment in progress, please look at your phone',
)

/** A code that he showed was not answered for: it may have been paid. */
export const codeDoubtText: DriverText = toned(
  'stop',
  '付款结果待确认 请联系值班员',
  'Payment not confirmed yet. Please call the attendant',
)

/** No code comes, and nothing else can be paid by here. */
export const noCodeText = (amountFen: Fen): DriverText =>
  toned(
    'stop',
    `暂不能扫码付款 请联系值班员 ${fenText(amountFen)}`,
    `Payment by code is not available. Please call the attendant: ${fenText(amountFen)}`,
  )

/** What a scanner read here was not charged. */
export const scanRefusedText = {
  notRead: toned('stop', '未识别付款码 请重新出示', 'Code not read, please show it again'),
  notNow: toned('wait', '现在不收款', 'No payment is due now'),
  later: toned('wait', '暂不能扫码付款 请稍候', 'Payment by code is not ready, please wait'),
} as const

/** `stayMin` null: how long it stood is not known. */
export function paidText(
  plate: string | null,
  stayMin: number | null,
  amountFen: Fen,
  changeFen = 0,
): DriverText {
  const [hours, minutes] = stayMin === null ? [0, 0] : [Math.floor(stayMin / 60), stayMin % 60]
  const time =
    stayMin === null ? t('', '') : t(`停${hours}时${minutes}分 `, `${hours} h ${minutes} min `)
  const [zh, en] =
    changeFen === 0
      ? ['一路顺风', 'Safe journey']
      : [`找零${fenText(changeFen)}`, `Change ${fenText(changeFen)}`]
  return {
    tone: 'go',
    zh: `${plate ?? ''} ${time.zh}${fenText(amountFen)} ${zh}`,
    en: `${plate ?? ''} ${time.en}${fenText(amountFen)}. ${en}`,
  }
}

/** `¥ 12.00` as a board writes it: GBK has no such sign, and a board has no room for `.00`. */
const yuan = (text: string): string =>
  text.replaceAll(/¥ ?(\d+)\.(\d\d)/g, (_, whole: string, cents: string) =>
    cents === '00' ? `${whole}元` : `${whole}.${cents}元`,
  )

/** Blanks part the phrases, but for those around a word of Latin letters. */
const phrasesOf = (text: string): string[] =>
  text
    .replaceAll(/(?:^| )([A-Za-z]+)(?= |$) ?/g, '$1')
    .split(' ')
    .filter((phrase) => phrase !== '')

/**
 * As boards with a phrase library know them (protocol text 2.5): time and amount are recognised only
 * in certain forms, phrases are parted by commas.
 */
const speechOf = (phrases: readonly string[], tone: Tone): string =>
  phrases
    .map((phrase) =>
      phrase
        .replace(/^停(\d+)时(\d+)分$/, '停车$1小时$2分钟')
        .replace(/^([\d.]+元)$/, tone === 'stop' ? '请缴费$1' : '收费$1'),
    )
    .join(',')

/** The page of a board: what the driver has to do is also said, what he only waits for is not. */
export function pageOf({ zh, tone }: DriverText): DisplayPage {
  const phrases = phrasesOf(yuan(zh))
  return { phrases, tone, speech: tone === 'wait' ? '' : speechOf(phrases, tone) }
}
