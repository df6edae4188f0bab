// Exceptions of one passage (clause 8.3.1), by the words of this product.
// A dialect translates them into the terms of its platform.

import { t } from './fault-text.ts'

export const exceptionWords = {
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
  noAnswerTwice: t('平台无应答', 'Platform silent'),
  refused: t('扣费被拒绝', 'Charge refused'),
  largeAmount: t('大额', 'Large amount'),
  repeatSuspected: t('疑似重复交易', 'Perhaps charged twice'),
  listTooOld: t('状态名单过期', 'Status list too old'),
  other: t('其他异常', 'Other'),
}

export type ExceptionWord = keyof typeof exceptionWords

/** Rows from older versions hold the number of the platform instead of the word. */
export type ExceptionType = ExceptionWord | number

/** `noTac` in rows from older versions. */
const noTacOfBefore = 10

/** True when no TAC is known, so the charge cannot be reported to a platform. */
export const isNoTac = (type: ExceptionType): boolean => type === 'noTac' || type === noTacOfBefore
