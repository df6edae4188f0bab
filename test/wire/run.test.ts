// `etc-lane run` as a process: ready line, API and token, streams that resume, acts from the command
// line, kill -9 during a charge, and a ledger that fails half way.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { openSite } from '#runtime/site/site.ts'
import { isStopRow } from '#base/pure/rows/stop-row.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { QueueStatusView } from '#ledger/calls/ledger-views.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { newFolder, Program, runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { runsForFile } from './kit/running-lot.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

// Nothing is free here, so that even a short stay costs money.
const lot = tcpLot()
const { dir, harness } = lot

runsForFile(lot)

test('says where it is in the ready line and in runtime.json, for its user alone', () => {
  const file = join(dir, 'run', 'runtime.json')
  const { pid, endpoints } = lot.run.lines[0] as { pid: number; endpoints: object }
  expect(pid).toBe(lot.run.child.pid)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ apiVersion: 1, pid, endpoints })
  expect(Object.keys(endpoints).sort()).toEqual(['api', 'intake', 'platform', 'sims', 'tokenFile'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(lot.run.endpoints?.tokenFile ?? '').mode & 0o777).toBe(0o600)
  expect(lot.run.token()).toMatch(/^[0-9a-f]{64}$/)
})

test('answers nobody without the token of this start', async () => {
  const ask = (authorization?: string) =>
    fetch(new URL('/v1/call', lot.run.endpoints?.api), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify({ name: 'status.get', args: {} }),
    })
  expect((await ask()).status).toBe(401)
  expect((await ask(`Bearer ${'0'.repeat(64)}`)).status).toBe(401)
  expect((await ask(`Bearer ${lot.run.token()}`)).status).toBe(200)
})

test('streams resume by number: nothing twice, nothing missing', async () => {
  await lot.comes('entry')
  await lot.leaves('entry')
  const some = await lot.run.stream('events', 0, (items) => items.length >= 3)
  const after = some[1]?.seq ?? 0
  const rest = await lot.run.stream('events', after, (items) =>
    items.some((i) => i.data['type'] === 'carLeft'),
  )
  expect(rest[0]?.seq).toBe(after + 1)
  expect(rest.map((i) => i.seq)).toEqual(rest.map((_, n) => after + 1 + n))
  const [snapshot] = await lot.run.stream('board', 0, (items) => items.length > 0)
  expect(snapshot).toMatchObject({ stream: 'board', dropped: 0 })
  const file = await runToEnd(['events', '--data', dir])
  expect(file.stdout[0]).toMatchObject({ event: 'ready' })
  expect(file.stdout.slice(1).map((line) => line['seq'])).toEqual(
    file.stdout.slice(1).map((_, n) => n + 1),
  )
})

test('a person opens a lane from the command line: once, audited', async () => {
  const args = ['--data', dir, '--lane', 'exit', '--by', '测试员', '--reason', '试开']
  const id = ['--command-id', 'wire-open-000001']
  const opens = async (): Promise<number> =>
    (await harness.sims('exit').barrier.admin<{ opens: number }>('GET', '/state')).opens
  const before = await opens()
  expect((await runToEnd(['lane', 'open', ...args, ...id])).json).toMatchObject({
    ok: true,
    repeated: false,
    result: 'done',
    position: 'open',
  })
  await eventually(opens, (n) => n === before + 1, { of: lot.of })
  expect((await runToEnd(['lane', 'open', ...args, ...id])).json).toMatchObject({ repeated: true })
  expect(await opens()).toBe(before + 1)
  const nobody = await runToEnd(['lane', 'open', '--data', dir, '--lane', 'exit', '--by', 'x'])
  expect(nobody).toMatchObject({ code: 2, json: { error: { code: 'ARG-01', field: '--reason' } } })
  const wrong = await runToEnd(['lane', 'settle', ...args])
  expect(wrong).toMatchObject({ code: 2, json: { error: { code: 'LANE-02' } } })
  const audit = await runToEnd(['audit', 'verify', '--data', dir])
  expect(audit).toMatchObject({ code: 0, json: { ok: true, acts: 1, byPerson: { 测试员: 1 } } })
})

