// Words of the guided check of a survey (rows 1 to 4), its photos and the name plate.
// Texts of the questions come from the runtime.
import { t } from '#base/pure/words/fault-text.ts'
import { plateFoundWords, plateGapWords } from '#base/pure/words/survey-words.ts'

export const surveyCheck = {
  drop: t(
    '也可拖到这里;JPEG 或 PNG,自动缩小到 4 MB 以内',
    'or drop it here; JPEG or PNG, reduced to 4 MB or less',
  ),
  pick: t('添加照片…', 'Add photo…'),
  where: t('位置', 'Place'),
  answeredAt: t('回答于 {time}', 'Answered {time}'),
  geometry: t('天线高度与角度', 'Antenna height and angles'),
  geometryLook: t(
    '用卷尺量天线到路面的高度,用倾角仪量俯角和面向车道的偏转角。',
    'Measure the height above the road with a tape; the down angle and the yaw towards the lane with an inclinometer.',
  ),
  heightMm: t('高度', 'Height'),
  downDeg: t('俯角', 'Down'),
  yawDeg: t('偏转角', 'Yaw'),
  reason: t('偏离原因(至少 10 个字)', 'Reason (10 characters or more)'),
  numberNeed: t('{what}请输入数字', '{what}: enter a number'),
  nameplate: t('天线铭牌', 'Antenna name plate'),
  nameplateLook: t(
    '照铭牌逐字录入;铭牌上没有的留空。选择设备库后自动比对。',
    'Enter exactly what is on the plate; leave the rest empty. If you choose a profile, the two are compared automatically.',
  ),
  plate: {
    model: t('型号', 'Model'),
    serialNo: t('出厂编号', 'Serial no.'),
    approvalNo: t('检测编号', 'Approval no.'),
    hardwareVersion: t('硬件版本', 'Hardware'),
  },
  profile: t('设备库', 'Profile'),
  noProfile: t('不比对', 'Do not compare'),
  modelNeed: t('请填写型号', 'Enter the model'),
  compared: {
    approval: t('检测编号', 'Approval number'),
    hardware: t('硬件版本', 'Hardware version'),
  },
  found: { ...plateFoundWords, unknown: t('未知', 'unknown') },
  gap: plateGapWords,
  mark: {
    ok: t('已完成', 'done'),
    bad: t('不符合', 'failed'),
    warn: t('还缺照片,或至少 10 个字的理由', 'photo missing, or a reason of 10 characters'),
    off: t('未完成', 'open'),
  },
  keys: t(
    '按键:1、2、3 作答,P 照片,↑ ↓ 换项(录入时用 PageUp、PageDown)',
    'Keys: 1 pass, 2 fail, 3 not asked, P photo, ↑ ↓ between questions (PageUp, PageDown while typing)',
  ),
  repaired: t(
    '由损坏的文件修复而成;缺失记录:{lost};未能证实、已撤回的记录:{suspect};缺失照片:{pictures} 张',
    'Repaired from a damaged file. Records lost: {lost}; unproven and withdrawn: {suspect}; photos lost: {pictures}',
  ),
  none: t('无', 'none'),
}
