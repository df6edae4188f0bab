// Faults between a lot and the centre of many lots, at the lot (docs/centre.md).
import { t } from '../values/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most of them mean. */
const means = {
  ROWS: t(
    '车照常进出、照常收费;记录都留在本机,运营中心收不到新的',
    'Cars pass and pay as always; all rows stay on this computer, and the centre gets no new ones',
  ),
}

export const feedFaults = faultRows(means, {
  'ROWS-01': {
    what: t('运营中心没有应答', 'The centre does not answer'),
    todo: t(
      '检查网络和运营中心的地址;连上以后自动补发',
      'Check the network and the address of the centre; rows follow by themselves once it answers',
    ),
  },
  'ROWS-02': {
    what: t('运营中心没有接受配对申请', 'The centre did not accept the pairing request'),
    todo: t(
      '和运营中心的人确认后,重新申请配对,当面比对六位数字',
      'Agree with the people of the centre, then ask again and compare the six digits',
    ),
    command: 'feed pair-again',
  },
  'ROWS-03': {
    what: t('运营中心发来的证书不能用', 'The certificates from the centre do not fit'),
    means: t(
      '没有采用这些证书;车照常进出、照常收费,记录都留在本机',
      'They are not used; cars pass and pay as always, and all rows stay on this computer',
    ),
    todo: t(
      '告诉运营中心:可能有人冒充它;然后重新申请配对',
      'Tell the centre, as somebody may pretend to be it; then ask for pairing again',
    ),
    command: 'feed pair-again',
  },
  'ROWS-04': {
    what: t('运营中心不认本场的证书', 'The centre refuses the certificate of this car park'),
    todo: t(
      '和运营中心的人确认原因,再重新申请配对',
      'Ask the people of the centre for the reason, then ask for pairing again',
    ),
    command: 'feed pair-again',
  },
  'ROWS-05': {
    what: t('运营中心已有的记录和本机的不一样', 'The centre has other rows than this computer'),
    todo: t(
      '可能恢复过旧的备份,或有两台电脑用同一个编号;停用其中一台,给留下的换一个本机编号',
      'An old copy may have been restored, or two computers have one number; stop one of them and give the other a new computer number',
    ),
  },
  'ROWS-06': {
    what: t('运营中心有本机没有的记录', 'The centre has rows that this computer does not have'),
    todo: t(
      '可能恢复过旧的备份;不要再换回别的备份,请技术支持处理,然后换一个本机编号',
      'An old copy may have been restored; restore no other one, ask support, then give this computer a new number',
    ),
  },
  'ROWS-07': {
    what: t('运营中心读不了一条记录', 'The centre cannot read a row'),
    todo: t(
      '请运营中心的人放行这一条;放行后十分钟内自动继续',
      'Ask the people of the centre to let it pass; the rest follows within ten minutes',
    ),
  },
  'ROWS-08': {
    what: t('运营中心看不懂本机的请求', 'The centre does not accept the form of the requests'),
    todo: t(
      '两边的程序版本不合;更新较旧的一边',
      'Both programs do not fit each other; update the older one',
    ),
  },
  'ROWS-09': {
    what: t(
      '本机读不出要发给运营中心的记录',
      'The rows for the centre cannot be read on this computer',
    ),
    todo: t('检查账本', 'Check the ledger'),
    command: 'ledger verify',
  },
  'ROWS-20': {
    what: t('运营中心看不懂本机的心跳', 'The centre does not accept the form of the heartbeats'),
    means: t(
      '车照常进出、照常收费,记录照常发送;运营中心看不到本场现在的状态',
      'Cars pass and pay, and rows are sent as always; the centre does not see the present state of this car park',
    ),
    todo: t(
      '两边的程序版本不合;更新较旧的一边',
      'Both programs do not fit each other; update the older one',
    ),
  },
})