test('kill -9 during a charge: the same state comes back and the car pays once', async () => {
  const platform = harness.platform
  const { rsu } = harness.sims('exit')
  await rsu?.admin('POST', '/cars', obu)
  // The charge takes effect, and the answer is lost with the lane.
  const fault = { at: 'POST /v1/etc/exit-charges', when: 'after', do: 'drop', times: 1 }
  await platform?.admin('POST', '/faults', fault)
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.comes('exit')
  await lot.until('exit', ({ state }) => state === 'charging')
  interface SettlementRecords {
    readonly count: number
    readonly totalFen: number
  }
  const settlementRecords = async (): Promise<SettlementRecords | undefined> =>
    platform?.admin<SettlementRecords>('GET', '/books?kind=exit-charges')
  await eventually(settlementRecords, (b) => b?.count === 1, { of: lot.of })
  await lot.run.stop('SIGKILL')
  const file = join(dir, 'run', 'runtime.json')
  expect(existsSync(file)).toBe(true)
  const left = await runToEnd(['ledger', 'query', '--kind', 'deduction', '--data', dir])
  expect(left.json['rows']).toMatchObject([{ plate, state: 'intent', amountFen: 300 }])
  const unsent = await runToEnd(['queue', 'status', '--data', dir])
  expect(unsent.json).toMatchObject({ unsent: 1, byKind: { charge: 1 } })

  await lot.start('exit')
  const paid = await eventually(
    () => lot.run.call<{ rows: { state: string }[] }>('ledger.query', { kind: 'deduction' }),
    ({ rows }) => rows[0]?.state === 'paid',
    { of: lot.of },
  )
  expect(paid.rows).toHaveLength(1)
  const queue = (): Promise<QueueStatusView> => lot.run.call<QueueStatusView>('queue.status')
  await eventually(queue, ({ unsent: n }) => n === 0, { of: lot.of })
  expect(await settlementRecords()).toMatchObject({ count: 1, totalFen: 300 })
  const verdict = await lot.run.call('ledger.verify')
  expect(verdict).toMatchObject({ ok: true, sums: { paidFen: 300 } })
})

test('SIGTERM: exit code 0 within 5 s, nothing of the run left behind', async () => {
  const startedMs = performance.now()
  expect(await lot.run.stop()).toBe(0)
  expect(performance.now() - startedMs).toBeLessThan(5000)
  for (const name of ['runtime.json', 'lock', 'token'])
    expect(existsSync(join(dir, 'run', name))).toBe(false)
  expect(ledgerRows(dir).map(isStopRow).lastIndexOf(true)).toBe(ledgerRows(dir).length - 1)
  const verify = await runToEnd(['ledger', 'verify', '--data', dir])
  expect(verify).toMatchObject({ code: 0, json: { ok: true, chain: 'ok' } })
  const drain = await runToEnd(['queue', 'drain', '--data', dir])
  expect(drain).toMatchObject({ code: 0, json: { ok: true, unsent: 0 } })
})

test('a head that cannot be written ends the lot by its fault, not by a stack', async () => {
  const small = join(newFolder(), 'lot')
  await runToEnd(['lot', 'init', '--data', small, '--charge', 'card'])
  const { config, tariff } = loadLot(small)
  const { promise, resolve: fatal } = Promise.withResolvers<LaneFault>()
  const clocks = { business: systemWallClock(), mono: systemMonoClock() }
  const site = await openSite({ dir: small, config, tariff, ...clocks, timing: 'instant', fatal })
  const flush = vi.spyOn(site.opened.headWriter, 'flush').mockImplementation(() => {
    throw new LaneFault('LEDGER-06')
  })
  expect(await promise).toMatchObject({ code: 'LEDGER-06' })
  flush.mockRestore()
  await site.stop()
})

const hasLimit = spawnSync('prlimit', ['--version']).status === 0

test.skipIf(!hasLimit)('a write that fails half way: said, exit code 1, whole again', async () => {
  const small = join(newFolder(), 'lot')
  await runToEnd(['lot', 'init', '--data', small, '--charge', 'card'])
  const limited = new Program(['run', '--data', small], ['prlimit', '--fsize=200000'])
  await limited.ready()
  let acknowledged = 0
  const act = { by: '测试员', reason: '写满' }
  for (let n = 0; n < 500 && limited.child.exitCode === null; n++)
    await limited.call('queue.retryNow', { ...act, commandId: `limit-${n}-command` }).then(
      () => acknowledged++,
      () => 0,
    )
  expect(await limited.ended).toBe(1)
  expect(limited.lines.at(-1)).toMatchObject({ event: 'failed', error: { code: 'LEDGER-06' } })
  expect(limited.stderr).toContain('LEDGER-06')
  const again = new Program(['run', '--data', small])
  await again.ready()
  expect(await again.call('ledger.verify')).toMatchObject({ ok: true })
  const { rows } = await again.call<{ rows: unknown[] }>('ledger.query', {
    kind: 'event',
    limit: 1000,
  })
  // The row with the unknown result may exist or not; acknowledged ones must.
  const acts = rows.length - 2
  expect(acts === acknowledged || acts === acknowledged + 1).toBe(true)
  expect(await again.stop()).toBe(0)
})
