// Tells an error of the way to PostgreSQL, or of the server itself, from an error of this program: the first is a fault
// with a code, whatever was being done.
import pg from 'pg'
import { refusedFault } from './server.ts'

/** Classes of SQLSTATE: connection, sign-in, database, resources, operator, system. */
const classes = ['08', '28', '3D', '53', '57', '58'] as const
const callsOfSystem = ['connect', 'read', 'write', 'getaddrinfo'] as const
/** Of the driver, which gives these no code. */
const wordsOfDriver =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client was closed)/

const textAt = (error: Error, member: 'code' | 'syscall'): string => {
  const value: unknown = Reflect.get(error, member)
  return typeof value === 'string' ? value : ''
}

export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway)
  if (error instanceof pg.DatabaseError)
    return classes.some((start) => textAt(error, 'code').startsWith(start))
  return (
    callsOfSystem.some((call) => textAt(error, 'syscall') === call) ||
    wordsOfDriver.test(error.message)
  )
}

/** What `work` throws of the database is a fault: CENTRE-06, CENTRE-09. Other errors stay as they are. */
export async function withDatabaseFaults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isDatabaseAway(error) ? refusedFault(error, {}) : error
  }
}
