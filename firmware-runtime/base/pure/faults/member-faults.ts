// Faults of coupons and arrears (one code per refusal, so that the driver can be told the reason), of members, of the list
// of cars inside and of reserved bays. These faults stop no lane and do not change what a car owes.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  COUPON: t('应收金额没有改变', 'The amount due did not change'),
  MEMBER: t('名单没有改动,车道照常运行', 'The list was not changed; the lanes keep running'),
  INSIDE: t('没有写入任何一辆车', 'No car was written'),
}

export const memberFaults = faultRows(means, {
  'COUPON-01': {
    what: t('这不是优惠券的编码', 'This is not a coupon code'),
    todo: t('重新扫一次,或逐位核对', 'Scan it again, or check it character by character'),
  },
  'COUPON-02': {
    what: t('这张优惠券是别的停车场的', 'This coupon belongs to another lot'),
    todo: t(
      '请司机换一张,或照常收费',
      'Ask the driver for another coupon, or charge the full amount',
    ),
  },
  'COUPON-03': {
    what: t('没有这张优惠券,或已经作废', 'There is no such coupon, or it was cancelled'),
    todo: t('问发券的商户', 'Ask the merchant who issued it'),
  },
  'COUPON-04': {
    what: t('优惠券不在有效期内', 'The coupon is not within its validity period'),
    todo: t(
      '请司机换一张,或照常收费',
      'Ask the driver for another coupon, or charge the full amount',
    ),
  },
  'COUPON-05': {
    what: t('优惠券已经用过', 'The coupon has been used already'),
    means: t(
      '一张券只抵一次,应收金额没有改变',
      'A coupon can be used once only; the amount due did not change',
    ),
    todo: t(
      '请司机换一张,或照常收费',
      'Ask the driver for another coupon, or charge the full amount',
    ),
  },
  'COUPON-06': {
    what: t('这辆车现在不能用优惠券', 'This car cannot use a coupon now'),
    todo: t('等这次扣费有结果后再试', 'Wait for the result of the charge, then try again'),
  },
  'COUPON-07': {
    what: t('要发的优惠券不合规定', 'A coupon to be issued breaks a rule'),
    means: t('没有发出任何一张', 'No coupon was issued'),
    todo: t('改正所示的一项', 'Correct the field shown'),
  },
  'COUPON-08': {
    what: t('没有这笔欠费,或已经结清', 'These arrears do not exist, or they are already settled'),
    means: t('欠费没有改动', 'The arrears were not changed'),
    todo: t('刷新欠费再看', 'Refresh the arrears and look again'),
  },
  'COUPON-09': {
    what: t('超出这家商户的限额', 'This exceeds the limit of the merchant'),
    means: t('没有发出任何一张', 'No coupon was issued'),
    todo: t('少发一些,或由业主改限额', 'Issue fewer coupons, or ask the owner to change the limit'),
  },
  'COUPON-10': {
    what: t(
      '这张券已经抵扣离场,不能退回',
      'This coupon reduced the price of a car that has left, so it cannot be taken back',
    ),
    means: t(
      '它减掉的钱仍由商户承担;把收的钱全额退给车主后,券自动可用',
      'The merchant still owes the discount; the coupon can be used again once the full payment is refunded to the driver',
    ),
    todo: t(
      '要改正,就给这次停车全额退款;车主没付过钱的,另发一张',
      'To correct this, refund the stay in full; if the driver paid nothing, issue another coupon',
    ),
  },
  'COUPON-11': {
    what: t('优惠券文件有错', 'The coupon file has an error'),
    means: t('没有发出任何一张', 'No coupon was issued'),
    todo: t('改正所示的一行再导入', 'Correct the line shown and import it again'),
  },
  'POINTS-01': {
    what: t('现在不能用这些积分', 'These points cannot be used now'),
    means: t('应收金额和积分没有改变', 'The amount due and the points did not change'),
    todo: t('看积分页的余额和上限', 'See the balance and the limit on the points page'),
  },
  'POINTS-02': {
    what: t('积分文件有错', 'The points file has an error'),
    means: t('没有写入任何一行', 'No line was written'),
    todo: t('改正所示的一行再导入', 'Correct the line shown and import it again'),
  },
  'MEMBER-01': {
    what: t('名单的一项不合规定', 'An entry of the list breaks a rule'),
    todo: t('改正所示的一项', 'Correct the field shown'),
  },
  'MEMBER-02': {
    what: t(
      '这辆车在同一时间已有同类的一项',
      'This car already has an entry of this kind for that time',
    ),
    todo: t('续期原来的一项,或先收回它', 'Renew the existing entry, or withdraw it first'),
  },
  'MEMBER-03': {
    what: t('名单里没有这个编号', 'The list has no entry with this number'),
    todo: t('刷新名单再看', 'Refresh the list and look again'),
  },
  'MEMBER-04': {
    what: t('看过差异之后名单又变了', 'The list changed after you looked at the differences'),
    todo: t('重新看一次差异再写入', 'Look at the differences again, then write'),
  },
  'MEMBER-05': {
    what: t('文件里有不合规定的行', 'Some lines of the file break a rule'),
    means: t('没有写入任何一行', 'No line was written'),
    todo: t('改正所示的行,重新导入', 'Correct the lines shown and import the file again'),
  },
  'INSIDE-01': {
    what: t('文件里有不合规定的行', 'Some lines of the file break a rule'),
    todo: t('改正所示的行,重新导入', 'Correct the lines shown and import the file again'),
  },
  'INSIDE-02': {
    what: t(
      '看过差异之后场内车辆又变了',
      'The cars inside changed after you looked at the differences',
    ),
    todo: t('重新看一次差异再写入', 'Look at the differences again, then write'),
  },
  'INSIDE-03': {
    what: t('有一辆车现在不能记为不在场', 'One of the cars cannot be marked as gone now'),
    means: t('没有结束任何停车记录', 'No stay was closed'),
    todo: t(
      '去掉所示的一辆,或等它离场、扣费有结果',
      'Leave out the car shown, or wait until it has left or its charge has a result',
    ),
  },
  'RESERVATION-01': {
    what: t('预约平台的密钥没有设置', 'The secret of the reservation platform is not set'),
    means: t(
      '不收预约,也不上报;车道照常运行',
      'No reservations are received and nothing is reported; the lanes keep running',
    ),
    todo: t(
      '在开通的“收费与平台”里填入平台给的密钥,再重新启动',
      'Enter the secret from the platform under "Charging and platform" of the set-up, then restart',
    ),
    command: 'secret set --data DIR --name NAME',
  },
  'RESERVATION-02': {
    what: t('不是预约平台的密钥', 'This is not the secret of a reservation platform'),
    means: t('没有封存,原来的密钥还在用', 'Nothing was sealed; the earlier secret stays in use'),
    todo: t(
      '放入平台给的那一行:8 到 200 个字符,没有空格',
      'Enter the line from the platform: 8 to 200 characters without spaces',
    ),
  },
})
