// Words of what stands beside the lanes, as the set-up asks for it: gateway, printers, scanners, rules, time.
// Part of the words of the set-up.
import { t } from '#base/pure/words/fault-text.ts'
import { updatesRow } from '#base/pure/lot/update-members.ts'

export const setupBeside = {
  gateway: {
    title: t('扫码支付网关', 'Gateway for payment by code'),
    none: t('没有:ETC 扣不了的车由人收费', 'none: a person takes payment if ETC fails'),
    has: t('ETC 扣不了时,让司机扫码付款', 'Let drivers pay by code if ETC fails'),
    key: {
      set: t('密钥已封存在这台电脑上', 'The key is sealed on this computer'),
      absent: t('还没有密钥:扫码支付不能用', 'No key yet: payment by code does not work'),
      none: t('保存上面的内容后放入密钥', 'Enter the key once the above is saved'),
    },
    keyWhy: t(
      '一行,编号:64 位十六进制数字。封存以后不再显示,也不写进任何文件',
      'One line: id and 64 hexadecimal digits. Once sealed, it is not shown again and not written to any file',
    ),
  },
  printers: {
    title: t('收据打印机', 'Receipt printers'),
    none: t('没有', 'none'),
    count: t('{count} 台', '{count}'),
    one: t('打印机 {id}', 'Printer {id}'),
    link: t('地址', 'Address'),
    like: t(
      '例如 tcp://192.168.1.60:9100,或 serial:/dev/ttyUSB0。USB 设备先查找,再从找到的设备里选',
      'For example tcp://192.168.1.60:9100 or serial:/dev/ttyUSB0. For USB, search first, then choose a found device',
    ),
    at: t('放在', 'Located at'),
    lot: t('整个停车场共用', 'the whole car park'),
    add: t('加一台打印机', 'Add a printer'),
    remove: t('移除这台打印机', 'Remove this printer'),
  },
  scanners: {
    title: t('出口扫码器', 'Exit scanners'),
    none: t('没有', 'none'),
    count: t('{count} 台', '{count}'),
    keyboard: t(
      '像键盘一样打字的扫码器,值班员开着窗口时不用在这里填。无人出口(Linux)请从查找设备页加进来,它打的字就只归这条车道。',
      'A keyboard-type scanner needs no entry here if an attendant has the window open. At an unattended exit (Linux), add it from the find page; its input then goes only to this lane.',
    ),
    one: t('扫码器 {id}', 'Scanner {id}'),
    link: t('地址', 'Address'),
    like: t(
      '例如 serial:/dev/ttyUSB0 或 tcp://192.168.1.70:4001。USB 设备先查找,再从找到的设备里选',
      'For example serial:/dev/ttyUSB0 or tcp://192.168.1.70:4001. For USB, search first, then choose a found device',
    ),
    at: t('装在出口', 'At the exit'),
    add: t('加一台扫码器', 'Add a scanner'),
    remove: t('移除这台扫码器', 'Remove this scanner'),
  },
  rules: {
    title: t('核对、退还和设备的限值', 'Limits for checks, refunds and devices'),
    standard: t('都是标准值', 'all standard'),
  },
  time: {
    title: t('电脑时钟', 'Computer clock'),
    none: t('没有时间来源:只和平台的时间比', 'no time source: compared only with the platform'),
  },
  updates: { title: updatesRow.words, none: t('没有写从哪里来', 'no place is named') },
}
