// Words of a plate that was corrected, or that a person picks.
// The parts of a score have their words in core/values/match-words.ts.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
export const match = {
  match: {
    pick: t(
      '可能是场内 {count} 辆车之一,看照片选择…',
      'May be one of {count} cars inside: choose by photo…',
    ),
    which: t(
      '可能是场内的哪一辆(看入场照片选择)',
      'Which car inside it may be (choose by entry photo)',
    ),
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
  },
}
