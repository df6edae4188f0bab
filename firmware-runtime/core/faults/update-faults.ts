// Faults of updates: what a folder, a stick or an address offers, and why it is not taken.
import { t } from '../values/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What all of them mean. */
const means = {
  UPDATE: t(
    '没有更新任何东西;车道照常用现在的版本',
    'Nothing was updated; the lanes go on with the present version',
  ),
}

export const updateFaults = faultRows(means, {
  'UPDATE-01': {
    what: t(
      '这个程序不知道可以信任谁发布的更新',
      'This program knows nobody whose updates it may take',
    ),
    todo: t(
      '用发布人给的信任文件,当面核对它的指纹,再试',
      'Name the trust file of those who publish the updates, after its fingerprint was compared with them',
    ),
  },
  'UPDATE-02': {
    what: t('更新的签名不够数', 'The update has too few valid signatures'),
    todo: t(
      '不要用它;向发布人要完整的更新,并告诉他们',
      'Do not use it; ask those who publish the updates for a whole one, and tell them',
    ),
  },
  'UPDATE-03': {
    what: t('这份更新比已经见过的旧', 'This update is older than one that was seen here'),
    todo: t('用最新的更新', 'Use the newest update'),
  },
  'UPDATE-04': {
    what: t(
      '更新的一个文件坏了,或不是这份更新的',
      'A file of the update is damaged or belongs to another one',
    ),
    todo: t('重新拷贝或下载整份更新', 'Copy or download the whole update again'),
  },
  'UPDATE-05': {
    what: t('这份更新不完整', 'The update is not complete'),
    todo: t(
      '重新拷贝或下载整份更新;在网络上的,检查网络',
      'Copy or download the whole update again; for an address check the network',
    ),
  },
  'UPDATE-06': {
    what: t('这份更新里没有给这台电脑用的程序', 'The update has no program for this computer'),
    todo: t('用这个产品、这种系统的更新', 'Use the update of this product for this kind of system'),
  },
  'UPDATE-10': {
    what: t(
      '新版本解不开,或缺东西',
      'The new version cannot be unpacked, or parts of it are missing',
    ),
    todo: t(
      '重新拷贝或下载整份更新;还是这样就告诉发布人',
      'Copy or download the whole update again; if that does not help, tell those who publish it',
    ),
  },
  'UPDATE-11': {
    what: t(
      '新版本在一份账本副本上试启动时没有成功',
      'The new version failed when it was started on a copy of the ledger',
    ),
    todo: t(
      '继续用现在的版本,把这段文字发给发布人',
      'Stay on the present version and send this text to those who publish the updates',
    ),
  },
  'UPDATE-12': {
    what: t(
      '新版本从同一份账本副本读出的数字与现在的版本不同',
      'The new version reads other figures from the same copy of the ledger',
    ),
    todo: t(
      '继续用现在的版本,把这段文字发给发布人',
      'Stay on the present version and send this text to those who publish the updates',
    ),
  },
  'UPDATE-13': {
    what: t('磁盘空间不够准备更新', 'The disk has too little room to prepare the update'),
    todo: t('腾出磁盘空间,再试一次', 'Free some disk space, then try again'),
  },
  'UPDATE-14': {
    what: t(
      '数据目录所在的磁盘不让程序运行',
      'The disk of the data folder does not let programs run',
    ),
    todo: t(
      '去掉这块磁盘的禁止执行(noexec)设置,或者手动安装新版本',
      'Mount that disk without noexec, or install the new version by hand',
    ),
  },
})
