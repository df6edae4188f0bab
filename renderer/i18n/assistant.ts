// Words of the antenna assistant: sliders, what is assumed, the fit, the proposal.
// Words of the clause and of what was fitted come from the runtime.
import { t } from '#base/pure/words/fault-text.ts'

export const assistant = {
  try: t('试调天线', 'Try the antenna'),
  of: {
    powerStep: t('功率档位', 'Power'),
    heightMm: t('高度', 'Height'),
    downDeg: t('俯角', 'Down'),
    yawDeg: t('偏转角', 'Yaw'),
    xMm: t('横', 'across'),
    yMm: t('纵', 'along'),
  },
  unitStep: t('档', 'step'),
  eirp: t('EIRP 约', 'EIRP about'),
  eirpOver: t('EIRP 超过 {limit} dBm(GB/T 20851.1)', 'EIRP above {limit} dBm (GB/T 20851.1)'),
  clause: t(
    '{text}(7.1.1 c 的建议);不照做就在勘测中写明原因',
    '{text} (recommended by 7.1.1 c); where it is not followed, the survey gives the reason',
  ),
  place: t('安装位置', 'Mounted at'),
  neighbour: t('邻道', 'Neighbour'),
  side: { none: t('无', 'none'), left: t('左侧', 'left'), right: t('右侧', 'right') },
  island: t('岛宽', 'Island'),
  boom: t('道闸 ↑', 'Boom ↑'),
  noZone: t('没有一处达到 -45 dBm', 'No place reaches -45 dBm'),
  drop: t('触发点弱于峰值', 'Trigger below peak'),
  next: t('邻道最强', 'Neighbour lane'),
  picture: t(
    '预测的通信区域:粗线为 -45 dBm,虚线框为测试区域,十字为触发点,圆圈为天线',
    'Predicted zone: the thick line is -45 dBm, the dashed box the test area, the cross the trigger, the circle the antenna',
  ),
  assumedTitle: t('尚未拟合,以下为假定', 'Not fitted yet; values assumed'),
  assume: {
    power: t(
      '{step} 档的 EIRP 为 {eirp} dBm,每档 {slope} dB',
      'Step {step} sends {eirp} dBm EIRP, {slope} dB a step',
    ),
    beam: t(
      '波瓣 {across}° × {up}°,地面反射 {share}',
      'Beam {across}° × {up}°, ground reflection {share}',
    ),
    shadow: t(
      '不计车辆与墙体的遮挡;未与任何实物核对',
      'Shadows of cars and walls are ignored; not checked against real equipment',
    ),
  },
  noSetup: t(
    '勘测中没有天线的安装记录,当前数值为假定',
    'The survey does not record how the antenna is mounted: these values are assumed',
  ),
  toRecorded: t('恢复为记录值', 'As recorded'),
  toUsual: t('恢复为假定值', 'As assumed'),
  record: t('按此记录安装现状', 'Record this mounting'),
  unknownProfile: t('未注明型号', 'model not stated'),
  antenna: t('天线', 'Antenna'),
  fit: t('用 {count} 点读数拟合', 'Fit to {count} points'),
  tooFew: t('至少需要 {min} 点读数', 'At least {min} points are needed'),
  fitting: t(
    '正在拟合并试算各档位与角度,通常不到两秒',
    'Fitting and trying power steps and angles; usually under two seconds',
  ),
  newer: t('拟合之后又有新记录,可重新拟合', 'There are newer records: fit again'),
  noGrid: t('此勘测没有测点网格', 'This survey has no grid'),
  noGridWhy: t('请新建勘测并选定网格。', 'Begin a new survey and choose a grid.'),
  fitted: t('已由 {count} 点读数拟合', 'Fitted to {count} readings'),
  value: {
    eirpDbm: t('EIRP(所测档位)', 'EIRP at the measured step'),
    dbPerStep: t('每档', 'Each step'),
    downDeg: t('俯角与记录之差', 'Down angle, off the record'),
    azimuthDeg: t('方位与记录之差', 'Yaw off the record'),
    acrossLn: t('波瓣宽与标称之差', 'Beam width off nominal'),
    upLn: t('波瓣高与标称之差', 'Beam height off nominal'),
  },
  learnt: t('由读数得出', 'from readings'),
  believed: t('读数未说明,仍为假定', 'still assumed'),
  residual: t('模型残差(均方根)', 'Residual of the model (rms)'),
  shadow: t('遮挡', 'shadows'),
  outliers: t(
    '与邻近读数不符,已降低权重:{outliers}',
    'Do not match nearby readings and count less: {outliers}',
  ),
  proposal: t('建议', 'Proposal'),
  noChange: t(
    '现有设置已是模型所知的最好设置',
    'The present settings are the best the model knows',
  ),
  setting: {
    powerStep: t('功率档位', 'Power'),
    pitchDeg: t('俯角', 'Down angle'),
    yawDeg: t('偏转角', 'Yaw'),
  },
  how: {
    diff: t('经设备页写入', 'written on the device page'),
    turn: t('由人转动,只作记录', 'turned by hand, only recorded'),
  },
  unlawful: t('偏离 7.1.1 c', 'deviates from 7.1.1 c'),
  better: t(
    '收敛度预计由 {before} 变为 {after}(八成可能在 {low}–{high}),变好的可能 {chance}%',
    'Containment from {before} to {after} (80 % likely {low}–{high}); chance of improvement {chance} %',
  ),
  row5: t(
    '第 5 项(模型推算,不作判定):{before} → {after}(需求区最低 {need} dBm,框边及框外最高 {out} dBm)',
    'Row 5 by the model, no verdict: {before} → {after} (lowest needed {need} dBm, highest outside {out} dBm)',
  ),
  unboundedRow5: t(
    '未声明需求区:此处不受第 5 项约束',
    'No needed area was declared: row 5 does not limit this',
  ),
  apply: t('在设备页查看差异', 'Show changes on the device page'),
  measureNext: t(
    '下一步最值得测的点(横, 纵,m):{places}',
    'Best points to measure next (across, along, m): {places}',
  ),
  shows: { try: t('试调', 'Try'), compare: t('前后对比', 'Before and after') },
  before: t('现在', 'Now'),
  after: t('建议', 'Proposed'),
}
