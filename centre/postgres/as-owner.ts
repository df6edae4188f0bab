// A transaction of the owner in the database of a folder, whether its centre runs or not: for a lost password, which must
// not wait until the centre is stopped.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { inTransaction } from '../schema/transaction.ts'
import { dataFolder, ownerName } from './data-folder.ts'
import { givenServer } from './given-server.ts'
import { keptPasswords } from './passwords.ts'
import { connectOwner, mustName, openPostgres, type PostgresOptions } from './postgres.ts'
import { refusedFault } from './server.ts'
import { socketPort } from './socket-folder.ts'

/** Of the server that the running centre of the folder uses. */
function runningOwner({ dir, url }: PostgresOptions): pg.ClientConfig {
  if (url !== undefined) return givenServer(url).owner
  mustName(dir, url)
  // PostgreSQL writes the folder of its socket into the fifth line.
  const host = readFileSync(join(dataFolder(dir), 'postmaster.pid'), 'utf8').split('\n')[4] ?? ''
  const password = keptPasswords(dir)?.owner ?? ''
  return { host, port: socketPort, database: 'postgres', user: ownerName, password, ssl: false }
}

async function inRunning<T>(
  options: PostgresOptions,
  work: (db: pg.ClientBase) => Promise<T>,
): Promise<T> {
  let client: pg.Client
  try {
    client = await connectOwner({ owner: runningOwner(options) })
  } catch (error) {
    throw refusedFault(error, { file: options.dir })
  }
  try {
    return await inTransaction(client, () => work(client))
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Throws as `openPostgres` does, but not because a centre runs. */
export async function asOwnerOf<T>(
  options: PostgresOptions,
  work: (db: pg.ClientBase) => Promise<T>,
): Promise<T> {
  let postgres
  try {
    postgres = await openPostgres(options)
  } catch (error) {
    if (error instanceof LaneFault && error.code === 'CENTRE-02') return inRunning(options, work)
    throw error
  }
  try {
    return await postgres.asOwner(work)
  } finally {
    await postgres.close()
  }
}
