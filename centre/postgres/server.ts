// What the centre needs of a PostgreSQL server, whoever runs it.
import type pg from 'pg'
import { LaneFault, type FaultDetail } from '#base/pure/faults/faults.ts'

export interface Server {
  /** Connections as the owner. */
  readonly owner: pg.ClientConfig
  /** Begins it where it is the centre's own and does not run. */
  start(): Promise<void>
  /** Whether a refused connection is a matter of waiting. */
  isStarting(error: unknown): boolean
  /** Why there is no connection. */
  faultOf(error: unknown): LaneFault
  /** Ends it where it is the centre's own; resolves when it has ended. */
  stop(): Promise<void>
}

/** Of PostgreSQL: no room on its disk. */
export const diskFull = '53100'

/** Code of the server or of the system; '' without one. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** What the server or the way to it refused: CENTRE-09 without room on its disk, else CENTRE-06. */
export function refusedFault(error: unknown, detail: FaultDetail): LaneFault {
  if (error instanceof LaneFault) return error
  const note = `${codeOf(error)} ${wordsOf(error)}`.trim()
  return new LaneFault(codeOf(error) === diskFull ? 'CENTRE-09' : 'CENTRE-06', { ...detail, note })
}
