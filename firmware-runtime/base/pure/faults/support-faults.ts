// Faults of support files, which are opened where the lot is not. A fault changes nothing. Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  SUPPORT: t('没有打开,什么也没有改动', 'It was not opened, and nothing was changed'),
}

export const supportFaults = faultRows(means, {
  'SUPPORT-01': {
    what: t('这不是诊断包', 'This is no support file'),
    todo: t('选择扩展名为 .etcsupport 的文件', 'Choose a file whose name ends in .etcsupport'),
  },
  'SUPPORT-02': {
    what: t('诊断包由更新的程序生成', 'The support file was made by a newer program'),
    todo: t('用同样新或更新的程序打开', 'Open it with a program as new as that one'),
  },
  'SUPPORT-03': {
    what: t('诊断包不完整或被改过', 'The support file is incomplete or was altered'),
    todo: t(
      '请停车场重新传一次;还是这样就重新生成',
      'Have the car park send it again; if that does not help, have it made anew',
    ),
  },
  'SUPPORT-04': {
    what: t('诊断包里没有这辆车', 'The support file has no such car'),
    means: t('文件是好的,只是没有这次停车', 'The file is intact, but this stay is not in it'),
    todo: t(
      '列出里面的所有车再选;时间不够早的,请停车场从更早的时间再生成一份',
      'List all its cars and choose; if it begins too late, have one made from an earlier time on',
    ),
    command: 'support --open FILE',
  },
})
