// Words of the status list: how old it is, where it comes from, and when lanes stop to debit cards by themselves.
// What failed has its words in the fault table.
import { t } from '#base/pure/words/fault-text.ts'

export const list = {
  state: t('时效', 'Age'),
  stateOf: {
    fresh: t('新的', 'fresh'),
    old: t('下载晚了', 'download is late'),
    expired: t('超过时限,车道不自行扣卡', 'past its limit: lanes do not debit cards on their own'),
    none: t('还没有名单', 'no list yet'),
  },
  age: t('{age}前', '{age} ago'),
  version: t('版本', 'Version'),
  sourceOf: {
    platform: t('平台签过名', 'signed by the platform'),
    file: t('停车场文件夹里的文件,没有签名', 'file in the car park folder, not signed'),
    none: t('没有来源', 'no source'),
  },
  edition: t('第 {version} 版', 'edition {version}'),
  empty: t('名单是空的', 'the list is empty'),
  count: t('{n} 个卡号和标签号', '{n} cards and OBUs'),
  until: t('扣卡用到', 'Cards are debited until'),
  next: t('下次下载', 'Next download'),
  nobody: t('没有接入平台,不下载', 'not connected to a platform, nothing is downloaded'),
  now: t('现在下载', 'Download now'),
  full: t('下载全量', 'Download the whole list'),
  take: t('用优盘导入', 'Import from a stick'),
  running: t('正在下载…', 'Downloading…'),
  did: t('名单已是最新', 'The list is up to date'),
  why: t(
    '每 15 分钟下载一次变化,每天下载一次全量;签名、版本和时间不对的一律不用,继续用原来的名单。',
    'Changes are downloaded every 15 minutes, the whole list once a day. A download with a wrong signature, version or time is not used; the previous list stays.',
  ),
  thisLane: t('本车道', 'this lane'),
  ends: t(
    '{time} 起{lane}不再自行扣卡({why});之后:{then}',
    'From {time}, {lane} stops debiting cards on its own ({why}); then: {then}',
  ),
  ended: t(
    '{lane}从 {time} 起不再自行扣卡({why});现在:{then}',
    'Since {time}, {lane} has not debited cards on its own ({why}); now: {then}',
  ),
  whyOf: {
    listTooOld: t('状态名单过旧', 'the status list is too old'),
    signInExpired: t('天线签到到期', "the antenna's sign-in expires"),
  },
  thenOf: {
    code: t('扫码支付或人工', 'payment by code, or a person'),
    person: t('人工处理', 'a person'),
  },
}
