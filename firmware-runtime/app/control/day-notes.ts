// Why an act on the books of a day is refused (DAY-01), as its note.
import { t } from '../../core/values/fault-text.ts'

export const countedMeanwhile = { note: t('期间已有人清点过', 'counted meanwhile') }
export const secondPerson = {
  note: t(
    '要第二个人批准:超过一人可办的金额。没有第二个人时,请业主先在 设置 › 人员 添加',
    'a second person: it is more than one may end alone. Where there is none, an owner adds one under Settings, People',
  ),
}
export const whatShowsIt = {
  note: t(
    '要写明依据:单据号、账单行、照片或其他能查到的东西',
    'what shows it: the number of a paper, a line of the bill, a photo, whatever can be looked up',
  ),
}
export const notWaiting = { note: t('没有等待采用的这项变更', 'no such change waits') }
export const anotherPerson = { note: t('要由另一个人', 'another person') }
