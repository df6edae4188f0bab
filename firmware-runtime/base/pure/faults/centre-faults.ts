// Faults of the centre of many lots: its database, its doors and its desk.
import { t } from '../words/fault-text.ts'
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
  'CENTRE-01': {
    what: t('没有 PostgreSQL 15 或更新版本', 'There is no PostgreSQL of version 15 or later'),
    todo: t(
      '在这台电脑上安装系统自带的 PostgreSQL 服务器,或指定一个已有的服务器',
      "Install the PostgreSQL server of this computer's system, or name an existing server",
    ),
    command: 'centre --data DIR --postgres URL',
  },
  'CENTRE-02': {
    what: t('另一个程序正在运行这个运营中心', 'Another program is running this centre'),
    means: t('正在运行的运营中心不受影响', 'The running centre is not affected'),
    todo: t('使用正在运行的那个,或先停止它', 'Use the running one, or stop it first'),
  },
  'CENTRE-03': {
    what: t(
      '数据库是 PostgreSQL 的另一个版本建的',
      'The database was made by another version of PostgreSQL',
    ),
    todo: t(
      '安装那个版本的 PostgreSQL 服务器,或用 pg_upgrade 升级所示文件夹;数据没有改动',
      'Install the PostgreSQL server of that version, or upgrade the folder shown with pg_upgrade; nothing in it was changed',
    ),
  },
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
  'CENTRE-05': {
    what: t('运营中心的数据库启动不了', 'The database of the centre does not start'),
    todo: t(
      '看所示的日志末行,排除原因;之后会自动重试',
      'Read the last lines of its log, which are shown, and end the cause; it is tried again by itself',
    ),
  },
  'CENTRE-06': {
    what: t('连不上数据库', 'The database cannot be reached'),
    todo: t(
      '检查地址、网络、用户和密码;数据文件夹自己的数据库,密码在 passwords.json,可从备份取回',
      "Check address, network, user and password; the password of a folder's own database is in passwords.json, which a backup has as well",
    ),
  },
  'CENTRE-07': {
    what: t('这个数据库不能给运营中心用', 'This database cannot be used for a centre'),
    todo: t(
      '用一个编码为 UTF8 的数据库,由它的所有者连接,并给他创建角色的权限 (CREATEROLE)',
      'Name a database of encoding UTF8 with its owner as user, who may create roles (CREATEROLE)',
    ),
  },
  'CENTRE-08': {
    what: t(
      '数据库的系统用户进不了所示文件夹',
      'The system user of the database cannot enter the folder shown',
    ),
    todo: t(
      '换一个数据文件夹,例如 /var/lib 下的;或允许其他用户经过所示文件夹;或不用 root 启动',
      'Choose another data folder, for example below /var/lib; or let other users pass the folder shown; or start it as a user other than root',
    ),
  },
  'CENTRE-09': {
    what: t('数据库的磁盘已满', 'The disk of the database is full'),
    means: t(
      '新的记录留在各停车场,有了空间再补发;已收的记录不受影响',
      'New rows stay at the car parks, which send them when there is room; rows already taken are not affected',
    ),
    todo: t('腾出磁盘空间,之后自动继续', 'Free some disk space; it continues by itself'),
  },
  'CENTRE-10': {
    what: t('运营中心不在 Windows 上运行', 'The centre does not run on Windows'),
    todo: t('在一台 Linux 电脑上启动它', 'Start it on a computer with Linux'),
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
  'CENTRE-25': {
    what: t('管理台的地址不能使用', 'The address of the desk cannot be used'),
    todo: t(
      '换一个地址或端口,或先停止占用它的程序',
      'Choose another address or port, or stop the program that uses it',
    ),
  },
  'CENTRE-26': {
    what: t('有一个数大到不能准确显示', 'A number is too large to be shown exactly'),
    means: t(
      '没有显示任何数字;停车场照常收费和发送记录',
      'No figure is shown; the car parks charge and send their rows as always',
    ),
    todo: t(
      '缩小所选的范围,找出金额不合理的记录',
      'Choose less, and look for the row whose amount makes no sense',
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
      '再输入一次;连续错五次,这个人在这个地址要等 30 秒,之后每错一次等得更久;忘了密码,由管理这台服务器的人用命令重设',
      'Enter it again; after five wrong tries in a row this person waits 30 seconds at this address, and longer after each further one; a lost password is set anew by command, by who runs the server',
    ),
  },
  'CENTRE-33': {
    what: t('密码连续错了五次,这个人暂时锁定', 'Locked after five wrong passwords in a row'),
    means: notSignedIn,
    todo: t(
      '锁定结束后再登录;同一地址的其他人、以前登录过的浏览器不受影响',
      'Sign in when the lock has ended; other people behind the same address, and browsers in which this person has signed in before, are not affected',
    ),
    command: 'centre password --data DIR --name NAME --by NAME --reason TEXT',
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
  'CENTRE-40': {
    what: t('这件事会自己结束', 'This matter ends by itself'),
    means: nothing,
    todo: t(
      '排除原因后它会自动结束;现在可以认领它,或让它静音一段时间',
      'End its cause, and it ends; until then take it, or make it quiet for a while',
    ),
  },
  'CENTRE-41': {
    what: t(
      '这里说的是全部停车场,只给能看到全部停车场的人',
      'This concerns all car parks, and is for people who see all of them',
    ),
    means: nothing,
    todo: t('请能看到全部停车场的人来做', 'Ask a person who sees all car parks'),
  },
  'CENTRE-42': {
    what: t('这个地址不能接收告警', 'This address cannot be used for alarms'),
    means: nothing,
    todo: t(
      '邮箱地址要写全;网络回调用 https 开头的地址,内网可用 http 加 IP 地址',
      'Give a whole mail address; a webhook begins with https, or in a private network with http and an IP address',
    ),
  },
  'CENTRE-43': {
    what: t('要重新输入邮箱密码', 'The password of the mail account is asked for again'),
    means: nothing,
    todo: t(
      '改了服务器、加密或账号,就要再输入一次密码:旧密码不会发给新的服务器',
      'A change of server, encryption or account asks for the password again: the former one is not sent to a new server',
    ),
  },
  'CENTRE-44': {
    what: t(
      '邮箱密码不能不加密发送',
      'The password of the mail account cannot be sent without encryption',
    ),
    means: nothing,
    todo: t(
      '选择 TLS 或 STARTTLS;不加密只用于本机的服务器,或不要账号的服务器',
      'Choose TLS or STARTTLS; no encryption is for a server of this computer, or one without an account',
    ),
  },
})
