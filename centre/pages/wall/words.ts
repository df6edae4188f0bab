// Words of the screen on a wall, and of those that a person has left open.
import { t } from '../../../firmware-runtime/core/values/fault-text.ts'

export const words = {
  taken: t('今日收费', 'Takings today'),
  told: t(
    '按心跳 {money},还有 {count} 行没计入',
    '{money} by heartbeat, {count} rows still to come',
  ),
  toCome: t('还有 {count} 行没计入', '{count} rows still to come'),
  allIn: t('记录已全部计入', 'all rows are counted'),
  use: t('车位使用率', 'Use of spaces'),
  ofCapacity: t('共 {count} 个车位', 'of {count} spaces'),
  entered: t('今日进场', 'Entered today'),
  left: t('出场 {count}', 'left {count}'),
  inside: t('场内车辆', 'Cars inside'),
  free: t('空车位', 'Free spaces'),
  freeOf: t('空 {count}', '{count} free'),
  lots: t('停车场 {count} 个', 'Car parks: {count}'),
  bad: t('{count} 个没有动静或停止接收', 'silent or not received: {count}'),
  pages: t('第 {page} / {pages} 页', 'Page {page} of {pages}'),
  age: t('{age}前更新', 'updated {age} ago'),
  stale: t('{age}没有新数据,数字是那时的', 'No new data for {age}: these figures are from then'),
  back: t('返回', 'Back'),
  open: t('常开大屏', 'Keep a wall view open'),
  openWhy: t(
    '这个浏览器变成大屏:只能看今日和停车场,不会因为没人操作而退出,您在这里的登录结束。只在别人碰不到的屏幕上打开。',
    'This browser becomes a wall view: it shows today and the car parks and nothing else, does not end by idleness, and your session here ends. Open it only on a screen that others cannot take away.',
  ),
  openName: t('这块屏幕叫什么', 'Name of this screen'),
  openDo: t('变成大屏', 'Make it a wall view'),
  look: t('只看一下', 'Just look'),
  own: t('我开着的大屏', 'My wall views'),
  none: t('没有', 'None'),
  name: t('屏幕', 'Screen'),
  since: t('开于', 'Since'),
  seen: t('最近在线', 'Last on'),
  end: t('结束', 'End'),
  endWhy: t(
    '换密码会结束全部大屏;三十天没有开机的自动结束。',
    'A change of your password ends all of them; one that was off for thirty days ends by itself.',
  ),
  close: t('关闭', 'Close'),
}
