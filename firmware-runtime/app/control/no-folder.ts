// The note for calls to a simulated or unopened lot, which has no data on disk. Shared by every call that needs the
// folder.
import { t } from '../../core/values/fault-text.ts'

export const noFolder = {
  note: t('这里没有停车场的数据目录', 'there is no data folder of a lot here'),
}
