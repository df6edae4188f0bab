// Table G.1 row 2: download of shifts.
// Judged by the accesses to the interface: status, code and Request-ID of each.
import { t } from '#base/pure/words/fault-text.ts'
import { accessFinding } from '../accesses.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const shiftDownload = defineAcceptanceItem({
  id: 'G2',
  title: t('上班信息下载', 'Download of shifts'),
  rule: { clause: 'G.1-2', evidence: ['access'] },
  printed: '支持从停车场运营服务商平台每日下载上班信息',
  needs: ['operator'],
  steps: [t('让车道运行满一天', 'Let the lanes run for a full day')],
  expected: t(
    '每个有车的日子运营服务商平台都答复',
    "The operator's platform answers on each day with cars",
  ),
  assumed: t('接口按 P21', 'The interface follows P21'),
  plant: answeredWith('GET /v1/shifts', 403, {
    at: 'operator',
    drive: 'download',
    turns: 'refused',
  }),
  judge: (facts) =>
    accessFinding(facts, {
      interfaceId: 'shiftDownload',
      at: ['operator'],
      isDaily: true,
      what: t('下载上班信息', 'download of shifts'),
    }),
})
