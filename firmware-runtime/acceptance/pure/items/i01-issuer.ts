// Table I.1: the services of the issuer to the expansion platform.
// Judged by the books of the issuer's side; a lot cannot see them, so on site the issuer carries this out.
import { t } from '#base/pure/words/fault-text.ts'
import type { IssuerKind } from '#ledger/pure/facts.ts'
import { issuerFinding, issuerSteps, issuersTest } from '../issuer.ts'
import { defineAcceptanceItem, type AcceptanceItem } from '../item.ts'
import { answeredWith, spoilt, type Drive } from '../plant.ts'

interface Service extends Pick<AcceptanceItem, 'id' | 'title' | 'rule' | 'printed' | 'plant'> {
  readonly kind: IssuerKind
}

const notServed = (place: string, drive: Drive) =>
  answeredWith(place, 503, { at: 'platform', drive, turns: 'failed' })

const rows: readonly Service[] = [
  {
    id: 'I1',
    title: t('签约号获取', 'Contract number'),
    rule: { clause: 'I.1-1', evidence: ['platform'] },
    printed: 'ETC 拓展平台可根据 OBU 标签号、卡号获取签约编号或签约卡号',
    kind: 'contractNo',
    plant: spoilt('contracts', { drive: 'nothing', turns: 'failed' }),
  },
  {
    id: 'I2',
    title: t('状态名单验证', 'Status list'),
    rule: { clause: 'I.1-2', evidence: ['platform'] },
    printed: 'ETC 拓展平台可实时验证 ETC 用户状态名单',
    kind: 'statusCheck',
    plant: notServed('POST /v1/status-list/check', 'listedCar'),
  },
  {
    id: 'I3',
    title: t('扣款', 'Charge'),
    rule: { clause: 'I.1-3', evidence: ['platform'] },
    printed: 'ETC 拓展平台可对 ETC 卡进行扣款',
    kind: 'charge',
    plant: notServed('POST /v1/etc/exit-charges', 'car'),
  },
  {
    id: 'I4',
    title: t('退款', 'Refund'),
    rule: { clause: 'I.1-4', evidence: ['platform'] },
    printed: 'ETC 拓展平台可对 ETC 卡进行退款',
    kind: 'refund',
    plant: notServed('POST /v1/etc/refunds', 'refund'),
  },
  {
    id: 'I5',
    title: t('查询', 'Query'),
    rule: { clause: 'I.1-5', evidence: ['platform'] },
    printed: 'ETC 拓展平台可对 ETC 卡交易结果查询',
    kind: 'query',
    plant: notServed('GET /v1/etc/exit-charges', 'car'),
  },
  {
    id: 'I6',
    title: t('异步记账', 'Asynchronous bookkeeping'),
    rule: { clause: 'I.1-6', evidence: ['platform'] },
    printed: 'ETC 拓展平台可对交易进行异步记账',
    kind: 'bookkeeping',
    plant: spoilt('bookings', { drive: 'car', turns: 'failed' }),
  },
  {
    id: 'I7',
    title: t('交易数据下载', 'Download of transactions'),
    rule: { clause: 'I.1-7', evidence: ['platform'] },
    printed: '每日 ETC 拓展平台可获取拓展应用交易账单',
    kind: 'bill',
    plant: notServed('GET /v1/bills/exit', 'morning'),
  },
  {
    id: 'I8',
    title: t('记账数据对账', 'Reconciliation'),
    rule: { clause: 'I.1-8', evidence: ['platform'] },
    printed: '每日可对 ETC 拓展交易的记账数据进行对账',
    kind: 'reconciliation',
    plant: spoilt('bookings', { drive: 'car', turns: 'failed' }),
  },
]

export const issuerServices: readonly AcceptanceItem[] = rows.map(
  ({ id, title, rule, printed, kind, plant }) =>
    defineAcceptanceItem({
      id,
      title,
      rule,
      printed,
      needs: ['platform'],
      steps: issuerSteps,
      expected: t('发行方账簿里有成功的记录', 'The books of the issuer have a successful record'),
      assumed: issuersTest,
      plant,
      judge: (facts) => issuerFinding(facts, kind),
    }),
)
