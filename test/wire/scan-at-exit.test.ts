// A lot under `etc-lane run` with a code scanner at its exit, in its own process: a driver shows a payment code
// without an attendant and leaves; rubbish, halves, repeats and codes out of time change nothing. Also `lane pay`.
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callSignature } from '#ledger/http/call-hook.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { PersonCallView } from '#lane/calls/help.ts'
import type { StatusView } from '#lane/calls/views.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { newFolder, Program, runToEnd, type Line } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const dueFen = 300
const lot = tcpLot()
const { dir } = lot
const admins = { gateway: '', scanner: '' }
let scannerSim: Program

const ask = async <T = Line>(
  of: keyof typeof admins,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> => {
  const answer = await fetch(`${admins[of]}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await answer.json()) as T
}
const scan = (text: string): Promise<Line> => ask('scanner', 'POST', '/scan', { text })

const listen =
  process.platform === 'linux' ? `pty:${join(newFolder(), 'scanner')}` : 'tcp://127.0.0.1:0'

async function startScanner(): Promise<string> {
  scannerSim = new Program(['scanner-sim', '--listen', listen])
  const { endpoints } = await scannerSim.line(({ event }) => event === 'ready')
  const { link, admin } = endpoints as { link: string; admin: string }
  admins.scanner = admin
  return link
}

beforeAll(async () => {
  const sim = new Program(['payment-sim', '--listen', 'https://127.0.0.1:0'])
  const { endpoints } = await sim.line(({ event }) => event === 'ready')
  const at = endpoints as Record<'baseUrl' | 'caFile' | 'keyFile' | 'merchantNo' | 'admin', string>
  admins.gateway = at.admin
  const link = await startScanner()
  await lot.startSims()
  const file = join(dir, 'lot.json')
  const { baseUrl: url, caFile, merchantNo } = at
  const gateway = { url, caFile, merchantNo, secret: 'gateway' }
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  const scanners = [{ id: 'exit-scan', link, lane: 'exit' }]
  writeFileSync(file, JSON.stringify({ ...config, gateway, scanners }))
  secretStore(dir, machineSecret()).write('gateway', readFileSync(at.keyFile, 'utf8').trim())
  await lot.start('exit')
})
afterAll(() => lot.close())

let cars = 0

async function standsAtExit(is = 'ready'): Promise<void> {
  const car = { plate: `测A1235${++cars}`, colour: 'blue' }
  await lot.until('entry', ({ state }) => state === 'idle')
  await lot.comes('entry', car)
  await lot.leaves('entry')
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.comes('exit', car)
  await lot.until('exit', ({ payByCode, payCode }) => payByCode === is && payCode !== undefined)
}

const codeNo = (): string => `13456789012345678${cars}`
const payments = (): (readonly [string, number | undefined])[] =>
  ledgerRows(dir).flatMap((row) =>
    row.kind === 'payment' ? [[row.body.means, row.amountFen] as const] : [],
  )
const refused = async (code: string): Promise<void> => {
  const { lastScan } = await lot.until('exit', (lane) => lane.lastScan?.code === code)
  expect(lastScan).toMatchObject({ code })
}

it('a code that is read pays at that lane: nobody is at the desk', async () => {
  await standsAtExit()
  await scan(codeNo())
  await lot.leaves('exit')
  expect(payments()).toEqual([['qr', dueFen]])
  expect(ledgerRows(dir).some(({ kind }) => kind === 'audit')).toBe(false)
  const { rows } = await ask<{ rows: Line[] }>('gateway', 'GET', '/books?limit=1000')
  expect(rows.filter(({ paidFen }) => paidFen === dueFen)).toHaveLength(1)
  expect(JSON.stringify(ledgerRows(dir))).not.toContain(codeNo())
})

it('a page of the web, a half and a code out of time are refused with their codes; then the lane pays', async () => {
  await eventually(
    () => lot.lane('exit'),
    ({ state }) => state === 'idle',
    { of: lot.of },
  )
  await scan('288888888888888888')
  await refused('SCAN-02')
  await standsAtExit()
  await scan('https://qr.example.test/pay?id=12345')
  await refused('SCAN-01')
  await ask('scanner', 'POST', '/faults', { at: 'scan', do: 'cut', when: 'before' })
  await scan(codeNo())
  await refused('SCAN-03')
  await ask('scanner', 'POST', '/faults', { at: 'scan', do: 'duplicate', when: 'before' })
  await scan(codeNo())
  await lot.leaves('exit')
  expect(payments()).toHaveLength(2)
})

it('a scanner that is unplugged is named, holds nobody up, and is read again when it is back', async () => {
  const faults = async (): Promise<readonly string[]> => {
    const { upkeep } = await lot.run.call<StatusView>('status.get')
    return (upkeep?.faults ?? []).map(({ code }) => code)
  }
  await scannerSim.stop('SIGKILL')
  await eventually(faults, (codes) => codes.includes('SCAN-04'), { of: lot.of })
  await standsAtExit('noScanner')
  await startScanner()
  await lot.until('exit', ({ payByCode }) => payByCode === 'ready')
  await eventually(faults, (codes) => !codes.includes('SCAN-04'), { of: lot.of })
  await scan(codeNo())
  await lot.leaves('exit')
  expect(payments()).toHaveLength(3)
})

it('X11 rubbish is refused: `lane pay` takes a code on stdin and audits who it was', async () => {
  await standsAtExit()
  const pay = async (code: string): Promise<{ code: number | null; json: Line }> => {
    const args = ['lane', 'pay', '--data', dir, '--lane', 'exit', '--by', '甲', '--reason', '扫码']
    const program = new Program([...args, '--json'], [], 'pipe')
    program.child.stdin?.end(code)
    const ended = await program.ended
    return { code: ended, json: program.lines.at(-1) ?? {} }
  }
  expect(await pay('https://x.test')).toMatchObject({
    code: 2,
    json: { error: { code: 'SCAN-01' } },
  })
  expect(await pay(codeNo())).toMatchObject({ code: 0, json: { ok: true, repeated: false } })
  await lot.leaves('exit')
  expect(payments()).toHaveLength(4)
  const audits = ledgerRows(dir).flatMap((row) => (row.kind === 'audit' ? [row.body.act] : []))
  expect(audits).toEqual(['lane.payCode 13… 18'])
})

it('a person is called by a button and by a car that waits; the hook is signed, and a restart forgets no call', async () => {
  const posts: { body: Line; signature: string }[] = []
  const bell = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const sec = Number(request.headers['x-etc-lane-time'])
      const isSigned = request.headers['x-etc-lane-signature'] === callSignature('k1', sec, text)
      posts.push({ body: JSON.parse(text) as Line, signature: isSigned ? 'good' : 'bad' })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((done) => bell.listen(0, '127.0.0.1', done))
  const { port } = bell.address() as AddressInfo
  const board = new Program([
    'detector-sim',
    '--variant',
    'contacts',
    '--listen',
    'tcp://127.0.0.1:0',
  ])
  const { endpoints } = await board.line(({ event }) => event === 'ready')
  const { link, admin } = endpoints as { link: string; admin: string }
  const file = join(dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  const help = {
    hook: { url: `http://127.0.0.1:${port}/`, secret: 'bell' },
    afterSec: 10,
    buttons: [{ lane: 'entry', link: `${link}?di=2` }],
  }
  await lot.run.stop('SIGTERM')
  writeFileSync(file, JSON.stringify({ ...config, help }))
  secretStore(dir, machineSecret()).write('bell', 'k1')
  await lot.start('exit')
  const list = async (): Promise<readonly PersonCallView[]> =>
    (await lot.run.call<{ rows: PersonCallView[] }>('help.list')).rows
  const press = (on: boolean) =>
    fetch(`${admin}/inputs`, { method: 'POST', body: JSON.stringify({ 2: on }) })
  await press(true)
  await eventually(list, (rows) => rows[0]?.hook === 'sent', { of: lot.of })
  expect(posts).toMatchObject([{ body: { laneId: 'entry', cause: 'button' }, signature: 'good' }])
  await lot.run.stop('SIGKILL')
  await press(false)
  await lot.start('exit')
  const [call] = await eventually(list, (rows) => rows.length === 1, { of: lot.of })
  const take = ['call', 'take', '--data', dir, '--call', call?.callId ?? '', '--by', '甲']
  expect(await runToEnd([...take, '--reason', '去看'])).toMatchObject({ code: 0 })
  expect(await runToEnd([...take, '--reason', '去看'])).toMatchObject({
    json: { error: { code: 'CALL-02' } },
  })
  await standsAtExit()
  await eventually(list, (rows) => rows[0]?.cause === 'waiting' && rows[0].hook === 'sent', {
    of: lot.of,
  })
  await scan(codeNo())
  await lot.leaves('exit')
  expect(await list()).toEqual([])
  expect(posts).toHaveLength(2)
  bell.close()
})
