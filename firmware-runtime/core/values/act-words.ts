// Texts of the events of a lane in both languages, for reports and for the page that explains a car.
// Texts of people's acts are those of the call table (api/act-words.ts).
import { t, type BilingualText } from './fault-text.ts'

/** Entries of the audit that are not calls. */
export const happenedWords: Readonly<Record<string, BilingualText>> = {
  'lane.open.failed': t('人工开闸,道闸没有抬起', 'Opened by hand, but the barrier did not rise'),
  'boom.openedAlone': t('道闸自行抬起', 'Barrier opened by itself'),
  'hold.over': t('接管到期', 'Hold of a device ended'),
  'test.over': t('设备测试到期', 'Device test ended'),
  noEntry: t('出口没有入场记录', 'No entry record at the exit'),
  leftUnpaid: t('没有付清就离场', 'Left without paying'),
}
