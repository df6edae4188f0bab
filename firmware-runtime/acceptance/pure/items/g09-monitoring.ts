// Table G.1 rows 9 and 14: upload of monitoring data.
// Judged by the time in which the lot ran: each lane of a direction has its heartbeats at each of both platforms.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { defineAcceptanceItem, type AcceptanceItem } from '../item.ts'
import { monitoringFinding } from '../monitoring.ts'
import { answeredWith } from '../plant.ts'

interface Monitoring extends Pick<AcceptanceItem, 'id' | 'title' | 'rule'> {
  readonly direction: 'entry' | 'exit'
  readonly step: BilingualText
  /** The platform that the plant makes refuse. */
  readonly at: 'platform' | 'operator'
}

const rows: readonly Monitoring[] = [
  {
    id: 'G9',
    title: t('入口监测数据上传', 'Monitoring of entries'),
    rule: { clause: 'G.1-9', evidence: ['access'] },
    direction: 'entry',
    step: t('让入口车道运行一小时', 'Let the entry lane run for an hour'),
    at: 'platform',
  },
  {
    id: 'G14',
    title: t('出口监测数据上传', 'Monitoring of exits'),
    rule: { clause: 'G.1-14', evidence: ['access'] },
    direction: 'exit',
    step: t('让出口车道运行一小时', 'Let the exit lane run for an hour'),
    at: 'operator',
  },
]

export const monitoring: readonly AcceptanceItem[] = rows.map(
  ({ id, title, rule, direction, step, at }) =>
    defineAcceptanceItem({
      id,
      title,
      rule,
      printed: '支持上传至 ETC 拓展平台和停车场运营服务商平台',
      needs: [direction, 'recordsTo', 'monitor'],
      steps: [step],
      expected: t(
        '车道运行时,两个平台一直收下每条车道的心跳',
        'Both platforms accept the heartbeats of each lane as long as it runs',
      ),
      assumed: t(
        '接口按 P15;收下的心跳每车道每小时留一条,间隔超过 90 分钟算中断',
        'The interface follows P15; of the accepted heartbeats, one per lane and hour is kept, and more than 90 minutes without one are a gap',
      ),
      plant: answeredWith('POST /v1/monitor/heartbeats', 503, {
        at,
        drive: 'heartbeat',
        // The access log keeps only one heartbeat an hour of those that the other platform accepts.
        isPart: true,
        turns: 'refused',
      }),
      judge: (facts) => monitoringFinding(facts, direction),
    }),
)
