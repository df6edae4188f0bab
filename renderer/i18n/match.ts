// Words of a plate that was corrected, or that a person picks.
// The parts of a score have their words in base/pure/words/match-words.ts.
import { t } from '#base/pure/words/fault-text.ts'
export const match = {
  pick: t(
    '可能是场内 {count} 辆车之一,看照片选择…',
    'May be one of {count} cars inside: choose by photo…',
  ),
  which: t(
    '是场内的哪一辆(两张照片对着看,按数字键选择)',
    'Which car inside is it (compare the two photos; a digit picks)',
  ),
  owes: t('现在应付 {amount}', '{amount} due now'),
  now: t('现在', 'Now'),
  then: t('入场时', 'At the entry'),
  unread: t('入场时没有认出车牌', 'Its plate was not read at the entry'),
  score: t('相符 {score} 分', 'match {score}'),
  same: t('车牌与读取一致', 'Plate is the same as read'),
  was: t(
    '识别为 {plate},按相符程度纠正:{score} 分(不低于 {scoreMin} 分)',
    'Read as {plate}, corrected by match score: {score} (at least {scoreMin})',
  ),
  second: t(
    ',第二名 {second} 分(须领先 {marginMin} 分)',
    ', second best {second} (must lead by {marginMin})',
  ),
}
