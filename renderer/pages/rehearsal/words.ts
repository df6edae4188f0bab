// Words of the page of exposure and outage rehearsals.
// A rehearsal is of the real lot: each sentence says what cars meet.
import { t } from '#base/pure/words/fault-text.ts'

export const rehearsal = {
  exposure: t('断网风险', 'Offline risk'),
  dial: {
    total: t('未入账金额', 'Not yet booked'),
    count: t('待传扣费笔数', 'Charges to upload'),
    oldest: t('最早一笔', 'Oldest charge'),
    list: t('状态名单时效', 'Age of the status list'),
  },
  dialNone: {
    oldest: t('没有待传的', 'none waiting'),
    list: t('还没有收到名单', 'no list received yet'),
  },
  of: t('{now},上限 {cap}', '{now} of {cap}'),
  arrears: t('欠费 {count} 笔,{amount}', '{count} arrears, {amount}'),
  policy: {
    'other-payment': t('断网时改用其他方式缴费', 'offline: other payment is taken'),
    'settle-later': t('断网时放行,记为欠费', 'offline: cars leave and owe'),
    'accept-within-caps': t('断网时在上限内扣卡', 'offline: cards are debited within the caps'),
  },
  now: t('现在', 'Now'),
  begin: t('开始演练', 'Begin a rehearsal'),
  beginDo: t('切断 {min} 分钟', 'Cut for {min} min'),
  end: t('提前恢复', 'Restore early'),
  endDo: t('立即恢复', 'Restore now'),
  none: t('没有演练。车道照常工作。', 'No rehearsal is running. The lanes work normally.'),
  bar: t('现在不能开始:{why}', 'Cannot start now: {why}'),
  phase: {
    cut: t(
      '正在演练:{what}已切断,{left} 后自动恢复',
      'Rehearsal: {what} is cut off, restored automatically in {left}',
    ),
    settling: t(
      '已恢复,等{what}重新应答,最多 {left}',
      'Restored; waiting up to {left} for {what} to answer',
    ),
  },
  sofar: t('已离场 {cars} 辆,最长等待 {wait}', '{cars} cars out, longest wait {wait}'),
  last: t('上一次演练', 'The last rehearsal'),
  grade: t('评分', 'Grade'),
  gradeOf: {
    passed: t('通过', 'Passed'),
    slow: t('有车等得太久', 'A car waited too long'),
    failed: t('未通过', 'Not passed'),
    notJudged: t(
      '没有结论:断开期间没有车放行离场,或程序中途退出',
      'Not judged: no car was cleared and left during the cut, or the program ended in the middle',
    ),
    noCars: t('没有车来,没有结论', 'No car came, no result'),
  },
  what: t('切断的对象', 'What is cut'),
  cut: {
    platform: t('平台', 'Platform'),
    network: t('网络', 'Network'),
    camera: t('相机', 'Camera'),
    rsu: t('天线', 'Antenna'),
    time: t('时间来源', 'Time sources'),
  },
  by: {
    time: t('到时恢复', 'restored on time'),
    person: t('人工提前恢复', 'restored early by a person'),
    restart: t('程序重启,已恢复', 'restored by a restart'),
  },
  cars: t('离场车辆', 'Cars out'),
  waited: t('最长等待', 'Longest wait'),
  lost: t('少收', 'Lost'),
  doubled: t('重复收取', 'Taken twice'),
  restored: t('已恢复应答', 'Answers again'),
  yes: t('是', 'yes'),
  no: t('否', 'no'),
  minutes: t('分钟(1 至 30)', 'Minutes (1 to 30)'),
  warn: t(
    '这是真实车道:演练期间来的车会遇到断开的设备,请安排人在场。',
    'This is the real lane: cars arriving during the rehearsal meet the outage. Have someone on site.',
  ),
  warnDemo: t(
    '这是演示:断开的是模拟的设备,没有真车。',
    'This is a demo: the devices that are cut off are simulated, and no real car comes.',
  ),
  why: t(
    '演练只切断程序到这一对象的通路,道闸不切断。到时间、人工结束或程序退出都会恢复。评分只看账本:车是否按时离场,钱是否少收或重复收取。',
    "Only the program's connection to it is cut, never the barrier. It is restored when the time is up, a person ends it or the program exits. The grade uses only the ledger: cars out on time, no money lost or taken twice.",
  ),
}
