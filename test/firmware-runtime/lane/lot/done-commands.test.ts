// For every act of the call table: a command id repeated with another argument is refused with ACT-01, at once and after a
// restart, whatever text its audit row has; with the same arguments it is the same command.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkArgs } from '#runtime/api/check.ts'
import { api, type ApiName } from '#runtime/api/table.ts'
import type { ApiReply, Who } from '#base/calls/rows.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { Dispatcher } from '#runtime/control/dispatcher.ts'
import type { Handlers } from '#base/desk/handlers/handlers.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { digestOf } from '#lane/lot/done-commands.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { makeLot, type TestLot } from '../../runtime/control/control-kit.ts'

type Args = Readonly<Record<string, unknown>>
type Schema = Readonly<Record<string, unknown>> & {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
}

const fingerprint = (digit: string): string =>
  Array.from({ length: 16 }, () => digit.repeat(4)).join(' ')
/** Two values for each text that a call's arguments require in a certain form. */
const texts: Readonly<Record<string, readonly [string, string]>> = {
  laneId: ['exit', 'entry'],
  day: ['2026-03-02', '2026-03-03'],
  paper: ['J1', 'K1'],
  heldIso: ['2026-03-02T00:00:00+08:00', '2026-03-03T00:00:00+08:00'],
  sinceIso: ['2026-03-02T00:00:00+08:00', '2026-03-03T00:00:00+08:00'],
  digest: ['a'.repeat(64), 'b'.repeat(64)],
  hostKey: [`SHA256:${'a'.repeat(43)}`, `SHA256:${'b'.repeat(43)}`],
  photo: ['20260302-080000-exit-1', '20260302-080000-exit-2'],
  photoDraft: ['draft-0001', 'draft-0002'],
  draftId: ['draft-0001', 'draft-0002'],
  askId: ['command-0002', 'command-0003'],
  code: ['1A', '2B'],
  cars: ['00000001', '00000002'],
  from: ['2026-03-02', '2026-03-03'],
  until: ['2026-04-02', '2026-04-03'],
  setting: ['power', 'gain'],
  obuId: ['0A1B2C3D', '0A1B2C3E'],
  fingerprint: [fingerprint('a'), fingerprint('b')],
}

/** The same for members that other calls have in another form. */
const textsOf: Partial<Record<ApiName, typeof texts>> = {
  'updates.prepare': { from: ['/media/a', '/media/b'] },
}

function sample(schema: Schema, name: string, pick: 0 | 1): unknown {
  const wanted = schema['const'] ?? (schema['enum'] as readonly unknown[] | undefined)?.[pick]
  if (wanted !== undefined) return wanted
  const kinds = schema.anyOf ?? schema.oneOf
  if (kinds !== undefined) return sample(present(kinds[0], name), name, pick)
  if (schema.type === 'boolean') return pick === 1
  if (schema.type === 'integer' || schema.type === 'number')
    return Math.max(1, (schema['minimum'] as number | undefined) ?? 0) + pick
  if (name === 'tariff') return { ...demoTariff, version: 3 + pick }
  if (schema.type === 'array') return [sample(present(schema.items, name), name, pick)]
  if (schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([key, of]) => [key, sample(of, key, pick)]),
    )
  if (schema.type === 'object')
    return { power: schema['additionalProperties'] === undefined ? 0 : of(schema, pick) }
  return texts[name]?.[pick] ?? `text-${pick}`
}
const of = (schema: Schema, pick: 0 | 1): unknown =>
  sample(schema['additionalProperties'] as Schema, 'fields', pick)

const who: Who = { commandId: 'command-0001', by: '测试员', reason: 'r' }
/** Members that describe the caller: a repeat of the command may change them. */
const ofWho = ['commandId', 'by', 'reason', 'approvedBy']
/** Members that no row stores, not even as a digest, so a repeat may change them. */
const without: Partial<Record<ApiName, readonly string[]>> = { 'backup.place': ['password'] }

