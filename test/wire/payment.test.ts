// A payment through real processes and real HTTPS: the product uses the simulated gateway, a Python client written
// from the published page reads the same answers, and the gateway's books survive kill -9.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { rootCertificates } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { cleanUp, newFolder, Program, runToEnd, type Line } from './kit/live-program.ts'
import { repository } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'

afterEach(cleanUp)

interface Gateway {
  readonly program: Program
  readonly at: Readonly<Record<'baseUrl' | 'caFile' | 'keyFile' | 'merchantNo' | 'admin', string>>
}

async function startGateway(folder: string): Promise<Gateway> {
  const books = join(folder, 'books.jsonl')
  const program = new Program(['payment-sim', '--listen', 'https://127.0.0.1:0', '--books', books])
  const ready = await program.line(({ event }) => event === 'ready')
  return { program, at: ready['endpoints'] as Gateway['at'] }
}

async function admin(gateway: Gateway, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${gateway.at.admin}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}

const book = async (gateway: Gateway): Promise<Line | undefined> =>
  ((await admin(gateway, 'GET', '/books')).json['rows'] as Line[])[0]

function tryWords({ at }: Gateway, ...more: string[]): string[] {
  const { baseUrl, caFile, keyFile, merchantNo } = at
  const to = ['--gateway', baseUrl, '--ca', caFile, '--keys', keyFile, '--merchant', merchantNo]
  return ['pay', 'try', ...to, ...more]
}

const tryGateway = (gateway: Gateway, ...more: string[]): Program =>
  new Program(tryWords(gateway, ...more))

const isShown = ({ event }: Line): boolean => event === 'show'
const people = ['--by', 'wang', '--approved-by', 'li']

describe('trying a gateway', () => {
  it('shows a code, sees it paid, opens behind the row, and gives the money back', async () => {
    const gateway = await startGateway(newFolder())
    const trial = tryGateway(gateway, '--order', 'TRY01', '--fen', '5', ...people)
    expect(await trial.line(isShown)).toMatchObject({ qrText: 'https://pay.invalid/q/TRY01P1' })
    await admin(gateway, 'POST', '/pay', { outTradeNo: 'TRY01P1', do: 'now' })
    expect(await trial.ended).toBe(0)
    const events = trial.lines.map(({ event, state, row }) => String(state ?? row ?? event))
    expect(events.indexOf('orderPaid')).toBeLessThan(events.indexOf('open'))
    expect(trial.lines.at(-1)).toMatchObject({ event: 'done', ok: true, refundedFen: 5 })
    expect(await book(gateway)).toMatchObject({ outTradeNo: 'TRY01P1', paidFen: 5, refundedFen: 5 })
  })

  it('a wrong amount is for a person: exit 1, nothing opens, the books have it', async () => {
    const gateway = await startGateway(newFolder())
    const trial = tryGateway(gateway, '--order', 'TRY02', '--fen', '5')
    await trial.line(isShown)
    await admin(gateway, 'POST', '/pay', { outTradeNo: 'TRY02P1', do: 'wrongAmount' })
    expect(await trial.ended).toBe(1)
    expect(trial.lines.some(({ event }) => event === 'open')).toBe(false)
    expect(trial.lines.at(-1)).toMatchObject({ ok: false, state: 'odd', item: 'otherAmount' })
    expect(await book(gateway)).toMatchObject({ paidFen: 6, refundedFen: 0 })
  })

  it('is killed with its code shown; the same order goes on by its number, without a second charge', async () => {
    const gateway = await startGateway(newFolder())
    const first = tryGateway(gateway, '--order', 'TRY03', '--fen', '5')
    await first.line(isShown)
    first.child.kill('SIGKILL')
    await first.ended
    await admin(gateway, 'POST', '/pay', { outTradeNo: 'TRY03P1', do: 'now' })
    const again = tryGateway(gateway, '--order', 'TRY03', '--fen', '5', ...people)
    expect(await again.ended).toBe(0)
    const { json } = await admin(gateway, 'GET', '/books')
    expect(json).toMatchObject({ count: 1, rows: [{ paidFen: 5, refundedFen: 5 }] })
  })

  it('the gateway is killed after the payment; its books know it when it is back', async () => {
    const folder = newFolder()
    const gateway = await startGateway(folder)
    const trial = tryGateway(gateway, '--order', 'TRY04', '--fen', '5')
    await trial.line(isShown)
    await admin(gateway, 'POST', '/pay', { outTradeNo: 'TRY04P1', do: 'now' })
    await gateway.program.stop('SIGKILL')
    const back = await startGateway(folder)
    expect(await book(back)).toMatchObject({ outTradeNo: 'TRY04P1', paidFen: 5 })
    trial.child.kill('SIGKILL')
    await trial.ended
  })

  it('refuses by name a foreign authority, key file and key, and a key that changed overnight', async () => {
    const folder = newFolder()
    const gateway = await startGateway(folder)
    const { caFile, keyFile } = gateway.at
    const old = join(folder, 'old.keys')
    writeFileSync(old, readFileSync(keyFile))
    const foreign = join(folder, 'foreign.pem')
    writeFileSync(foreign, present(rootCertificates[0], 'an authority'))
    await admin(gateway, 'POST', '/keys')
    for (const [ca, keys, code, note] of [
      [foreign, keyFile, 'PAY-02', /certificate/i],
      [caFile, caFile, 'PAY-01', /keyId:secret/],
      [caFile, old, 'PAY-02', /unknownKey/],
    ] as const) {
      const at = { ...gateway.at, caFile: ca, keyFile: keys }
      const { code: exit, json } = await runToEnd(tryWords({ ...gateway, at }, '--order', 'TRY05'))
      const fault = json['error'] as Line
      expect([exit, fault['code']]).toEqual([2, code])
      expect(JSON.stringify(fault)).toMatch(note)
    }
    expect(await book(gateway)).toBeUndefined()
  })
})

