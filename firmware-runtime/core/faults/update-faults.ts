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
  'UPDATE-19': {
    what: t(
      '信任文件的指纹不是刚才核对的那个',
      'The fingerprint of the trust file is not the one that was compared',
    ),
    todo: t(
      '再读一次文件,和发布人当面或打电话核对指纹,一样才接受',
      'Read the file again, compare its fingerprint with those who publish by voice, and accept it only if it is the same',
    ),
  },
  'UPDATE-20': {
    what: t('现在不能这样做', 'This cannot be done now'),
    todo: t(
      '看“程序更新”页上走到哪一步,等它完成再试',
      'See on the page of program updates which step it has reached, and try again after it',
    ),
  },
  'UPDATE-21': {
    what: t(
      '这里的车道不能自己换成新版本',
      'The lanes here cannot begin with another version by themselves',
    ),
    todo: t(
      '用新版本 Studio 自己的安装程序更新这台电脑',
      'Update this computer by the setup of a newer Studio',
    ),
  },
  'UPDATE-22': {
    what: t(
      '做更新的程序没有说完就停了',
      'The program that works on the update ended without a result',
    ),
    todo: t(
      '再试一次;又不行,看这台电脑有没有内存和磁盘空间,再做一份支持文件',
      'Try again; if it ends again, look whether the computer has memory and disk space, and make a support file',
    ),
  },
})
