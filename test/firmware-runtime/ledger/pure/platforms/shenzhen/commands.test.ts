// Commands of the reservation platform: accepted whole or refused with the invalid member.
// Also topics, codes and acknowledgements.
import { expect, it } from 'vitest'
import { readCommand, readExchange, readSeq } from '#ledger/pure/platforms/shenzhen/commands.ts'
import { shenzhen } from '#ledger/pure/platforms/shenzhen/dialect.ts'

const head = { cmdId: 'C-1', expireAt: 1_795_000_000_000 }
const wanted = {
  kind: 'shared',
  orderNo: 'R1',
  plateNo: '粤B12345',
  plateColor: 0,
  startTime: 1_795_000_000_000,
  endTime: 1_795_003_600_000,
  terms: { type: 'discount', bp: 2500 },
  shareNo: 'S1',
}
const share = {
  shareNo: 'S1',
  bays: 2,
  startTime: 1_795_000_000_000,
  endTime: 1_796_000_000_000,
  dayFromMin: 540,
  dayToMin: 1080,
  providers: [
    { providerId: 'P1', bp: 3000 },
    { providerId: 'P2', bp: 2000 },
  ],
}
const say = (type: string, data: object) => readCommand(type, JSON.stringify({ ...head, ...data }))

it('reads each of them', () => {
  expect(say('reserve', wanted)).toEqual({
    kind: 'command',
    cmdId: 'C-1',
    expireAtMs: head.expireAt,
    command: {
      do: 'make',
      reservation: {
        orderNo: 'R1',
        kind: 'shared',
        plate: '粤B12345',
        colour: 'blue',
        fromMs: wanted.startTime,
        toMs: wanted.endTime,
        terms: { kind: 'discount', bp: 2500 },
        shareNo: 'S1',
      },
    },
  })
  expect(say('change', wanted)).toMatchObject({ command: { do: 'change' } })
  expect(say('cancel', { orderNo: 'R1' })).toMatchObject({ command: { do: 'cancel', plate: null } })
  expect(say('revoke', { orderNo: 'R1' })).toMatchObject({ command: { do: 'revoke' } })
  expect(say('share', share)).toMatchObject({
    command: { do: 'share', share: { spaces: 2, fromMin: 540 } },
  })
  expect(say('unshare', { shareNo: 'S1' })).toMatchObject({ command: { do: 'unshare' } })
  expect(say('flow', { on: true })).toMatchObject({ command: { do: 'flow', on: true } })
})

it.each([
  ['reserve', { ...wanted, plateNo: 'x' }, '/plateNo'],
  ['reserve', { ...wanted, endTime: wanted.startTime }, '/endTime'],
  ['reserve', { ...wanted, endTime: wanted.startTime + 40 * 86_400_000 }, '/endTime'],
  ['reserve', { ...wanted, terms: { type: 'prepaid', amountFen: -1 } }, '/terms/amountFen'],
  ['reserve', { ...wanted, terms: { type: 'prepaid', amountFen: 1.5 } }, '/terms/amountFen'],
  ['reserve', { ...wanted, terms: { type: 'discount', bp: 10_001 } }, '/terms/bp'],
  ['reserve', { ...wanted, terms: { type: 'free' } }, '/terms/type'],
  ['reserve', { ...wanted, terms: { type: 'none', amountFen: 1 } }, '/terms/amountFen'],
  ['reserve', { ...wanted, openBarrier: true }, '/openBarrier'],
  ['reserve', { ...wanted, startTime: '1795000000000' }, '/startTime'],
  ['share', { ...share, providers: [{ providerId: 'P1', bp: 10_001 }] }, '/providers/0/bp'],
  [
    'share',
    { ...share, providers: [...share.providers, { providerId: 'P3', bp: 5001 }] },
    '/providers',
  ],
  ['share', { ...share, providers: [share.providers[0], share.providers[0]] }, '/providers'],
  ['share', { ...share, bays: 0 }, '/bays'],
  ['flow', { on: 'true' }, '/on'],
  ['open-barrier', {}, 'type open-barrier'],
  ['constructor', {}, 'type constructor'],
])('%s is misread where a member is wrong', (type, data, field) => {
  expect(say(type, data)).toEqual({ kind: 'misread', cmdId: 'C-1', field })
})

it('names no number where there is none to name', () => {
  expect(readCommand('flow', '{"on":true}')).toMatchObject({ kind: 'misread', cmdId: null })
})

it('reads numbers of acknowledgements, and of exchanges those of their own request', () => {
  expect(readSeq('{"ackSeq":7}')).toBe(7)
  for (const data of ['{"ackSeq":-1}', '{"ackSeq":1.5}', '{"ackSeq":"7"}', '{}'])
    expect(readSeq(data)).toBeNull()
  const of = '8f14e45fceea167a5a36dedd4bea2543'
  const data = JSON.stringify({ of, ackSeq: 3, commands: [{ type: 'flow', text: '{"a":1}' }] })
  expect(readExchange(data, of)).toEqual({
    ackSeq: 3,
    commands: [{ type: 'flow', text: '{"a":1}' }],
  })
  expect(readExchange(data, of.replace('8', '9'))).toBeNull()
})

it('has topics of its own lot alone, and a number for every answer', () => {
  const names = { appId: 'sz', parkCode: '44' }
  expect(shenzhen.incoming(names, 'park/44/down/reserve')).toEqual({
    kind: 'command',
    type: 'reserve',
  })
  expect(shenzhen.incoming(names, 'park/44/up/lastSeq/ack')).toEqual({ kind: 'lastSeq' })
  expect(shenzhen.incoming(names, 'park/44/up/event/ack')).toEqual({ kind: 'acked' })
  for (const topic of [
    'park/45/down/reserve',
    'park/44/down/reserve/ack',
    'park/44/up/event',
    'x',
    'park/44/down/',
  ])
    expect(shenzhen.incoming(names, topic)).toBeNull()
  expect(JSON.parse(shenzhen.answerData('C', 'overstayed'))).toMatchObject({
    result: 1,
    code: 2006,
  })
  expect(JSON.parse(shenzhen.answerData('C', 'done'))).toMatchObject({ result: 0, code: 0 })
  expect(shenzhen.codeOf('rate')).toBe(1006)
})