const acts = (Object.keys(api) as ApiName[]).filter((name) => api[name].act)

function samplesOf(name: ApiName): { given: Args; others: readonly (readonly [string, Args])[] } {
  const schema = z.toJSONSchema(api[name].args, { unrepresentable: 'any', io: 'input' }) as Schema
  const members = Object.entries(schema.properties ?? {}).filter(([key]) => !ofWho.includes(key))
  const pick = (which: 0 | 1): [string, unknown][] =>
    members.map(([key, one]) => [key, textsOf[name]?.[key]?.[which] ?? sample(one, key, which)])
  const given = { ...Object.fromEntries(pick(0)), ...who }
  const others = pick(1)
    .filter(([key]) => !(without[name] ?? []).includes(key))
    .filter(([key]) => key !== 'digest' || !('text' in given))
    .map(([key, value]) => [key, { ...given, [key]: value }] as const)
  return { given, others }
}

/** Handlers that write the audit row of each act and do nothing else. */
function onlyAudits(lot: TestLot): Dispatcher {
  const control = new ControlActs(lot.runtime, lot.clock)
  const handlers = Object.fromEntries(
    acts.map((name) => [
      name,
      (args: Who) => control.onLot(name as 'clock.confirm', args, 'owner', (audit) => audit(name)),
    ]),
  ) as unknown as Partial<Handlers>
  return new Dispatcher({
    handlers,
    streams: { changed: () => undefined } as never,
    demo: true,
    begin: (name, args) => control.begin(name, args),
  })
}

const codeOf = (reply: ApiReply<unknown>): string => (reply.ok ? '' : reply.error.code)
const conflict = { ok: false, error: { code: 'ACT-01', field: '/commandId', value: who.commandId } }

describe('the id of a command', () => {
  it('there are as many acts as rows that ask who does it', () => {
    expect(acts.length).toBeGreaterThan(55)
  })
  it.each(acts)('%s', async (name) => {
    const { given, others } = samplesOf(name)
    for (const args of [given, ...others.map(([, one]) => one)])
      expect(checkArgs(name, args), JSON.stringify(args)).toMatchObject({ ok: true })
    const lot = makeLot()
    const first = onlyAudits(lot)
    expect(await first.call(name, given, 'owner')).toMatchObject({ data: { repeated: false } })
    const reworded = { ...given, by: '换班', reason: 'once more' }
    const after = makeLot(lot.ledger.list)
    for (const now of [first, onlyAudits(after)]) {
      for (const [member, args] of others)
        expect(await now.call(name, args, 'owner'), member).toMatchObject(conflict)
      expect(await now.call(name, reworded, 'owner')).toMatchObject({ data: { repeated: true } })
      const another = name === 'clock.confirm' ? 'queue.retryNow' : 'clock.confirm'
      expect(await now.call(another, who, 'owner')).toMatchObject(conflict)
    }
    // Through the lot's real handlers, which check and write more than the audit row.
    for (const [member, args] of others)
      expect(await after.control.call(name, args, 'owner'), member).toMatchObject(conflict)
    expect(codeOf(await after.control.call(name, given, 'owner'))).not.toBe('ACT-01')
    const audits = lot.ledger.list.filter(({ kind }) => kind === 'audit')
    expect(audits.map(({ body }) => body)).toMatchObject([
      { digest: digestOf(name, given as never) },
    ])
  })
})

it('a row of a program of before has no digest: its words say whether it is the same', async () => {
  const lot = makeLot()
  const args = { ...who, laneId: 'exit' }
  await onlyAudits(lot).call('lane.open', args, 'owner')
  const old = lot.ledger.list.map((row) =>
    row.kind === 'audit'
      ? { ...row, laneId: 'exit', body: { ...row.body, digest: undefined } }
      : row,
  )
  const after = makeLot(old as typeof lot.ledger.list)
  expect(
    await after.control.call('lane.open', { ...args, laneId: 'entry' }, 'owner'),
  ).toMatchObject(conflict)
  expect(await after.control.call('lane.open', args, 'owner')).toMatchObject({
    data: { repeated: true },
  })
})

