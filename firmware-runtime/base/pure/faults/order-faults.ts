// Faults of the interface between a billing system and an access system (docs/billing-interface.md). Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most of them mean. */
const means = {
  ORDER: t(
    '没有记录,也没有扣费;车由计费系统照常收费',
    'Nothing was recorded and nothing charged; the billing system charges the car in its own way',
  ),
}

export const orderFaults = faultRows(means, {
  'ORDER-01': {
    what: t('请求的成员缺少或不合规定', 'A member of the request is missing or breaks a rule'),
    todo: t('按接口文档改正所示字段', 'Correct the field shown, as the interface document says'),
  },
  'ORDER-02': {
    what: t(
      '请求的签名、证书、时间或随机串不成立',
      'Signature, certificate, time or nonce of the request does not hold',
    ),
    todo: t('核对证书、时钟和签名的原文', 'Check certificate, clock and the signed text'),
  },
  'ORDER-03': {
    what: t('对方没有这项权限', 'The other system has no right to this'),
    todo: t(
      '在停车场文件里给对方权限,或不再调用',
      'Give it the right in the lot file, or do not call this',
    ),
  },
  'ORDER-04': {
    what: t(
      '没有这个编号的订单、退费、收据或发票',
      'No order, refund, receipt or invoice has this number',
    ),
    todo: t(
      '核对编号;七天以前结束的不再保留在接口里',
      'Check the number; what ended seven days ago is no longer served',
    ),
  },
  'ORDER-05': {
    what: t('接口没有这个版本', 'The interface has no such version'),
    todo: t('改用所列的版本', 'Use one of the versions listed'),
  },
  'ORDER-06': {
    what: t('这个编号已用于别的内容', 'The number was used before with other content'),
    means: t(
      '原来的那一条不变,这一条没有记录',
      'The earlier one is unchanged and this one was not recorded',
    ),
    todo: t(
      '查询原来的那一条;新的内容用新编号',
      'Read the earlier one; use a new number for new content',
    ),
  },
  'ORDER-07': {
    what: t('订单正在扣费', 'The order is being charged'),
    means: t(
      '没有改变;扣费的结果随后就有',
      'Nothing was changed; the result of the charge follows',
    ),
    todo: t('等结果事件,再决定', 'Wait for the event with the result, then decide'),
  },
  'ORDER-08': {
    what: t('订单已经结束', 'The order has ended'),
    means: t('它的结果不变', 'Its result is unchanged'),
    todo: t('查询订单;多收的钱用退费接口', 'Read the order; refund what was taken too much'),
  },
  'ORDER-09': {
    what: t('内容与停车场或订单不符', 'The content does not fit the car park or the order'),
    todo: t('改正所示字段', 'Correct the field shown'),
  },
  'ORDER-10': {
    what: t('未结束的订单太多', 'Too many orders are open'),
    todo: t(
      '先结束或撤回旧的订单:一条车道同时只有一张',
      'End or withdraw earlier orders first: one at a time in a lane',
    ),
  },
  'ORDER-11': {
    what: t('同时的请求太多', 'Too many requests at once'),
    means: t('没有记录这一条', 'This one was not recorded'),
    todo: t('等其中一些得到应答,再发同样的请求', 'Wait for answers, then send the same again'),
  },
  'ORDER-12': {
    what: t('接入系统出错', 'The access system failed'),
    means: t('这一条可能已经记录', 'This one may have been recorded'),
    todo: t('再发同样的请求:同一编号只算一次', 'Send the same again: one number counts once'),
  },
  'ORDER-13': {
    what: t('这张收据已经开票', 'The receipt is invoiced already'),
    means: t(
      '原来的发票不变,这一张没有记录',
      'The earlier invoice is unchanged and this one was not recorded',
    ),
    todo: t(
      '不要再开;要改开,先红冲原来的发票',
      'Issue no other; to issue it anew, reverse the earlier one first',
    ),
  },
})
