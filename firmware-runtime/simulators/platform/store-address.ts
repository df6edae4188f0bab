// Where the books of the platform lie: a file, or a PostgreSQL named by its address. What is shown of an address never
// has its password.
import { LaneFault } from '../../core/faults/faults.ts'
import { openStore } from '../shell/store.ts'
import type { OpenedStore } from '../shell/store.ts'

const addressShape = /^postgres(?:ql)?:\/\//

export const isPostgres = (books: string | null): books is string =>
  books !== null && addressShape.test(books)

/** As it may stand in a message. */
export function shownAddress(books: string | null): string {
  if (!isPostgres(books)) return books ?? ''
  if (!URL.canParse(books)) return 'postgres://'
  const url = new URL(books)
  url.password = ''
  url.searchParams.delete('password')
  return url.href
}

/** Opens what `--books` names. The driver of the database is loaded for an address alone. */
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
