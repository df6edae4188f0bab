// Examples of each kind of matter: an answer of its call, and the rows that wait because of it.
import { noCentre } from '#ledger/calls/centre-views.ts'
import type { matters } from '#runtime/inbox/table.ts'
import { deviceExamples, watcherExamples } from './device-examples.ts'

type Kind = keyof typeof matters

const atIso = '2026-11-20T08:00:00+08:00'
const item = { itemId: 'i1', end: null, owner: '', foundAtIso: atIso }
const feedback = { no: 'F-1', complaint: { kind: 'amount', answerBy: '2026-11-25' } }
const noneAsked = { count: 0, amountFen: 0, sinceIso: null, stayIds: [] }
const none = {
  count: 0,
  rows: [],
  pairs: [],
  charges: [],
  asked: noneAsked,
  notUploaded: [],
  refunds: [],
}
const asked = {
  askId: 'a',
  by: '甲',
  reason: '多收',
  amountFen: 250,
  askedAtIso: atIso,
  second: ['乙'],
}
const rowsFault = { code: 'ROWS-05', what: { zh: '不一样', en: '' }, needsPerson: true }
const health = { psams: [], certificates: [], powers: [] }
const certificate = { of: 'platform', whose: 'client', serial: '01', untilIso: atIso }
const said = (version: string) => ({ version, hardware: null, serial: 'S1' })
const versionOf = (state: string, is: string) => {
  const at = { laneId: 'exit', device: 'camera', sinceIso: atIso, accepted: said('V1') }
  return { ...at, state, now: said(is) }
}
const psam = { laneId: 'exit', terminal: '0102030405AB' }
const name = { zh: '出口1', en: 'Exit 1' }
const ok = { state: 'up', heardMsAgo: 10 }
const devices = { rsu: ok, camera: ok, barrier: ok, display: ok }
const laneOf = (more: object) => ({
  lanes: [{ laneId: 'exit', name, car: null, devices, ...more }],
})
export const lane = (state: string, more: object = {}) =>
  laneOf({ devices: { ...devices, camera: { ...ok, state, ...more } } })
const carOf = (more: object) => laneOf({ car: { plate: '桂A12345', sinceIso: atIso, ...more } })
const printerOf = (more: object) => ({ id: 'p1', waiting: 0, code: null, device: ok, ...more })
const camera = {
  id: 'road',
  isCamera: true,
  up: true,
  doubt: null,
  silentAfterSec: 3_660,
  presets: null,
  refused: 0,
}
const watchedSpace = {
  spaceId: 'A01',
  sourceId: 'road',
  doubt: null,
  contradictedIso: null,
  heardIso: atIso,
}
const watching = (source: object, space: object = {}) => ({
  sources: [{ ...camera, ...source }],
  spaces: [{ ...watchedSpace, ...space }],
})
const standing = (over: object, spaceId = 'A01') => ({
  spaceId,
  street: '北侧',
  stay: {
    stayId: 'S1',
    plate: null,
    enteredAtIso: '2026-11-20T07:45:00+08:00',
    isRead: false,
    dueFen: 300,
    overIso: null,
    ...over,
  },
})
const many = (count: number, over: object) =>
  Array.from({ length: count }, (_, n) => standing(over, `A0${n + 1}`))
const left = (plate: string | null, leftAtIso: string, isOpen = true) => ({
  orderId: 'O1',
  plate,
  amountFen: 300,
  leftAtIso,
  isOpen,
})
const weekAgo = '2026-11-13T08:00:00+08:00'
/** An order of another billing system, and that system, which asked an hour ago. */
const sentOrders = (order: object, partner: object) => ({
  rows: [{ orderId: 'O1', plate: '测A10001', amountFen: 700, reviewSinceIso: null, ...order }],
  partners: [
    {
      partnerId: 'acme',
      askedIso: '2026-11-20T07:00:00+08:00',
      openOrders: 1,
      pushFails: null,
      ...partner,
    },
  ],
})
const passed = (candidates: readonly object[]) => ({
  rows: [{ laneId: 'exit', plate: '桂A12345', colour: 'blue', atIso, candidates }],
})
const like = {
  stayId: 'S1',
  plate: '桂A12346',
  leftAtIso: atIso,
  dueFen: 300,
  score: 90,
  why: 'unlike',
  text: { zh: '90 分', en: '90 points' },
  parts: [{ zh: '第 7 位', en: 'Character 7' }],
}
const day = { items: [], told: [], letGo: [], day: '2026-11-20' }
const owing = { owedFen: 300, atIso }
export const here = (upMs: number) => ({
  laneName: () => name,
  street: null,
  nowMs: Date.parse(atIso),
  upMs,
})

