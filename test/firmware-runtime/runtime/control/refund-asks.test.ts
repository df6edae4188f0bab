// A refund that one person requests and another answers at any seat: it waits as a book row, is answered once, and the
// money goes back once, also after a restart or a power cut between any two rows.
import { describe, expect, it } from 'vitest'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { MemoryPeople } from '../../lane/people/people-kit.ts'
import { nameOf, peopled, secretOf, signIn } from './people-lot.ts'
import {
  cashNo,
  charged,
  one,
  paidStay,
  refused,
  restarted,
  stayId,
  tillOf,
  violations,
} from './stay-refunds-kit.ts'

const backs = (rows: readonly LedgerRow[]) =>
  rows.flatMap(({ kind, amountFen }) => (kind === 'refund' ? [amountFen] : []))

describe.each(['online', 'card'] as const)('a refund that waits for an answer, %s', (mode) => {
  it('gives nothing back until another person says yes, then once, in one transaction', async () => {
    const lot = charged(mode)
    const till = tillOf(lot)
    const { attemptNo, means } = await one(till)
    const askId = await till.ask(attemptNo, 300)
    expect(backs(lot.ledger.list)).toEqual([])
    expect(await till.asked()).toMatchObject([
      {
        askId,
        stayId,
        attemptNo,
        means,
        amountFen: 300,
        by: '甲',
        reason: '多收',
        state: 'waiting',
      },
    ])
    expect(await refused(till.answer(askId, 'yes', ' 甲'))).toBe(
      'PAY-03 one person asked for it and approved it',
    )
    // Two seats answer at the same time.
    const both = [till.answer(askId, 'yes', '乙'), till.answer(askId, 'yes', '丙')]
    expect(await Promise.all(both.map(refused))).toEqual([
      'taken',
      'PAY-03 乙 has already answered it',
    ])
    expect(backs(lot.ledger.list)).toEqual([300])
    const at = lot.ledger.list.findIndex(({ kind }) => kind === 'refund')
    expect(lot.ledger.list.slice(at - 3, at + 2).map(({ kind }) => kind)).toEqual([
      'audit',
      'book',
      'audit',
      'refund',
      'outbox',
    ])
    // No commit separates the answer from the refund.
    for (const end of [at - 2, at - 1, at, at + 1]) expect(lot.ledger.ends).not.toContain(end)
    lot.clock.advance(2_000)
    expect(await one(till)).toMatchObject({
      refunds: [{ requestedBy: '甲', approvedBy: '乙', reason: '多收', state: 'done' }],
    })
    expect(await till.asked()).toMatchObject([
      { state: 'agreed', answered: { by: '乙', reason: '核对过' }, second: null },
    ])
    expect([...lot.platform.refunds.values()]).toEqual([300])
    expect(violations(lot)).toEqual([])
  })

  it('waits over a restart, and a repeated answer after one gives nothing more', async () => {
    const lot = charged(mode)
    const till = tillOf(lot)
    const { attemptNo } = await one(till)
    const askId = await till.ask(attemptNo, 300)
    const again = restarted(lot, mode)
    const till2 = tillOf(again)
    expect(await till2.asked()).toMatchObject([{ askId, state: 'waiting' }])
    expect(await till2.answer(askId, 'yes', '乙', 'answer-same-0001')).toMatchObject({
      repeated: false,
    })
    const third = restarted(again, mode)
    const till3 = tillOf(third)
    expect(await till3.answer(askId, 'yes', '乙', 'answer-same-0001')).toMatchObject({
      repeated: true,
    })
    expect(await refused(till3.answer(askId, 'yes', '丙'))).toBe(
      'PAY-03 乙 has already answered it',
    )
    third.clock.advance(2_000)
    expect(backs(third.ledger.list)).toEqual([300])
    expect([...third.platform.refunds.values()]).toEqual([300])
  })

  it('is whole or not there, wherever the power goes', async () => {
    const full = charged(mode)
    const till = tillOf(full)
    const { attemptNo } = await one(till)
    await till.answer(await till.ask(attemptNo, 300), 'yes')
    const { list, ends } = full.ledger
    const asked = list.findIndex(({ kind, body }) => kind === 'book' && body.row === 'refundAsked')
    for (const end of ends.filter((one) => one > asked)) {
      const again = restarted(full, mode, list.slice(0, end))
      const till2 = tillOf(again)
      const [ask] = await till2.asked()
      if (ask?.state === 'waiting') await till2.answer(ask.askId, 'yes', '丙')
      again.clock.advance(2_000)
      expect(backs(again.ledger.list)).toEqual([300])
      expect(violations(again)).toEqual([])
    }
  })

  it('is declined with a reason, or taken back by who asked, and frees its sum', async () => {
    const lot = charged(mode)
    const till = tillOf(lot)
    const { attemptNo, paidFen } = await one(till)
    const first = await till.ask(attemptNo, paidFen - 1)
    expect(await refused(till.ask(attemptNo, 2, '丙'))).toBe('PAY-03 it is more than is left')
    await till.answer(first, 'no')
    const second = await till.ask(attemptNo, paidFen)
    await till.answer(second, 'no', '甲')
    expect((await till.asked()).map(({ state }) => state).sort()).toEqual(['declined', 'withdrawn'])
    expect(await refused(till.answer(first, 'yes'))).toBe('PAY-03 乙 has already answered it')
    expect(backs(lot.ledger.list)).toEqual([])
    expect(await refused(till.answer('asked-none-0000', 'yes'))).toBe(
      'PAY-03 there is no such request',
    )
  })

  it('waits on where its money went back otherwise meanwhile', async () => {
    const lot = charged(mode)
    const till = tillOf(lot)
    const { attemptNo, paidFen } = await one(till)
    const askId = await till.ask(attemptNo, paidFen)
    await till.give(attemptNo, 100)
    expect(await refused(till.answer(askId, 'yes'))).toBe('PAY-03 it is more than is left')
    expect(await till.asked()).toMatchObject([{ state: 'waiting' }])
    await till.answer(askId, 'no')
    expect(backs(lot.ledger.list)).toEqual([100])
  })
})

