// A small lot whose ledger the reading tests share: twelve cars, some paid by ETC, some in cash.
// Every figure in those tests can be worked out from `carRows` by hand.
import { openLedgerReader } from '../../../../firmware-runtime/adapters/sqlite/ledger-reader.ts'
import type { OpenedReader } from '../../../../firmware-runtime/adapters/sqlite/ledger-reader.ts'
import { openLedger } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import type { RowDraft } from '../../../../firmware-runtime/core/values/rows/ledger-row.ts'
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
