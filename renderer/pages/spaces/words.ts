// Words of the page of spaces.
import { t } from '#base/pure/words/fault-text.ts'

export const spaces = {
  count: t('{count} 个泊位', '{count} spaces'),
  is: {
    free: t('空闲', 'Free'),
    occupied: t('有车', 'Occupied'),
    over: t('有车,停放超时', 'Occupied, over the limit'),
    unknown: t('未知', 'Unknown'),
  },
  tile: {
    free: t('空闲', 'Free'),
    occupied: t('有车', 'Occupied'),
    over: t('超时', 'Over limit'),
    unknown: t('未知', 'Unknown'),
  },
  doubt: {
    blind: t('未知:相机被遮挡或没有画面', 'Unknown: the camera is covered or has no picture'),
    turned: t('未知:相机被转动过', 'Unknown: the camera was turned'),
    unchecked: t(
      '未知:启动以后还没有人看过画面',
      'Unknown: nobody looked at its picture since the start',
    ),
    frozen: t('未知:相机画面不动', 'Unknown: the picture of the camera stands still'),
    flips: t('未知:检测器反复跳变', 'Unknown: its sensor flips'),
    contradicted: t('未知:两个检测器说法不同', 'Unknown: its two watchers contradict'),
  },
  doubted: {
    blind: t('未知 遮挡', 'Covered'),
    turned: t('未知 转动', 'Turned'),
    frozen: t('未知 静止', 'Frozen'),
    flips: t('未知 跳变', 'Flips'),
    contradicted: t('未知 矛盾', 'Contradicted'),
  },
  views: t('显示方式', 'View'),
  board: t('路段图', 'Streets'),
  list: t('列表', 'List'),
  inStreet: t('{count} 个泊位', '{count} spaces'),
  noStreet: t('泊位', 'Spaces'),
  never: t('还没有', 'Never'),
  camera: t('相机', 'Camera'),
  preset: t('预置位 {preset}', 'preset {preset}'),
  sensor: t('检测器', 'Sensor'),
  picture: t('照片', 'Picture'),
  read: t('读车', 'Read the car'),
  trust: t('画面看过了', 'Picture looked at'),
  stay: t('停车经过', 'Timeline'),
}
