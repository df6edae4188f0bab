// Why an act on the books of a day is refused (DAY-01), as its note.
import { t } from '#base/pure/words/fault-text.ts'

export const countedMeanwhile = {
  note: t('期间已有人清点过', 'somebody has counted it in the meantime'),
}
export const secondPerson = {
  note: t(
    '要第二个人批准:超过一人可办的金额。没有第二个人时,请业主先在 经营 › 人员 添加',
    'a second person must approve: the amount is above the limit for one person. If there is no second person, ask an owner to add one under Business, People',
  ),
}
export const whatShowsIt = {
  note: t(
    '要写明依据:单据号、账单行、照片或其他能查到的东西',
    'write down the evidence: the number of a document, a line of the bill, a photo or anything that can be checked',
  ),
}
export const notWaiting = {
  note: t('没有等待采用的这项变更', 'no such change is waiting to be applied'),
}
export const anotherPerson = { note: t('要由另一个人', 'it must be another person') }
