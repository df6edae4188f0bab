// Faults of feedback messages from a platform. Rows of the table in faults.ts.
// Accepted messages stay on the list. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const feedbackFaults = {
  'FEED-01': {
    what: t('平台的反馈消息不合规定', 'Messages that the platform fed back break their rule'),
    means: t(
      '这一批没有采用,之前的待办不变;车道照常收费',
      'None of them is taken, earlier items stay; the lanes charge as ever',
    ),
    todo: t('把所示字段告知平台', 'Tell the platform the field shown'),
  },
  'FEED-02': {
    what: t('没有取到平台的反馈消息', 'No messages came from the platform'),
    means: t(
      '支付失败、清分争议等可能还不知道;车道照常收费',
      'Failed payments and disputes may not be known yet; the lanes charge as ever',
    ),
    todo: t('检查网络和平台', 'Check the network and the platform'),
  },
  'FEED-03': {
    what: t('车主反馈过了答复期限', "A driver's feedback has no answer in time"),
    means: t(
      '车主还在等,平台可能催办;车道照常收费',
      'A driver waits, and the platform may ask; the lanes charge as ever',
    ),
    todo: t(
      '在“今日”的待处理差异里给出答复;要退的钱先办退费',
      'Answer it among the open items of the day; money goes back by a refund first',
    ),
  },
  'FEED-04': {
    what: t('车主反馈没有登记', "The driver's feedback was not taken"),
    means: t('没有记下任何内容,没有钱变动', 'Nothing was written down, and no money moves'),
    todo: t(
      '按所示字段更正:重扫收据,或按车牌找到这次停车',
      'Put the field shown right: scan the receipt again, or find the stay by its plate',
    ),
  },
} as const satisfies Record<string, FaultRow>
