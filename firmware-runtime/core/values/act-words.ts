// What a lane met, in words of both languages: of reports and of the page that explains a car.
// What people did is called as its row of the call table says (api/act-words.ts).
import type { ExceptionWord } from './exception-words.ts'
import { t, type BilingualText } from './fault-text.ts'

/** What the audit has beside calls. */
export const happenedWords: Readonly<Record<string, BilingualText>> = {
  'lane.open.failed': t('人工开闸,道闸没有抬起', 'Opening by hand, the barrier did not rise'),
  'boom.openedAlone': t('道闸自行抬起', 'Barrier opened by itself'),
  'hold.over': t('接管到期', 'Hold of a device over'),
  'test.over': t('设备测试到期', 'Device test over'),
  noEntry: t('出口没有入场记录', 'No entry record at the exit'),
  leftUnpaid: t('没有付清就离场', 'Left without paying'),
}

export const exceptionWords: Readonly<Record<ExceptionWord, BilingualText>> = {
  obuNotRead: t('未读到 OBU', 'OBU not read'),
  obuUnreadable: t('OBU 读取失败', 'OBU could not be read'),
  cardUnreadable: t('无卡或卡读取失败', 'No card, or it could not be read'),
  plateMismatch: t('车牌与 OBU 不符', 'Plate and OBU differ'),
  blacklisted: t('卡在黑名单中', 'Card on the status list'),
  expired: t('OBU 或卡不在有效期内', 'OBU or card not valid now'),
  insufficient: t('卡余额不足', 'Balance too low'),
  debitFailed: t('扣费失败', 'Debit failed'),
  noTac: t('无 TAC', 'No TAC'),
  psamFault: t('PSAM 未授权或未签到', 'PSAM not authorised or not signed in'),
  severalTags: t('多个 OBU 或多张卡', 'Several OBUs or cards'),
  noAnswerTwice: t('平台无应答', 'The platform did not answer'),
  refused: t('扣费被拒绝', 'Charge refused'),
  largeAmount: t('大额', 'Large amount'),
  repeatSuspected: t('疑似重复交易', 'Perhaps charged twice'),
  listTooOld: t('状态名单过期', 'Status list too old'),
  other: t('其他异常', 'Other'),
}
