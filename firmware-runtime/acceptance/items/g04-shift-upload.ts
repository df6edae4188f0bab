// Table G.1 row 4: upload of shifts.
// Judged by the accesses to the interface: status, code and Request-ID of each.
import { t } from '../../core/values/fault-text.ts'
import { accessFinding } from '../accesses.ts'
import { defineAcceptanceItem } from '../item.ts'
import { notTaken } from '../plant.ts'

export const shiftUpload = defineAcceptanceItem({
  id: 'G4',
  title: t('上班信息上传', 'Upload of shifts'),
  rule: { clause: 'G.1-4', evidence: ['access'] },
  printed: '支持上传至停车场运营服务商管理平台',
  needs: ['operator'],
  steps: [t('交一次班', 'Hand over one shift')],
  expected: t('运营服务商平台确认', "The operator's platform confirms it"),
  assumed: t('接口按 P21', 'The interface follows P21'),
  plant: notTaken('shift-records', 'shiftNo', { at: 'operator', drive: 'drawer' }),
  judge: (facts) =>
    accessFinding(facts, {
      interfaceId: 'shiftUpload',
      at: ['operator'],
      what: t('上传上班信息', 'upload of shifts'),
    }),
})
