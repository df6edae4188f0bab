// A client of the platform for tests: signs with sm-crypto, which the product does not use, and shares nothing with the
// code under test but the files that it wrote.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import smCrypto from 'sm-crypto'
import { afterEach } from 'vitest'
import { isoOf } from '#base/pure/values/instant.ts'
import { readCertificate } from '#simulators/platform/certificates/certificates.ts'
import { derOf, sm2KeyOfPem } from '#simulators/platform/certificates/sm2-der.ts'

let agents: Agent[] = []
afterEach(() => {
  for (const agent of agents) agent.destroy()
  agents = []
})

export interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Buffer
}

export interface SignedClient {
  send(method: string, path: string, body?: unknown): Promise<Got>
  readonly agent: Agent
}

/** `endpoints`: those of the simulator's ready line. */
export function signedClient(endpoints: Readonly<Record<string, unknown>>): SignedClient {
  const certs = String(endpoints['certDir'])
  const read = (name: string): string => readFileSync(join(certs, name), 'utf8')
  const { privateHex } = sm2KeyOfPem(read('client.key.pem'))
  const { serialHex } = readCertificate(derOf(read('client.pem')))
  const agent = new Agent({ keepAlive: true, ca: read('ca.pem') })
  agents.push(agent)
  return {
    agent,
    async send(method, path, body) {
      const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body))
      const stamp = String(Math.floor(Date.now() / 1000))
      const nonce = randomBytes(16).toString('hex').toUpperCase()
      const head = Buffer.from(`${method}\n${path}\n${stamp}\n${nonce}\n`)
      const text = Buffer.concat([head, bytes, Buffer.from('\n')])
      const options = { der: true, hash: true, userId: '1234567812345678' }
      const hex = smCrypto.sm2.doSignature(text, privateHex, options)
      const signature = Buffer.from(hex, 'hex').toString('base64')
      const { promise, resolve, reject } = Promise.withResolvers<Got>()
      const request = httpsRequest(`${String(endpoints['baseUrl'])}${path}`, {
        method,
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': bytes.length,
          authorization:
            `ETC-SM2-WITH-SM3 appid="${String(endpoints['appId'])}",nonce_str="${nonce}",` +
            `timestamp="${stamp}",serial_no="${serialHex}",signature="${signature}"`,
        },
      })
      request.on('error', reject)
      request.on('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const { headers, statusCode = 0 } = response
          resolve({ status: statusCode, headers, body: Buffer.concat(chunks) })
        })
      })
      request.end(bytes)
      return promise
    },
  }
}

/** A client whose lane, that of the charges of the rig, signed in: a platform takes charges of no other. */
export async function signedInClient(
  endpoints: Readonly<Record<string, unknown>>,
): Promise<SignedClient> {
  const client = signedClient(endpoints)
  await client.send('POST', '/v1/psam/sign-in', {
    listNo: `S${randomBytes(8).toString('hex')}`,
    parkId: '450100001',
    parkName: 'Lot',
    laneNo: 'exit',
    laneType: '02',
    terminalTime: isoOf(Date.now()),
    areaNo: '4501',
  })
  return client
}
