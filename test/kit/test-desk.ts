// A desk on a real database with a clock of the test, an authority that signs nothing, and a browser's requests.
import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretHasher } from '#ledger/crypto/secret-hash.ts'
import { present } from '#base/pure/values/must.ts'
import { AlarmPost } from '../../centre/alarm/post.ts'
import type { Authority } from '../../centre/authority/authority.ts'
import type { DeskCalls } from '../../centre/desk/calls/views.ts'
import { openDesk, type Desk, type DeskOptions } from '../../centre/desk/desk.ts'
import { testCentre, type TestCentre } from './centre-database.ts'

export const startMs = Date.UTC(2026, 10, 29, 1)

export const toyAuthority: Authority = {
  certificatePem: '',
  certificateDer: new Uint8Array(),
  server: { key: '', cert: '' },
  check: () => Promise.resolve(),
  issue(_use, request) {
    const serial = createHash('sha1').update(request).digest('hex').toUpperCase()
    const toMs = startMs + 365 * 86_400_000
    return Promise.resolve({ pem: '', der: request, serial, fromMs: startMs, toMs })
  },
}

export const quickHasher = secretHasher(() => new Uint8Array(), { n: 16, r: 1, p: 1 })

type AnswerOf<N extends string> = N extends keyof DeskCalls ? DeskCalls[N]['answer'] : unknown

interface Reply<N extends string> {
  readonly status: number
  readonly code: string
  readonly field: string
  /** As by its call; undefined for a refusal. */
  readonly answer: AnswerOf<N>
}

/** Rows of an export, which ends with their number. */
function linesAnswer(text: string) {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const streamed = lines.slice(0, -1).flat()
  if (lines.at(-1)?.rows !== streamed.length) throw new Error('the export is not whole')
  return { error: undefined, answer: { streamed } }
}

/** A person's browser at the desk: keeps its cookie, sends what a page sends. */
export class Browser {
  private readonly url: string
  cookie = ''
  /** Cookie by which a browser is known. */
  known = ''

  constructor(url: string) {
    this.url = url
  }

