// A small lot whose ledger the reading tests share: twelve cars, some paid by ETC, some in cash.
// Every figure in those tests can be worked out from `carRows` by hand.
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import type { OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { carRows, event, newFolder, optionsFor } from './ledger-kit.ts'

export const cars = 12

/** Twelve cars, a minute apart; every fourth is refused and pays cash. Then the rows of `more`. */
export function lot(more: readonly RowDraft[] = []): string {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  for (let n = 0; n < cars; n++) ledger.append(carRows(n, n % 4 !== 0))
  ledger.append(more)
  ledger.append([event(0)])
  ledger.close()
  return dir
}

export function reading<T>(dir: string, look: (reader: OpenedReader) => T): T {
  const reader = openLedgerReader(optionsFor(dir))
  try {
    return look(reader)
  } finally {
    reader.close()
  }
}

/** The debit of car 5, exactly as the contract lists it (contract.md section 5). */
export const paidRow = {
  deductionId: 'd5',
  stayId: 's5',
  orderId: 'o5',
  laneId: 'exit',
  plate: '测A00005',
  obuId: '12345678',
  cardNo: '45010001000000000001',
  amountFen: 1000,
  means: 'etc',
  state: 'paid',
  intentAtIso: '2026-11-20T08:05:00.002+08:00',
  outcomeAtIso: '2026-11-20T08:05:00.003+08:00',
  proof: { tac: '1A2B3C4D', cardSerial: 5, psamTerminal: '112233445566', psamSerial: 6 },
  outTradeNo: 'x5',
  upload: 'confirmed',
}
