// Faults between a lot and the centre of many lots, at the lot (docs/centre.md).
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most of them mean. */
const means = {
  ROWS: t(
    '车照常进出、照常收费;记录都留在本机,运营中心收不到新的',
    'Cars pass and pay as always; all rows stay on this computer, and the centre gets no new ones',
  ),
}

const notStarted = t(
  '车道没有启动,没有写入新的记录;已取回并证明的记录保留',
  'The lanes did not start and no new row was written; rows that are back and proven stay',
)

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
  'ROWS-10': {
    what: t(
      '这个停车场从副本恢复,运营中心那边更新的记录还没有取回',
      'This car park was restored from a copy, and its later rows at the centre are not back yet',
    ),
    means: notStarted,
    todo: t(
      '先从运营中心取回;实在取不到,再决定不取就继续',
      'Fetch them from the centre first; only if that is impossible, decide to go on without them',
    ),
    command: 'ledger fetch-back',
  },
  'ROWS-11': {
    what: t(
      '运营中心的记录和本机的不是同一段历史',
      'The rows at the centre are another history than those of this computer',
    ),
    means: notStarted,
    todo: t(
      '查清是否有另一台电脑用本场的编号运行过;和技术支持商定后,不取就继续,并换一个本机编号',
      'Find out whether another computer ran under the number of this one; agree with support, then go on without these rows and with a new computer number',
    ),
  },
  'ROWS-12': {
    what: t(
      '运营中心给回的记录缺失、被改过或不是本场的',
      'The rows that the centre gave back are incomplete, changed or of another car park',
    ),
    means: notStarted,
    todo: t(
      '告诉运营中心是哪一条,请他们检查数据库;之后再取',
      'Tell the centre which row it is, and ask for a check of its database; then fetch again',
    ),
    command: 'ledger fetch-back',
  },
  'ROWS-13': {
    what: t('运营中心给回的记录没有证明', 'Nothing proves the rows that the centre gave back'),
    means: notStarted,
    todo: t(
      '告诉运营中心从哪一条起;查不清时,和技术支持商定后不取就继续',
      'Tell the centre from which row on; if it cannot be cleared up, agree with support and go on without them',
    ),
    command: 'ledger fetch-back',
  },
  'ROWS-14': {
    what: t(
      '运营中心没有一条记录的原文,后面的取不回来',
      'The centre does not have the text of a row, so those after it cannot come back',
    ),
    means: notStarted,
    todo: t(
      '前面的已经取回;不取其余的就继续,并换一个本机编号',
      'Those before it are back; go on without the rest, and with a new computer number',
    ),
    command: 'ledger fetch-back',
  },
  'ROWS-15': {
    what: t('没能向运营中心取回记录', 'The centre could not be asked for the rows'),
    means: notStarted,
    todo: t(
      '检查网络,和运营中心的人确认;之后再取,会从停下的地方继续',
      'Check the network and ask the people of the centre; fetch again later, it goes on where it ended',
    ),
    command: 'ledger fetch-back',
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
