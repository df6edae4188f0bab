// A desk on a real database with a clock of the test, an authority that signs nothing, and a browser's requests.
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretHasher } from '../../../firmware-runtime/adapters/crypto/secret-hash.ts'
import { present } from '../../../firmware-runtime/core/values/must.ts'
import type { Authority } from '../../../centre/authority/authority.ts'
import { openDesk, type Desk, type DeskOptions } from '../../../centre/desk/desk.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'

export const startMs = Date.UTC(2026, 10, 29, 1)

export const toyAuthority: Authority = {
  certificatePem: '',
  certificateDer: new Uint8Array(),
  server: { key: '', cert: '' },
  issue(_use, request) {
    const serial = createHash('sha1').update(request).digest('hex').toUpperCase()
    const toMs = startMs + 365 * 86_400_000
    return Promise.resolve({ pem: '', der: request, serial, fromMs: startMs, toMs })
  },
}

const quick = { n: 16, r: 1, p: 1 }

interface Reply {
  readonly status: number
  readonly code: string
  readonly field: string
  readonly answer: any
}

/** A person's browser at the desk: keeps its cookie, sends what a page sends. */
export class Browser {
  private readonly url: string
  cookie = ''

  constructor(url: string) {
    this.url = url
  }

  async call(
    name: string,
    args: unknown = {},
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const response = await fetch(`${this.url}/api/${name}`, {
      method: 'POST',
      headers: {
        origin: this.url,
        'content-type': 'application/json',
        cookie: this.cookie,
        'etc-used': '1',
        ...headers,
      },
      body: typeof args === 'string' ? args : JSON.stringify(args),
    })
    const set = response.headers.get('set-cookie')
    if (set !== null) this.cookie = set.split(';')[0] ?? ''
    const { error, answer } = await response.json()
    return { status: response.status, code: error?.code ?? '', field: error?.field ?? '', answer }
  }

  signIn(secret: string, name = 'admin'): Promise<Reply> {
    return this.call('session.begin', { name, secret })
  }
}

export interface TestDesk {
  readonly centre: TestCentre
  readonly desk: Desk
  readonly clock: { ms: number }
  readonly failures: unknown[]
  /** Another desk on the same database. */
  again(more?: Partial<DeskOptions>): Promise<Desk>
  /** A browser whose person is signed in and has changed the one-time secret. */
  signedIn(): Promise<Browser>
  close(): Promise<void>
}

export const ownSecret = 'a secret of my own'

export async function testDesk(): Promise<TestDesk> {
  const centre = await testCentre()
  const pageDir = mkdtempSync(join(tmpdir(), 'desk-pages-'))
  mkdirSync(join(pageDir, 'assets'), { recursive: true })
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><p>desk</p>')
  writeFileSync(join(pageDir, 'assets', 'a.js'), 'export {}')
  writeFileSync(join(pageDir, 'private.txt'), 'not served')
  const clock = { ms: startMs }
  const failures: unknown[] = []
  const again = (more: Partial<DeskOptions> = {}): Promise<Desk> =>
    openDesk({
      database: centre,
      authority: toyAuthority,
      host: '127.0.0.1',
      port: 0,
      tls: null,
      pageDir,
      clock: { nowMs: () => clock.ms },
      failed: (error) => failures.push(error),
      hasher: secretHasher(() => new Uint8Array(), quick),
      ...more,
    })
  const desk = await again()
  return {
    centre,
    desk,
    clock,
    failures,
    again,
    async signedIn() {
      const browser = new Browser(desk.url)
      const { password } = present(desk.signIn, 'a one-time secret')
      const first = await browser.signIn(password)
      if (first.status === 200)
        await browser.call('session.setSecret', { secret: password, wanted: ownSecret })
      else await browser.signIn(ownSecret)
      return browser
    },
    async close() {
      await desk.close()
      await centre.remove()
      rmSync(pageDir, { recursive: true })
    },
  }
}

/** Rows as a door would have written them: of `lot` with its keys, a batch of two rows, a fork and a row set aside. */
export async function addLot(centre: TestCentre, lotId: string): Promise<void> {
  const name = JSON.stringify({ zh: `测试停车场 ${lotId}`, en: `Test car park ${lotId}` })
  const now = new Date(startMs - 60_000)
  await centre.owner('INSERT INTO centre.lot (lot_id, name) VALUES ($1, $2)', [lotId, name])
  await centre.owner('INSERT INTO centre.lot_cursor VALUES ($1, $2, 2, $3, $4)', [
    lotId,
    'n1',
    randomBytes(32),
    now,
  ])
  for (const use of ['tls', 'sign'])
    await centre.owner('INSERT INTO desk.lot_key VALUES ($1, $2, $3, $4, $5, $6)', [
      `${lotId}${use}`,
      lotId,
      use,
      randomBytes(8),
      now,
      new Date(startMs + 86_400_000),
    ])
}

export async function addPairing(
  centre: TestCentre,
  lotId: string,
  digits: string | null,
): Promise<string> {
  const id = `pairing-${lotId}`
  const name = JSON.stringify({ zh: `新停车场 ${lotId}`, en: `New car park ${lotId}` })
  const bytes = (): Buffer => randomBytes(32)
  await centre.owner(
    'INSERT INTO desk.pairing VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    [
      id,
      lotId,
      name,
      '192.0.2.7',
      bytes(),
      bytes(),
      bytes(),
      bytes(),
      digits,
      'pending',
      new Date(startMs - 90_000),
    ],
  )
  return id
}
