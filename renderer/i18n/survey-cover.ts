// Words of the cover of a survey's report, and of signing over rows that have not passed.
// The sentence that stops a signature comes from the runtime.
import { t } from '#base/pure/words/fault-text.ts'
import { surveyLabels } from '#base/pure/words/survey-words.ts'

export const surveyCover = {
  title: t('报告封面', 'Report cover'),
  empty: t('还没有报告编号、检测单位和地址', 'No report number, firm or address yet'),
  edit: t('填写封面', 'Edit cover'),
  save: t('保存封面', 'Save cover'),
  saving: t('正在保存…', 'Saving…'),
  number: surveyLabels.number,
  company: surveyLabels.company,
  address: t('停车场地址', 'Car park address'),
  representative: surveyLabels.representative,
  logo: t('单位标志', 'Firm logo'),
  logoPick: t('选择图片', 'Choose picture'),
  logoOff: t('去掉标志', 'Remove logo'),
  logoWhat: t(
    'PNG 或 JPEG,保存为不超过 1200 像素、256 KB 的 PNG',
    'PNG or JPEG; saved as a PNG of at most 1200 pixels and 256 KB',
  ),
  refused: {
    notPicture: t('不是 PNG 或 JPEG 图片', 'not a PNG or JPEG picture'),
    tooLarge: t('图片太大', 'the picture is too large'),
    cannotOpen: t('图片打不开', 'the picture cannot be opened'),
  },
  override: t('仍要签字…', 'Sign anyway…'),
  overrideWhat: t(
    '逐项勾选,写明理由和责任人;记入勘测并印在签字旁',
    'Tick each row and enter the reason and the person responsible; recorded and printed beside the signature',
  ),
  reason: t('理由', 'Reason'),
  who: t('责任人', 'Responsible'),
  overrideNeed: t(
    '有项目未通过:逐项勾选并写明理由和责任人,或先补测',
    'Some rows have not passed: tick each and enter the reason and the person responsible, or measure first',
  ),
  signedDespite: t(
    '未通过仍签字:{rows};理由:{reason};责任人:{who}',
    'Signed although {rows}; reason: {reason}; responsible: {who}',
  ),
}
