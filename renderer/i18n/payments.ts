// Words of the payments of a stay, and of money that goes back.
// A refund is done when gateway or platform says so, and the words never say it before.
import { t } from '#base/pure/words/fault-text.ts'

export const payments = {
  title: t('收款与退款', 'Payments and refunds'),
  means: t('方式', 'Means'),
  no: t('单号', 'Number'),
  state: t('状态', 'State'),
  paid: t('已收', 'Taken'),
  back: t('退款', 'Refunded'),
  is: {
    made: t('已记账', 'booked'),
    sent: t('已发出', 'sent'),
    pending: t('等待付款', 'waiting for payment'),
    paid: t('已付款', 'paid'),
    failed: t('未付款', 'not paid'),
    cancelling: t('正在撤销', 'being cancelled'),
    closed: t('已关闭', 'closed'),
    reversed: t('已撤销', 'reversed'),
    odd: t('需人工核对', 'needs manual check'),
    unknown: t('结果未知', 'result unknown'),
    refused: t('扣费失败', 'charge failed'),
  },
  refund: {
    waiting: t('已批准,等待发出', 'approved, waiting to be sent'),
    sent: t('已批准并发出,等待对方处理', 'approved and sent, waiting for the other side'),
    unknown: t('结果未知,正在查询', 'result unknown, querying'),
    review: t('平台正在审核', 'under review at the platform'),
    approved: t('平台已审核通过,等待退回', 'approved by the platform, not given back yet'),
    abnormal: t('平台处理异常,继续查询', 'platform reports an exception, still querying'),
    held: t('平台没有收下退款申请', 'the platform did not take the request'),
    byHand: t('平台没有这笔扣费,由人退还', 'the platform has no such charge, refund by hand'),
    done: t('已退回', 'given back'),
    refused: t('对方拒绝', 'refused by the other side'),
  },
  late: t('重复或多收的款,自动退回', 'paid twice or too much, refunded automatically'),
  alone: t('{by} 申请,没有第二人可批准', 'requested by {by}, no one else could approve'),
  two: t('{by} 申请,{second} 批准', 'requested by {by}, approved by {second}'),
  give: t('退款…', 'Refund…'),
  giveTitle: t('退回一笔收款', 'Refund a payment'),
  giveWhy: t(
    '最多可退 {amount},按原路退回。一人申请,另一人批准;退完以对方的查询结果为准。',
    'Up to {amount} can be refunded, by the original means. One person requests and another approves; it is complete once the other side confirms it.',
  ),
  cashWhy: t(
    '最多可退 {amount}。一人申请,另一人批准;钱箱打开后当场退现金。',
    'Up to {amount} can be refunded. One person requests and another approves; the drawer opens and you hand back the cash at once.',
  ),
  transferWhy: t(
    '最多可退 {amount}。一人申请,另一人批准;先把转账退回,再在这里记账。',
    'Up to {amount} can be refunded. One person requests and another approves; send the transfer back first, then record it here.',
  ),
  giveDo: t('申请退款 {amount}', 'Request refund of {amount}'),
  yuan: t('退款金额(元)', 'Amount (yuan)'),
  second: t('批准人', 'Approved by'),
  way: t('谁来批准', 'Who approves'),
  wayAsk: t(
    '另一个人在任何一台电脑上登录后答复(在“退款申请”里)',
    'Another person signs in on any computer and answers (under "Refund requests")',
  ),
  wayHere: t('另一个人现在就在这里批准', 'Another person is here and approves now'),
  waits: t('等另一人答复', 'waiting for another person'),
  askDo: t('提交退款申请 {amount}', 'Request refund of {amount}'),
  bad: t(
    '金额须大于 0 且不超过可退金额,批准人须填写',
    'Enter more than 0, at most the refundable amount, and the approver',
  ),
}
