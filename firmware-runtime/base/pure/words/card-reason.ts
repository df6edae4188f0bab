// Reasons why an OBU or its card may not pay (rsu-interface.md 5.3): a word, its exception (clause 8.3.1), the text for the
// window, and the text for the driver. A removed and a locked OBU share an exception; the word distinguishes them.
import { exceptionWords, type ExceptionWord } from './exception-words.ts'
import { t, type BilingualText } from './fault-text.ts'

/** A reason as every table of reasons has it. */
interface ReasonRow {
  readonly type: ExceptionWord
  readonly words: BilingualText
  readonly driver: BilingualText
}
export const row = (
  type: ExceptionWord,
  words: BilingualText,
  driver: BilingualText,
): ReasonRow => ({ type, words, driver })

/** One member of each row of a table, by the same words. */
export const columnOf = <Word extends string, Row, Name extends keyof Row>(
  table: Readonly<Record<Word, Row>>,
  name: Name,
): Record<Word, Row[Name]> =>
  Object.fromEntries(Object.entries<Row>(table).map(([word, one]) => [word, one[name]])) as Record<
    Word,
    Row[Name]
  >

export const cardReasons = {
  obuChanged: row(
    'severalTags',
    t('读到多个 OBU', 'more than one OBU read'),
    t('读到多个 ETC 标签', 'More than one ETC tag was read'),
  ),
  cardChanged: row(
    'severalTags',
    t('读到多张卡', 'more than one card read'),
    t('读到多张 ETC 卡', 'More than one ETC card was read'),
  ),
  plateMismatch: row(
    'plateMismatch',
    exceptionWords.plateMismatch,
    t('车牌与 ETC 标签不符', 'Plate and ETC tag differ'),
  ),
  colourMismatch: row(
    'plateMismatch',
    t('车牌颜色与 OBU 不符', 'plate colour and OBU differ'),
    t('车牌颜色与 ETC 标签不符', 'Plate colour and ETC tag differ'),
  ),
  obuPlateUnreadable: row(
    'obuUnreadable',
    t('OBU 内车牌读取失败', 'plate in the OBU not readable'),
    t('ETC 标签信息读取失败', 'ETC tag could not be read'),
  ),
  obuRemoved: row(
    'other',
    t('OBU 已被拆动', 'OBU was removed'),
    t('ETC 标签已被拆动', 'ETC tag has been removed'),
  ),
  obuLocked: row(
    'other',
    t('OBU 已锁定', 'OBU is locked'),
    t('ETC 标签已锁定', 'ETC tag is locked'),
  ),
  cardAbsent: row(
    'cardUnreadable',
    t('没有插卡', 'no card in the OBU'),
    t('请插入 ETC 卡', 'ETC card is missing'),
  ),
  cardError: row(
    'cardUnreadable',
    t('卡读取失败', 'card not readable'),
    t('ETC 卡读取失败', 'ETC card could not be read'),
  ),
  cardTypeUnknown: row(
    'cardUnreadable',
    t('卡类型不支持', 'card type not known'),
    t('ETC 卡类型不支持', 'ETC card of an unknown type'),
  ),
  cardNoUnreadable: row(
    'cardUnreadable',
    t('卡号读取失败', 'card number not readable'),
    t('ETC 卡号读取失败', 'ETC card number could not be read'),
  ),
  cardPlateMismatch: row(
    'plateMismatch',
    t('卡与 OBU 车牌不符', 'card and OBU differ'),
    t('ETC 卡与标签车牌不符', 'ETC card and tag differ'),
  ),
  colourUnmapped: row(
    'plateMismatch',
    t('OBU 车牌颜色无效', 'plate colour of the OBU not valid'),
    t('ETC 标签车牌颜色无效', 'Plate colour of the tag not valid'),
  ),
  obuNotValidYet: row(
    'expired',
    t('OBU 尚未启用', 'OBU not valid yet'),
    t('ETC 标签尚未启用', 'ETC tag is not valid yet'),
  ),
  obuExpired: row(
    'expired',
    t('OBU 已过期', 'OBU expired'),
    t('ETC 标签已过期', 'ETC tag has expired'),
  ),
  cardNotValidYet: row(
    'expired',
    t('卡尚未启用', 'card not valid yet'),
    t('ETC 卡尚未启用', 'ETC card is not valid yet'),
  ),
  cardExpired: row(
    'expired',
    t('卡已过期', 'card expired'),
    t('ETC 卡已过期', 'ETC card has expired'),
  ),
  otherNetwork: row(
    'other',
    t('卡网络号不支持', 'card network not supported'),
    t('ETC 卡不属于可用网络', 'ETC card of a network that does not pay'),
  ),
  blacklisted: row(
    'blacklisted',
    exceptionWords.blacklisted,
    t('ETC 卡暂停使用', 'ETC card suspended'),
  ),
  purseDamaged: row(
    'cardUnreadable',
    t('卡内余额异常', 'the card shows no valid balance'),
    t('ETC 卡余额异常', 'ETC card shows no valid balance'),
  ),
  insufficient: row(
    'insufficient',
    exceptionWords.insufficient,
    t('ETC 卡余额不足', 'ETC card balance too low'),
  ),
}

export type CardReason = keyof typeof cardReasons

/** As the window shows them. */
export const cardReasonWords: Readonly<Record<string, BilingualText>> = columnOf(
  cardReasons,
  'words',
)
