// Words of the frame around the pages of the centre, and those that several pages use.
import { t } from '../../../firmware-runtime/core/values/fault-text.ts'

export const shell = {
  title: t('运营中心', 'Centre of car parks'),
  entries: t('页面', 'Pages'),
  notCounted: t('还有 {count} 行没计入', '{count} rows still to come'),
  told: t('按心跳 {money}', 'by heartbeat {money}'),
  weekdays: [
    t('周日', 'Sun'),
    t('周一', 'Mon'),
    t('周二', 'Tue'),
    t('周三', 'Wed'),
    t('周四', 'Thu'),
    t('周五', 'Fri'),
    t('周六', 'Sat'),
  ],
  ago: t('{age}前', '{age} ago'),
  heard: t('{age}前收到', 'received {age} ago'),
  notHeard: t('还没有收到', 'nothing received yet'),
  stale: t(
    '{age}没有新数据,下面的数字是那时的',
    'No new data for {age}; the figures below are from then',
  ),
  retry: t('再试一次', 'Try again'),
  code: t('代码 {code}', 'Code {code}'),
  cancel: t('取消', 'Cancel'),
  reason: t('原因', 'Reason'),
  reasons: {
    required: t('必填:这一步不能撤销', 'Required: this step cannot be undone'),
    asked: t('必填', 'Required'),
    optional: t('可不填', 'Optional'),
  },
  sound: {
    on: t('声音:开', 'Sound: on'),
    off: t('声音:关', 'Sound: off'),
    blocked: t(
      '点一下页面,浏览器才会出声',
      'Touch the page once: until then the browser makes no sound',
    ),
    why: t(
      '有急事、没有人认领、也没有静音时,每隔几秒响一次;退出登录后不响。',
      'Repeated while there is an urgent matter that nobody has taken and that is not quiet; ends with the session.',
    ),
  },
  person: t('我的账户', 'My account'),
  secret: t('换密码', 'Change password'),
  leave: t('退出登录', 'Sign out'),
  dark: t('深色', 'Dark'),
  light: t('浅色', 'Light'),
  state: {
    stopped: t('停在待办', 'Stopped: see to do'),
    noKeys: t('没有有效密钥', 'No valid key'),
    never: t('还没有收到', 'Nothing yet'),
    silent: t('没有动静', 'Silent'),
    fresh: t('正常接收', 'Receiving'),
  },
}
