// A centre that cannot start says why with a code: the database goes away meanwhile, an address is in use; and the lines of
// its own server go into a file.
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mustBeFree } from '../../../centre/free-addresses.ts'
import { isDatabaseAway, withDatabaseFaults } from '../../../centre/postgres/database-error.ts'
import { loggedLines, serverLog } from '../../../centre/postgres/server-log.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { folderOfTest } from '../../kit/own-folder.ts'
import { refusedLater } from '../../kit/refusals.ts'

const withCode = (code: string, more: object = {}): Error =>
  Object.assign(new Error(code), { code, ...more })
const ofServer = (code: string): Error =>
  Object.assign(new pg.DatabaseError(code, 0, 'error'), { code })

describe('an error of the database', () => {
  it.each([
    ['nobody listens', withCode('ECONNREFUSED', { syscall: 'connect' }), true],
    ['its socket is gone', withCode('ENOENT', { syscall: 'connect' }), true],
    ['cut', withCode('ECONNRESET', { syscall: 'read' }), true],
    ['no such host', withCode('ENOTFOUND', { syscall: 'getaddrinfo' }), true],
    [
      'several addresses',
      new AggregateError([withCode('ECONNREFUSED', { syscall: 'connect' })]),
      true,
    ],
    ['ended by the driver', new Error('Connection terminated unexpectedly'), true],
    ['no connection in time', new Error('timeout exceeded when trying to connect'), true],
    ['no answer in time', new Error('Query read timeout'), true],
    ['shut down by an operator', ofServer('57P01'), true],
    ['starts', ofServer('57P03'), true],
    ['too many connections', ofServer('53300'), true],
    ['a wrong password', ofServer('28P01'), true],
    ['its disk fails', ofServer('58030'), true],
    // Errors of this program stay what they are.
    ['a wrong statement', ofServer('42601'), false],
    ['a row that is there already', ofServer('23505'), false],
    ['a file that is not there', withCode('ENOENT', { syscall: 'open' }), false],
    ['a wrong type', new TypeError('x'), false],
    ['no error', 'x', false],
  ])('%s', async (_, error, isAway) => {
    expect(isDatabaseAway(error)).toBe(isAway)
    const got = await withDatabaseFaults(() => Promise.reject(error)).catch((one: unknown) => one)
    expect(got instanceof LaneFault).toBe(isAway)
    if (!isAway) expect(got).toBe(error)
  })

  it('of a full disk has its own code', async () => {
    const fault = await refusedLater(withDatabaseFaults(() => Promise.reject(ofServer('53100'))))
    expect(fault).toMatchObject({ code: 'CENTRE-09' })
  })
})

describe('an address', () => {
  async function used(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    return (server.address() as AddressInfo).port
  }
  const at = (port: number, host = '127.0.0.1') => ({ host, port })

  it('in use is said with the code of the door or of the desk', async () => {
    const port = await used()
    expect(await refusedLater(mustBeFree(at(port), at(0)))).toMatchObject({
      code: 'CENTRE-24',
      detail: { value: `127.0.0.1:${port}` },
    })
    expect(await refusedLater(mustBeFree(at(0), at(port)))).toMatchObject({ code: 'CENTRE-25' })
  })

  it('of another computer, and one for both, are refused; free ones stay free', async () => {
    expect(await refusedLater(mustBeFree(at(0, '192.0.2.1'), at(0)))).toMatchObject({
      code: 'CENTRE-24',
    })
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port } = free.address() as AddressInfo
    free.close()
    await once(free, 'close')
    expect(await refusedLater(mustBeFree(at(port), at(port)))).toMatchObject({ code: 'CENTRE-25' })
    await mustBeFree(at(port), at(0))
    await mustBeFree(at(port), at(0))
  })
})

describe('the lines of the server', () => {
  it('are kept in a file that is bounded, and shown from its end', () => {
    const dir = folderOfTest('server-log-')
    const file = join(dir, 'postgres.log')
    const log = serverLog(dir)
    expect(loggedLines(dir, 5)).toEqual([])
    log('one')
    log('two')
    expect(loggedLines(dir, 1)).toEqual(['two'])
    writeFileSync(file, `${'x'.repeat(1_100_000)}\nlast\n`)
    log('three')
    expect(readFileSync(file, 'utf8')).toBe('three\n')
    expect(existsSync(`${file}.1`)).toBe(true)
    expect(loggedLines(dir, 2)).toEqual(['last', 'three'])
    // A folder that is gone ends nothing.
    serverLog(join(dir, 'gone'))('four')
  })
})
