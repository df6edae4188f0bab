// Words of settings that change while the lot runs: what waits, for what, and since when it is in force.
// Part of the words of the set-up, whose forms are used.
import { t } from '#base/pure/words/fault-text.ts'

export const running = {
  title: t('停车场设置', 'Settings of the car park'),
  saved: t('填写随时保存;确认以后才生效', 'Saved as you type; takes effect once confirmed'),
  look: t('查看并确认', 'Review and confirm'),
  discard: t('放弃没有确认的填写', 'Discard unconfirmed edits'),
  how: t(
    '车道不停:每条车道都没有车、道闸落下后换成新的设置,大约一秒。断电时下次启动就用新的设置。',
    'The lanes keep running. Once every lane is empty and its boom is down, they switch to the new settings in about a second. After a power cut, the next start uses them.',
  ),
  owner: t('业主确认以后才生效。', 'It takes effect once an owner confirms it.'),
  do: t('确认改动', 'Confirm the changes'),
  same: t(
    '没有改动:车道就是按这些设置运行。',
    'Nothing changed: the lanes already run on these settings.',
  ),
  reverted: t('已撤回。', 'Undone.'),
  cancel: t('取消还没有生效的改动', 'Cancel changes not in force'),
  inForce: t('车道按这些设置运行', 'The lanes run on these settings'),
  since: t('车道按这些设置运行,从 {at} 起', 'The lanes have run on these settings since {at}'),
  waits: t('已保存({by},{at}),还没有生效:', 'Saved ({by}, {at}), not in force yet:'),
  lanes: t(
    '等 {lanes} 的车离开、道闸落下。',
    'waiting for the car in {lanes} to leave and the boom to come down.',
  ),
  hands: t(
    '等 {lanes} 上正在调试的设备放回。',
    'waiting for a device of {lanes} that is being adjusted to be put back.',
  ),
  now: t('正在更换。', 'being applied now.'),
  refused: t(
    '{at} 确认的改动没有生效:车道用它打不开,仍按原来的设置运行。改正后再确认,或撤回。',
    'The changes confirmed at {at} did not take effect: the lanes cannot open with them and keep the old settings. Correct and confirm again, or undo.',
  ),
}
