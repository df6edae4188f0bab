// An acceptance as the runtime answers it: one item that failed on simulators, one that passed.
// Shared by the tests of its page and of all pages.
import type { AcceptanceView } from '../../firmware-runtime/api/acceptance-views.ts'

export const acceptanceView: AcceptanceView = {
  sessionId: 'A20260302080000000',
  fromIso: '2026-03-02T00:00:00.000+08:00',
  simulated: true,
  rules: { packId: 'guangxi', standard: 'DBJT45/T 065-2024' },
  lock: { why: null, override: null },
  waiting: [],
  isRunning: false,
  failed: null,
  items: [
    {
      id: 'E1',
      clause: 'E.1-1',
      title: { zh: '协议符合性测试', en: 'Protocol conformity' },
      printed: '符合国标、行业规范要求',
      steps: [{ zh: '准备测试 OBU', en: 'Have test OBUs' }],
      expected: { zh: '金额等于订单', en: 'The amount of the order' },
      assumed: { zh: '按卡版本', en: 'By the version of the card' },
      verdict: 'fail',
      words: { zh: 'C6 金额 1 分,订单 300 分', en: 'C6 names 1 fen, the order 300' },
      simulated: true,
      evidence: [{ source: 'ledger', ref: '17', text: 'intent' }],
      limits: [{ name: 'within', value: 3, unit: 's', basis: 'assumed' }],
      judgedAtIso: '2026-03-02T08:00:00.000+08:00',
    },
    {
      id: 'E2',
      clause: 'E.1-2',
      title: { zh: '接口测试', en: 'Interfaces' },
      printed: '通过标准接口完成数据交互',
      steps: [],
      expected: { zh: '一致', en: 'Agree' },
      assumed: null,
      verdict: 'pass',
      words: { zh: '一致', en: 'Agree' },
      simulated: true,
      evidence: [],
      limits: [],
      judgedAtIso: '2026-03-02T08:00:00.000+08:00',
    },
  ],
}