it('while it is carried out, its id with other arguments is refused as well', async () => {
  const lot = makeLot()
  const control = new ControlActs(lot.runtime, lot.clock)
  const args = { ...who, amountFen: 100 }
  const end = control.begin('lane.settle', args)
  expect(() => control.begin('lane.settle', { ...args, amountFen: 200 } as never)).toThrow(/ACT-01/)
  control.begin('lane.settle', args)(true)
  expect(lot.runtime.commands.digestOf(who.commandId)).toBe(digestOf('lane.settle', args))
  end(true)
  expect(lot.runtime.commands.digestOf(who.commandId)).toBeUndefined()
  control.begin('lane.settle', { ...args, amountFen: 200 } as never)(true)
})

it('what is written behind an act under its id takes nothing away', async () => {
  const lot = makeLot()
  const args = { ...who, laneId: 'exit', kind: 'open', forSec: 5 }
  await onlyAudits(lot).call('test.begin', args, 'owner')
  const { by, reason, commandId } = who
  const body = { act: 'test.over open done', by, reason, commandId, role: 'owner', result: 'done' }
  lot.runtime.append([{ kind: 'audit', atMs: lot.runtime.nowMs(), laneId: 'exit', body }])
  const again = onlyAudits(makeLot(lot.ledger.list))
  expect(await again.call('test.begin', args, 'owner')).toMatchObject({ data: { repeated: true } })
})

it.each(['members.import', 'coupons.import', 'points.import', 'inside.import'] as const)(
  '%s is the same command whatever its table was compared with, and another table is not',
  (name) => {
    const told = (text: string, digest: string) => digestOf(name, { ...who, text, digest } as never)
    expect(told('a', '1')).toBe(told('a', '2'))
    expect(told('a', '1')).not.toBe(told('b', '1'))
    const begun = (digest: string) => digestOf('setup.begin', { ...who, digest } as never)
    expect(begun('1')).not.toBe(begun('2'))
  },
)

it('the digest tells no code, and nothing of a password', () => {
  const pay = (code: string) => digestOf('lane.payCode', { ...who, laneId: 'exit', code } as never)
  expect(pay('134567890123456789')).not.toBe(pay('134567890123456780'))
  const place = (password: string) =>
    digestOf('backup.place', { ...who, to: 'sftp://x/y', password } as never)
  expect(place('one')).toBe(place('two'))
})

/** Handlers that write the audit row and then fail for the arguments that `isBad` selects. */
function failing(lot: TestLot, isBad: (args: Args) => boolean): Dispatcher {
  const control = new ControlActs(lot.runtime, lot.clock)
  const handler = (name: string) => (args: Who) =>
    control.onLot(name as 'clock.confirm', args, 'owner', (audit) => {
      audit(name)
      if (isBad(args as unknown as Args)) throw new LaneFault('CERT-05')
    })
  const names = ['setup.import', 'pay.refund']
  const handlers = Object.fromEntries(names.map((name) => [name, handler(name)]))
  return new Dispatcher({
    handlers: handlers as unknown as Partial<Handlers>,
    streams: { changed: () => undefined } as never,
    demo: true,
    begin: (name, args) => control.begin(name, args),
  })
}