  async call<N extends string>(
    name: N,
    args: unknown = {},
    headers: Record<string, string> = {},
  ): Promise<Reply<N>> {
    const response = await fetch(`${this.url}/api/${name}`, {
      method: 'POST',
      headers: {
        origin: this.url,
        'content-type': 'application/json',
        cookie: [this.cookie, this.known].filter((one) => one !== '').join('; '),
        'etc-used': '1',
        ...headers,
      },
      body: typeof args === 'string' ? args : JSON.stringify(args),
    })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      if (pair.includes('-browser=')) this.known = pair
      else this.cookie = pair
    }
    const isLines = (response.headers.get('content-type') ?? '').includes('ndjson')
    const { error, answer } = isLines ? linesAnswer(await response.text()) : await response.json()
    return { status: response.status, code: error?.code ?? '', field: error?.field ?? '', answer }
  }

  signIn(secret: string, name = 'admin'): Promise<Reply<'session.begin'>> {
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

/** Arguments of alarms.setMail. */
export const alarmMail = {
  host: 'smtp.example.com',
  port: 465,
  tls: 'tls',
  user: 'alarms@example.com',
  from: 'alarms@example.com',
  password: 'mail password 7',
}

export const ownSecret = 'a secret of my own'

/** Default: small pages of the test's own. */
export async function testDesk(more: Partial<DeskOptions> = {}): Promise<TestDesk> {
  const centre = await testCentre(startMs)
  const pageDir = mkdtempSync(join(tmpdir(), 'desk-pages-'))
  mkdirSync(join(pageDir, 'assets'), { recursive: true })
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><p>desk</p>')
  writeFileSync(join(pageDir, 'assets', 'a.js'), 'export {}')
  writeFileSync(join(pageDir, 'private.txt'), 'not served')
  const clock = { ms: startMs }
  const failures: unknown[] = []
  const again = (other: Partial<DeskOptions> = {}): Promise<Desk> =>
    openDesk({
      database: centre,
      authority: toyAuthority,
      host: '127.0.0.1',
      port: 0,
      tls: null,
      doorUrl: '',
      post: new AlarmPost(pageDir),
      pageDir,
      clock: { nowMs: () => clock.ms },
      failed: (error) => failures.push(error),
      hasher: quickHasher,
      ...more,
      ...other,
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

const keyDays = 365
const at = (ms: number): Date => new Date(startMs + ms)
const nameOf = (zh: string, en: string): string => JSON.stringify({ zh, en })

/** A lot that was accepted, with its keys; `heardMs`: of its last batch, before the start of the test. */
export async function addLot(
  { owner }: TestCentre,
  lotId: string,
  {
    lastSeq = 2,
    heardMs = 60_000,
    days = keyDays,
    zh = `测试停车场 ${lotId}`,
    en = `Test car park ${lotId}`,
  } = {},
): Promise<void> {
  await owner('INSERT INTO centre.lot (lot_id, name) VALUES ($1, $2)', [lotId, nameOf(zh, en)])
  if (lastSeq > 0)
    await owner('INSERT INTO centre.lot_cursor VALUES ($1, $2, $3, $4, $5)', [
      lotId,
      'n1',
      lastSeq,
      randomBytes(32),
      at(-heardMs),
    ])
  for (const use of ['tls', 'sign']) {
    const serial = createHash('sha1').update(`${lotId} ${use}`).digest('hex').toUpperCase()
    await owner('INSERT INTO desk.lot_key VALUES ($1, $2, $3, $4, $5, $6)', [
      serial,
      lotId,
      use,
      randomBytes(8),
      at(-86_400_000),
      at(days * 86_400_000),
    ])
  }
}

/** `digits`: null before the lot has sent its secret. Returns its id. */
export async function addPairing(
  { owner }: TestCentre,
  lotId: string,
  digits: string | null,
  askedMs = 90_000,
): Promise<string> {
  const pairingId = `pairing-${lotId}`
  const bytes = (): Buffer => randomBytes(32)
  await owner(
    `INSERT INTO desk.pairing (pairing_id, lot_id, name, address, tls_request, sign_request, commitment,
       challenge, digits, state, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', $10)`,
    [
      pairingId,
      lotId,
      nameOf(`新停车场 ${lotId}`, `New car park ${lotId}`),
      '192.0.2.7',
      ...[bytes(), bytes(), bytes(), bytes()],
      digits,
      at(-askedMs),
    ],
  )
  return pairingId
}

/** A batch of the lot's node n1, as a door keeps it. */
export async function addBatch(
  { owner }: TestCentre,
  lotId: string,
  fromSeq: number,
  lines: readonly string[],
): Promise<void> {
  const serial = createHash('sha1').update(`${lotId} sign`).digest('hex').toUpperCase()
  await owner(
    `INSERT INTO centre.lot_batch (lot_id, node_id, to_seq, from_seq, head, serial, signature, rows, month)
     VALUES ($1, 'n1', $2, $3, $4, $5, $6, $7, '2026-11-01')`,
    [
      lotId,
      fromSeq + lines.length - 1,
      fromSeq,
      createHash('sha256').update(lines.join()).digest(),
      serial,
      randomBytes(70),
      gzipSync(`${lines.join('\n')}\n`),
    ],
  )
}

export async function addMatter(
  { owner }: TestCentre,
  lotId: string,
  kind: string,
  detail: object,
  sinceMs = 600_000,
): Promise<string> {
  const { rows } = await owner(
    `INSERT INTO desk.matter (lot_id, node_id, kind, detail, since) VALUES ($1, 'n1', $2, $3, $4)
     RETURNING matter_id`,
    [lotId, kind, JSON.stringify(detail), at(-sinceMs)],
  )
  return rows[0].matter_id
}

/** A row that stops the feed, with its matter. */
export async function addAside(centre: TestCentre, lotId: string, seq: number): Promise<string> {
  const digest = createHash('sha256').update(`${lotId} ${seq}`).digest()
  await centre.owner('INSERT INTO desk.aside_row VALUES ($1, $2, $3, $4, $5, $6)', [
    lotId,
    'n1',
    seq,
    digest,
    'text',
    at(-600_000),
  ])
  await addMatter(centre, lotId, 'aside', { seq, digest: digest.toString('hex'), why: 'text' })
  return digest.toString('hex')
}
