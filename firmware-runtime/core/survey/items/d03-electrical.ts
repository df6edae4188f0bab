// Table D.1 row 3: state of the electrical system.
// What runs, and what protects it.
import { t } from '../../values/fault-text.ts'
import { checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, groups } from '../item.ts'

export const electricalParts = [
  part('lane-devices', '车道机电设备', 'Lane devices', 'D.1-3'),
  part('software', '系统软件', 'System software', 'D.1-3'),
  part('network', '通信设备', 'Network devices', 'D.1-3'),
  part('lightning', '防雷', 'Lightning protection', 'D.1-3', true),
  part('power-backup', '保供电设备', 'Power backup', 'D.1-3', true),
]

export const electrical = defineSurveyItem({
  id: 'D3',
  group: groups.general,
  title: t('机电系统工作状态', 'State of the electrical system'),
  printed: '车道机电设备、系统软件、通信设备皆处于正常工作状态，防雷、保供电设备工作正常',
  procedure: t('逐项核对运行状态', 'Check each part at work'),
  assumed: null,
  judge: (survey) => judgeChecks('D3', electricalParts, survey),
  examples: checkExamples('D3', electricalParts),
})
