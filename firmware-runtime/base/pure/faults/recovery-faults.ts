// Faults of sealed keys, of the recovery key and of copies at a second place. Rows of the one table in faults.ts.
// Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  RECOVERY: t('没有打开任何数据,也没有改动', 'No data was opened and nothing was changed'),
  COPY: t('没有改动任何数据', 'No data was changed'),
}

export const recoveryFaults = faultRows(means, {
  'SEAL-01': {
    what: t(
      '密钥文件不是在这台机器上封存的,或已损坏',
      'A key file was not sealed on this machine, or is damaged',
    ),
    means: t('车道没有启动,账本未改动', 'The lanes did not start; the ledger is unchanged'),
    todo: t(
      '在原机器上运行;机器没了或文件坏了,用恢复密钥:queue drain --recovery-key 让这个文件夹归这台机器,开始页从副本恢复',
      'Run it on the original machine; if that is gone or the file is damaged, use the recovery key: queue drain --recovery-key makes this folder belong to this machine, or restore a copy from the start page',
    ),
  },
  'RECOVERY-01': {
    what: t('恢复密钥读不懂', 'The recovery key cannot be read'),
    todo: t(
      '照纸上重新输入;分成两份的要两份都在',
      'Type it again from the paper; if the key is in two shares, you need both',
    ),
  },
  'RECOVERY-02': {
    what: t(
      '恢复密钥属于另一个停车场,或是本停车场以前的密钥',
      'The recovery key belongs to another lot, or is an earlier key of this lot',
    ),
    todo: t('找出编号与提示相同的那一把', 'Find the key with the number shown'),
  },
  'RECOVERY-03': {
    what: t('恢复文件缺失或已损坏', 'The recovery file is missing or damaged'),
    todo: t('换用另一份副本', 'Use another copy'),
  },
  'RECOVERY-04': {
    what: t('这个停车场已经有恢复密钥', 'This lot already has a recovery key'),
    means: t('没有生成新的,原来的仍有效', 'No new key was made; the earlier one is still valid'),
    todo: t(
      '原来的丢了才换新的:backup key --replace',
      'Make a new one only if the earlier one is lost: backup key --replace',
    ),
  },
  'RECOVERY-05': {
    what: t('还没有恢复密钥', 'There is no recovery key yet'),
    means: t(
      '电脑坏了账本就打不开;副本也没有做',
      'If the computer breaks, the ledger cannot be opened; no copy was made either',
    ),
    todo: t('先在“副本”里建立恢复密钥', 'Make a recovery key first (Copies)'),
    command: 'backup key',
  },
  'RECOVERY-06': {
    what: t('恢复没有做完就中断了', 'The restore was interrupted before it was complete'),
    means: t(
      '停车场换上来没有还不知道;副本没有改动',
      'It is not known whether the lot was put in place; the copies are unchanged',
    ),
    todo: t(
      '回到开始页:列出了这个停车场就打开它,没有就再恢复一次',
      'Go back to the start page: if the lot is listed, open it; if not, restore it again',
    ),
  },
  'COPY-01': {
    what: t('副本没有写到第二个地方', 'No copy was written to the second place'),
    means: t(
      '车道照常运行,上一份副本还在',
      'The lanes keep running; the previous copy is still there',
    ),
    todo: t(
      '检查那个文件夹在不在、能不能写、满没满',
      'Check that the folder exists, is writable and is not full',
    ),
  },
  'COPY-02': {
    what: t(
      '第二个地方的副本不完整或被改过',
      'The copies at the second place are incomplete or were altered',
    ),
    todo: t(
      '停车场还在运行:用 backup now --begin 或副本页重新做一份完整的;要恢复:换用另一处副本。查明为什么坏了、是谁改的',
      'If the lot is running, make a new complete copy (backup now --begin, or the copies page); to restore, use the copies in another place. Find out why these are damaged or who altered them',
    ),
  },
  'COPY-03': {
    what: t('副本属于另一个停车场', 'The copies belong to another lot'),
    todo: t('选本停车场的副本文件夹', 'Choose the folder with the copies of this lot'),
  },
  'COPY-04': {
    what: t('副本比账本旧', 'The copy is older than the ledger it would replace'),
    todo: t(
      '确实要用旧的,加 --accept older;现有数据移到一边保存',
      'If you really want the older one, add --accept older: the present data is moved aside and kept',
    ),
  },
  'COPY-05': {
    what: t(
      '第二个地方的副本比本机账本新,或不是同一本账',
      'The copies at the second place are newer than this ledger, or belong to another one',
    ),
    means: t(
      '车道照常运行,不再覆盖那里的副本',
      'The lanes keep running; the copies there are no longer overwritten',
    ),
    todo: t(
      '先查明本机的账为何变旧;确认无误再运行 backup now --begin',
      'First find out why this ledger is older; when you are sure, run backup now --begin',
    ),
  },
  'COPY-06': {
    what: t('连不上存副本的服务器', 'The server for copies cannot be reached'),
    means: t(
      '没有送出新的副本;车道照常运行,以前的副本还在',
      'No new copy was sent; the lanes keep running and earlier copies are still there',
    ),
    todo: t(
      '检查地址、端口、网络,以及服务器开没开 SFTP',
      'Check the address, the port and the network, and whether the server offers SFTP',
    ),
  },
  'COPY-07': {
    what: t(
      '服务器的主机密钥和确认过的不一样',
      'The host key of the server is not the one that was confirmed',
    ),
    means: t(
      '可能换了服务器,也可能有人冒充;没有告诉它密码,没有送出副本',
      'It may be another server, or somebody may be impersonating it; no password and no copy was sent to it',
    ),
    todo: t(
      '问管服务器的人;确实换了,就重新设置副本的地方并核对新密钥',
      'Ask the administrator of the server; if it was really replaced, set the place for copies again and check the new key',
    ),
  },
  'COPY-08': {
    what: t('服务器不让登录', 'The server refuses the sign-in'),
    means: t(
      '没有送出新的副本;车道照常运行,以前的副本还在',
      'No new copy was sent; the lanes keep running and earlier copies are still there',
    ),
    todo: t(
      '核对用户名,重新设置副本的地方并输入密码',
      'Check the user name, then set the place for copies again and enter the password',
    ),
  },
  'COPY-09': {
    what: t(
      '服务器上没有这个文件夹,或没有权限',
      'The folder does not exist on the server, or access to it is denied',
    ),
    means: t(
      '没有送出新的副本;车道照常运行,以前的副本还在',
      'No new copy was sent; the lanes keep running and earlier copies are still there',
    ),
    todo: t(
      '在服务器上建好文件夹,让这个用户能读能写',
      'Create the folder on the server, and allow this user to read and write there',
    ),
  },
  'COPY-10': {
    what: t(
      '服务器没有收下文件:满了、超过配额或只读',
      'The server did not accept the file: it is full, over its quota or read-only',
    ),
    means: t(
      '这一份副本不算数;车道照常运行,以前的副本还在',
      'This copy does not count; the lanes keep running and earlier copies are still there',
    ),
    todo: t('在服务器上腾出空间', 'Free some space on the server'),
  },
  'COPY-11': {
    what: t('传送副本时连接断了', 'The connection to the server for copies was lost'),
    means: t(
      '传到一半的不算数;以前的副本还在,下一刻钟再传',
      'A partly sent copy does not count; earlier copies are still there, and the next try is in a quarter of an hour',
    ),
    todo: t(
      '总是断,就检查网络和服务器',
      'If this keeps happening, check the network and the server',
    ),
  },
  'COPY-12': {
    what: t(
      '最新的副本坏了或被改过,较早的一份完好',
      'The newest copy is damaged or was altered, but an earlier one is intact',
    ),
    means: t(
      '没有改动任何数据;完好那份之后的记录不在里面',
      'No data was changed; the intact copy does not contain what was recorded after it',
    ),
    todo: t(
      '先找另一处副本;没有的话,用完好的那份(窗口里有按钮,命令加 --accept-damaged),并查明原来的为什么坏了',
      'First look for copies in another place; if there are none, use the intact one (a button in the window, --accept-damaged for the command), and find out why the newest is damaged',
    ),
  },
  'COPY-13': {
    what: t('第二个地方有照片坏了', 'Some photos at the second place are damaged'),
    means: t(
      '这台电脑里还有的会重新送去;已经没有的,那一张就没有副本了',
      'Photos that this computer still has are sent again; the others no longer have a copy',
    ),
    todo: t(
      '检查那里的磁盘;列出的照片看副本页',
      'Check the disk there; the photos are listed on the copies page',
    ),
  },
  'COPY-14': {
    what: t('以前的照片还没有取回来', 'The earlier photos have not been fetched back yet'),
    means: t(
      '车道照常运行,账本已经恢复;没取回的照片还在原来的地方,每 15 分钟再试',
      'The lanes keep running and the ledger is restored; photos not fetched yet are still where they were, and a new try follows every 15 minutes',
    ),
    todo: t(
      '接上放副本的地方;不要了就在副本页选“不再取回”',
      'Connect the place of the copies; if you do not need the photos, choose on the copies page to leave them there',
    ),
  },
  'COPY-15': {
    what: t(
      '这个停车场的车道已经由另一台电脑接过去了',
      'Another computer has taken over the lanes of this car park',
    ),
    means: t(
      '本机不开车道、不扣费;账本没有改动,车由那台电脑放行',
      'This computer opens no lane and charges nothing; its ledger is unchanged, and the other one serves the cars',
    ),
    todo: t(
      '不要再启动本机;要还给本机:先停那台,再从副本恢复到本机。那台其实没有在用,就用下面的命令',
      'Leave this computer off; to give the lanes back, stop the other one, then restore its copy here. If the other one is not in use, use the command below',
    ),
    command: 'backup hold --data DIR',
  },
  'COPY-16': {
    what: t(
      '以前那台电脑又开机了,并且想开同样的车道',
      'The former computer is on again and tried to open the same lanes',
    ),
    means: t(
      '它已被拒绝,本机照常收费;它连不上副本的时候就认不出本机',
      'It was refused and this one goes on; without a way to the copies it would not notice this one',
    ),
    todo: t(
      '关掉那台电脑的车道服务,拔掉它接设备的线',
      'Switch off the lane service of that computer and unplug its lines to the devices',
    ),
  },
  'COPY-17': {
    what: t(
      '照目前的用量,第二个地方不久就会写满',
      'At the present rate the second place for copies will soon be full',
    ),
    means: t(
      '副本照常写;写满后不再有新的副本,以前的还在',
      'Copies are written as usual; once it is full no new one is written, and earlier ones stay',
    ),
    todo: t(
      '在所示天数内腾出那里的空间,或换一个更大的地方',
      'Within the days shown, free space there or choose a larger place',
    ),
  },
})
