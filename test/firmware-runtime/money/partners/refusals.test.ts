// What the server of the published interface refuses: status, code and field of each, signed, with words in both
// languages, and nothing changed.
import { afterEach, describe, expect, it } from 'vitest'
import { schemas } from '#money/partners/protocol.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { MemoryAccess } from '../../../kit/memory-orders.ts'
import {
  absent,
  alpha,
  at,
  beta,
  closeAll,
  events,
  idle,
  orderOf,
  type Sent,
  serving,
  portsOf,
} from '../../../kit/partner-server.ts'

afterEach(closeAll)

const whole = JSON.stringify(orderOf())

/** Bodies of an order that are refused, each with its field. */
const wrongBodies: readonly (readonly [what: string, body: Sent['body'], field: string])[] = [
  ['half a body', whole.slice(0, 60), 'body'],
  ['bytes that are no UTF-8', Buffer.from('{"plate":"\xe9"}', 'latin1'), 'body'],
  ['a member twice', whole.replace('{', '{"amountFen":1,'), 'body'],
  ['a member twice, escaped', whole.replace('{', '{"amount\\u0046en":1,'), 'body'],
  ['a list', [], ''],
  ['an unknown member', orderOf({ discount: 1 }), '/discount'],
  ['a missing member', orderOf({ laneId: undefined }), '/laneId'],
  ['half a fen', orderOf({ amountFen: 0.5 }), '/amountFen'],
  ['a sum in words', orderOf({ amountFen: '500' }), '/amountFen'],
  ['nothing to pay', orderOf({ amountFen: 0 }), '/amountFen'],
  ['a time without a zone', orderOf({ madeAtIso: '2026-11-01T08:00:00' }), '/madeAtIso'],
  ['a colour that is none', orderOf({ colour: 'red' }), '/colour'],
  ...['\u0007', '\u200b', '\u202e'].map(
    (mark) =>
      [
        `a plate with U+${mark.charCodeAt(0).toString(16)}`,
        orderOf({ plate: `测A1${mark}2345` }),
        '/plate',
      ] as const,
  ),
]
type Row = [string, string, string, Sent, number, string, string | null]

