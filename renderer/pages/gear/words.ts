// Words of the page of all devices; their states have the words of the dots in the top bar.
import { t } from '#base/pure/words/fault-text.ts'

export const gear = {
  well: t('✓ {count} 台设备都在线', '✓ All {count} devices are online'),
  lost: t('▲ {count} 台设备,{lost} 台不在线', '▲ {lost} of {count} devices are not online'),
  lane: t('车道', 'Lane'),
  device: t('设备', 'Device'),
  state: t('状态', 'State'),
  link: t('连接', 'Link'),
  detail: t('说明', 'Details'),
  open: t('打开', 'Open'),
  search: t('查找车道、设备或地址', 'Find a lane, device or address'),
  none: t('还没有设备', 'No device yet'),
  noneWhy: t(
    '在“查找”里找到的设备,写进停车场以后列在这里',
    'Devices that were found and written to the car park are listed here',
  ),
}
