// Faults of updates: what a folder, a stick or an address offers, and why it is not taken.
import { t } from '../words/fault-text.ts'
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
  'UPDATE-15': {
    what: t('新版本已退回', 'The new version was taken back'),
    means: t(
      '车道用原来的版本运行;新版本写的记录都留在账本里',
      'The lanes run on the version before; all records of the new one stay in the ledger',
    ),
    todo: t(
      '看退回的原因,告诉发布人;等他们给出改好的版本再更新',
      'Read why, and tell those who publish the updates; update again when they have mended it',
    ),
  },
  'UPDATE-16': {
    what: t(
      '退回的版本写过现在的版本不认识的记录',
      'The version that was taken back wrote records that the present one does not know',
    ),
    means: t(
      '这些记录留在账本里,现在的版本不计算它们',
      'They stay in the ledger, and the present version does not count them',
    ),
    todo: t(
      '与平台账单核对那段时间;再次更新后它们会被计算',
      'Compare that time with the bills of the platform; after the next update they count again',
    ),
  },
  'UPDATE-17': {
    what: t(
      '退回的版本改过设置文件,现在的版本读不了',
      'The version that was taken back changed a settings file that the present one cannot read',
    ),
    means: t(
      '车道用它之前的设置运行;改过的文件留在旁边',
      'The lanes run on the settings from before; the changed file is kept beside them',
    ),
    todo: t('核对设置,需要时重新改', 'Check the settings, and change them again where needed'),
  },
  'UPDATE-18': {
    what: t('试用中的版本自己出过错', 'The version on trial had errors of its own'),
    means: t(
      '没有车辆因此受阻,试用继续;有车受阻就自动退回',
      'No car was held up by them, and the trial goes on; it is taken back by itself when one is',
    ),
    todo: t(
      '告诉发布人;不放心时可以现在退回',
      'Tell those who publish the updates; take the version back now if you are in doubt',
    ),
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
  'UPDATE-23': {
    what: t('没有这个文件夹', 'There is no such folder'),
    todo: t('核对路径;在 U 盘上的,先插上 U 盘', 'Check the path; for a stick, plug it in first'),
  },
  'UPDATE-24': {
    what: t('更新不能从这种地址取', 'Updates are not taken from an address of this kind'),
    todo: t(
      '用文件夹的路径,或 http:// 或 https:// 开头的地址',
      'Use the path of a folder, or an address that begins with http:// or https://',
    ),
  },
  'UPDATE-25': {
    what: t('更新的地址没有回答', 'The address of the updates does not answer'),
    todo: t(
      '核对地址,检查这台电脑的网络;或把更新拷到 U 盘',
      'Check the address and the network of this computer; or copy the update to a stick',
    ),
  },
  'UPDATE-26': {
    what: t(
      '那个地址回答的是网页或要求登录,不是更新',
      'The address answers with a web page or asks for a sign-in, not with an update',
    ),
    todo: t(
      '这台电脑的网络可能要先登录:在浏览器里打开这个地址看看;再核对地址',
      'The network of this computer may ask for a sign-in first: open the address in a browser, and check it',
    ),
  },
  'UPDATE-27': {
    what: t('这里已经信任别人发布的更新', 'The updates of other people are trusted here already'),
    means: t(
      '没有改动:还是只用所示的人发布的更新',
      'Nothing was changed: only the updates of those shown are taken',
    ),
    todo: t(
      '确定要换,和新的发布人当面核对指纹,再写明现在的指纹',
      'To change them, compare the new fingerprint with the new publisher, then name the present one',
    ),
    command: 'update trust --data DIR --root FILE --write --instead-of FINGERPRINT',
  },
})
