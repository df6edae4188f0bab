// Words of a document that is being made, wherever one is asked for.
import { t } from '#base/pure/words/fault-text.ts'

export const making = {
  making: t('正在生成', 'Generating'),
  reading: t('正在读取数据', 'Reading the data'),
  layingOut: t('正在排版', 'Laying out'),
  stopping: t('正在取消', 'Cancelling'),
  seconds: t('已用 {n} 秒', '{n} s so far'),
  cancelled: t('已取消,没有生成文件。', 'Cancelled; no file was made.'),
}
