// Faults of a payment gateway: its keys, its answers, and a payment that did not come to its end.
// Rows of the one table in faults.ts. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const payFaults = {
  'PAY-01': {
    what: t('支付网关的密钥文件读不懂', 'The key file of the payment gateway cannot be read'),
    means: t('没有发送任何支付请求', 'No payment was asked for'),
    todo: t(
      '文件每行一把密钥:编号:64 位十六进制',
      'One key a line: its id, a colon, 64 hexadecimal digits',
    ),
  },
  'PAY-02': {
    what: t('支付网关没有可信的答复', 'The payment gateway gave no answer that can be trusted'),
    means: t('没有发起支付,车道照常收费', 'No payment was begun, the lanes go on as before'),
    todo: t(
      '检查地址、证书、密钥和本机时间',
      'Check the address, the certificate, the key and the clock of this computer',
    ),
  },
  'DAY-01': {
    what: t('账目里不能这样登记', 'The books cannot be noted like that'),
    means: t('没有改变任何一项', 'No item was changed'),
    todo: t(
      '刷新今日页再看:该项可能已经结束,或须由另一人批准',
      'Read the page of the day anew: the item may have ended, or another person has to approve',
    ),
  },
  'DAY-02': {
    what: t(
      '取不到平台或支付网关的账单',
      'A bill of the platform or the payment gateway is not to be had',
    ),
    means: t('没有对账,账目不变', 'Nothing was reconciled and the books are as before'),
    todo: t(
      '次日 10 点以后再试;检查网络、平台和网关设置',
      'Try after ten on the next day; check the network, the platform and the gateway',
    ),
  },
  'PAY-03': {
    what: t('这笔钱不能这样退', 'This money cannot go back like that'),
    means: t(
      '没有退款,也没有向支付网关或平台申请',
      'Nothing went back, and neither gateway nor platform was asked',
    ),
    todo: t(
      '刷新后看还可以退多少;退款由一人申请、另一人批准',
      'Read anew how much is left; one person asks for it and another one approves',
    ),
  },
  'PAY-04': {
    what: t('支付网关没有应答', 'The payment gateway does not answer'),
    means: t(
      '出口没有二维码,也不收付款码;其他收款方式照常',
      'Exits show no code and take none; other means go on',
    ),
    todo: t(
      '检查网络和支付网关;有车等待时到出口收费或放行',
      'Check the network and the gateway; see to the cars that wait at the exits',
    ),
  },
  'PAY-05': {
    what: t('这笔 ETC 扣费还没有结果', 'It is not known yet whether this ETC charge was made'),
    means: t(
      '没有退款,也没有向平台申请:扣款成功后才能退',
      'Nothing went back and the platform was not asked: only what was charged can go back',
    ),
    todo: t(
      '等扣费有结果后再申请;长时间没有结果时先在待核对里认定',
      'Ask again when the charge has its result; find what became of it among the stays to check',
    ),
  },
  'PAY-07': {
    what: t(
      '这次停车还有一笔扣费或扫码付款没有结果',
      'Another charge or payment by code of this stay has no result yet',
    ),
    means: t(
      '没有退款:那一笔若成功会自动退给车主,现在再退就多退了',
      'Nothing went back: if it was made it goes back by itself, and the driver would get both',
    ),
    todo: t(
      '等它有结果再退;扫码的由网关给出结果,ETC 长时间没有结果时先在待核对里认定',
      'Refund when it has its result: of a code the gateway says it; what became of ETC is found among the stays to check',
    ),
  },
  'PAY-08': {
    what: t('收到一条支付通知,核对不符', 'A notification of a payment came that does not hold'),
    means: t(
      '没有据此查询,也没有改变;付款照常由车道自己查询',
      'Nothing was asked or changed by it; the lane goes on asking by itself',
    ),
    todo: t(
      '核对转发通知的服务所用的密钥和时间;不认识的来源不要列入 intake.allow',
      'Check key and clock of the service that relays notifications; list no unknown source in intake.allow',
    ),
  },
  'PAY-06': {
    what: t('平台没有收下这笔扣费的记录', 'The platform has not taken the record of this charge'),
    means: t(
      '没有退款,也没有向平台申请:平台不认识这笔扣费',
      'Nothing went back and the platform was not asked: it does not know the charge',
    ),
    todo: t(
      '先在待核对里处理这条上传记录,再申请退款',
      'See to that record among the stays to check first, then ask for the refund',
    ),
  },
  'CASH-01': {
    what: t('实收现金少于应收金额', 'The cash given is less than what is due'),
    means: t('没有记账,道闸没有抬起', 'Nothing was booked and the barrier did not open'),
    todo: t('请车主补足,或改用其他收款方式', 'Ask for the rest, or take another means'),
  },
  'CASH-02': {
    what: t('找零达到一百元,实收金额可能输错', 'The change is a hundred yuan or more'),
    means: t('没有记账,道闸没有抬起', 'Nothing was booked and the barrier did not open'),
    todo: t(
      '核对实收金额;多收的整张纸币先退还',
      'Check the amount given; hand back the note that is not needed first',
    ),
  },
  'CASH-03': {
    what: t('钱箱没有打开', 'The cash drawer was not opened'),
    means: t('现金已记账,车道照常放行', 'The cash is booked and the lane goes on'),
    todo: t('用钥匙打开钱箱,检查打印机', 'Open it with its key, and look at its printer'),
  },
  'CASH-04': {
    what: t('钱箱没有打开,没有收款', 'The cash drawer was not opened, there was no sale'),
    means: t('没有发出开箱指令,没有记为打开', 'No command went out, and no opening is recorded'),
    todo: t(
      '检查钱箱是否接在打印机上、打印机是否在线;急用时用钥匙打开',
      'See that a drawer is at a printer and that the printer answers; else use its key',
    ),
  },
  'SCAN-01': {
    what: t('扫到的不是付款码', 'What was scanned is no payment code'),
    means: t('没有发起扣款,车道照常', 'Nothing was charged and the lane goes on'),
    todo: t(
      '请车主打开付款码并刷新后再扫;付款码一次有效',
      'Ask for a payment code, renewed: each is good for one try',
    ),
  },
  'SCAN-02': {
    what: t('现在不能用付款码收费', 'No payment code can be charged now'),
    means: t('没有发起扣款,车道照常', 'Nothing was charged and the lane goes on'),
    todo: t(
      '看本车状态;正在扣款的先等结果,没有网关时改用其他收款方式',
      'Look at the car: wait for a charge that runs; without a gateway take another means',
    ),
  },
  'SCAN-03': {
    what: t('扫码器读到的内容不完整', 'The scanner read a code in part'),
    means: t('没有发起扣款,车道照常', 'Nothing was charged and the lane goes on'),
    todo: t(
      '请车主把手机亮度调高后再扫;总是如此则检查扫码器的结束符设置',
      'Ask for a brighter phone; if it goes on, check the end mark that the scanner is set to send',
    ),
  },
  'CALL-01': {
    what: t('呼叫值班员的通知没有送到', 'The call for a person did not get out'),
    means: t('呼叫仍在车道页上,车道照常', 'The call stands on the board and the lanes go on'),
    todo: t(
      '检查网络、通知地址和密钥;有车等人时请看车道页',
      'Check the network, the address of the hook and its key; look at the board',
    ),
  },
  'CALL-02': {
    what: t('这个呼叫已经有人接了,或车已离开', 'That call was taken already, or its car has gone'),
    means: t('没有改变', 'Nothing was changed'),
    todo: t('刷新车道页', 'Read the board anew'),
  },
  'SCAN-04': {
    what: t('扫码器没有连上', 'The scanner is not connected'),
    means: t(
      '这个出口现在不能扫车主的付款码,其他收款方式照常',
      'Codes of drivers are not read at that exit; other means go on',
    ),
    todo: t('检查电源、连线和端口', 'Check its power, its cable and its port'),
  },
} as const satisfies Record<string, FaultRow>
