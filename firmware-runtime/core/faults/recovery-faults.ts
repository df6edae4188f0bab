// Faults of sealed keys, of the recovery key and of copies at a second place. Rows of the one table in faults.ts.
// Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const recoveryFaults = {
  'SEAL-01': {
    what: t(
      '密钥文件不是在这台机器上封存的,或已损坏',
      'A key file was not sealed on this machine, or is damaged',
    ),
    means: t('车道没有启动,账本未改动', 'The lanes do not start, the ledger is untouched'),
    todo: t(
      '在原机器上运行;机器没了或文件坏了,用恢复密钥:queue drain --recovery-key 让这个文件夹归这台机器,开始页从副本恢复',
      'Run on the machine it belongs to; where that is gone or the file is damaged the recovery key helps: queue drain --recovery-key makes this folder the machine’s own, the start page restores a copy',
    ),
  },
  'RECOVERY-01': {
    what: t('恢复密钥读不懂', 'The recovery key cannot be read'),
    means: t('没有打开任何数据,也没有改动', 'Nothing was opened and nothing changed'),
    todo: t(
      '照纸上重新输入;分成两份的要两份都在',
      'Type it again from the paper; of a key in two shares both are needed',
    ),
  },
  'RECOVERY-02': {
    what: t(
      '恢复密钥属于另一个停车场',
      'The recovery key is of another lot, or of an earlier key of this one',
    ),
    means: t('没有打开任何数据,也没有改动', 'Nothing was opened and nothing changed'),
    todo: t('找出编号与提示相同的那一把', 'Find the key whose number is the one shown'),
  },
  'RECOVERY-03': {
    what: t('恢复文件缺失或已损坏', 'The file for recovery is missing or damaged'),
    means: t('没有打开任何数据,也没有改动', 'Nothing was opened and nothing changed'),
    todo: t('换用另一份副本', 'Use another copy'),
  },
  'RECOVERY-04': {
    what: t('这个停车场已经有恢复密钥', 'This lot has a recovery key already'),
    means: t('没有生成新的,原来的仍有效', 'No new one was made, the earlier one goes on'),
    todo: t(
      '原来的丢了才换新的:backup key --replace',
      'Only where it is lost make a new one: backup key --replace',
    ),
  },
  'RECOVERY-05': {
    what: t('还没有恢复密钥', 'There is no recovery key yet'),
    means: t(
      '电脑坏了账本就打不开;副本也没有做',
      'Nobody could open the ledger of a dead machine; no copy was made',
    ),
    todo: t('先运行 etc-lane backup key', 'Run etc-lane backup key first'),
  },
  'RECOVERY-06': {
    what: t('恢复没有做完就中断了', 'The restore broke off before its end'),
    means: t(
      '停车场换上来没有还不知道;副本没有改动',
      'Whether the lot was put in place is not known, the copies are as they were',
    ),
    todo: t(
      '回到开始页:列出了这个停车场就打开它,没有就再恢复一次',
      'Go back to the start page: open the lot where it is listed, else restore again',
    ),
  },
  'COPY-01': {
    what: t('副本没有写到第二个地方', 'No copy was put at the second place'),
    means: t('车道照常运行,上一份副本还在', 'The lanes go on, the copy before is still there'),
    todo: t(
      '检查那个文件夹在不在、能不能写、满没满',
      'Check that its folder is there, writable and not full',
    ),
  },
  'COPY-02': {
    what: t(
      '第二个地方的副本不完整或被改过',
      'Copies at the second place are incomplete or altered',
    ),
    means: t('没有改动任何数据', 'Nothing changed'),
    todo: t(
      '停车场还在运行:用 backup now --begin 或副本页重新做一份完整的;要恢复:换用另一处副本。查明为什么坏了、是谁改的',
      'Where the lot runs make a new whole copy (backup now --begin, or the page of copies); to restore use copies of another place. Find out why these are damaged or who altered them',
    ),
  },
  'COPY-03': {
    what: t('副本属于另一个停车场', 'The copies are of another lot'),
    means: t('没有改动任何数据', 'Nothing changed'),
    todo: t('选本停车场的副本文件夹', 'Choose the folder with copies of this lot'),
  },
  'COPY-04': {
    what: t('副本比账本旧', 'The copy is older than the ledger it would replace'),
    means: t('没有改动任何数据', 'Nothing changed'),
    todo: t(
      '确实要用旧的,加 --accept older;现有数据移到一边保存',
      'If it is really wanted, add --accept older: what is there is put aside and kept',
    ),
  },
  'COPY-05': {
    what: t(
      '第二个地方的副本比本机账本新,或不是同一本账',
      'The copies at the second place are ahead of this ledger, or of another one',
    ),
    means: t('车道照常运行,不再覆盖那里的副本', 'The lanes go on, copies there are not touched'),
    todo: t(
      '先查明本机的账为何变旧;确认无误再运行 backup now --begin',
      'Find out why this ledger is older; when that is understood, run backup now --begin',
    ),
  },
  'COPY-06': {
    what: t('连不上存副本的服务器', 'The server for copies is not reached'),
    means: t(
      '没有送出新的副本;车道照常运行,以前的副本还在',
      'No new copy was sent; the lanes go on, earlier copies are still there',
    ),
    todo: t(
      '检查地址、端口、网络,以及服务器开没开 SFTP',
      'Check address, port and network, and that the server offers SFTP',
    ),
  },
  'COPY-07': {
    what: t(
      '服务器的主机密钥和确认过的不一样',
      'The server shows another host key than the one that was agreed',
    ),
    means: t(
      '可能换了服务器,也可能有人冒充;没有告诉它密码,没有送出副本',
      'It may be another server, or somebody in its place; it was told no password and no copy was sent',
    ),
    todo: t(
      '问管服务器的人;确实换了,就重新设置副本的地方并核对新密钥',
      'Ask whoever runs the server; if it was changed, set the place for copies again and compare the new key',
    ),
  },
  'COPY-08': {
    what: t('服务器不让登录', 'The server refuses to let the lot sign in'),
    means: t(
      '没有送出新的副本;车道照常运行,以前的副本还在',
      'No new copy was sent; the lanes go on, earlier copies are still there',
    ),
    todo: t(
      '核对用户名,重新设置副本的地方并输入密码',
      'Check the user name, set the place for copies again and type its password',
    ),
  },
  'COPY-09': {
    what: t(
      '服务器上没有这个文件夹,或没有权限',
      'The folder is not on the server, or may not be used',
    ),
    means: t(
      '没有送出新的副本;车道照常运行,以前的副本还在',
      'No new copy was sent; the lanes go on, earlier copies are still there',
    ),
    todo: t(
      '在服务器上建好文件夹,让这个用户能读能写',
      'Make the folder on the server, and let this user read and write there',
    ),
  },
  'COPY-10': {
    what: t(
      '服务器没有收下文件:满了、超过配额或只读',
      'The server does not take the file: full, over its quota or read-only',
    ),
    means: t(
      '这一份副本不算数;车道照常运行,以前的副本还在',
      'This copy does not count; the lanes go on, earlier copies are still there',
    ),
    todo: t('在服务器上腾出空间', 'Make room on the server'),
  },
  'COPY-11': {
    what: t('传送副本时连接断了', 'The link to the server for copies broke off'),
    means: t(
      '传到一半的不算数;以前的副本还在,下一刻钟再传',
      'What was half sent does not count; earlier copies are still there, the next quarter of an hour tries again',
    ),
    todo: t('总是断,就检查网络和服务器', 'If it breaks again and again, check network and server'),
  },
  'COPY-12': {
    what: t(
      '最新的副本坏了或被改过,较早的一份完好',
      'The newest copy is damaged or was altered, an earlier one is sound',
    ),
    means: t(
      '没有改动任何数据;完好那份之后的记录不在里面',
      'Nothing changed; what was recorded after the sound one is not in it',
    ),
    todo: t(
      '先找另一处副本;没有的话,用完好的那份(窗口里有按钮,命令加 --accept-damaged),并查明原来的为什么坏了',
      'Look for copies at another place first; where there are none, take the sound one (a button of the window, --accept-damaged of the command), and find out why the other is damaged',
    ),
  },
  'COPY-13': {
    what: t('第二个地方有照片坏了', 'Photos at the second place are damaged'),
    means: t(
      '这台电脑里还有的会重新送去;已经没有的,那一张就没有副本了',
      'Those that this computer still has are sent again; of the others there is no copy any more',
    ),
    todo: t(
      '检查那里的磁盘;列出的照片看副本页',
      'Check the disk there; the page of copies lists the photos',
    ),
  },
  'COPY-14': {
    what: t('以前的照片还没有取回来', 'Photos of before do not come back'),
    means: t(
      '车道照常运行,账本已经恢复;没取回的照片还在原来的地方,每 15 分钟再试',
      'The lanes go on and the ledger is restored; the photos are where they were, each quarter of an hour tries again',
    ),
    todo: t(
      '接上放副本的地方;不要了就在副本页选“不再取回”',
      'Connect the place of the copies; where they are not wanted, choose on the page of copies to leave them there',
    ),
  },
} as const satisfies Record<string, FaultRow>
