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
  'UPDATE-07': {
    what: t(
      '记着车道用哪个版本的文件坏了',
      'The file that says which version runs the lanes is damaged',
    ),
    means: t(
      '车道用装在这台电脑上的版本运行;更新过的版本没有用',
      'The lanes run with the version that is installed; one that came as an update is not used',
    ),
    todo: t('再做一次更新,这个文件就会重写', 'Make the update again: it writes the file anew'),
  },
  'UPDATE-08': {
    what: t(
      '这个版本没有在副本上试过,或不比现在的新',
      'This version was not tried on a copy, or is not newer than the present one',
    ),
    todo: t('先准备这份更新,再选它', 'Prepare the update first, then choose it'),
  },
  'UPDATE-09': {
    what: t('没有可以退回的版本', 'There is no version to go back to'),
    todo: t('车道已经在用装在这台电脑上的版本', 'The lanes run with the installed version already'),
  },
})