/** The client printed in docs/payment-port.md. */
class PythonClient {
  readonly #child
  readonly #lines
  constructor({ at }: Gateway, folder: string) {
    const page = readFileSync(join(repository, 'docs/payment-port.md'), 'utf8')
    const file = join(folder, 'client.py')
    writeFileSync(file, present(/```python\n([\s\S]*?)```/.exec(page)?.[1], 'a client'))
    const api = join(repository, 'docs/payment-port.openapi.json')
    const words = [file, at.baseUrl, at.caFile, at.keyFile, at.merchantNo, api]
    this.#child = spawn('python3', words, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }
  async call(operation: string, number = '', members: Line = {}): Promise<Line> {
    this.#child.stdin.write(`${JSON.stringify([operation, number, members])}\n`)
    const next = await this.#lines.next()
    if (next.done === true) throw new Error(`${operation}: the client ended`)
    return JSON.parse(next.value) as Line
  }
  async end(): Promise<number> {
    const ended = once(this.#child, 'close')
    this.#child.stdin.end()
    const [code] = (await ended) as [number]
    return code
  }
}

it('a client in Python, written from the page and the OpenAPI document, agrees with the gateway', async () => {
  const folder = newFolder()
  const gateway = await startGateway(folder)
  const client = new PythonClient(gateway, folder)
  const attemptNo = 'PYTHON-1P1'
  expect(await client.call('capabilities')).toMatchObject({ merchantNo: gateway.at.merchantNo })
  const begun = { attemptNo, amountFen: 900, expiresMs: 120_000 }
  expect(await client.call('offer', '', begun)).toMatchObject({ state: 'open', paidFen: 0 })
  await admin(gateway, 'POST', '/pay', { outTradeNo: attemptNo, do: 'late', afterMs: 1 })
  await eventually(
    () => client.call('query', attemptNo),
    ({ state }) => state === 'paid',
  )
  expect(await client.call('cancel', attemptNo)).toMatchObject({ state: 'paid', paidFen: 900 })
  const refundNo = `${attemptNo}R1`
  const back = { refundNo, attemptNo, amountFen: 900 }
  expect(await client.call('refund', '', back)).toMatchObject({ state: 'accepted' })
  expect(await client.call('queryRefund', refundNo)).toMatchObject({ state: 'done' })
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  expect(await client.call('bill', day)).toMatchObject({ count: 1, totalFen: 900 })
  const { json: ask } = await admin(gateway, 'POST', '/asks', { plate: '测A12345' })
  const { askNo } = ask as { readonly askNo: string }
  expect(await client.call('plateAsks')).toMatchObject({ asks: [{ askNo, wants: 'sum' }] })
  const told = { result: 'owes', sumFen: 800, attemptNos: [] }
  expect(await client.call('answerPlate', askNo, told)).toEqual({})
  expect(await client.call('plateAsks')).toEqual({ asks: [] })
  expect((await admin(gateway, 'GET', '/asks')).json).toMatchObject({ rows: [{ answer: told }] })
  const code = { attemptNo: 'PYTHON-2P1', amountFen: 900, code: '280000000000000000' }
  expect(await client.call('charge', '', code)).toMatchObject({ state: 'paid' })
  for (const [operation, number, members, refused] of [
    ['query', 'NOBODY-1', {}, 'NOT_FOUND'],
    ['offer', '', { ...begun, amountFen: 901 }, 'CONFLICT'],
    ['offer', '', { ...begun, expiresMs: 1 }, 'BAD_REQUEST'],
    ['refund', '', { ...back, refundNo: 'PYTHON-1P1R2' }, 'TOO_MUCH'],
    ['charge', '', { ...code, attemptNo: 'PYTHON-3P1' }, 'CODE_INVALID'],
  ] as const)
    expect(await client.call(operation, number, members)).toMatchObject({
      error: { code: refused },
    })
  expect(await client.end()).toBe(0)
})
