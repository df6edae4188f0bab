// `etc-lane run` with a centre: pairing over a real door survives a kill, and each durable row of the ledger is at the door
// once, in its order, with the text that the ledger has.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import type { CentreView } from '#ledger/calls/centre-views.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { feedBatch } from '#ledger/sqlite/feed-batch.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { noRowsMark } from '#ledger/pure/centre/follower.ts'
import { present } from '#base/pure/values/must.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { eventually } from '../kit/eventually.ts'
import { TestDoor } from '../kit/test-door.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'

afterAll(() => cleanUp())

/** A lot of one lane without devices that sends its rows to `url`. */
async function newLot(url: string): Promise<string> {
  const dir = newFolder()
  expect((await runToEnd(['lot', 'init', '--data', dir, '--charge', 'card'])).code).toBe(0)
  const file = join(dir, 'lot.json')
  const lot = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...lot, centre: { url } }))
  return dir
}

async function started(dir: string): Promise<Program> {
  const program = new Program(['run', '--data', dir])
  await program.ready()
  return program
}
const stateOf = (program: Program) => program.call<CentreView>('centre.state')
const stands = (program: Program, fits: (view: CentreView) => boolean) =>
  eventually(() => stateOf(program), fits, { of: program })

function linesIn(dir: string): readonly string[] {
  using reader = openLedgerReader(readerOptions(dir))
  const { sm3 } = openGmCrypto()
  const batch = feedBatch(reader.storedAfter, noRowsMark, 1_000_000, sm3)
  return gunzipSync(present(batch, 'there are rows').body).toString('utf8').slice(0, -1).split('\n')
}

test('pairs, is killed, goes on with the same digits, and sends every row once', async () => {
  const door = await new TestDoor().open()
  onTestFinished(() => door.close())
  const dir = await newLot(door.url)
  const first = await started(dir)
  const { digits } = await stands(
    first,
    (view) => view.state === 'pending' && door.digits.length > 0,
  )
  expect(digits).toBe(door.digits[0])
  await first.stop('SIGKILL')

  const second = await started(dir)
  await stands(second, (view) => view.state === 'pending' && view.digits === digits)
  door.decide('accepted')
  await stands(second, (view) => view.state === 'joined' && view.backlog === 0)
  const { code, json } = await runToEnd(['feed', 'status', '--data', dir])
  expect([code, json]).toMatchObject([0, { state: 'joined', digits: null, fault: null }])
  await second.stop('SIGKILL')

  const third = await started(dir)
  await stands(third, (view) => view.backlog === 0 && view.heardAtIso !== null)
  expect(await third.stop()).toBe(0)
  const lines = linesIn(dir)
  expect(door.lines).toEqual(lines.slice(0, door.lines.length))
  expect(lines.length - door.lines.length).toBeLessThan(20)
  expect(door.requests.filter((one) => one === 'POST /v1/pairings')).toHaveLength(1)
})

test('a door that is not there: the lanes run, and the command says so', async () => {
  const door = await new TestDoor().open()
  await door.close()
  const dir = await newLot(door.url)
  const program = await started(dir)
  const { code, json } = await runToEnd(['feed', 'status', '--data', dir])
  expect([code, json]).toMatchObject([1, { url: door.url, state: 'asking', digits: null }])
  expect(await program.stop()).toBe(0)
})
