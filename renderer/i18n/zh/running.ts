// Chinese words of settings that change while the lot runs: what waits, for what, and since when it is in force.
// Part of the words of the set-up, whose forms are used.

export const running = {
  title: '停车场设置',
  saved: '填写随时保存;确认以后才生效',
  look: '查看并确认',
  discard: '放弃没有确认的填写',
  how: '车道不停:每条车道都没有车、道闸落下后换成新的设置,大约一秒。断电时下次启动就用新的设置。',
  owner: '业主确认以后才生效。',
  do: '确认改动',
  same: '没有改动:车道就是按这些设置运行。',
  reverted: '已撤回。',
  cancel: '取消还没有生效的改动',
  inForce: '车道按这些设置运行',
  since: '车道按这些设置运行,从 {at} 起',
  waits: '已保存({by},{at}),还没有生效:',
  lanes: '等 {lanes} 的车离开、道闸落下。',
  hands: '等 {lanes} 上正在调试的设备放回。',
  now: '正在更换。',
  refused: '{at} 确认的改动没有生效:车道用它打不开,仍按原来的设置运行。改正后再确认,或撤回。',
}
