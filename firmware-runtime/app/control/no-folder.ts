// What is said where a lot that is simulated, or that nobody opened, has nothing on disk to answer from.
// One note for every call that would need it.
import { t } from '../../core/values/fault-text.ts'

export const noFolder = { note: t('这里没有停车场的数据目录', 'this lot has no folder') }
