// The digest of the figures (docs/centre.md, "Figures"): SHA-256 over the rows of each table in the order of their keys,
// each the JSON array of its columns and a line end. Two centres with the same rows of the same lots have the same one.
import { createHash, type Hash } from 'node:crypto'
import type pg from 'pg'
import { inTransaction, onClient } from '../schema/transaction.ts'

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`
const day = `to_char(day, 'YYYY-MM-DD')`

interface DigestTable {
  readonly columns: string
  /** Columns of the key, behind the lot. */
  readonly key: string
}

const tables = {
  stays: {
    columns: `lot_id, node_id, stay_id, ${day}, plate, colour, ${ms('entered_at')}, ${ms('left_at')}, ended,
      no_entry, entry_lane, exit_lane, order_fen, paid_fen, back_fen, first_seq, last_seq, odd_clock`,
    key: 'node_id COLLATE "C", stay_id COLLATE "C", day',
  },
  money: {
    columns: `lot_id, node_id, seq, ${day}, hour, what, means, fen, stay_id, order_id, ${ms('at')}`,
    key: 'node_id COLLATE "C", seq, day',
  },
  takings: {
    columns: `lot_id, ${day}, hour, what, means, n, fen`,
    key: 'day, hour, what COLLATE "C", means COLLATE "C"',
  },
  flow: { columns: `lot_id, ${day}, hour, entered, left_n`, key: 'day, hour' },
} as const satisfies Record<string, DigestTable>

const nameOf = { stays: 'stay', money: 'money', takings: 'taking', flow: 'flow' } as const
type Figure = keyof typeof tables
const figures = Object.keys(tables) as Figure[]

const queryOf = (figure: Figure): string => {
  const { columns, key } = tables[figure]
  return `SELECT lot_id AS "lotId", json_build_array(${columns})::text AS text
    FROM centre.${nameOf[figure]} ORDER BY lot_id COLLATE "C", ${key}`
}

interface TableDigest {
  readonly n: number
  /** 64 lower-case hex digits. */
  readonly sha256: string
}
export type FiguresDigest = Readonly<Record<Figure, TableDigest>>

export interface Digests {
  readonly lots: readonly ({ readonly lotId: string } & FiguresDigest)[]
  /** Of the rows of all lots, one after the other. */
  readonly all: FiguresDigest
}

class Summed {
  private n = 0
  private readonly hash: Hash = createHash('sha256')
  add(text: string): void {
    this.n++
    this.hash.update(`${text}\n`)
  }
  digest(): TableDigest {
    return { n: this.n, sha256: this.hash.digest('hex') }
  }
}

const rowsAtOnce = 5_000
/** A sort of all stays of a large centre takes its time. */
const limitMs = 600_000

async function summed(
  client: pg.ClientBase,
  figure: Figure,
): Promise<{ readonly all: Summed; readonly lots: ReadonlyMap<string, Summed> }> {
  const [all, lots] = [new Summed(), new Map<string, Summed>()]
  await client.query(`DECLARE figures NO SCROLL CURSOR FOR ${queryOf(figure)}`)
  for (;;) {
    const { rows } = await client.query<{ lotId: string; text: string }>(
      `FETCH ${rowsAtOnce} FROM figures`,
    )
    for (const { lotId, text } of rows) {
      const lot = lots.get(lotId) ?? new Summed()
      lots.set(lotId, lot)
      lot.add(text)
      all.add(text)
    }
    if (rows.length === 0) break
  }
  await client.query('CLOSE figures')
  return { all, lots }
}

/** Of every lot that the centre has, with or without rows. */
export const digestsOf = (pool: pg.Pool): Promise<Digests> =>
  onClient(pool, (client) =>
    inTransaction(
      client,
      async () => {
        const sums: Partial<Record<Figure, Awaited<ReturnType<typeof summed>>>> = {}
        for (const figure of figures) sums[figure] = await summed(client, figure)
        const { rows } = await client.query<{ lotId: string }>(
          'SELECT lot_id AS "lotId" FROM centre.lot ORDER BY lot_id COLLATE "C"',
        )
        const digestsBy = (of: (figure: Figure) => Summed | undefined): FiguresDigest =>
          Object.fromEntries(
            figures.map((figure) => [figure, (of(figure) ?? new Summed()).digest()]),
          ) as Record<Figure, TableDigest>
        return {
          lots: rows.map(({ lotId }) => ({
            lotId,
            ...digestsBy((figure) => sums[figure]?.lots.get(lotId)),
          })),
          all: digestsBy((figure) => sums[figure]?.all),
        }
      },
      limitMs,
    ),
  )