describe('over two windows of one lot', () => {
  it('who asks waits for a person at another seat, who types the own PIN; a typed name is nobody', async () => {
    const lot = await peopled(new MemoryPeople())
    paidStay(lot)
    const { call } = lot.control.session('owner')
    const [desk, office] = [await signIn(lot, 'attendant'), await signIn(lot, 'owner')]
    const ask = { stayId, attemptNo: cashNo, refundFen: 300, reason: '多收' }
    const askId = 'asked-0001'
    expect(await call('refunds.ask', { ...ask, by: '鬼', commandId: askId })).toMatchObject({
      error: { code: 'PEOPLE-14', field: '/by' },
    })
    const asking = call('refunds.ask', { ...ask, by: '鬼', commandId: askId }, desk)
    expect(await asking).toMatchObject({ ok: true })
    const listed = { askId, by: nameOf('attendant'), state: 'waiting', second: [nameOf('owner')] }
    expect(await call('refunds.asked', {}, office)).toMatchObject({ data: { rows: [listed] } })
    const yes = (commandId: string) => ({ askId, answer: 'yes', by: '鬼', reason: '对', commandId })
    expect(await call('refunds.answer', yes('answer-0001'))).toMatchObject({
      error: { code: 'PEOPLE-14' },
    })
    for (const [seat, role] of [
      [desk, 'attendant'],
      [office, 'owner'],
    ] as const) {
      const commandId = `answer-${role}`
      expect(await call('refunds.answer', yes(commandId), seat)).toMatchObject({
        error: { code: 'PEOPLE-05' },
      })
      await call('people.confirm', { commandId, secret: secretOf(role) }, seat)
      const reply = await call('refunds.answer', yes(commandId), seat)
      expect(reply).toMatchObject(
        role === 'owner' ? { ok: true } : { error: { code: 'PAY-03', field: '/attemptNo' } },
      )
    }
    const [refund, ...more] = lot.ledger.list.filter(({ kind }) => kind === 'refund')
    expect(more).toEqual([])
    expect(refund?.body).toMatchObject({
      operator: nameOf('attendant'),
      approvedBy: nameOf('owner'),
    })
    expect(
      await call('refunds.answer', yes('answer-0009'), await signIn(lot, 'auditor')),
    ).toMatchObject({ error: { code: 'API-02' } })
    lot.control.close()
  })
})
