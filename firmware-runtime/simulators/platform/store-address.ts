// Location of the platform's store: a file, or a PostgreSQL database by its address.
// A shown address never has its password.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { openStore, type OpenedStore } from '../shell/store.ts'

const addressShape = /^postgres(?:ql)?:\/\//

export const isPostgres = (books: string | null): books is string =>
  books !== null && addressShape.test(books)

/** The address for messages. */
export function shownAddress(books: string | null): string {
  if (!isPostgres(books)) return books ?? ''
  if (!URL.canParse(books)) return 'postgres://'
  const url = new URL(books)
  url.password = ''
  url.searchParams.delete('password')
  return url.href
}

/** Opens the store named by `--books`. The database driver is loaded only for an address. */
export async function openAddressedStore(
  books: string | null,
  failed: (error: unknown) => void,
): Promise<OpenedStore> {
  if (!isPostgres(books)) return openStore(books)
  if (!URL.canParse(books)) {
    const note = 'postgres://USER@HOST:PORT/DATABASE'
    throw new LaneFault('ARG-01', { field: '--books', value: shownAddress(books), note })
  }
  const { openPostgresStore } = await import('./postgres-store.ts')
  return openPostgresStore({ address: books, shown: shownAddress(books), failed })
}
