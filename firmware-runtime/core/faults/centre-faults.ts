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

const nothing = t(
  '没有执行任何操作;停车场照常收费和发送记录',
  'Nothing was done; the car parks charge and send their rows as always',
)
const notSignedIn = t(
  '没有登录;停车场照常收费和发送记录',
  'You are not signed in; the car parks charge and send their rows as always',
)

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
  'CENTRE-31': {
    what: t(
      '管理台在本机以外的地址上没有证书',
      'The desk has no certificate for an address beyond this computer',
    ),
    todo: t(
      '用本机地址打开管理台,或给它密钥和证书',
      'Open the desk on a loopback address, or give it a key and a certificate',
    ),
  },
  'CENTRE-32': {
    what: t('姓名或密码不对', 'The name or the password is wrong'),
    means: notSignedIn,
    todo: t(
      '再输入一次;连续错五次会锁定 15 分钟',
      'Enter it again; after five wrong tries in a row this person is locked for 15 minutes',
    ),
  },
  'CENTRE-33': {
    what: t('密码连续错了五次,这个人暂时锁定', 'Locked after five wrong passwords in a row'),
    means: notSignedIn,
    todo: t('锁定结束后再登录', 'Sign in when the lock has ended'),
  },
  'CENTRE-34': {
    what: t('还没有登录,或登录已结束', 'You are not signed in, or the session has ended'),
    means: nothing,
    todo: t('请登录', 'Sign in'),
  },
  'CENTRE-35': {
    what: t('一次性密码还没有换', 'The one-time password has not been changed yet'),
    means: nothing,
    todo: t('先换一个自己的密码', 'Set your own password first'),
  },
  'CENTRE-36': {
    what: t('新密码不合规定', 'The new password breaks a rule'),
    means: t('密码没有换', 'The password was not changed'),
    todo: t(
      '用 10 到 64 个字符,不含姓名,和现在的不同',
      'Use 10 to 64 characters, without the name, and not the present one',
    ),
  },
  'CENTRE-37': {
    what: t('没有写原因', 'No reason was given'),
    means: nothing,
    todo: t('写明原因后再做:这一步不能撤销', 'Give the reason: this step cannot be undone'),
  },
  'CENTRE-38': {
    what: t(
      '没有找到,或者刚才已由别人处理',
      'It was not found, or somebody else has dealt with it meanwhile',
    ),
    means: nothing,
    todo: t('看页面上的最新情况', 'Look at what the page shows now'),
  },
  'CENTRE-39': {
    what: t('运营中心没有完成这次请求', 'The centre could not complete this request'),
    means: t(
      '停车场照常收费;它们的记录留在各停车场,稍后再发',
      'The car parks charge as always; they keep their rows and send them later',
    ),
    todo: t(
      '过一会儿再试;一直不行时,把数据库和程序的日志交给技术支持',
      'Try again in a while; if it stays so, give the logs of the database and of the program to support',
    ),
  },
})
