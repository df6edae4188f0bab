// Faults of a payment gateway (its keys, its answers, a payment that did not come to its end), and of charging by a pile or
// handheld: where it is, and which car. Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  CASH: t('没有记账,道闸没有抬起', 'Nothing was recorded and the barrier did not open'),
  SCAN: t('没有发起扣款,车道照常', 'No charge was started; the lane works as usual'),
  PLACE: t(
    '没有向该车扣费,卡片未动;停车记录照旧,可在出口或用其他方式缴费',
    'The car was not charged and its card is unchanged; the stay continues and can be paid at the exit or by other means',
  ),
}

export const payFaults = faultRows(means, {
  'PAY-01': {
    what: t('支付网关的密钥文件读不懂', 'The key file of the payment gateway cannot be read'),
    means: t('没有发送任何支付请求', 'No payment request was sent'),
    todo: t(
      '文件每行一把密钥:编号:64 位十六进制',
      'Write one key per line: its id, a colon and 64 hexadecimal digits',
    ),
  },
  'PAY-02': {
    what: t('支付网关没有可信的答复', 'The payment gateway gave no answer that can be trusted'),
    means: t('没有发起支付,车道照常收费', 'No payment was started; the lanes charge as usual'),
    todo: t(
      '检查地址、证书、密钥和本机时间',
      'Check the address, the certificate, the key and the time of this computer',
    ),
  },
  'DAY-01': {
    what: t('账目里不能这样登记', 'This cannot be recorded in the accounts'),
    means: t('没有改变任何一项', 'No item was changed'),
    todo: t(
      '刷新今日页再看:该项可能已经结束,或须由另一人批准',
      'Refresh the Today page: the item may be closed already, or another person must approve it',
    ),
  },
  'DAY-02': {
    what: t(
      '取不到平台或支付网关的账单',
      'The bill of the platform or of the payment gateway is not available',
    ),
    means: t('没有对账,账目不变', 'Nothing was reconciled; the accounts are unchanged'),
    todo: t(
      '次日 10 点以后再试;检查网络、平台和网关设置',
      'Try again after 10:00 on the next day; check the network, the platform and the gateway settings',
    ),
  },
  'PAY-03': {
    what: t('这笔钱不能这样退', 'This money cannot be refunded in this way'),
    means: t(
      '没有退款,也没有向支付网关或平台申请',
      'No refund was made, and none was requested from the payment gateway or the platform',
    ),
    todo: t(
      '刷新后看还可以退多少;退款由一人申请、另一人批准',
      'Refresh to see how much can still be refunded; one person requests a refund and another approves it',
    ),
  },
  'PAY-04': {
    what: t(
      '支付网关没有应答,或应答不可用',
      'The payment gateway does not answer, or its answers cannot be used',
    ),
    means: t(
      '出口没有二维码,也不收付款码;其他收款方式照常',
      'The exits show no code and accept no payment codes; other means of payment work as usual',
    ),
    todo: t(
      '检查网络和支付网关;有车等待时到出口收费或放行',
      'Check the network and the payment gateway; take payment from waiting cars at the exit, or let them out',
    ),
  },
  'PAY-05': {
    what: t('这笔 ETC 扣费还没有结果', 'This ETC charge has no result yet'),
    means: t(
      '没有退款,也没有向平台申请:扣款成功后才能退',
      'No refund was made and none was requested from the platform: only a successful charge can be refunded',
    ),
    todo: t(
      '等扣费有结果后再申请;长时间没有结果时先在待核对里认定',
      'Request the refund again when the charge has a result; if that takes long, decide its result first among the stays to check',
    ),
  },
  'PAY-07': {
    what: t(
      '这次停车还有一笔扣费或扫码付款没有结果',
      'Another charge or code payment of this stay has no result yet',
    ),
    means: t(
      '没有退款:那一笔若成功会自动退给车主,现在再退就多退了',
      'No refund was made: if that payment succeeds, it is refunded automatically, and the driver would get too much back',
    ),
    todo: t(
      '等它有结果再退;扫码的由网关给出结果,ETC 长时间没有结果时先在待核对里认定',
      'Refund when it has a result: the gateway gives that of a code payment; if ETC has none for long, decide it first among the stays to check',
    ),
  },
  'PAY-08': {
    what: t('收到一条支付通知,核对不符', 'A payment notification arrived that failed its check'),
    means: t(
      '没有据此查询,也没有改变;付款照常由车道自己查询',
      'It caused no query and no change; the lane queries the payment itself as usual',
    ),
    todo: t(
      '核对转发通知的服务所用的密钥和时间;不认识的来源不要列入 intake.allow',
      'Check the key and the time of the service that relays notifications; do not list unknown sources in intake.allow',
    ),
  },
  'PAY-06': {
    what: t(
      '平台没有收下这笔扣费的记录',
      'The platform has not accepted the record of this charge',
    ),
    means: t(
      '没有退款,也没有向平台申请:平台不认识这笔扣费',
      'No refund was made and none was requested from the platform: it does not know this charge',
    ),
    todo: t(
      '先在待核对里处理这条上传记录,再申请退款',
      'First handle this upload record among the stays to check, then request the refund',
    ),
  },
  'CASH-01': {
    what: t('实收现金少于应收金额', 'The cash given is less than the amount due'),
    todo: t(
      '请车主补足,或改用其他收款方式',
      'Ask the driver for the rest, or use another means of payment',
    ),
  },
  'CASH-02': {
    what: t(
      '找零达到一百元,实收金额可能输错',
      'The change is 100 yuan or more; the amount given may be wrong',
    ),
    todo: t(
      '核对实收金额;多收的整张纸币先退还',
      'Check the amount given; first hand back any note that is not needed',
    ),
  },
  'CASH-03': {
    what: t('钱箱没有打开', 'The cash drawer was not opened'),
    means: t(
      '现金已记账,车道照常放行',
      'The cash is recorded and the lane lets the car out as usual',
    ),
    todo: t('用钥匙打开钱箱,检查打印机', 'Open the drawer with its key, and check the printer'),
  },
  'CASH-04': {
    what: t('钱箱没有打开,没有收款', 'The cash drawer was not opened; there was no payment'),
    means: t(
      '没有发出开箱指令,没有记为打开',
      'No open command was sent, and no opening is recorded',
    ),
    todo: t(
      '检查钱箱是否接在打印机上、打印机是否在线;急用时用钥匙打开',
      'Check that the drawer is connected to a printer and the printer is online; if it is urgent, use the key',
    ),
  },
  'SCAN-01': {
    what: t('扫到的不是付款码', 'The scanned code is not a payment code'),
    todo: t(
      '请车主打开付款码并刷新后再扫;付款码一次有效',
      'Ask the driver to open the payment code and refresh it, then scan again; each code works once',
    ),
  },
  'SCAN-02': {
    what: t('现在不能用付款码收费', 'A payment code cannot be charged now'),
    todo: t(
      '看本车状态;正在扣款的先等结果,没有网关时改用其他收款方式',
      'Check the state of the car: if a charge is running, wait for its result; without a gateway, use another means of payment',
    ),
  },
  'SCAN-03': {
    what: t('扫码器读到的内容不完整', 'The scanner read only part of a code'),
    todo: t(
      '请车主把手机亮度调高后再扫;总是如此则检查扫码器的结束符设置',
      'Ask the driver to make the phone brighter, then scan again; if this keeps happening, check the end character set in the scanner',
    ),
  },
  'CALL-01': {
    what: t('呼叫值班员的通知没有送到', 'The call for an attendant was not delivered'),
    means: t(
      '呼叫仍在车道页上,车道照常',
      'The call is still on the lanes page; the lanes work as usual',
    ),
    todo: t(
      '检查网络、通知地址和密钥;有车等人时请看车道页',
      'Check the network, the notification address and its key; look at the lanes page when a car waits',
    ),
  },
  'CALL-02': {
    what: t(
      '这个呼叫已经有人接了,或车已离开',
      'Somebody has already taken this call, or the car has left',
    ),
    means: t('没有改变', 'Nothing was changed'),
    todo: t('刷新车道页', 'Refresh the lanes page'),
  },
  'SCAN-04': {
    what: t('扫码器没有连上', 'The scanner is not connected'),
    means: t(
      '这个出口现在不能扫车主的付款码,其他收款方式照常',
      'Payment codes of drivers cannot be scanned at this exit now; other means of payment work as usual',
    ),
    todo: t('检查电源、连线和端口', 'Check the power, the cable and the port'),
  },
  'PLACE-01': {
    what: t('设备在电子围栏之外', 'The device is outside its geofence'),
    todo: t('回到围栏内再扣费', 'Go back inside the geofence and charge again'),
  },
  'PLACE-02': {
    what: t('不知道设备的位置', 'The position of the device is not known'),
    todo: t(
      '到露天处等待定位,检查定位链路',
      'Go into the open and wait for a fix; check the link of the receiver',
    ),
  },
  'PLACE-03': {
    what: t('设备的位置已过时', 'The position of the device is out of date'),
    todo: t(
      '检查定位链路,等待新的位置',
      'Check the link of the receiver and wait for a new position',
    ),
  },
  'PLACE-04': {
    what: t('设备的位置不够准确', 'The position of the device is not accurate enough'),
    todo: t(
      '到露天处等待定位变准',
      'Go into the open and wait until the position is more accurate',
    ),
  },
  'PLACE-05': {
    what: t(
      '设备的位置突然跳变,暂不可信',
      'The position of the device has jumped and is not trusted for now',
    ),
    todo: t(
      '等待几秒,位置稳定后再试',
      'Wait a few seconds until the position is steady, then try again',
    ),
  },
  'PLACE-06': {
    what: t('这辆车现在不能在此处扣费', 'This car cannot be charged at this place now'),
    todo: t('核对车牌和这台设备的状态', 'Check the plate and the state of the device'),
    command: 'place state',
  },
  'PLACE-07': {
    what: t('该车道不是识别桩或手持机', 'The lane is neither a pile nor a handheld'),
    means: t('没有执行任何操作', 'Nothing was done'),
    todo: t('选择停车场文件中带 place 的车道', 'Choose a lane with a place in the lot file'),
  },
  'PLACE-08': {
    what: t('应收金额已不是确认时的金额', 'The amount due is no longer the one that was confirmed'),
    todo: t('核对新的金额,重新确认', 'Check the new amount and confirm it again'),
  },
  'PLACE-09': {
    what: t('这次停车的车牌没有得到确认', 'The plate of this stay was not confirmed'),
    means: t(
      '没有改动:它的费用仍是欠费,不按车牌扣卡',
      'Nothing was changed: its amount stays arrears, and no card is charged by its plate',
    ),
    todo: t(
      '由另一个人再看照片;不能确认就请车主到柜台付款',
      'Have another person look at the photo; if it cannot be confirmed, ask the driver to pay at the desk',
    ),
    command: 'arrears list',
  },
})
