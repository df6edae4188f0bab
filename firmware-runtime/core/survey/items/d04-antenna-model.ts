// Table D.1 row 4: the antenna's model and its tested hardware.
// Name plate against test report.
import { t } from '../../values/fault-text.ts'
import { checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, groups } from '../item.ts'

export const antennaModelParts = [
  part('approval', '型号已通过检测', 'Model has passed its test', 'D.1-4', true),
  part('hardware', '硬件与过检版本一致', 'Hardware is the tested version', 'D.1-4'),
]

export const antennaModel = defineSurveyItem({
  id: 'D4',
  group: groups.general,
  title: t('天线型号', 'Antenna model'),
  printed: '天线应使用具有广泛兼容性、通过检测的型号，且硬件与过检版本保持一致',
  procedure: t(
    '核对铭牌与检测报告,拍铭牌',
    'Compare name plate and test report, photograph the name plate',
  ),
  assumed: null,
  judge: (survey) => judgeChecks('D4', antennaModelParts, survey),
  examples: checkExamples('D4', antennaModelParts),
})
