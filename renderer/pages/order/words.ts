// Words of the work order: its groups, steps and what they say.
// Rows of the survey and rules of the province bring their own words.
import { t } from '#base/pure/words/fault-text.ts'

export const order = {
  which: t('勘测', 'Survey'),
  group: {
    site: t('场地', 'Site'),
    rules: t('本省规定', 'Rules of the province'),
    devices: t('设备', 'Devices'),
    survey: t('勘测', 'Survey'),
    tests: t('试验', 'Tests'),
    report: t('报告', 'Report'),
  },
  is: {
    done: t('完成', 'done'),
    open: t('未完', 'unfinished'),
    failed: t('不通过', 'failed'),
    skipped: t('跳过', 'skipped'),
  },
  site: t('停车场', 'Car park'),
  noLot: t(
    '没有停车场:工作台只连接单台设备',
    'No car park: the workbench connects single devices only',
  ),
  rules: t('本省规定', 'Rules of the province'),
  noRules: t('还没有停车场,所以没有本省规定', 'No car park yet, so no rules of a province apply'),
  noProvince: t('停车场没有选省份', 'No province is chosen for the car park'),
  present: t('已配置(条款 {clause})', 'configured (clause {clause})'),
  absent: t('没有配置(条款 {clause})', 'not configured (clause {clause})'),
  access: t('接入平台', 'Platform access'),
  letIn: t('平台已应答(条款 {clauses})', 'the platform answers (clauses {clauses})'),
  notLetIn: t('平台尚未应答(条款 {clauses})', 'the platform has not answered (clauses {clauses})'),
  devices: t('设备', 'Devices'),
  noLane: t('没有车道', 'No lane'),
  device: {
    up: t('有应答 · {link}', 'answers · {link}'),
    down: t('没有应答 · {link}', 'does not answer · {link}'),
    off: t('尚无消息,不能判断 · {link}', 'no message yet, unknown · {link}'),
  },
  survey: t('现场勘测', 'Site survey'),
  noSurvey: t('还没有勘测', 'No survey yet'),
  skipped: t(
    '跳过:{reason}(报告中仍为未完成:{state})',
    'Skipped: {reason} (still incomplete in the report: {state})',
  ),
  passport: t('车道档案', 'Lane passport'),
  noPassport: t('还没有车道档案', 'No passport yet'),
  noFirstCar: t('还没有进行', 'Not done yet'),
  report: t('勘测报告', 'Survey report'),
  reportSays: t('未完成 {open} 项,不符合 {failed} 项', '{open} rows incomplete, {failed} failed'),
  counts: t(
    '共 {all} 步,完成 {done} 步,跳过 {skipped} 步',
    '{all} steps, {done} done, {skipped} skipped',
  ),
  next: t('下一步:{step}', 'Next: {step}'),
  allDone: t('全部完成', 'All done'),
  skip: t('跳过', 'Skip'),
  skipIt: t('记录跳过', 'Record the skip'),
  reason: t('跳过的原因', 'Reason to skip'),
}
