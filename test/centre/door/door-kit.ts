// A door with its database and authority, and lots that send rows to it over real HTTPS.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type pg from 'pg'
import { Agent } from 'undici'
import type { Authority } from '../../../centre/authority/authority.ts'
import { openAuthority } from '../../../centre/authority/open-authority.ts'
import { openDoor, type Door, type DoorLimits } from '../../../centre/door/door.ts'
import { decidePairing, passRow } from '../../../centre/pairing/decide.ts'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { certificateRequest, pemText } from '#base/crypto/certificate-request.ts'
import { lowerHex, ownDigest, pairingDigits } from '#ledger/pure/centre/row-feed.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { batchOf, firstPrev, gm, rowText, type Batch, type BatchOrder } from './row-kit.ts'

const subjectOf = (commonName: string) => ({ organisation: 'etc-lane lot', commonName })

/** Members of the answers that tests read by name. */
interface AnswerBody {
  readonly pairingId: string
  readonly challenge: string
  readonly authority: string
  readonly state: string
  readonly tlsCertificate: string
  readonly signCertificate: string
}

export interface Answer {
  readonly status: number
  readonly body: AnswerBody
}

interface MatterRow {
  readonly lot_id: string
  readonly node_id: string
  readonly detail: unknown
  readonly ended_at: Date | null
}

export interface Checked {
  readonly ok: boolean
  readonly rows: number
  /** Last row and d by lot and node. */
  readonly heads: Readonly<Record<string, string>>
  readonly faults: readonly { readonly lot: string; readonly node: string; readonly why: string }[]
}

export interface LotKeys {
  readonly tlsKeyPem: string
  readonly tlsRequest: string
  readonly signPair: ReturnType<typeof gm.keyPair>
  readonly signRequest: string
}

