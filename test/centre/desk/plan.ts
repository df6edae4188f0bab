// The plan of a query of the desk: as its role, under row-level security, with the lots of the transaction.
import { inLots } from '../../../centre/desk/in-lots.ts'
import type { TestCentre } from '../../kit/centre-database.ts'

export const planOf = async (
  { desk, tokenOf }: Pick<TestCentre, 'desk' | 'tokenOf'>,
  query: string,
  values: readonly unknown[],
  lots = '*',
): Promise<string> =>
  inLots(desk, await tokenOf(lots), async (db) => {
    const { rows } = await db.query<Record<string, string>>(`EXPLAIN ${query}`, [...values])
    return rows.flatMap((row) => Object.values(row)).join('\n')
  })
