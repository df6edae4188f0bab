// A time-stamping service for tests: `openssl ts -reply` behind a loopback server, with its own authority.
// Queries and answers can be altered on the way.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
[plain_ext]
keyUsage = digitalSignature
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

export class TestTsa {
  readonly dir = mkdtempSync(join(tmpdir(), 'etc-lane-time-'))
  /** Alters the query before the service gets it. */
  spoilQuery: (query: Buffer) => Buffer = (query) => query
  spoilAnswer: (answer: Buffer) => Buffer = (answer) => answer
  readonly #server: Server

  constructor() {
    this.write('tsa.cnf', config)
    this.write('serial', '01\n')
    for (const [file, name] of [
      ['tsa-ca', 'test authority'],
      ['other-ca', 'another authority'],
    ] as const) {
      const ca = `-x509 -days 3650 -extensions ext -keyout ${file}.key -out ${file}.pem`.split(' ')
      this.openssl('req', ...newKey, ...ca, '-subj', `/CN=${name}`)
    }
    for (const name of ['tsa', 'plain']) {
      const csr = ['-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=test ${name}`]
      this.openssl('req', ...newKey, ...csr)
      const by = '-CA tsa-ca.pem -CAkey tsa-ca.key -CAcreateserial -days 3650 -extfile tsa.cnf'
      const made = ['-in', `${name}.csr`, ...by.split(' '), '-extensions', `${name}_ext`]
      this.openssl('x509', '-req', ...made, '-out', `${name}.pem`)
    }
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        writeFileSync(this.at('asked.tsq'), this.spoilQuery(Buffer.concat(parts)))
        const reply = 'ts -reply -config tsa.cnf -section tsa -queryfile asked.tsq -out made.tsr'
        this.openssl(...reply.split(' '))
        response.end(this.spoilAnswer(readFileSync(this.at('made.tsr'))))
      })
    })
  }

  at(name: string): string {
    return join(this.dir, name)
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.at(name), content)
    return this.at(name)
  }

  openssl(...words: readonly string[]): string {
    return execFileSync('openssl', words, { cwd: this.dir, stdio: 'pipe', encoding: 'utf8' })
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}/`
  }

  close(): void {
    this.#server.close()
    rmSync(this.dir, { recursive: true })
  }
}

const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config tsa.cnf'.split(' ')
