// What the driver sees, word for word, for every state and reason. Short: a board shows four lines.
// Chinese first; the same words go to the board, to the window and into the ledger's exceptions.
import { fenText, type Fen } from '../values/fen.ts'
import type { BilingualText } from '../values/faults.ts'
import type { ManualReason } from './lane.ts'

const t = (zh: string, en: string): BilingualText => ({ zh, en })

export const driverText = {
  welcome: t('欢迎光临', 'Welcome'),
  reading: t('正在识别车牌', 'Reading your plate'),
  charging: t('ETC 扣费中 请稍候', 'ETC payment, please wait'),
  checking: t('正在核对扣费结果 请稍候', 'Checking the payment, please wait'),
  goFree: t('免费停车 一路顺风', 'No charge. Safe journey'),
  go: t('请通行 一路顺风', 'Please proceed. Safe journey'),
  enter: t('请入场', 'Please enter'),
  idle: t('', ''),
} as const

const manualWords: Record<ManualReason, BilingualText> = {
  obuNotRead: t('未读到 ETC 标签', 'ETC tag not read'),
  plateNotRead: t('未识别车牌', 'Plate not read'),
  noStay: t('无入场记录', 'No entry record'),
  insufficient: t('ETC 卡余额不足', 'ETC card balance too low'),
  blacklisted: t('ETC 卡暂停使用', 'ETC card suspended'),
  plateMismatch: t('车牌与 ETC 标签不符', 'Plate and ETC tag differ'),
  obuInvalid: t('ETC 标签或卡无效', 'ETC tag or card not valid'),
  refused: t('ETC 扣费未成功', 'ETC payment not taken'),
  noAnswerTwice: t('ETC 平台无应答', 'ETC platform does not answer'),
  platformDown: t('ETC 平台暂不可用', 'ETC platform not available'),
  rsuGone: t('ETC 天线暂不可用', 'ETC antenna not available'),
  largeAmount: t('金额较大 需人工确认', 'Large amount, to be confirmed'),
  repeatSuspected: t('疑似重复扣费 已停止', 'Possible repeat charge stopped'),
  offlineCaps: t('ETC 离线额度已满', 'ETC offline limit reached'),
  outcomeUnknown: t('扣费结果待确认 请稍候', 'Payment being confirmed, please wait'),
  ledgerStopped: t('系统暂停收费', 'Charging is paused'),
  tooLate: t('ETC 交易超时', 'ETC transaction timed out'),
}

/** Reason, then what to do, then the amount where one is due. */
export function manualText(reason: ManualReason, dueFen: Fen): BilingualText {
  const words = manualWords[reason]
  const pay = dueFen > 0
  return {
    zh: `${words.zh} ${pay ? `请用其他方式缴费 ${fenText(dueFen)}` : '请联系值班员'}`,
    en: `${words.en}. ${pay ? `Please pay another way: ${fenText(dueFen)}` : 'Please call the attendant'}`,
  }
}

export const paidText = (plate: string | null, stayMin: number, amountFen: Fen): BilingualText => {
  const time = `${Math.floor(stayMin / 60)}`
  return {
    zh: `${plate ?? ''} 停${time}时${stayMin % 60}分 ${fenText(amountFen)} 一路顺风`,
    en: `${plate ?? ''} ${time} h ${stayMin % 60} min ${fenText(amountFen)}. Safe journey`,
  }
}
