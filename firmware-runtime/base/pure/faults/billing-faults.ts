// Faults of what a lot publishes for billing systems of other makers: its files, its port, and the rights in the lot file.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most of them mean. */
const means = {
  BILLING: t(
    '别家的计费系统送不了订单;车由它自己收费,本机的车道不受影响',
    'Billing systems of other makers cannot send orders and charge cars in their own way; the lanes here are not affected',
  ),
}
const untilRestart = t(
  '计费系统的证书一分钟内自动启用,接口自己的要重新启动本程序',
  'A certificate of a billing system is used within a minute, one of the interface itself after the next start of the program',
)

export const billingFaults = faultRows(means, {
  'BILLING-01': {
    what: t(
      '计费系统接口的密钥或证书不能用',
      'A key or certificate of the billing interface cannot be used',
    ),
    todo: t(`放好所示的文件。${untilRestart.zh}`, `Provide the file shown. ${untilRestart.en}`),
    command: 'access keys',
  },
  'BILLING-02': {
    what: t(
      '计费系统接口的网卡或端口不能用',
      'The network card or port of the billing interface cannot be used',
    ),
    todo: t(
      '在停车场文件里写这台电脑的网卡和一个空的端口,再重新启动本程序',
      'Write a network card of this computer and a free port in the lot file, then start the program again',
    ),
  },
  'BILLING-03': {
    what: t(
      '计费系统接口的证书一个月内到期',
      'A certificate of the billing interface expires within a month',
    ),
    means: t(
      '到期后这个计费系统送不了订单,车由它自己收费',
      'After it expires, the billing system cannot send orders and charges cars in its own way',
    ),
    todo: t(
      `现在就和对方换证书:计费系统的文件里可以同时有新旧两张。${untilRestart.zh}`,
      `Exchange certificates with the other side now: the file of a billing system may hold the old and the new one. ${untilRestart.en}`,
    ),
  },
  'BILLING-04': {
    what: t(
      '计费系统接口的证书不在有效期内',
      'A certificate of the billing interface is not within its validity period',
    ),
    todo: t(
      '先核对本机时钟:有效期起止和本机时间在说明里;时钟无误就和对方换证书',
      'Check the clock of this computer first: the note gives the validity dates and the time here; if it is right, exchange certificates with the other side',
    ),
  },
  'BILLING-05': {
    what: t(
      '车道的计费系统没有送订单的权限',
      'The billing system of a lane has no right to send orders',
    ),
    todo: t('在停车场文件里给它订单的权限', 'Give it the right `orders` in the lot file'),
  },
  'BILLING-06': {
    what: t(
      '有送订单权限的计费系统没有车道',
      'A billing system with the right to send orders has no lane',
    ),
    todo: t(
      '在车道的设置里选它,或去掉它的订单权限',
      'Name it in `ordersFrom` of a lane, or remove its right `orders`',
    ),
  },
  'BILLING-07': {
    what: t('推送地址没有收下事件', 'The webhook of a partner takes no events'),
    means: t(
      '车照常进出,事件都留着,按顺序再推',
      'Cars pass as always; the events are kept and sent again in their order',
    ),
    todo: t(
      '请对方查看推送地址、证书和应答;对方也可以来取',
      'Ask the partner to check address, certificate and answer; it may also fetch the events',
    ),
  },
})
