// What the driver sees, word for word, for every state and reason. Short: a board shows four lines.
// Chinese first; the same words go to the board, to the window and into the ledger's exceptions.
import { fenText, type Fen } from '#base/pure/values/fen.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { DisplayPage, Tone } from './display.ts'
import { driverReasons, type ManualReason } from '#base/pure/words/manual-reason.ts'

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

/** Reasons without an amount to pay: the clock only suggests it, or no row can be written. */
const takesNone: readonly ManualReason[] = ['clockUnsure', 'ledgerStopped']

/** Reason, then what to do, then the amount where one is due. */
export function manualText(reason: ManualReason, dueFen: Fen): DriverText {
  const words = driverReasons[reason]
  const pay = dueFen > 0 && !takesNone.includes(reason)
  return {
    tone: 'stop',
    zh: `${words.zh} ${pay ? `请用其他方式缴费 ${fenText(dueFen)}` : '请联系值班员'}`,
    en: `${words.en}. ${pay ? `Please pay another way: ${fenText(dueFen)}` : 'Please call the attendant'}`,
  }
}

/** Text beside a code, or instead of it on a board that cannot draw one. */
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

/** The scanned code was not charged. */
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

/** The page of a board: an instruction to the driver is also spoken, a message to wait is not. */
export function pageOf({ zh, tone }: DriverText): DisplayPage {
  const phrases = phrasesOf(yuan(zh))
  return { phrases, tone, speech: tone === 'wait' ? '' : speechOf(phrases, tone) }
}
