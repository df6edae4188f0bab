// Words of an amount above the lot's limit.
// Released it is charged by ETC, and the button says how much.
import { t } from '#base/pure/words/fault-text.ts'

export const large = {
  act: t('核对大额', 'Check the large amount'),
  title: t('核对大额 · {lane}', 'Check the large amount · {lane}'),
  do: t('金额无误,由 ETC 扣 {amount}', 'The amount is right: ETC charges {amount}'),
  correct: t('车牌不对,纠正…', 'The plate is wrong: correct it…'),
  reject: t('不由 ETC 扣,改人工收费…', 'Not by ETC: another payment…'),
}
