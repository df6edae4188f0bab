// Faults of reports. Rows of the table in faults.ts.
// Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const noReport = t(
  '没有出具报告,勘测文件没有改动;车道不受影响',
  'No report was made and the survey file is unchanged; the lanes are not affected',
)

export const reportFaults = {
  'REPORT-01': {
    what: t('报告模板不可用', 'The report template cannot be used'),
    means: noReport,
    todo: t(
      '按所示行改正模板,或删去它以使用内置模板',
      'Correct the line shown in the template, or delete the template to use the built-in one',
    ),
  },
  'REPORT-02': {
    what: t(
      '报告所需的字体或部件不在安装目录中',
      'A font or a component that the report needs is not in the installation folder',
    ),
    means: noReport,
    todo: t(
      '重新安装软件,或先用 HTML 格式',
      'Install the program again, or use the HTML format for now',
    ),
  },
  'REPORT-03': {
    what: t('报告没有打印成功', 'The report could not be printed'),
    means: noReport,
    todo: t('再试一次;仍不行时保存 HTML', 'Try again; if it fails again, save the HTML'),
  },
  'REPORT-04': {
    what: t('定时报表没有写成', 'A scheduled report was not written'),
    means: t(
      '车道照常运行;每刻钟再试,错过的日期会补出',
      'The lanes keep running; it is tried again every quarter of an hour, and missed days are made up',
    ),
    todo: t(
      '检查那个文件夹在不在、能不能写、满没满',
      'Check that the folder exists, is writable and is not full',
    ),
  },
  'REPORT-05': {
    what: t('文件已取消,没有生成', 'The document was cancelled and was not made'),
    means: t(
      '数据没有改动,车道不受影响;以前保存的文件还在',
      'No data was changed and the lanes are not affected; files saved earlier are still there',
    ),
    todo: t('需要时再生成一次', 'Make it again if you need it'),
  },
} as const satisfies Record<string, FaultRow>
