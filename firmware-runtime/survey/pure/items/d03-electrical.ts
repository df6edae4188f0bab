// Table D.1 row 3: state of the electrical system.
// Supply and protection.
import { t } from '#base/pure/words/fault-text.ts'
import { checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, groups } from '../item.ts'

export const electricalParts = [
  part(
    'lane-devices',
    ['车道机电设备', 'Lane devices'],
    [
      '道闸、摄像机、显示屏、天线、检测器各动作一次,无告警',
      'Barrier, camera, display, antenna and detectors each work once, no alarm stands',
    ],
    'D.1-3',
  ),
  part(
    'software',
    ['系统软件', 'System software'],
    [
      '收费与接入软件在运行,无故障提示,时间正确',
      'Charging and access programs run, show no fault and the right time',
    ],
    'D.1-3',
  ),
  part(
    'network',
    ['通信设备', 'Network devices'],
    [
      '路由器、交换机或移动网络终端指示正常,与平台连通',
      'Router, switch or mobile terminal show normal, the platform is reached',
    ],
    'D.1-3',
  ),
  part(
    'lightning',
    ['防雷', 'Lightning protection'],
    [
      '电源与信号防雷器在位、窗口未变色,接地线接牢',
      'Arresters of power and signal are there, their windows unchanged, the earth wire is fast',
    ],
    'D.1-3',
    true,
  ),
  part(
    'power-backup',
    ['保供电设备', 'Power backup'],
    [
      '断开市电试一次:车道设备继续工作,恢复后转回市电',
      'Take the mains away once: the lane goes on working, and goes back to the mains afterwards',
    ],
    'D.1-3',
    true,
  ),
]

export const electrical = defineSurveyItem({
  id: 'D3',
  group: groups.general,
  title: t('机电系统工作状态', 'State of the electrical system'),
  printed: '车道机电设备、系统软件、通信设备皆处于正常工作状态，防雷、保供电设备工作正常',
  procedure: t('逐项核对运行状态', 'Check each part at work'),
  assumed: null,
  questions: electricalParts,
  judge: (survey) => judgeChecks('D3', electricalParts, survey),
  examples: () => checkExamples('D3', electricalParts),
})
