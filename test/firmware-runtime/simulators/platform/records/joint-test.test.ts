// What the simulated platform issues a joint test report for: exchanges of a sandbox client that it saw itself, correct
// ones and ones it had to refuse. A report survives a restart; a production client never gets one.
import { beforeEach, describe, expect, test } from 'vitest'
import { createPlatformModel } from '#simulators/platform/model.ts'
import type { SettlementRow } from '#simulators/platform/records/settlement-records.ts'
import { appId, charge, createRig, nowMs, objectOf, otherId, standIn, type Rig } from '../rig.ts'

const asked = (rig: Rig) => rig.send('POST', '/v1/joint-tests', {})
const issueOf = (rig: Rig): string => String(objectOf(asked(rig).json['detail'])['issue'])

/** Stored exchanges of a sandbox client that tried `names`, each with `codes`. */
const tried = (names: readonly string[], codes: readonly string[]): SettlementRow[] =>
  names.flatMap((name) =>
    codes.map((respCode, i) => ({ t: 'tried', appId, name, respCode, atMs: nowMs + i }) as const),
  )

const names = [
  'POST /v1/psam/sign-in',
  'POST /v1/etc/exit-charges',
  'GET /v1/etc/exit-charges/{outTradeNo}',
  'POST /v1/etc/exceptions',
  'POST /v1/etc/refunds',
  'GET /v1/etc/refunds/{outRefundNo}',
  'GET /v1/status-list',
  'POST /v1/status-list/check',
  'GET /v1/bills/exit',
  'GET /v1/bills/split',
  'GET /v1/certificates',
  'POST /v1/monitor/heartbeats',
]
let whole: SettlementRow[]
beforeEach(() => {
  whole = tried(names, ['100000', '100001', '300012', '400006'])
})

test('all that had to be seen gives an id of 32 letters and digits, the same one ever after', () => {
  const rig = createRig({ rows: whole })
  const first = asked(rig).data
  expect(first['reportId']).toMatch(/^[0-9A-Z]{32}$/)
  expect(first).toMatchObject({
    interfaces: names,
    anomalies: names.flatMap((name) =>
      ['300012', '400006'].map((respCode) => ({ interface: name, respCode, count: 1 })),
    ),
  })
  expect(asked(rig.again()).data).toEqual(first)
})

test('the report names each wrong request by its interface and member', () => {
  const name = 'POST /v1/etc/exit-charges'
  const wrong = (field: string, issue: string): SettlementRow => {
    return { t: 'tried', appId, name, respCode: '200004', field, issue, atMs: nowMs }
  }
  const rows = [...whole, wrong('/realFee', 'a'), wrong('/realFee', 'b'), wrong('/exTime', 'c')]
  const { anomalies } = asked(createRig({ rows })).data
  expect(anomalies).toEqual(
    expect.arrayContaining([
      { interface: name, respCode: '200004', field: '/realFee', issue: 'a', count: 2 },
      { interface: name, respCode: '200004', field: '/exTime', issue: 'c', count: 1 },
    ]),
  )
})

test.each(['GET /v1/bills/exit', 'GET /v1/bills/split'])(
  '%s that was still being made is not read',
  (bill) => {
    const others = names.filter((name) => name !== bill)
    const rows = [
      ...tried(others, ['100000', '100001', '300012', '400006']),
      ...tried([bill], ['100002', '400006']),
    ]
    expect(issueOf(createRig({ rows }))).toBe(`${bill} right`)
  },
)

describe('of an impolite sandbox', () => {
  const thrown = () => ({ seed: 7 })
  const stranger: SettlementRow = { t: 'stranger', appId, no: 'P1', atMs: nowMs }
  const came = (over: object = {}): SettlementRow => ({
    t: 'again',
    kind: 'exit-charges',
    appId,
    no: 'P1',
    same: true,
    ...over,
  })
  const lacks = 'POST /v1/etc/exit-charges 100001 behind an answer without a signature'

  test.each([
    ['no stranger came', []],
    ['the stranger was believed', [came(), stranger]],
    ['another charge came again', [stranger, came({ no: 'P2' })]],
    ['another record of that number came again', [stranger, came({ kind: 'refunds' })]],
    ['another channel had it again', [stranger, came({ appId: otherId })]],
    ['another body came', [stranger, came({ same: false })]],
  ])('none is given where %s', (_, rows) => {
    expect(issueOf(createRig({ rows: [...whole, ...rows], thrown }))).toBe(lacks)
  })

  test('the charge came again behind the stranger, and the report says that there was one', () => {
    const rig = createRig({ rows: [...whole, stranger, came()], thrown })
    expect(asked(rig).data).toMatchObject({ impolite: { seed: 7, unsigned: 1 } })
    expect(asked(rig.again()).data).toEqual(asked(rig).data)
  })

  test('a report of a polite one is not its own', () => {
    const polite = createRig({ rows: whole })
    const first = asked(polite).data
    expect(first['impolite']).toBeNull()
    expect(issueOf(createRig({ rows: polite.rows, thrown }))).toBe(lacks)
    const atMs = nowMs + 60_000
    const rude = createRig({ rows: [...polite.rows, stranger, came()], thrown })
    const second = rude.send('POST', '/v1/joint-tests', {}, { atMs }).data
    expect(second['reportId']).toMatch(/^[0-9A-Z]{32}$/)
    expect(second['reportId']).not.toBe(first['reportId'])
  })
})

test.each([
  ['an interface that was never tried', names[4], undefined, `${names[4]} right`],
  ['a signature that was never wrong', names[8], '400006', `${names[8]} 400006`],
  ['a number that was sent once', names[1], '100001', `${names[1]} 100001`],
  ['a query that was never of nobody', names[5], '300012', `${names[5]} 300012`],
])('%s gives none, and is named', (_, name, respCode, said) => {
  const rows = whole.filter(
    (row) =>
      row.t !== 'tried' ||
      row.name !== name ||
      (respCode !== undefined && row.respCode !== respCode),
  )
  const rig = createRig({ rows })
  expect(asked(rig).respCode).toBe('300040')
  expect(issueOf(rig)).toBe(said)
})

test('exchanges of a client of production are no joint test', () => {
  const rig = createRig()
  rig.send('POST', '/v1/etc/exit-charges', charge())
  expect(rig.rows.some(({ t }) => t === 'tried')).toBe(false)
})

test('a wrong signature of a sandbox client is noted by the interface that it was for', () => {
  const rows: SettlementRow[] = []
  const rig = createRig()
  const model = createPlatformModel({
    clients: [
      {
        appId,
        certSerial: 'A1B2',
        validToMs: nowMs + 86_400_000,
        isSandbox: true,
        verify: (message, signature) => Buffer.from(standIn('client', message)).equals(signature),
      },
    ],
    platformSerial: 'C3D4',
    certificates: [],
    sign: (message) => standIn('platform', message),
    sm3: (data) => data,
    random: (count) => new Uint8Array(count),
    tac: null,
    keep: (row) => rows.push(row),
  })
  model.handle(rig.request('GET', '/v1/etc/refunds/R1', undefined, { signer: 'other' }), nowMs)
  expect(rows.filter(({ t }) => t === 'tried')).toEqual([
    { t: 'tried', appId, name: names[5], respCode: '400006', atMs: nowMs },
  ])
})
