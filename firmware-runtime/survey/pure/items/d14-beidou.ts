// Table D.1 row 14: time from BeiDou. A receiver that takes its time from another constellation fails.
// Satellites of BeiDou are named by the receiver: GN alone says nothing.
import { t } from '#base/pure/words/fault-text.ts'
import {
  clock,
  clockAssumed,
  clockExamples,
  judgeClock,
  sourceFinding,
} from '../figures/clock-figures.ts'
import { defineSurveyItem, groups } from '../item.ts'

/** True for the talker ids of BeiDou; several constellations are joined by `+` (sky.ts), GN alone names none of them. */
const namesBeidou = (constellation: string | null): boolean =>
  (constellation ?? '').split('+').some((one) => one === 'BD' || one === 'GB')

export const beidou = defineSurveyItem({
  id: 'D14',
  group: groups.clock,
  title: t('北斗授时', 'Time from BeiDou'),
  printed: '具备北斗授时功能，与北斗授时服务器保持时钟同步',
  procedure: t(
    '由接收机语句(GSA/GSV)核对星座,30 分钟内读时差至少 7 次;车道机、摄像机、天线、平台各自判定',
    'Constellation by the receiver (GSA, GSV), at least 7 offsets in 30 min; lane, cameras, antenna and platform each',
  ),
  assumed: clockAssumed,
  judge: (survey) =>
    judgeClock(survey, 'beidou', (lane) => {
      // A withdrawn reading counts; a typed one may be a typing error.
      const strange =
        lane.find((one) => !namesBeidou(one.constellation) && one.goneFor === undefined) ??
        lane.find((one) => !namesBeidou(one.constellation))
      if (strange === undefined) return null
      const { constellation, goneFor, origin } = strange
      if (goneFor !== undefined && origin?.how === 'typed')
        return sourceFinding(
          'marginal',
          `撤回的读数来自 ${constellation ?? '?'}`,
          `a withdrawn reading is of ${constellation ?? '?'}`,
        )
      // Several without a name may be with BeiDou or without: that is not shown.
      return constellation === null || constellation === 'GN'
        ? sourceFinding('incomplete', '接收机未指明北斗', 'the receiver does not name BeiDou')
        : sourceFinding('fail', `时间来自 ${constellation}`, `the time is of ${constellation}`)
    }),
  examples: () => [
    ...clockExamples('beidou', 'BD'),
    ...clockExamples('beidou', 'BD+GP').slice(0, 2),
    { verdict: 'fail', bodies: [clock('beidou', 'GP', 10)] },
    { verdict: 'fail', bodies: [clock('beidou', 'GL+GP', 10)] },
    { verdict: 'incomplete', bodies: clockExamples('beidou', 'GN')[1]?.bodies ?? [] },
    { verdict: 'incomplete', bodies: [clock('ntp', null, 10)] },
  ],
})
