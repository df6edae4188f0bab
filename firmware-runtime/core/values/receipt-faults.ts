// Faults of receipts: a stay that has none to give, a key that is none, a printer that did not print.
// Rows of the one table in faults.ts. Codes are never reused.
import { t } from './fault-text.ts'
import type { FaultRow } from './fault-text.ts'

export const receiptFaults = {
  'RECEIPT-01': {
    what: t('没有可开的收据', 'There is no receipt to give'),
    means: t('什么都没有开出', 'Nothing was given out'),
    todo: t(
      '检查停车记录编号和日期;没有收过钱的停车不开收据',
      'Check the number of the stay and the day; a stay that paid nothing has no receipt',
    ),
  },
  'RECEIPT-02': {
    what: t('收据公钥文件读不懂', 'The file of the receipt key cannot be read'),
    means: t('没有核对收据', 'The receipt was not checked'),
    todo: t(
      '使用车场公布的收据公钥文件',
      'Use the public key that the lot publishes, or receipt-public.pem of the keys folder',
    ),
  },
} as const satisfies Record<string, FaultRow>
