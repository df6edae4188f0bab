// The time of somebody else, as the published page says to have it: its own commands, run as they stand there, against
// a time-stamping service that is `openssl ts -reply` behind a loopback server.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const page = readFileSync('docs/evidence-format.md', 'utf8')
const block = [...page.matchAll(/```sh\n([^`]*)```/g)].map(([, text = '']) => text)
const commands = (block.find((text) => text.includes('ts -query')) ?? '').trim().split('\n')

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-time-'))
const config = `[req]
distinguished_name = dn
prompt = no
[dn]
CN = test TSA
[ext]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, digitalSignature
[tsa_ext]
extendedKeyUsage = critical, timeStamping
[tsa]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
`
const openssl = (...words: readonly string[]): unknown =>
  execFileSync('openssl', words, { cwd: dir, stdio: 'pipe' })

const service = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    writeFileSync(join(dir, 'asked.tsq'), Buffer.concat(parts))
    openssl(
      ...'ts -reply -config tsa.cnf -section tsa -queryfile asked.tsq -out made.tsr'.split(' '),
    )
    response.end(readFileSync(join(dir, 'made.tsr')))
  })
})

beforeAll(async () => {
  writeFileSync(join(dir, 'tsa.cnf'), config)
  writeFileSync(join(dir, 'serial'), '01\n')
  const key = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config tsa.cnf'.split(' ')
  const ca = '-x509 -days 3650 -extensions ext -keyout ca.key -out tsa-ca.pem'.split(' ')
  openssl('req', ...key, ...ca, '-subj', '/CN=test authority')
  openssl('req', ...key, '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/CN=test TSA')
  const sign = 'x509 -req -in tsa.csr -CA tsa-ca.pem -CAkey ca.key -CAcreateserial -days 3650'
  openssl(...sign.split(' '), ...'-extfile tsa.cnf -extensions tsa_ext -out tsa.pem'.split(' '))
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done))
})

afterAll(() => {
  service.close()
  rmSync(dir, { recursive: true })
})

const run = async (command: string): Promise<string> => {
  const { port } = service.address() as AddressInfo
  const env = { ...process.env, TSA: `http://127.0.0.1:${port}/` }
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], { cwd: dir, env })
  return stdout + stderr
}

describe('the commands of the page', () => {
  it('have a time attested, and see that the file is another', async () => {
    expect(commands).toHaveLength(3)
    const [query = '', ask = '', verify = ''] = commands
    const file = join(dir, 'NAME.etcevidence')
    writeFileSync(file, 'a file of evidence\n')
    await run(query)
    await run(ask)
    expect(await run(verify)).toContain('Verification: OK')
    writeFileSync(file, 'a file of evidencE\n')
    await expect(run(verify)).rejects.toMatchObject({ code: 1 })
  })
})
