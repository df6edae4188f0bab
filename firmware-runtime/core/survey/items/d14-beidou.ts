// Table D.1 row 14: time from BeiDou. A receiver that takes its time from another constellation fails.
// GN counts where it includes BeiDou; GP alone does not.
import { t } from '../../values/fault-text.ts'
import { clock, clockAssumed, clockExamples, judgeClock } from '../clock-figures.ts'
import { defineSurveyItem, groups } from '../item.ts'

/** Talkers of BeiDou, and GN, where several together include it (lane-devices.md 8.1). */
const beidouTalkers = ['BD', 'GB', 'GN']

export const beidou = defineSurveyItem({
  id: 'D14',
  group: groups.clock,
  title: t('北斗授时', 'Time from BeiDou'),
  printed: '具备北斗授时功能，与北斗授时服务器保持时钟同步',
  procedure: t('由接收机语句核对星座与时差', 'Constellation and offset from the receiver'),
  assumed: clockAssumed,
  judge: (survey) =>
    judgeClock(survey, 'beidou', ({ constellation }) =>
      beidouTalkers.includes(constellation ?? ''),
    ),
  examples: [
    ...clockExamples('beidou', 'BD'),
    { verdict: 'fail', bodies: [clock('beidou', 'GP', 10)] },
    { verdict: 'incomplete', bodies: [clock('ntp', null, 10)] },
  ],
})
