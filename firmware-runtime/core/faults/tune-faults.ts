// Faults of tuning, presets and bundles. Rows of the one table in faults.ts.
// Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const tuneFaults = {
  'TUNE-01': {
    what: t('该设备正在调优或撤销', 'A tuning step or an undo is running on this device'),
    means: t('没有写入,当前步骤继续', 'Nothing was written; the present step continues'),
    todo: t('等它结束,或先停止', 'Wait until it is over, or stop it first'),
  },
  'TUNE-02': {
    what: t('没有可用的调优步骤', 'There is no such tuning step'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t('先开始一步,或换一个目标', 'Start a step first, or choose another target'),
  },
  'TUNE-03': {
    what: t(
      '不能保留:新设置下还没有读到车',
      'The setting cannot be kept: no car has been read with it yet',
    ),
    means: t(
      '试运行继续,到时自动恢复',
      'The trial continues and is undone automatically when its time is up',
    ),
    todo: t('让测试车经过,或撤回', 'Drive a test car through, or undo the trial'),
  },
  'TUNE-04': {
    what: t('调优记录文件损坏', 'The tuning record file is damaged'),
    means: t(
      '设备保持现有设置,以前的步骤不能撤销',
      'The device keeps its present settings; earlier steps cannot be undone',
    ),
    todo: t('从备份恢复设置', 'Restore the settings from a backup'),
  },
  'TUNE-05': {
    what: t('没有这个预设', 'There is no such preset'),
    means: t('没有写入', 'Nothing was written'),
    todo: t('用 etc-lane rsu preset list 查看', 'Run etc-lane rsu preset list to see the presets'),
  },
  'TUNE-06': {
    what: t(
      '按测量文件,这个功率档会使表 D.1 第 5 项不合格',
      'According to the survey, this power step makes row 5 of table D.1 fail',
    ),
    means: t('没有写入,过车照旧', 'Nothing was written; cars pass as usual'),
    todo: t(
      '在注明的档位内选择,或先改天线角度并重测',
      'Choose a step in the range shown, or change the antenna angle and measure again first',
    ),
  },
  'TUNE-07': {
    what: t(
      '这个测量文件没有声明需求区,不能约束功率档',
      'The survey declares no needed area, so it cannot limit the power step',
    ),
    means: t('没有写入,过车照旧', 'Nothing was written; cars pass as usual'),
    todo: t(
      '另选一个声明了需求区的测量文件,或不按测量文件约束',
      'Choose a survey that declares a needed area, or do not limit the step by a survey',
    ),
  },
  'TUNE-08': {
    what: t(
      '另一车道的天线在试用期间读到了同一标签',
      'The antenna of another lane read the same OBU during the trial',
    ),
    means: t(
      '还没有保留;分不清读到的是本车道的车还是邻道的车',
      'Nothing was kept: it is not known whether the car stood in this lane or in the other one',
    ),
    todo: t(
      '先看邻道并做第 6 项;确认无误再勾选保留,否则撤回',
      'Look at the other lane and do row 6; confirm and keep only then, else undo the trial',
    ),
  },
} as const satisfies Record<string, FaultRow>