/** Keys of a lot with its requests: of P-256 made by openssl. */
export function lotKeys(lotId: string): LotKeys {
  const dir = mkdtempSync(join(tmpdir(), 'lot-keys-'))
  try {
    const [key, request] = [join(dir, 'key.pem'), join(dir, 'request.pem')]
    execFileSync(
      'openssl',
      [
        ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-utf8', '-subj', `/O=etc-lane lot/CN=${lotId}`, '-keyout', key, '-out', request],
      ],
      { stdio: 'pipe' },
    )
    const signPair = gm.keyPair()
    const signing = gm.signingKey(signPair, '')
    const der = certificateRequest(subjectOf(lotId), signPair.publicKey, signing)
    return {
      tlsKeyPem: readFileSync(key, 'utf8'),
      tlsRequest: readFileSync(request, 'utf8'),
      signPair,
      signRequest: pemText('CERTIFICATE REQUEST', der),
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** As openssl names it. */
export const serialOf = (pem: string): string =>
  execFileSync('openssl', ['x509', '-noout', '-serial'], { input: pem })
    .toString()
    .trim()
    .replace('serial=', '')

/** A key with a certificate that no authority signed. */
export function ownSigned(): { readonly key: string; readonly cert: string } {
  const asked = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const text = execFileSync(
    'openssl',
    [...asked, '-days', '2', '-subj', '/O=etc-lane lot/CN=A1', '-keyout', '-', '-out', '-'],
    { stdio: 'pipe' },
  ).toString()
  const [key = '', cert = ''] = text.split('-----END PRIVATE KEY-----')
  return { key: `${key}-----END PRIVATE KEY-----\n`, cert }
}

export const derOf = (pem: string): Uint8Array =>
  Uint8Array.from(Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ''), 'base64'))

/** A request over a connection of its own key. */
export async function sent(
  url: string,
  agent: Agent,
  request: {
    readonly method?: 'GET' | 'POST'
    readonly path: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: Buffer | string
  },
): Promise<Answer> {
  const { method = 'POST', path, headers = {}, body = null } = request
  const answer = await agent.request({ origin: url, path, method, headers, body })
  const text = await answer.body.text()
  return { status: answer.statusCode, body: text === '' ? null : JSON.parse(text) }
}

const json = { 'content-type': 'application/json' }

/** Asks as a lot does; `change` spoils the request. */
export async function askedPairing(
  scene: Scene,
  lotId: string,
  keys: LotKeys,
  change: Readonly<Record<string, unknown>> = {},
) {
  const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
  const body = {
    lotId,
    name: { zh: `停车场${lotId}`, en: `Lot ${lotId}` },
    tlsRequest: keys.tlsRequest,
    signRequest: keys.signRequest,
    commitment: lowerHex(gm.sm3(secret)),
    ...change,
  }
  const answer = await scene.post('/v1/pairings', body)
  return { answer, secret: lowerHex(secret) }
}

export class Lot {
  readonly lotId: string
  readonly keys: LotKeys
  readonly agent: Agent
  readonly signing: SigningKey
  readonly tlsCertificate: string
  private readonly scene: Scene
  /** What it has sent. */
  seq = 0
  prev = firstPrev

  constructor(
    scene: Scene,
    { lotId, keys, tls, sign }: { lotId: string; keys: LotKeys; tls: string; sign: string },
  ) {
    this.scene = scene
    this.lotId = lotId
    this.keys = keys
    this.tlsCertificate = tls
    this.agent = scene.agent({ key: keys.tlsKeyPem, cert: tls })
    this.signing = gm.signingKey(keys.signPair, serialOf(sign))
  }

  batch(count: number, change: Partial<BatchOrder> = {}): Batch {
    const fromSeq = change.fromSeq ?? this.seq + 1
    const lines = Array.from({ length: count }, (_, at) =>
      rowText(change.nodeId ?? 'n1', fromSeq + at),
    )
    const { lotId, prev, signing } = this
    return batchOf({ lotId, fromSeq, lines, prev, signing, ...change })
  }

  send({ headers, body }: Pick<Batch, 'headers' | 'body'>): Promise<Answer> {
    return sent(this.scene.door.url, this.agent, { path: '/v1/rows', headers, body })
  }

  /** Sends rows that must be taken. */
  async sendNext(count: number, change: Partial<BatchOrder> = {}): Promise<Batch> {
    const batch = this.batch(count, change)
    const answer = await this.send(batch)
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    this.seq += count
    this.prev = batch.head
    return batch
  }
}

interface SceneParts {
  readonly centre: TestCentre
  readonly authority: Authority
  /** Of files of the test. */
  readonly dir: string
  readonly door: Door
  /** What the door reported. */
  readonly failures: unknown[]
  /** Added to the time of its clock. */
  readonly time: { laterMs: number }
}

export class Scene implements SceneParts {
  readonly centre: TestCentre
  readonly authority: Authority
  readonly dir: string
  readonly door: Door
  readonly failures: unknown[]
  readonly time: { laterMs: number }
  private readonly agents: Agent[] = []
  /** Without a certificate. */
  readonly anybody: Agent

  constructor({ centre, authority, dir, door, failures, time }: SceneParts) {
    this.centre = centre
    this.authority = authority
    this.dir = dir
    this.door = door
    this.failures = failures
    this.time = time
    this.anybody = this.agent({})
  }

  agent(tls: { key?: string; cert?: string }): Agent {
    const made = new Agent({ connect: { ca: this.authority.certificatePem, ...tls } })
    this.agents.push(made)
    return made
  }

  post(path: string, body: unknown): Promise<Answer> {
    const text = JSON.stringify(body)
    return sent(this.door.url, this.anybody, { path, headers: json, body: text })
  }

  get(path: string): Promise<Answer> {
    return sent(this.door.url, this.anybody, { method: 'GET', path })
  }

  /** In a transaction of the desk that sees all lots. */
  async atDesk<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const token = await this.centre.tokenOf('*')
    const client = await this.centre.desk.connect()
    try {
      await client.query('BEGIN')
      await client.query("SELECT set_config('etc.token', $1, true)", [token])
      const result = await work(client)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }

  decide(
    pairingId: string,
    accept: boolean,
    nowMs = Date.now() + this.time.laterMs,
  ): Promise<void> {
    return this.atDesk((client) =>
      decidePairing(client, this.authority, { pairingId, accept, nowMs, person: 'of *' }),
    )
  }

  /** A lot that a person accepted after comparing the digits. */
  async lot(lotId: string, keys = lotKeys(lotId)): Promise<Lot> {
    const { answer, secret } = await askedPairing(this, lotId, keys)
    const { pairingId, challenge } = answer.body
    await this.post(`/v1/pairings/${pairingId}/secret`, { secret })
    const digits = pairingDigits(
      {
        lotId,
        tlsRequest: derOf(keys.tlsRequest),
        signRequest: derOf(keys.signRequest),
        authority: derOf(answer.body.authority),
        secret: ownDigest(secret),
        challenge: ownDigest(challenge),
      },
      gm.sm3,
    )
    const { rows } = await this.centre.owner(
      'SELECT digits FROM desk.pairing WHERE pairing_id = $1',
      [pairingId],
    )
    if (rows[0]?.digits !== digits) throw new Error(`digits ${rows[0]?.digits}, not ${digits}`)
    await this.decide(pairingId, true)
    const { body } = await this.get(`/v1/pairings/${pairingId}`)
    return new Lot(this, { lotId, keys, tls: body.tlsCertificate, sign: body.signCertificate })
  }

  async matters(kind: string): Promise<readonly MatterRow[]> {
    const { rows } = await this.centre.owner(
      'SELECT lot_id, node_id, detail, ended_at FROM desk.matter WHERE kind = $1 ORDER BY matter_id',
      [kind],
    )
    return rows
  }

  /** What the desk ends by a person. */
  async endMatter(lotId: string, kind: string): Promise<void> {
    await this.atDesk((client) =>
      client.query('UPDATE desk.matter SET ended_at = now() WHERE lot_id = $1 AND kind = $2', [
        lotId,
        kind,
      ]),
    )
  }

  async pass(row: {
    readonly lotId: string
    readonly nodeId: string
    readonly seq: number
    readonly digest: Uint8Array
  }): Promise<boolean> {
    const by = { nowMs: Date.now(), person: 'of *', reason: 'known' }
    return (await this.atDesk((client) => passRow(client, { ...row, ...by }))) !== null
  }

  /** All batches and cursors, in few words. */
  async kept(): Promise<unknown> {
    const { rows } = await this.centre.owner(
      `SELECT (SELECT json_agg(lot_id || node_id || from_seq || '-' || to_seq ORDER BY lot_id, node_id, to_seq)
         FROM centre.lot_batch) AS batches,
       (SELECT json_agg(c ORDER BY lot_id, node_id) FROM centre.lot_cursor c) AS cursors`,
    )
    return rows
  }

  /** Lines of the batch that ends there. */
  async plainOf(lotId: string, toSeq: number): Promise<string> {
    const { rows } = await this.centre.owner(
      'SELECT rows FROM centre.lot_batch WHERE lot_id = $1 AND to_seq = $2',
      [lotId, toSeq],
    )
    return gunzipSync(rows[0]?.rows).toString('utf8')
  }

  /** Last row and d of each node of a lot. */
  async cursor(lotId: string): Promise<string> {
    const { rows } = await this.centre.owner(
      `SELECT node_id || ' ' || last_seq || ' ' || encode(head, 'hex') AS text
       FROM centre.lot_cursor WHERE lot_id = $1 ORDER BY node_id`,
      [lotId],
    )
    return rows.map(({ text }) => text).join('\n')
  }

  /** What the Python program finds, which is written from the documents alone. */
  checked(): Checked {
    const args = ['test/fixtures/centre-check.py', this.centre.server.address]
    return JSON.parse(spawnSync('python3', args, { encoding: 'utf8' }).stdout)
  }

  async close(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.destroy()))
    await this.door.close()
    await this.centre.remove()
    rmSync(this.dir, { recursive: true, force: true })
  }
}

export async function openScene(limits: Partial<DoorLimits> = {}): Promise<Scene> {
  const centre = await testCentre()
  const dir = mkdtempSync(join(tmpdir(), 'door-test-'))
  const authority = await openAuthority(join(dir, 'authority'), [], Date.now())
  const time = { laterMs: 0 }
  const failures: unknown[] = []
  const door = await openDoor({
    database: centre,
    authority,
    host: '127.0.0.1',
    port: 0,
    clock: { nowMs: () => Date.now() + time.laterMs },
    mono: systemMonoClock(),
    failed: (error) => failures.push(error),
    limits,
  })
  return new Scene({ centre, authority, dir, door, failures, time })
}