it('what failed behind its audit row is done when its id comes again, also behind a restart', async () => {
  const lot = makeLot()
  const from = (path: string) => ({ ...who, from: path })
  const isBad = (args: Args) => args['from'] === '/wrong'
  const taken = failing(lot, isBad)
  const wrong = await taken.call('setup.import', from('/wrong'), 'owner')
  expect(codeOf(wrong)).toBe('CERT-05')
  const after = makeLot(lot.ledger.list)
  for (const [of, now] of [
    [lot, taken],
    [after, failing(after, isBad)],
  ] as const) {
    const right = await now.call('setup.import', from('/right'), 'owner')
    expect(right).toMatchObject({ data: { repeated: false } })
    expect(await now.call('setup.import', from('/right'), 'owner')).toMatchObject({
      data: { repeated: true },
    })
    expect(await now.call('setup.import', from('/wrong'), 'owner')).toMatchObject(conflict)
    const audits = of.ledger.list.filter(({ kind }) => kind === 'audit')
    expect(audits.map(({ body }) => (body as { result: string }).result)).toEqual([
      'done',
      'notDone',
      'done',
    ])
  }
})

it('money that failed behind its row may have moved: its id is the command it was', async () => {
  const lot = makeLot()
  const back = { ...who, attemptNo: 'A1', refundFen: 100 }
  const refunds = failing(lot, () => true)
  expect(codeOf(await refunds.call('pay.refund', back, 'owner'))).toBe('CERT-05')
  expect(await refunds.call('pay.refund', back, 'owner')).toMatchObject({
    data: { repeated: true },
  })
  const more = await refunds.call('pay.refund', { ...back, refundFen: 200 }, 'owner')
  expect(more).toMatchObject(conflict)
})

describe('what became of a command whose answer was lost', () => {
  const stateOf = async (lot: TestLot, commandId: string = who.commandId): Promise<unknown> => {
    const reply = await lot.control.call('command.state', { commandId }, 'auditor')
    return reply.ok ? (reply.data as { state: string }).state : reply.error.code
  }

  it('done: its row is in the ledger, at once and after a restart', async () => {
    const lot = makeLot()
    await lot.control.call('queue.retryNow', who, 'owner')
    expect(await stateOf(lot)).toBe('done')
    expect(await stateOf(makeLot(lot.ledger.list))).toBe('done')
    // The command can still be repeated, which is how a window gets its answer.
    expect(await lot.control.call('queue.retryNow', who, 'owner')).toMatchObject({
      data: { repeated: true },
    })
  })

  it('running: it has begun and not ended', async () => {
    const lot = makeLot()
    const end = lot.runtime.commands.begin(who.commandId, 'digest', 'lane.settle')
    expect(await stateOf(lot)).toBe('running')
    end()
    expect(await stateOf(lot)).toBe('none')
  })

  it.each([
    ['lane.settle', { laneId: 'exit', means: 'cash', amountFen: 100 }],
    ['pay.refund', { stayId: 'S-1', attemptNo: '1', refundFen: 5, approvedBy: '乙' }],
    ['day.float', { floatFen: 500 }],
    ['queue.retryNow', {}],
  ] as const)(
    'none: %s that arrives after the question is refused, in any form',
    async (name, args) => {
      const lot = makeLot()
      expect(await stateOf(lot)).toBe('none')
      const rows = lot.ledger.list.length
      expect(codeOf(await lot.control.call(name, { ...who, ...args }, 'owner'))).toBe('ACT-02')
      expect(lot.ledger.list).toHaveLength(rows)
      const another = { ...who, commandId: 'command-0009', ...args }
      expect(codeOf(await lot.control.call(name, another, 'owner'))).not.toBe('ACT-02')
    },
  )

  it('none: an act that was refused, and one that failed behind its row', async () => {
    const lot = makeLot()
    const refused = { ...who, laneId: 'exit', means: 'cash', amountFen: 100 }
    expect(codeOf(await lot.control.call('lane.settle', refused, 'owner'))).toBe('LANE-02')
    expect(await stateOf(lot)).toBe('none')
    const other = makeLot()
    await failing(other, () => true).call('setup.import', { ...who, from: '/wrong' }, 'owner')
    expect(await stateOf(other)).toBe('none')
  })

  it('a question without a sensible id is refused', async () => {
    const lot = makeLot()
    for (const id of ['', 'short', 'x'.repeat(65), '../../etc'])
      expect(await stateOf(lot, id)).toBe('API-01')
  })
})
