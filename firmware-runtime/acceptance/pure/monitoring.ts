// Upload of monitoring data (table G.1, rows 9 and 14): the accesses of the lanes of a direction, at each platform that
// table G.1 names, and no lane that was silent while the lot ran.
import { t } from '#base/pure/words/fault-text.ts'
import { accessFinding } from './accesses.ts'
import { declaredAmong } from './declaration.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { isUnproven, silenceWords, silentAt } from './heartbeats.ts'
import type { Finding } from './item.ts'
import { partyWords } from './parties.ts'

const parties = ['platform', 'operator'] as const

export function monitoringFinding(facts: AcceptanceFacts, direction: 'entry' | 'exit'): Finding {
  const { there } = declaredAmong(facts, parties)
  const silent = there.flatMap((party) =>
    silentAt(facts, direction, party).map((one) => {
      const { zh, en } = silenceWords(one)
      return t(`${partyWords[party].zh}:${zh}`, `${partyWords[party].en}: ${en}`)
    }),
  )
  const isOpen = isUnproven(facts)
  return accessFinding(
    facts,
    {
      interfaceId: 'monitor',
      at: parties,
      direction,
      what: t('监测数据上传', 'upload of monitoring data'),
    },
    isOpen ? [] : silent.map((words) => ({ assertion: 'laneSilent', words, evidence: [] })),
    isOpen ? silent : [],
  )
}
