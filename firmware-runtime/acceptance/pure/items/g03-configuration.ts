// Table G.1 row 3: download of the configuration.
// Judged by the accesses to the interface: status, code and Request-ID of each.
import { t } from '#base/pure/words/fault-text.ts'
import { accessFinding } from '../accesses.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const configurationDownload = defineAcceptanceItem({
  id: 'G3',
  title: t('配置信息下载', 'Download of the configuration'),
  rule: { clause: 'G.1-3', evidence: ['access'] },
  printed: '支持从停车场 ETC 运营商定时下载运行配置信息',
  needs: ['etcOperator'],
  steps: [t('让车道运行满一天', 'Let the lanes run for a full day')],
  expected: t('每个有车的日子 ETC 运营商都答复', 'The ETC operator answers on each day with cars'),
  assumed: t(
    '接口和间隔按 P21;定时即每个有车的日子至少一次',
    'The interface and the interval follow P21; at set times means at least once on each day with cars',
  ),
  plant: answeredWith('GET /v1/configuration', 403, {
    at: 'etcOperator',
    drive: 'download',
    turns: 'refused',
  }),
  judge: (facts) =>
    accessFinding(facts, {
      interfaceId: 'configDownload',
      at: ['etcOperator'],
      isDaily: true,
      what: t('下载运行配置', 'download of the configuration'),
    }),
})