const raisedBoom = { laneId: 'exit', name, link: '', by: '甲', atIso, of: 'setup' }
const noUpdate = { looked: null, plan: null, trial: null, last: null, working: null }
const tried = { version: '0.1.9', step: 'tried', wanted: null, triedIso: atIso }
const back = { is: 'takenBack', from: '0.1.9', to: '0.1.8', atIso }

/** Kind, answer, and key, words and urgency of each row. */
export const waiting: readonly (readonly [
  Kind,
  object,
  readonly (readonly [string, string, boolean])[],
])[] = [
  ['refund', { rows: [{ ...asked, state: 'waiting' }] }, [['a', '2.50', true]]],
  [
    'refund',
    { rows: ['agreed', 'declined', 'withdrawn'].map((state) => ({ ...asked, state })) },
    [],
  ],
  ['difference', { items: [] }, []],
  ['difference', { items: [{ ...item, end: { how: 'found' } }] }, []],
  ['difference', { items: [item, { ...item, owner: '甲' }] }, [['books', '2 项差异', false]]],
  ['difference', { items: [{ ...item, feedback }] }, [['i1', '最迟 2026-11-25', false]]],
  ['difference', { items: [{ ...item, feedback, isLate: true }] }, [['i1', '过期', true]]],
  [
    'difference',
    { items: [{ ...item, feedback: { no: 'F-2' } }] },
    [['i1', 'F-2 等待答复', false]],
  ],
  ['told', { told: [] }, []],
  [
    'told',
    {
      told: [{ of: 'tariff', version: 'v2', toldIso: atIso, what: { zh: '周一起 5 元', en: '' } }],
    },
    [['tariff v2', '周一起 5 元', false]],
  ],
  ['stay', none, []],
  [
    'stay',
    { ...none, count: 3, rows: [{ stayId: 'S1', enteredAtIso: atIso }] },
    [['stays', '3 次停车太久', false]],
  ],
  [
    'stay',
    { ...none, asked: { count: 2, amountFen: 1000, sinceIso: atIso, stayIds: ['S7', 'S8'] } },
    [['stays', '2 笔扣费平台还没有答复', false]],
  ],
  [
    'stay',
    { ...none, charges: [{ stayId: 'S2', askedAtIso: atIso }] },
    [['stays', '1 笔扣费结果不明', true]],
  ],
  ['stay', { ...none, notUploaded: [{ stayId: 'S3' }] }, [['stays', '不能上传', true]]],
  ['stay', { ...none, refunds: [{ stayId: 'S4' }] }, [['stays', '1 笔退款要人退', true]]],
  ['heldRecord', { count: 0, rows: [] }, []],
  ['heldRecord', { count: 7, rows: [{ atIso, outboxId: 'B1' }] }, [['held', '7 条', true]]],
  ['update', noUpdate, []],
  ['update', { ...noUpdate, plan: { ...tried, wanted: { when: 'tonight' } } }, []],
  ['update', { ...noUpdate, plan: tried }, [['ready 0.1.9', '等您说什么时候换', false]]],
  ['update', { ...noUpdate, last: back }, [[`back 0.1.9 ${atIso}`, '已换回 0.1.8', false]]],
  [
    'update',
    { ...noUpdate, looked: { is: 'newer', offered: { version: '0.1.9' }, atIso } },
    [['offered 0.1.9', '有新版本 0.1.9', false]],
  ],
  ['version', { rows: [versionOf('same', 'V1')] }, []],
  ['version', { rows: [{ ...versionOf('unread', 'V1'), now: null, accepted: null }] }, []],
  [
    'version',
    { rows: [versionOf('changed', 'V2'), { ...versionOf('changed', '7'), device: 'rsu' }] },
    [
      ['exit camera V2', '由 V1 变为 V2(2026-11-20)', false],
      ['exit rsu 7', '由 V1 变为 7', false],
    ],
  ],
  ['certificate', { ...health, certificates: [{ ...certificate, state: 'ok' }] }, []],
  ['certificate', { ...health, certificates: [{ ...certificate, state: 'unknown' }] }, []],
  [
    'certificate',
    { ...health, certificates: [{ ...certificate, state: 'soon' }] },
    [['platform client 01', '快到期,2026-11-20', false]],
  ],
  [
    'certificate',
    { ...health, certificates: [{ ...certificate, state: 'bad' }] },
    [['platform client 01', '不在有效期', true]],
  ],
  ['centre', noCentre, []],
  ['centre', { ...noCentre, fault: rowsFault }, [['ROWS-05', '不一样', true]]],
  [
    'psam',
    {
      ...health,
      psams: [
        { ...psam, state: 'ok' },
        { ...psam, state: 'unknown' },
      ],
    },
    [],
  ],
  [
    'psam',
    { ...health, psams: [{ ...psam, state: 'bad' }] },
    [['exit 0102030405AB', '没有授权', true]],
  ],
  ['clock', { clock: {} }, []],
  ['clock', { clock: { doubt: { cause: 'jump' } } }, [['clock', '说不准', true]]],
  ['device', lane('up'), []],
  ['device', lane('down', { heardMsAgo: 39_999 }), []],
  ['device', lane('down', { heardMsAgo: 40_000 }), [['device exit camera', '相机没有应答', true]]],
  [
    'device',
    lane('down', { heardMsAgo: null }),
    [['device exit camera', '出口1的相机没有应答', true]],
  ],
  ['device', lane('down', { heardMsAgo: 90_000, reason: 'held' }), []],
  ...deviceExamples(lane),
  ...watcherExamples(watching),
  ['spaceUnread', { rows: [{ ...standing({}), stay: null }] }, []],
  ['spaceUnread', { rows: [standing({ enteredAtIso: '2026-11-20T07:45:01+08:00' })] }, []],
  ['spaceUnread', { rows: [standing({ plate: '桂A12345' }), standing({ isRead: true })] }, []],
  [
    'spaceUnread',
    { rows: many(2, {}) },
    [['street 北侧', '北侧 2 辆车没有读到车牌:A01 A02', false]],
  ],
  [
    'spaceUnread',
    { rows: [...many(6, {}), { ...standing({}, 'B01'), street: '南侧' }] },
    [
      ['street 北侧', '6 辆车没有读到车牌:A01 A02 A03 A04 A05 …', false],
      ['street 南侧', 'B01', false],
    ],
  ],
  ['spaceOver', { rows: many(3, {}) }, []],
  ['spaceOver', { rows: many(1, { overIso: atIso }) }, [['street 北侧', '超时:A01', false]]],
  ['leftUnpaid', { rows: [left('桂A12345', '2026-11-13T08:00:01+08:00')] }, []],
  ['leftUnpaid', { rows: [left('桂A12345', weekAgo, false)] }, []],
  [
    'leftUnpaid',
    { rows: [left('桂A12345', weekAgo), left(null, weekAgo), left(null, atIso)] },
    [['left', '2 辆车离开泊位 7 天还没有付款,共 ¥ 6.00,其中 1 辆没有车牌', false]],
  ],
  ['partner', { rows: [], partners: [] }, []],
  ['partner', sentOrders({}, { askedIso: '2026-11-20T07:55:01+08:00' }), []],
  ['partner', sentOrders({ review: 'asked' }, { openOrders: 0 }), []],
  ['partner', sentOrders({}, {}), [['silent acme', '计费系统 acme 不来取结果,1 张订单', true]]],
  ['partner', sentOrders({}, { askedIso: null }), []],
  [
    'partner',
    sentOrders({ review: 'disputed' }, { openOrders: 0 }),
    [['disputed O1', '对 测A·10001 的扣费 ¥ 7.00 有异议', false]],
  ],
  [
    'partner',
    sentOrders({}, { openOrders: 0, pushFails: { sinceIso: '2026-11-20T07:54:00+08:00' } }),
    [['push acme', 'acme 的推送地址没有收下事件', false]],
  ],
  [
    'partner',
    sentOrders({}, { openOrders: 0, pushFails: { sinceIso: '2026-11-20T07:57:00+08:00' } }),
    [],
  ],
  ['unmatched', { rows: [] }, []],
  ['unmatched', passed([]), []],
  [
    'unmatched',
    passed([like, { ...like, stayId: 'S2' }]),
    [['桂A12345 S1', '最像 桂A·12346(欠 ¥ 3.00):90 分;第 7 位,另有 1 辆', false]],
  ],
  ['car', laneOf({}), []],
  ['car', carOf({ manual: null }), []],
  ['car', carOf({ manual: 'noStay' }), [[`car exit ${atIso} noStay`, '出口1:桂A12345', true]]],
  [
    'car',
    carOf({ manual: 'noStay', plate: null }),
    [[`car exit ${atIso} noStay`, '没有读到车牌', true]],
  ],
  [
    'car',
    carOf({ manual: null, notOpenedSinceIso: atIso }),
    [[`car exit ${atIso} notOpened`, '等人', true]],
  ],
  ['helpCall', laneOf({}), []],
  ['helpCall', laneOf({ calls: [{ callId: 'c1', atIso }] }), [['call c1', '出口1有人求助', true]]],
  ['raised', laneOf({}), []],
  ['raised', { ...laneOf({}), raised: [] }, []],
  [
    'raised',
    { ...laneOf({}), raised: [raisedBoom] },
    [[`raised exit ${atIso}`, '出口1的道闸由 08:00 的测试升起(甲)', true]],
  ],
  ['boom', laneOf({}), []],
  ['boom', laneOf({ leftUpAtIso: atIso }), [[`boom exit leftUp${atIso}`, '还抬着', true]]],
  ['boom', laneOf({ openedAloneAtIso: atIso }), [[`boom exit ${atIso}`, '没有命令', true]]],
  ['printer', laneOf({ printers: [printerOf({})] }), []],
  [
    'printer',
    laneOf({ printers: [printerOf({ waiting: 2 })] }),
    [['printer p1', '2 张小票', true]],
  ],
  [
    'printer',
    laneOf({ printers: [printerOf({ code: 'PRN-01', device: { state: 'down' } })] }),
    [['printer p1', '不能打印', true]],
  ],
  [
    'printer',
    { lanes: ['a', 'b'].flatMap(() => laneOf({ printers: [printerOf({ waiting: 2 })] }).lanes) },
    [['printer p1', '2 张小票', true]],
  ],
  ['letGo', day, []],
  ['letGo', { ...day, letGo: [{ ...owing, owedFen: 0 }] }, []],
  ['letGo', { ...day, letGo: [owing, owing] }, [[day.day, '2 辆没付清的车,欠 ¥ 6.00', false]]],
  ['letGo', { ...day, letGo: [{ ...owing, owedFen: null }] }, [[day.day, '1 辆', false]]],
  ['price', { nowIso: atIso, tariff: { editions: [{}, { validFrom: atIso }] } }, []],
  [
    'price',
    { nowIso: atIso, tariff: { editions: [{}, { validFrom: '2026-11-23T00:00:00+08:00' }] } },
    [['2026-11-23T00:00:00+08:00', '2026-11-23 00:00 起', false]],
  ],
  ['power', { ...health, powers: [{ laneId: 'exit', state: 'known' }] }, []],
  [
    'power',
    { ...health, powers: [{ laneId: 'exit', state: 'asked' }] },
    [['exit', '出口1的天线还没有定功率', true]],
  ],
  [
    'power',
    { ...health, powers: [{ laneId: 'exit', state: 'unproven' }] },
    [['exit', '没有试过的功率', false]],
  ],
  ['drill', { drill: { state: 'held', words: name, lastIso: atIso } }, []],
  ...(['never', 'soon', 'overdue'] as const).map(
    (state) =>
      [
        'drill',
        { drill: { state, words: name, lastIso: null } },
        [['drill', name.zh, false]],
      ] as const,
  ),
  ['folder', { upkeep: null }, []],
  ['folder', { upkeep: { faults: [] } }, []],
  [
    'folder',
    {
      upkeep: {
        faults: [
          { code: 'UPKEEP-01', note: '1412 MB' },
          { code: 'LEDGER-07', note: '12' },
          { code: 'NEW-01', note: '' },
        ],
      },
    },
    [
      ['UPKEEP-01 0', '1412 MB', false],
      ['LEDGER-07 1', '检查点', true],
      ['NEW-01 2', 'NEW-01', false],
    ],
  ],
  ['safeguard', { toDo: [], fault: null }, []],
  ['safeguard', { toDo: [{ code: 'copyKey' }], fault: null }, [['copyKey', '恢复密钥', false]]],
  ['safeguard', { toDo: [{ code: 'service' }], fault: null }, [['service', '重启后', false]]],
  [
    'safeguard',
    { toDo: [{ code: 'secondPlace' }], fault: null },
    [['secondPlace', '第二处', false]],
  ],
  ['safeguard', { toDo: [], fault: { code: 'COPY-02', note: '' } }, [['copies', '', true]]],
]
