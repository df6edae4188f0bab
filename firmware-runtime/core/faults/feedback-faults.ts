// Faults of feedback messages from a platform. Rows of the table in faults.ts.
// Accepted messages stay on the list. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const feedbackFaults = {
  'FEED-01': {
    what: t('平台的反馈消息不合规定', 'Feedback messages of the platform break a rule'),
    means: t(
      '这一批没有采用,之前的待办不变;车道照常收费',
      'This batch is not used and earlier open items are unchanged; the lanes charge as usual',
    ),
    todo: t('把所示字段告知平台', 'Report the field shown to the platform'),
  },
  'FEED-02': {
    what: t(
      '没有取到平台的反馈消息',
      'The feedback messages could not be downloaded from the platform',
    ),
    means: t(
      '支付失败、清分争议等可能还不知道;车道照常收费',
      'Failed payments or clearing disputes may not be known yet; the lanes charge as usual',
    ),
    todo: t('检查网络和平台', 'Check the network and the platform'),
  },
  'FEED-03': {
    what: t('车主反馈过了答复期限', "A driver's feedback is past its answer deadline"),
    means: t(
      '车主还在等,平台可能催办;车道照常收费',
      'The driver is still waiting and the platform may send a reminder; the lanes charge as usual',
    ),
    todo: t(
      '在“今日”的待处理差异里给出答复;要退的钱先办退费',
      'Answer it under the open differences on the Today page; if money is to be given back, make the refund first',
    ),
  },
  'FEED-04': {
    what: t('车主反馈没有登记', "The driver's feedback was not recorded"),
    means: t('没有记下任何内容,没有钱变动', 'Nothing was recorded and no money was moved'),
    todo: t(
      '按所示字段更正:重扫收据,或按车牌找到这次停车',
      'Correct the field shown: scan the receipt again, or find the stay by its plate',
    ),
  },
  'FEED-05': {
    what: t('平台报的反馈消息多得不寻常', 'The platform reports unusually many feedback messages'),
    means: t(
      '读到的已成待办,其余接着读;车道照常收费',
      'Those that were read are open items and the others follow; the lanes charge as usual',
    ),
    todo: t(
      '问平台最后一条的编号;改正后自动好',
      'Ask the platform for the number of its last message; once corrected, this ends by itself',
    ),
  },
} as const satisfies Record<string, FaultRow>
