// Words of the page of one device.
import { t } from '#base/pure/words/fault-text.ts'

export const device = {
  now: t('现在', 'Now'),
  state: t('状态', 'State'),
  link: t('接在', 'Connected at'),
  detail: t('设备说', 'It says'),
  clock: t('时钟差', 'Clock offset'),
  notUnderstood: t('读不懂的报文', 'Messages not understood'),
  notLive: t('不是当时的读数', 'Readings that were not live'),
  since: t('启动以来 {count} 条', '{count} since the start'),
  settings: t('停车场里的设定', 'Settings in the car park'),
  what: t('设定', 'Setting'),
  value: t('值', 'Value'),
  by: t('来自', 'From'),
  settingsNone: t('没有为它单独设定什么', 'Nothing is set for it alone'),
  gone: t('这条车道没有这种设备', 'This lane has no such device'),
  goneWhy: t(
    '它可能已经从停车场里拿掉。回到“全部设备”看现在有哪些。',
    'It may have been taken out of the car park. All devices shows what is there now.',
  ),
  photo: t('最近拍的车', 'Last car it saw'),
  parts: t('这台设备', 'This device'),
}
