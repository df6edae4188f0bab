// Faults of the centre of many lots: its database, its doors and its desk.
import { t } from '../values/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most of them mean. */
const means = {
  CENTRE: t(
    '运营中心没有运行;停车场照常收费,记录留在各停车场,等运营中心恢复后补发',
    'The centre does not run; the car parks charge as always, keep their rows, and send them when the centre is back',
  ),
}

export const centreFaults = faultRows(means, {
  'CENTRE-04': {
    what: t(
      '数据库是更新版本的运营中心建的',
      'The database was made by a newer version of the centre',
    ),
    todo: t(
      '用那个版本或更新的程序打开;数据没有改动',
      'Open it with that version of the program or a newer one; nothing in it was changed',
    ),
  },
  'CENTRE-21': {
    what: t('证书请求不合规定', 'A request for a certificate breaks a rule'),
    means: t('没有签发证书', 'No certificate was issued'),
    todo: t(
      '在停车场一端重新发起配对;还是这样就核对两边的程序版本',
      'Start the pairing again at the car park; if it happens again, compare the versions of both programs',
    ),
  },
  'CENTRE-22': {
    what: t('这个配对请求不能再处理', 'This request for pairing can no longer be decided'),
    means: t('没有改动任何东西', 'Nothing was changed'),
    todo: t(
      '刷新列表;需要时在停车场一端重新发起配对',
      'Read the list again; if needed, start the pairing again at the car park',
    ),
  },
  'CENTRE-23': {
    what: t(
      '运营中心的证书密钥缺失或损坏',
      'The keys of the centre’s authority are missing or damaged',
    ),
    todo: t(
      '从备份恢复所示文件;换新密钥会让所有停车场都要重新配对',
      'Restore the file shown from a backup; with a new key every car park would have to be paired again',
    ),
  },
  'CENTRE-24': {
    what: t('停车场接入地址不能使用', 'The address for the car parks cannot be used'),
    todo: t(
      '换一个地址或端口,或先停止占用它的程序',
      'Choose another address or port, or stop the program that uses it',
    ),
  },
})
