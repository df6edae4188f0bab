// Table D.1 row 15: time from the network.
// SNTP against the server of the lane.
import { t } from '#base/pure/words/fault-text.ts'
import { clockAssumed, clockExamples, judgeClock } from '../figures/clock-figures.ts'
import { defineSurveyItem, groups } from '../item.ts'

export const networkTime = defineSurveyItem({
  id: 'D15',
  group: groups.clock,
  title: t('网络授时', 'Time from the network'),
  printed: '具备网络授时功能，与网络授时服务器保持时钟同步',
  procedure: t(
    'SNTP 查询(取时延最小)与 chrony,30 分钟内至少 7 次;车道机、摄像机、天线、平台各自判定',
    'SNTP by its lowest delay, and chrony, at least 7 times in 30 min; lane, cameras, antenna and platform each',
  ),
  assumed: clockAssumed,
  judge: (survey) => judgeClock(survey, 'ntp'),
  examples: () => clockExamples('ntp', null),
})
