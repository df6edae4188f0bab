// The rules of tables E.1 to I.1 and of clause 10.3.2 with the figures of the base pack, as their items have them.
// Written from firmware-runtime/acceptance/pure/items/ by test/tidy/folder-tables.test.ts.
import { t } from '../words/fault-text.ts'
import { acceptedRule } from './rule-kind.ts'
import { answeredThresholds, responseThresholds } from './shared-limits.ts'

export const acceptedRules = {
  E1: acceptedRule(t('协议符合性测试', 'Protocol conformity'), {
    thresholds: {},
    clause: 'E.1-1',
    evidence: ['ledger', 'frame'],
  }),
  E2: acceptedRule(t('接口测试', 'Interfaces'), {
    thresholds: {},
    clause: 'E.1-2',
    evidence: ['ledger'],
  }),
  E3: acceptedRule(t('正常交易测试', 'Normal transactions'), {
    thresholds: {},
    clause: 'E.1-3',
    evidence: ['ledger', 'platform', 'frame'],
  }),
  E4: acceptedRule(t('异常处理机制', 'Exceptions'), {
    thresholds: {},
    clause: 'E.1-4',
    evidence: ['ledger'],
  }),
  F1: acceptedRule(t('入口车道:授权签到', 'Entry lane: sign-in'), {
    thresholds: {},
    clause: 'F.1-1',
    evidence: ['ledger'],
  }),
  F2: acceptedRule(t('入口信息上传', 'Upload of entries'), {
    clause: 'F.1-2',
    evidence: ['ledger'],
    thresholds: {
      within: {
        words: t('时限', 'within'),
        value: 5,
        unit: 's',
        basis: 'assumed',
        min: 0.1,
        max: 86_400,
      },
    },
  }),
  F3: acceptedRule(t('出口车道:授权签到', 'Exit lane: sign-in'), {
    thresholds: {},
    clause: 'F.1-3',
    evidence: ['ledger'],
  }),
  F4: acceptedRule(t('联机扣款', 'Online charge'), {
    thresholds: {},
    clause: 'F.1-4',
    evidence: ['ledger', 'platform'],
  }),
  F5: acceptedRule(t('联机查询扣款结果', 'Query of a charge'), {
    thresholds: {},
    clause: 'F.1-5',
    evidence: ['ledger', 'access'],
  }),
  F6: acceptedRule(t('联机退款', 'Online refund'), {
    thresholds: {},
    clause: 'F.1-6',
    evidence: ['ledger', 'platform'],
  }),
  G1: acceptedRule(t('联机通信', 'Online communication'), {
    thresholds: {},
    clause: 'G.1-1',
    evidence: ['ledger', 'access'],
  }),
  G2: acceptedRule(t('上班信息下载', 'Download of shifts'), {
    thresholds: {},
    clause: 'G.1-2',
    evidence: ['access'],
  }),
  G3: acceptedRule(t('配置信息下载', 'Download of the configuration'), {
    thresholds: {},
    clause: 'G.1-3',
    evidence: ['access'],
  }),
  G4: acceptedRule(t('上班信息上传', 'Upload of shifts'), {
    thresholds: {},
    clause: 'G.1-4',
    evidence: ['access'],
  }),
  G5: acceptedRule(t('入口交易信息上传', 'Entry transactions'), {
    clause: 'G.1-5',
    evidence: ['ledger'],
    thresholds: answeredThresholds,
  }),
  G6: acceptedRule(t('入口交易小时批次信息上传', 'Entry transactions, hourly'), {
    clause: 'G.1-6',
    evidence: ['ledger'],
    thresholds: answeredThresholds,
  }),
  G7: acceptedRule(t('入口牌识信息上传', 'Entry plates'), {
    clause: 'G.1-7',
    evidence: ['ledger'],
    thresholds: answeredThresholds,
  }),
  G8: acceptedRule(t('入口牌识小时批次上传', 'Entry plates, hourly'), {
    clause: 'G.1-8',
    evidence: ['ledger'],
    thresholds: answeredThresholds,
  }),
  G9: acceptedRule(t('入口监测数据上传', 'Monitoring of entries'), {
    thresholds: {},
    clause: 'G.1-9',
    evidence: ['access'],
  }),
  G10: acceptedRule(t('出口交易信息上传', 'Exit transactions'), {
    clause: 'G.1-10',
    evidence: ['ledger'],
    thresholds: answeredThresholds,
  }),
  G11: acceptedRule(t('出口交易小时批次信息上传', 'Exit transactions, hourly'), {
    clause: 'G.1-11',
    evidence: ['ledger'],
    thresholds: answeredThresholds,
  }),
  G12: acceptedRule(t('出口牌识信息上传', 'Exit plates'), {
    clause: 'G.1-12',
    evidence: ['ledger'],
    thresholds: answeredThresholds,
  }),
  G13: acceptedRule(t('出口牌识小时批次上传', 'Exit plates, hourly'), {
    clause: 'G.1-13',
    evidence: ['ledger'],
    thresholds: answeredThresholds,
  }),
  G14: acceptedRule(t('出口监测数据上传', 'Monitoring of exits'), {
    thresholds: {},
    clause: 'G.1-14',
    evidence: ['access'],
  }),
  H1: acceptedRule(t('出口交易下载', 'Bill of exit transactions'), {
    thresholds: {},
    clause: 'H.1-1',
    evidence: ['ledger'],
  }),
  H2: acceptedRule(t('拆分账单下载', 'Split bill'), {
    thresholds: {},
    clause: 'H.1-2',
    evidence: ['access'],
  }),
  I1: acceptedRule(t('签约号获取', 'Contract number'), {
    thresholds: {},
    clause: 'I.1-1',
    evidence: ['platform'],
  }),
  I2: acceptedRule(t('状态名单验证', 'Status list'), {
    thresholds: {},
    clause: 'I.1-2',
    evidence: ['platform'],
  }),
  I3: acceptedRule(t('扣款', 'Charge'), {
    thresholds: {},
    clause: 'I.1-3',
    evidence: ['platform'],
  }),
  I4: acceptedRule(t('退款', 'Refund'), {
    thresholds: {},
    clause: 'I.1-4',
    evidence: ['platform'],
  }),
  I5: acceptedRule(t('查询', 'Query'), { thresholds: {}, clause: 'I.1-5', evidence: ['platform'] }),
  I6: acceptedRule(t('异步记账', 'Asynchronous bookkeeping'), {
    thresholds: {},
    clause: 'I.1-6',
    evidence: ['platform'],
  }),
  I7: acceptedRule(t('交易数据下载', 'Download of transactions'), {
    thresholds: {},
    clause: 'I.1-7',
    evidence: ['platform'],
  }),
  I8: acceptedRule(t('记账数据对账', 'Reconciliation'), {
    thresholds: {},
    clause: 'I.1-8',
    evidence: ['platform'],
  }),
  R1: acceptedRule(t('交互类业务响应时间', 'Response of interactive requests'), {
    clause: '10.3.2.2 a',
    evidence: ['access'],
    thresholds: responseThresholds(3),
  }),
  R2: acceptedRule(t('查询类业务响应时间', 'Response of queries'), {
    clause: '10.3.2.2 b',
    evidence: ['access'],
    thresholds: responseThresholds(10),
  }),
  R3: acceptedRule(t('7×24 小时不间断服务', 'Service 7 x 24 h'), {
    clause: '10.3.2.1 b',
    evidence: ['ledger'],
    thresholds: {
      days: { words: t('天数', 'days'), value: 7, unit: 'day', basis: 'assumed', min: 1, max: 366 },
      stopMax: {
        words: t('最长停顿', 'longest stop'),
        value: 120,
        unit: 's',
        basis: 'assumed',
        min: 1,
        max: 86_400,
      },
    },
  }),
  R4: acceptedRule(t('系统吞吐量', 'Throughput'), {
    clause: '10.3.2.4',
    evidence: ['access'],
    thresholds: {
      tps: {
        words: t('每秒请求', 'requests a second'),
        value: 150,
        unit: 'count',
        basis: 'printed',
        min: 1,
        max: 100_000,
      },
      lots: {
        words: t('停车场数(0:不适用)', 'car parks (0: not applicable)'),
        value: 0,
        unit: 'count',
        basis: 'assumed',
        min: 0,
        max: 100_000,
      },
      span: {
        words: t('时间窗', 'span'),
        value: 60,
        unit: 's',
        basis: 'assumed',
        min: 1,
        max: 3_600,
      },
    },
  }),
  R5: acceptedRule(t('友好性', 'Friendliness'), {
    clause: '10.3.2.3',
    evidence: ['walk'],
    thresholds: {
      setupActs: {
        words: t('建场操作', 'actions of the set-up'),
        value: 60,
        unit: 'count',
        basis: 'assumed',
        min: 1,
        max: 1_000,
      },
    },
  }),
} as const
