// Texts of the events of a lane in both languages, for reports and for the page that explains a car.
// Texts of people's acts are those of the call table (runtime/api/act-words.ts).
import { t, type BilingualText } from './fault-text.ts'

/** Entries of the audit that are not calls. */
export const happenedWords: Readonly<Record<string, BilingualText>> = {
  'lane.open.failed': t('人工开闸,道闸没有抬起', 'Opened by hand, but the barrier did not rise'),
  'boom.openedAlone': t('道闸自行抬起', 'Barrier opened by itself'),
  'hold.over': t('接管到期', 'Hold of a device ended'),
  'test.over': t('设备测试到期', 'Device test ended'),
  noEntry: t('出口没有入场记录', 'No entry record at the exit'),
  'program.switched': t('换到新版本,试用开始', 'Switched to a new version, on trial'),
  'program.kept': t('新版本试用结束,留用', 'Trial of the new version over, kept'),
  'program.takenBack': t('退回上一个版本', 'Back to the version before'),
  'program.replaced': t('手工装了另一个版本', 'Another version was installed by hand'),
  leftUnpaid: t('没有付清就离场', 'Left without paying'),
}
