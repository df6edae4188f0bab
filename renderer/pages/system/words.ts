// Words of the card about the centre of many lots on the page of the system.
import { t } from '#base/pure/words/fault-text.ts'
import { centreRow } from '#base/pure/lot/service-members.ts'

export const centre = {
  title: centreRow.words,
  state: t('状态', 'State'),
  is: {
    asking: t('正在申请配对', 'Asking for pairing'),
    pending: t('等运营中心的人接受', 'Waiting for a person at the centre'),
    refused: t('申请被拒绝', 'Refused'),
    expired: t('申请过期了', 'The request has ended'),
    unfit: t('证书不能用', 'The certificates do not fit'),
    joined: t('已配对', 'Paired'),
  },
  compare: t(
    '请运营中心的人比对这六位数字,一样才接受',
    'A person at the centre compares these digits and accepts only if they are the same',
  ),
  rows: t('记录', 'Rows'),
  all: t('全部已在运营中心', 'All are at the centre'),
  backlog: t('还有 {count} 条没有发到', '{count} rows still to come'),
  heard: t('最近应答', 'Last answer'),
  beat: t('最近心跳', 'Last heartbeat'),
  never: t('启动以来没有应答', 'None since the start'),
  until: t('证书有效到', 'Certificates end on'),
  again: t('重新申请配对', 'Ask for pairing again'),
}
