// Words of the page of orders of other billing systems.
import { t } from '#base/pure/words/fault-text.ts'

export const partners = {
  anywhere: t('驶离后', 'After leaving'),
  is: {
    open: t('可以扣费', 'May be charged'),
    charging: t('扣费中', 'Charging'),
    unknown: t('结果未知', 'Result unknown'),
    paid: t('ETC 已付', 'Paid by ETC'),
    settled: t('其他方式已付', 'Paid otherwise'),
    withdrawn: t('计费系统撤回', 'Withdrawn'),
  },
  reviewed: {
    asked: t('等计费系统答复', 'Waits for the billing system'),
    agreed: t('相符', 'Agreed'),
    disputed: t('有异议,没有上传', 'Disputed, not uploaded'),
    silent: t('没有答复,已上传', 'No answer, uploaded'),
  },
  heard: t('{partner} 在 {when} 来取过结果', '{partner} fetched results {when}'),
  silent: t('{partner} 启动以来没有来取结果', '{partner} has fetched nothing since the start'),
  notPushed: t(
    '{partner} 的推送地址没有收下事件:{why}',
    'The webhook of {partner} takes no events: {why}',
  ),
  upload: t('照原样上传…', 'Upload as it is…'),
}
