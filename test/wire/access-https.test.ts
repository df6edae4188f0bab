// A partner of a running lot over HTTPS: it trusts the certificate that the lot hands over and nothing else, an old TLS is
// refused, and a key of another certificate closes the interface but no lane.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, type AgentOptions } from 'node:https'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { BoardView, StatusView } from '#lane/calls/views.ts'
import { eventually } from '../kit/eventually.ts'
import { answerOf } from '../kit/partner-kit.ts'
import { newAccessLot, ownOf, sent, signedBy } from './kit/access-lot.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'

const agents: Agent[] = []
afterEach(async () => {
  for (const agent of agents.splice(0)) agent.destroy()
  await cleanUp()
})

/** Key and certificate for the loopback, made by openssl. */
function newPem(name: string) {
  const [keyFile, certFile] = [join(newFolder(), `${name}.key`), join(newFolder(), `${name}.pem`)]
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-days', '2', ...subject, '-keyout', keyFile, '-out', certFile],
  ])
  return { keyFile, certFile }
}

async function running(tls: ReturnType<typeof newPem>) {
  const lot = await newAccessLot(tls, '7.2.1')
  expect((await runToEnd(['access', 'keys', '--data', lot.dir])).code).toBe(0)
  const program = new Program(['access', '--data', lot.dir, '--timing', 'instant'])
  await program.ready()
  const own = ownOf(lot)
  const url = `https://127.0.0.1:${lot.port}`
  /** A client that trusts one certificate. */
  const client = (caFile: string, more: AgentOptions = {}) => {
    const agent = new Agent({ ca: readFileSync(caFile), keepAlive: true, ...more })
    agents.push(agent)
    return async (method: string, path: string, body?: unknown) =>
      answerOf(await sent(url, signedBy({ method, path, body }), agent), own)
  }
  return { program, client, url }
}

const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString()

const path = '/v1/orders/HTTPS-1'
const order = () => ({
  stayNo: 'STAY-1',
  laneId: null,
  plate: '测A00001',
  colour: 'blue',
  enteredAtIso: minutesAgo(90),
  leftAtIso: minutesAgo(5),
  madeAtIso: minutesAgo(0),
  amountFen: 500,
})

it('opens an order, settles it and hears of both, over the certificate that it was given', async () => {
  const ours = newPem('ours')
  const { program, client, url } = await running(ours)
  expect(program.endpoints).toMatchObject({ partners: url })
  const ask = client(ours.certFile)
  expect(await ask('PUT', path, order())).toMatchObject({
    status: 200,
    isSigned: true,
    json: { state: 'open' },
  })
  const opened = await ask('GET', '/v1/events?after=0&waitMs=25000')
  expect(opened).toMatchObject({ isSigned: true, json: { events: [{ event: 'opened' }] } })
  const waiting = ask('GET', `/v1/events?after=${String(opened.json['next'])}&waitMs=25000`)
  const paid = { means: 'cash', amountFen: 500, atIso: minutesAgo(0) }
  expect(await ask('PUT', `${path}/settlement`, paid)).toMatchObject({
    status: 200,
    isSigned: true,
    json: { state: 'settled' },
  })
  expect(await waiting).toMatchObject({
    status: 200,
    isSigned: true,
    json: { events: [{ event: 'settled', order: { orderNo: 'HTTPS-1', paidFen: 500 } }] },
  })
})

it('speaks with no client of another authority, and with none of a TLS before 1.2', async () => {
  const [ours, other] = [newPem('ours'), newPem('other')]
  const { client } = await running(ours)
  const asked = async (ask: ReturnType<typeof client>): Promise<unknown> =>
    ask('GET', '/v1/access').then(
      ({ status }) => status,
      (error: NodeJS.ErrnoException) => /alert number \d+/.exec(error.message)?.[0] ?? error.code,
    )
  expect(await asked(client(other.certFile))).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  const only = (version: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
    client(ours.certFile, {
      minVersion: version,
      maxVersion: version,
      // Without it openssl signs no handshake of an old version.
      ciphers: 'DEFAULT:@SECLEVEL=0',
    })
  // protocol_version
  expect(await asked(only('TLSv1'))).toBe('alert number 70')
  expect(await asked(only('TLSv1.1'))).toBe('alert number 70')
  expect(await asked(only('TLSv1.2'))).toBe(200)
  expect(await asked(only('TLSv1.3'))).toBe(200)
})

it('says at the start that the key does not belong to the certificate, and the lanes run', async () => {
  const [{ keyFile }, { certFile }] = [newPem('other'), newPem('ours')]
  const { program } = await running({ keyFile, certFile })
  expect(program.endpoints).toMatchObject({ partners: null })
  const told = await program.stream('events', 0, (items) =>
    items.some(({ data }) => data['type'] === 'fault'),
  )
  expect(told.find(({ data }) => data['type'] === 'fault')?.data).toMatchObject({
    laneId: '',
    detail: expect.stringMatching(/^CERT-01 .*key values mismatch/),
  })
  await eventually(
    () => program.call<StatusView>('status.get'),
    ({ upkeep }) => upkeep?.faults.some(({ code }) => code === 'BILLING-01') === true,
    { of: program },
  )
  const { lanes } = await program.call<BoardView>('board.get')
  expect(lanes).toMatchObject([{ laneId: 'exit', devices: { rsu: { state: 'down' } } }])
  expect(await program.stop()).toBe(0)
})