describe('refusals', () => {
  it.each<Row>([
    ['unsigned', 'GET', at, { by: null }, 401, 'ORDER-02', 'Authorization'],
    ['unsigned, no such path', 'GET', '/', { by: null }, 401, 'ORDER-02', 'Authorization'],
    [
      'signed by another',
      'GET',
      at,
      { by: { ...alpha, identity: beta.identity } },
      401,
      'ORDER-02',
      'Authorization.serial_no',
    ],
    ['without the right', 'GET', at, { by: idle }, 403, 'ORDER-03', 'path'],
    ['a partner without orders here', 'GET', '/v1/access', { by: absent }, 403, 'ORDER-03', 'path'],
    ['version 2', 'GET', '/v2/orders/ORDER-1', {}, 404, 'ORDER-05', 'path'],
    ['version 0, unsigned', 'PUT', '/v0/access', { by: null }, 404, 'ORDER-05', 'path'],
    ['version 11 alone', 'GET', '/v11', {}, 404, 'ORDER-05', 'path'],
    ['no such path', 'GET', '/v1/stays', {}, 404, 'ORDER-01', 'path'],
    ['a slash too many', 'GET', `${at}/`, {}, 404, 'ORDER-01', 'path'],
    ['an encoding that is none', 'GET', '/v1/orders/%zz', {}, 400, 'ORDER-01', 'body'],
    ['DELETE', 'DELETE', at, {}, 405, 'ORDER-01', 'method'],
    ['POST of a PUT', 'POST', at, { body: whole }, 405, 'ORDER-01', 'method'],
    ['PATCH', 'PATCH', '/v1/events', { body: '{}' }, 405, 'ORDER-01', 'method'],
    ['a number of 5', 'GET', '/v1/orders/ORDER', {}, 400, 'ORDER-01', '/orderNo'],
    ['a number of 41', 'GET', `/v1/refunds/${'R'.repeat(41)}`, {}, 400, 'ORDER-01', '/refundNo'],
    ['a number with a blank', 'GET', '/v1/orders/ORDER%201', {}, 400, 'ORDER-01', '/orderNo'],
    ['no such order', 'GET', '/v1/orders/ORDER-9', {}, 404, 'ORDER-04', '/orderNo'],
    ['an order of another', 'GET', at, { by: beta }, 404, 'ORDER-04', '/orderNo'],
    [
      'a withdrawal of an order of another',
      'PUT',
      `${at}/withdrawal`,
      { by: beta, body: { reason: 'x' } },
      404,
      'ORDER-04',
      '/orderNo',
    ],
    [
      'a number with another sum',
      'PUT',
      at,
      { body: whole.replace('500', '501') },
      409,
      'ORDER-06',
      '/orderNo',
    ],
    ['no body', 'PUT', at, {}, 400, 'ORDER-01', 'body'],
    ...wrongBodies.map(([what, body, field]): Row => [
      what,
      'PUT',
      at,
      { body },
      400,
      'ORDER-01',
      field,
    ]),
    ['a body of a GET', 'GET', '/v1/access?x=1', {}, 400, 'ORDER-01', 'query/x'],
    ['events without a place', 'GET', '/v1/events', {}, 400, 'ORDER-01', 'query/after'],
    ['events from -1', 'GET', '/v1/events?after=-1', {}, 400, 'ORDER-01', 'query/after'],
    ['a wait of 25,001 ms', 'GET', `${events}&waitMs=25001`, {}, 400, 'ORDER-01', 'query/waitMs'],
    ['a place twice', 'GET', `${events}&after=1`, {}, 400, 'ORDER-01', 'query'],
    [
      'a lane that is none',
      'PUT',
      '/v1/orders/ORDER-5',
      { body: orderOf({ laneId: 'exit9' }) },
      422,
      'ORDER-09',
      '/laneId',
    ],
    [
      'a clock of an hour ago',
      'PUT',
      '/v1/orders/ORDER-5',
      { body: orderOf({ madeAtIso: '2026-01-01T00:00:00Z' }) },
      422,
      'ORDER-09',
      '/madeAtIso',
    ],
    [
      'a second order of a lane',
      'PUT',
      '/v1/orders/ORDER-5',
      { body: orderOf() },
      429,
      'ORDER-10',
      '/laneId',
    ],
    [
      'a body of 16 kB and one',
      'PUT',
      at,
      { body: `"${'x'.repeat(16 * 1024)}"` },
      413,
      'ORDER-01',
      'body',
    ],
  ])('%s', async (_, method, path, sent, status, code, field) => {
    const { access, call, faults } = await serving()
    access
      .ordersOf('ALPHA')
      .open({
        orderNo: 'ORDER-1',
        ...(JSON.parse(whole) as ReturnType<typeof orderOf>),
        colour: 'blue',
      })
    const before = JSON.stringify(access.events)
    const answer = await call(method, path, sent)
    expect([answer.status, answer.refused, answer.isSigned]).toEqual([status, [code, field], true])
    const { error } = schemas.Error.parse(answer.json)
    expect(error.message.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(error.message.en).toMatch(/[a-z]/)
    expect(JSON.stringify(access.events)).toBe(before)
    expect(faults).toEqual([])
  })

  it('lists the versions', async () => {
    const { call } = await serving()
    const { json } = await call('GET', '/v3/access', { by: null })
    expect(schemas.Error.parse(json).error).toMatchObject({
      value: '3',
      message: { en: expect.stringContaining('1') as string },
    })
  })

  it.each([
    ['a fault of the ledger', new LaneFault('LEDGER-01'), 'LEDGER-01', 0],
    ['a bug', new TypeError('x is not a function'), 'ORDER-12', 1],
    ['an answer that has no shape', null, 'ORDER-12', 1],
  ])('%s is for another try', async (_, thrown, code, reported) => {
    const access = new MemoryAccess()
    const { call, faults } = await serving({
      ...portsOf(() => ({
        ...access.ordersOf('ALPHA'),
        facts: () => {
          if (thrown !== null) throw thrown
          return { lotId: 1 } as never
        },
      })),
    })
    const answer = await call('GET', '/v1/access')
    expect([answer.status, answer.refused?.[0], answer.isSigned]).toEqual([503, code, true])
    expect(faults).toHaveLength(reported)
  })
})
