// Sums of the database as integers: PostgreSQL adds `bigint` up to `numeric`, which comes as text and is read exactly, or
// refused where a number cannot hold it. Never as float8, which rounds without a word.
import pg from 'pg'
import { LaneFault } from '#base/pure/faults/faults.ts'

/** Throws CENTRE-26 for what a number cannot hold exactly. */
export function exact(value: number, text = String(value)): number {
  if (!Number.isSafeInteger(value)) throw new LaneFault('CENTRE-26', { value: text })
  return value
}

export const exactOf = (text: string): number => exact(Number(text), text)

const numeric = 1700

type Parser = (text: string) => unknown

/** How the pool of the desk reads values: whole `numeric` as a number, all others as the driver does. */
export const deskTypes: pg.CustomTypesConfig = {
  getTypeParser(id: number, format?: 'text' | 'binary'): Parser {
    return id === numeric && format !== 'binary'
      ? exactOf
      : (pg.types.getTypeParser(id, format) as Parser)
  },
}
