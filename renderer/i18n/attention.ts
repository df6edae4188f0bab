// Words of what a person must do now: the line above every page, its count and its sound.
// One sentence a row: where, what, since when.
import { t } from '#base/pure/words/fault-text.ts'

export const attention = {
  car: t(
    '{lane} 有车等待人工:{plate},{reason}',
    '{lane}: a car is waiting for help: {plate}, {reason}',
  ),
  device: t('{lane} {device}失联', '{lane}: {device} lost'),
  deviceWhy: t('{lane} {device}失联:{why}', '{lane}: {device} lost: {why}'),
  boom: t('{lane} 道闸没有收到命令就抬起', '{lane}: the barrier rose without a command'),
  boomLeftUp: t(
    '{lane} 道闸开着,不会自己落下:车可能未付费离开',
    '{lane}: the boom is up and does not come down by itself; cars may leave unpaid',
  ),
  printer: t('收据打印机 {printer} 不能打印{why}', 'Receipt printer {printer} cannot print{why}'),
  receipts: t(
    '{count} 张收据没有印出,打印机 {printer}{why}',
    '{count} receipts did not print, printer {printer}{why}',
  ),
  since: {
    car: t('已等 {age}', 'for {age}'),
    device: t('已 {age}', 'for {age}'),
    boom: t('{age}前', '{age} ago'),
    raised: t('{age}前', '{age} ago'),
    call: t('{age}前', '{age} ago'),
    printer: t('已 {age}', 'for {age}'),
  },
  call: t('{lane} 呼叫值班员:{cause}{hook}', '{lane}: call for the attendant: {cause}{hook}'),
  cause: {
    button: t('车道按钮', 'button at the lane'),
    waiting: t('车辆久等', 'a car has waited too long'),
    noMeans: t('出不了二维码,车辆无法缴费', 'no payment code, so the car cannot pay'),
    asked: t('对讲或其他程序', 'intercom or another program'),
  },
  hook: {
    none: t(',未设外部通知', ', no outside notification set'),
    sending: t(',正在通知', ', notifying'),
    sent: t(',已通知', ', notified'),
    notSent: t(',通知没有送到', ', notification failed'),
  },
  takeCall: t('我来处理', 'I take it'),
  taken: t('接听呼叫', 'call taken'),
  somebody: t('值班员', 'attendant'),
  go: t('去处理', 'Go there'),
  more: t('还有 {count} 件', '{count} more'),
  less: t('收起', 'Less'),
  mute: t('静音', 'Mute'),
  soundOn: t('提示音已关,打开', 'Sound is off: turn on'),
  count: t('{count} 件待处理', '{count} to deal with'),
}
