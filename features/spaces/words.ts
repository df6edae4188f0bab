// Words of the page of spaces.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const spaces = {
  count: t('{count} 个泊位,{free} 个空闲', '{count} spaces, {free} free'),
  is: { free: t('空闲', 'Free'), occupied: t('有车', 'Occupied'), unknown: t('未知', 'Unknown') },
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
  never: t('还没有', 'Never'),
  camera: t('相机', 'Camera'),
  preset: t('预置位 {preset}', 'preset {preset}'),
  sensor: t('检测器', 'Sensor'),
  picture: t('照片', 'Picture'),
  trust: t('画面看过了', 'Picture looked at'),
}
