// Faults of coupons and arrears: one code per refusal, so that the driver can be told the reason.
// Rows of the table in faults.ts. These faults stop no lane and do not change what a car owes.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const unchanged = t('应收金额没有改变', 'What the car owes did not change')

export const couponFaults = {
  'COUPON-01': {
    what: t('这不是优惠券的编码', 'This is no code of a coupon'),
    means: unchanged,
    todo: t('重新扫一次,或逐位核对', 'Scan it again, or check it character by character'),
  },
  'COUPON-02': {
    what: t('这张优惠券是别的停车场的', 'This coupon is of another lot'),
    means: unchanged,
    todo: t('请司机换一张,或照常收费', 'Ask for another one, or take the amount as it is'),
  },
  'COUPON-03': {
    what: t('没有这张优惠券,或已经作废', 'There is no such coupon, or it was made void'),
    means: unchanged,
    todo: t('问发券的商户', 'Ask the merchant who gave it'),
  },
  'COUPON-04': {
    what: t('优惠券不在有效期内', 'The coupon is not within its days'),
    means: unchanged,
    todo: t('请司机换一张,或照常收费', 'Ask for another one, or take the amount as it is'),
  },
  'COUPON-05': {
    what: t('优惠券已经用过', 'The coupon was used before'),
    means: t(
      '一张券只抵一次,应收金额没有改变',
      'One coupon counts once; what the car owes did not change',
    ),
    todo: t('请司机换一张,或照常收费', 'Ask for another one, or take the amount as it is'),
  },
  'COUPON-06': {
    what: t('这辆车现在不能用优惠券', 'This car cannot use a coupon now'),
    means: unchanged,
    todo: t('等这次扣费有结果后再试', 'Wait for the result of its charge, then try again'),
  },
  'COUPON-07': {
    what: t('要发的优惠券不合规定', 'A coupon to be issued breaks its rule'),
    means: t('没有发出任何一张', 'None was issued'),
    todo: t('改正所示的一项', 'Correct the field shown'),
  },
  'COUPON-08': {
    what: t('没有这笔欠费,或已经结清', 'There are no such arrears, or they are settled'),
    means: t('欠费没有改动', 'The arrears were not changed'),
    todo: t('刷新欠费再看', 'Read the arrears again'),
  },
  'COUPON-09': {
    what: t('超出这家商户的限额', 'It is over the limit of this merchant'),
    means: t('没有发出任何一张', 'None was issued'),
    todo: t('少发一些,或由业主改限额', 'Issue fewer, or let the owner change the limit'),
  },
  'COUPON-10': {
    what: t('这张券已经抵扣离场,不能退回', 'This coupon took off money of a car that left'),
    means: t(
      '它减掉的钱仍由商户承担;把收的钱全额退给车主后,券自动可用',
      'The merchant still owes what it took off; it is free again once all that was paid went back to the driver',
    ),
    todo: t(
      '要改正,就给这次停车全额退款;车主没付过钱的,另发一张',
      'To put it right, refund the stay in full; where the driver paid nothing, issue another one',
    ),
  },
  'COUPON-11': {
    what: t('优惠券文件有错', 'The file of coupons has a fault'),
    means: t('没有发出任何一张', 'None was issued'),
    todo: t('改正所示的一行再导入', 'Correct the line shown and import it again'),
  },
  'POINTS-01': {
    what: t('现在不能用这些积分', 'These points cannot be used now'),
    means: t('应收金额和积分没有改变', 'What the car owes and its points did not change'),
    todo: t('看积分页的余额和上限', 'See the balance and the limit on the page of points'),
  },
  'POINTS-02': {
    what: t('积分文件有错', 'The file of points has a fault'),
    means: t('没有写入任何一行', 'Nothing of it was written'),
    todo: t('改正所示的一行再导入', 'Correct the line shown and import it again'),
  },
} as const satisfies Record<string, FaultRow>
