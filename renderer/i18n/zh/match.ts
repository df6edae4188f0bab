// Words of a plate that was corrected, or that a person picks, in Chinese.
// The parts of a score have their words in core/values/match-words.ts.
export const match = {
  match: {
    pick: '可能是场内 {count} 辆车之一,看照片选择…',
    which: '可能是场内的哪一辆(看入场照片选择)',
    score: '相符 {score} 分',
    same: '车牌与读取一致',
    was: '识别为 {plate},按相符程度纠正:{score} 分(不低于 {scoreMin} 分)',
    second: ',第二名 {second} 分(须领先 {marginMin} 分)',
  },
}
