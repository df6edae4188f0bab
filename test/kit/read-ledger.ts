// Reads a ledger on disk, opened for each reading.
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'

export const readsOf =
  (options: Parameters<typeof openLedgerReader>[0]) =>
  <T>(look: (reader: ReturnType<typeof openLedgerReader>) => T): Promise<T> => {
    const reader = openLedgerReader(options)
    const found = look(reader)
    reader.close()
    return Promise.resolve(found)
  }
