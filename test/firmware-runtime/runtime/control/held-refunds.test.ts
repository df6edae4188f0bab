// A refund whose record is set aside: it stands on the list of refunds by hand with its reason, and ends there as on the page
// of its stay. Given by hand it is never sent, whatever the queue sends again; sent again it is not given by hand.
// The list is read out of a real ledger with the rows of the lot.
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { heldCalls } from '#ledger/desk/handlers/control-held.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { foldAll, stateText, throughCopy } from '../../ledger/pure/fold/fold-kit.ts'
import { newFolder, optionsFor, removeFolders } from '../../ledger/sqlite/ledger-kit.ts'
import type { FirstCarLot } from './first-car-bench.ts'
import {
  charged,
  one,
  refused,
  restarted,
  stayId,
  stepsOf,
  tillOf,
  violations,
} from './stay-refunds-kit.ts'

afterEach(removeFolders)

function byHand(rows: readonly LedgerRow[]) {
  const options = optionsFor(newFolder())
  const { ledger } = openLedger(options)
  ledger.append(
    rows.map(({ seq: _seq, nodeId: _node, hash: _hash, prevHash: _prev, ...draft }) => draft),
  )
  ledger.close()
  const reader = openLedgerReader(options)
  const found = reader.refundsByHand()
  reader.close()
  return found
}

function till(lot: FirstCarLot, opens: string[] = []) {
  const made = tillOf(lot, opens)
  made.service.refundsByHand = () => Promise.resolve(byHand(lot.ledger.list))
  return made
}

const why = 'platformCode 400004'
async function heldLot(mode: 'online' | 'card') {
  const lot = charged(mode)
  lot.platform.refundVerdict = { kind: 'held', reason: why }
  await till(lot).give((await one(tillOf(lot))).attemptNo, 300)
  lot.clock.advance(2_000)
  const record = present(lot.rows('outbox').at(-1), 'its record').body
  // From now on the platform would take it.
  lot.platform.refundVerdict = { kind: 'confirmed', tradeNo: null }
  return { lot, outboxId: record.outboxId, refundId: record.businessNo }
}

const posts = ({ platform }: FirstCarLot) =>
  platform.asked.filter((what) => what === 'post refund').length
const byListed = (lot: FirstCarLot, refundId: string, opens: string[] = []) =>
  refused(till(lot, opens).given(refundId, '乙', 'cash', {}))

async function released(lot: FirstCarLot, outboxId: string): Promise<string | undefined> {
  const handlers = heldCalls({ ...lot, acts: new ControlActs(lot.runtime, lot.clock) })
  const who = { by: '甲', reason: '再传', commandId: 'release-0001' }
  const said = await refused(
    (async () => handlers['queue.release']({ outboxId, ...who }, 'support'))(),
  )
  return said.split(' ')[0]
}

/** The row with which the queue takes a held record again. */
const sentAgain = (lot: FirstCarLot, outboxId: string): void => {
  const none = { httpStatus: null, respCode: null, requestId: null, tradeNo: null, note: null }
  const body = { ...none, outboxId, state: 'new', attempt: 1 } as const
  lot.runtime.carryOut([{ kind: 'outboxState', atMs: lot.runtime.nowMs(), stayId, body }])
}

/** All that went back of the stay, by whomever. */
const backFen = (lot: FirstCarLot): number =>
  [...lot.platform.refunds.values()].reduce((sum, fen) => sum + fen, 0) +
  lot.rows('refundState').filter(({ body }) => body.by !== undefined).length * 300

describe.each(['online', 'card'] as const)('a refund whose record is held, %s', (mode) => {
  it('stands on the list with amount and reason, and ends there as on the page of its stay', async () => {
    const { lot, refundId } = await heldLot(mode)
    const opens: string[] = []
    const desk = till(lot, opens)
    expect(stepsOf(await one(desk))).toEqual(['held'])
    expect(await desk.toGive()).toMatchObject([
      { refundId, stayId, amountFen: 300, rejected: false, held: why },
    ])
    const twice = [desk.given(refundId, '乙', 'cash', {}), desk.given(refundId)]
    expect(await Promise.all(twice.map(refused))).toEqual(['taken', 'STAY-03'])
    expect([opens, await desk.toGive()]).toEqual([['drawer'], []])
    expect(stepsOf(await one(desk))).toEqual(['done'])
    expect(violations(lot)).toEqual([])
  })

  it('given by hand is never sent, whatever is sent again and however often it starts', async () => {
    const { lot, outboxId, refundId } = await heldLot(mode)
    // It moves money: no person sends it as it is.
    expect(await released(lot, outboxId)).toBe('QUEUE-02')
    expect(await byListed(lot, refundId)).toBe('taken')
    expect(await released(lot, outboxId)).toBe('QUEUE-01')
    sentAgain(lot, outboxId)
    lot.later()
    const again = restarted(lot, mode)
    again.later()
    expect([posts(again), backFen(again)]).toEqual([1, 300])
    expect([await byListed(again, refundId), await till(again).toGive()]).toEqual(['STAY-03', []])
    expect(violations(again)).toEqual([])
  })

  it('that the queue has again is on no list, and people do not give it', async () => {
    const { lot, outboxId, refundId } = await heldLot(mode)
    sentAgain(lot, outboxId)
    expect([await byListed(lot, refundId), await till(lot).toGive()]).toEqual(['STAY-03', []])
    lot.later()
    expect([stepsOf(await one(till(lot))), backFen(lot)]).toEqual([['done'], 300])
  })

  it('goes back once, wherever the power goes', async () => {
    const { lot: full, refundId } = await heldLot(mode)
    expect(await byListed(full, refundId)).toBe('taken')
    const { list, ends } = full.ledger
    const first = list.findIndex(({ kind }) => kind === 'refund')
    const cuts = ends.filter((end) => end > first)
    expect(cuts.length).toBeGreaterThan(2)
    for (const end of cuts) {
      const rows = list.slice(0, end)
      const { queue } = foldAll(rows, 0)
      // A kept state goes on as the rows do.
      expect(stateText(throughCopy(foldAll(rows, 0), 0, rows).queue)).toBe(stateText(queue))
      full.platform.refunds.clear()
      const again = restarted(full, mode, rows)
      again.later()
      await byListed(again, refundId)
      again.later()
      expect([end, backFen(again)]).toEqual([end, 300])
      expect(stepsOf(await one(till(again)))).toEqual(['done'])
      expect(violations(again)).toEqual([])
    }
  })
})
