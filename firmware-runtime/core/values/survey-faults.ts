// Faults of site surveys, their files and their evidence. Rows of the table in faults.ts.
// Codes are never reused.
import { t } from './fault-text.ts'
import type { FaultRow } from './fault-text.ts'

const lanesGoOn = t('车道不受影响', 'The lanes are not affected')
const untouched = t('勘测文件没有改动;车道不受影响', 'The survey is untouched; so are the lanes')

export const surveyFaults = {
  'SURVEY-01': {
    what: t('不是勘测文件,或由更新的版本写成', 'Not a survey file, or one of a newer program'),
    means: untouched,
    todo: t(
      '选择 .etcsurvey 文件;由新版本写成的请先升级软件',
      'Choose a .etcsurvey file; update the program for one written by a newer',
    ),
  },
  'SURVEY-02': {
    what: t('勘测文件有损坏', 'The survey file is damaged'),
    means: t(
      '能读出的记录照用,缺失的已列明;车道不受影响',
      'What can be read is used, what is lost is named; the lanes are not affected',
    ),
    todo: t('补测缺失的部分,或换用备份文件', 'Measure again what is lost, or use a copy'),
  },
  'SURVEY-03': {
    what: t('读数不可能或单位不对', 'The reading is impossible, or of another unit'),
    means: untouched,
    todo: t('核对数值与单位后重新录入', 'Check value and unit and enter it again'),
  },
  'SURVEY-04': {
    what: t('该文件已存在', 'The file is already there'),
    means: untouched,
    todo: t('换一个文件名', 'Choose another name'),
  },
  'SURVEY-05': {
    what: t('照片不是 JPEG 或 PNG 图像', 'The photo is no JPEG or PNG picture'),
    means: untouched,
    todo: t('重新拍摄或选择照片', 'Take or choose another photo'),
  },
  'SURVEY-06': {
    what: t('没有可以撤回的记录', 'There is nothing to take back'),
    means: untouched,
    todo: t('先测一个点', 'Measure a point first'),
  },
  'SURVEY-10': {
    what: t('读数太少,无法拟合天线模型', 'Too few readings to fit the antenna model'),
    means: untouched,
    todo: t(
      '在区域内均匀补测至少六点,最好十二点',
      'Measure at least six points spread over the area, twelve are better',
    ),
  },
  'SURVEY-11': {
    what: t(
      '没有记录天线的安装与档位,无法拟合',
      'How the antenna hangs and sends is not on record: nothing can be fitted',
    ),
    means: untouched,
    todo: t(
      '补录 setup:高度、俯角、偏转角、位置(at)与 powerStep',
      'Record a setup with height, both angles, its place (at) and powerStep',
    ),
  },
  'SURVEY-12': {
    what: t('读数来自多台天线', 'The readings are of more than one antenna'),
    means: untouched,
    todo: t('用 --antenna 指定一台', 'Choose one with --antenna'),
  },
  'EVIDENCE-01': {
    what: t('证据文件被改动或损坏', 'The evidence was changed or is damaged'),
    means: t('其内容不足为凭;车道不受影响', 'It proves nothing; the lanes are not affected'),
    todo: t('向提交人索取原文件', 'Ask whoever handed it over for the original'),
  },
  'EVIDENCE-02': {
    what: t('证据的签名不成立', 'The signature of the evidence does not hold'),
    means: t('其内容不足为凭;车道不受影响', 'It proves nothing; the lanes are not affected'),
    todo: t('向签名人索取有效的文件', 'Ask whoever signed it for a valid file'),
  },
  'EVIDENCE-03': {
    what: t('没有可用于签名的密钥', 'There is no key to sign with'),
    means: lanesGoOn,
    todo: t(
      '用 --key 和 --cert 指定密钥与证书',
      'Name a key and its certificate: --key and --cert',
    ),
  },
} as const satisfies Record<string, FaultRow>
