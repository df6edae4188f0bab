// Hostile answers never move money or a boom, and are reported as what they are: a car waits at the exit while a
// platform in another process answers its charge in every wrong way (test/wire/kit/hostile-platform.mjs: raw TLS,
// signed by OpenSSL), finally rightly.
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListView } from '#base/calls/list-views.ts'
import type { StatusView } from '#lane/calls/views.ts'
import type { QueueRecordView, QueueStatusView } from '#ledger/calls/ledger-views.ts'
import { present } from '#base/pure/values/must.ts'
import { hasOpenssl } from '../firmware-runtime/simulators/platform/openssl.ts'
import { Hostile, makePair, sentence } from './kit/hostile.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const dayMs = 86_400_000
const feeFen = 300
const lot = tcpLot()
const dir = mkdtempSync(join(tmpdir(), 'etc-hostile-'))

let hostile: Hostile
let opensBefore = 0

const record = async (): Promise<QueueRecordView | undefined> =>
  (await lot.run.call<{ rows: QueueRecordView[] }>('queue.list', {})).rows.find(
    ({ op }) => op === 'charge',
  )
const opens = async (): Promise<number> =>
  (await lot.harness.sims('exit').barrier.admin<{ opens: number }>('GET', '/state')).opens

/** The money in the rows on disk, read beside the program. */
function money(): { readonly states: string; readonly paidFen: number; readonly payments: number } {
  const db = new DatabaseSync(join(lot.dir, 'ledger.db'), { readOnly: true })
  try {
    const all = (sql: string): Record<string, unknown>[] => db.prepare(sql).all()
    const states = all('SELECT state FROM v_deduction').map(({ state }) => String(state))
    const [sum] = all(`SELECT COALESCE(SUM(amountFen), 0) AS fen, COUNT(*) AS n FROM v_payment`)
    return { states: states.join(), paidFen: Number(sum?.['fen']), payments: Number(sum?.['n']) }
  } finally {
    db.close()
  }
}

const faults = async (): Promise<readonly string[]> =>
  ((await lot.run.call<StatusView>('status.get')).upkeep?.faults ?? []).map(({ code }) => code)

/** The answer, the text for a person, and the code if there is one. */
const rows: readonly (readonly [title: string, en: RegExp, zh: RegExp, code: string | null])[] = [
  ['R06 unsigned', /not signed \(HTTP 200\)/, /没有签名/, 'CERT-08'],
  ['R06 badSignature', /signature of the answer wrong/, /签名不对/, 'CERT-08'],
  ['R06 underOurSerial', /signature of the answer wrong/, /签名不对/, 'CERT-08'],
  ['R06 otherDestination', /certificate of the answer unknown/, /应答证书未知/, 'CERT-08'],
  ['R06 expired', /certificate of the answer is over/, /应答证书已过期/, 'CERT-02'],
  ['R12 dayOff', /time of the answer outside the window/, /应答时间超出窗口/, 'CERT-08'],
  ['R07 otherRequest', /another number, P0+OTHER/, /另一单号 P0+OTHER/, 'CERT-08'],
  ['R07 otherAmount', /answer is 301 fen, here it is 300 fen/, /301 分,本机为 300 分/, 'CERT-08'],
  ['R10 unknownCode', /answer code 987654 is not listed/, /应答码 987654 未列出/, null],
  ['R10 noCode', /no answer code|not listed/, /没有应答码|未列出/, null],
  ['R10 unknownStatus', /state DONE in the answer is not a defined one/, /DONE 未约定/, null],
  ['R11 huge', /answer too long/, /应答过长/, null],
  ['R11 gzipBomb', /encoding that is not supported/, /编码不支持/, null],
  ['R13 redirect', /redirected \(HTTP 302\)/, /被转到别处/, 'CERT-08'],
  ['R11 twoLengths', /./, /./, null],
  ['R11 cut', /./, /./, null],
  ['R11 noHttp', /./, /./, null],
]

describe.skipIf(!hasOpenssl)('a hostile platform', () => {
  beforeAll(async () => {
    await lot.startSims()
    const url = new URL(present(lot.harness.platform?.endpoints.baseUrl, 'a platform'))
    await lot.harness.killSim('platform')
    makePair(dir, 'former', Date.now() - 400 * dayMs, Date.now() - dayMs)
    makePair(dir, 'foreign', Date.now() - dayMs, Date.now() + 400 * dayMs)
    appendFileSync(join(lot.harness.certDir, 'platform.pem'), readFileSync(join(dir, 'former.pem')))
    const { certDir } = lot.harness
    hostile = new Hostile({ certDir, port: url.port, foreignDir: dir, of: () => lot.of })
    await hostile.ready()
    await hostile.answers('processing')
    await lot.start('exit')
    await lot.comes('entry')
    await lot.leaves('entry')
    opensBefore = await opens()
    await lot.harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu })
    await lot.comes('exit')
    await lot.until('exit', ({ state }) => state === 'manual')
  })
  afterAll(async () => {
    hostile.end()
    await lot.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it.each(rows)(
    '%s: nothing is paid, nothing opens, and it is said',
    async (title, en, zh, code) => {
      const how = title.split(' ')[1] ?? ''
      await hostile.answers('processing')
      await eventually(record, (one) => one?.note === 'processing', { of: lot.of })
      await hostile.answers(how)
      const said = await eventually(
        record,
        (one) => one !== undefined && one.note !== 'processing',
        { of: lot.of },
      )
      const { note } = present(said, 'the charge is still owed')
      expect([sentence(note, 'en'), sentence(note, 'zh')]).toEqual([
        expect.stringMatching(en),
        expect.stringMatching(zh),
      ])
      if (code !== null)
        expect(await eventually(faults, (all) => all.includes(code), { of: lot.of })).toContain(
          code,
        )
      // Requested again, so that a program that believes the second answer but not the first is detected too.
      await eventually(
        () => hostile.asked(how),
        (count) => count >= 2,
        { of: lot.of },
      )
      expect(money()).toEqual({ states: 'unknown', paidFen: 0, payments: 0 })
      const { barrier, state } = await lot.lane('exit')
      expect([state, barrier.position, await opens()]).toEqual(['manual', 'closed', opensBefore])
      const status = await lot.run.call<QueueStatusView>('queue.status', {})
      expect([status.byKind['charge'], status.poison]).toEqual([1, 0])
      expect(hostile.lines.filter(({ path }) => path === '/elsewhere')).toEqual([])
    },
  )

  it('R16 a list from the future is refused by name, and the one before stays', async () => {
    const before = await lot.run.call<ListView>('list.status')
    const who = { by: 'owner', reason: 'hostile', commandId: 'hostile-list-1' }
    await lot.run.call('list.now', { full: true, ...who }).catch(() => undefined)
    const after = await eventually(
      () => lot.run.call<ListView>('list.status'),
      ({ fault }) => fault !== null,
      { of: lot.of },
    )
    expect(hostile.lines.some(({ path = '' }) => path.includes('status-list'))).toBe(true)
    expect(after.fault).toMatchObject({ code: 'LIST-02' })
    expect([after.version, after.count, after.source]).toEqual([
      before.version,
      before.count,
      before.source,
    ])
  })

  it('a bill with negative rows is no bill: nothing is held against it, and it is missing by name', async () => {
    const before = money()
    const day = new Date(Date.now() - dayMs + 28_800_000).toISOString().slice(0, 10)
    const who = { by: 'owner', reason: 'hostile', commandId: 'hostile-bill-1' }
    const refused = lot.run.call('day.reconcile', { day, ...who })
    await expect(refused).rejects.toThrow(/DAY-02.*billNotWhole/)
    expect(hostile.lines.some(({ path = '' }) => path.includes('/bills/exit'))).toBe(true)
    expect(money()).toEqual(before)
    const { json } = await runToEnd(['ledger', 'query', '--data', lot.dir, '--kind', 'event'])
    expect(JSON.stringify(json)).not.toContain('dayItem')
  })

  it('and the right answer lets the same car go, once', async () => {
    await hostile.answers('honest')
    await lot.leaves('exit')
    expect(money()).toEqual({ states: 'paid', paidFen: feeFen, payments: 1 })
    expect(await opens()).toBe(opensBefore + 1)
    expect(
      await eventually(faults, (all) => !all.includes('CERT-08'), { of: lot.of }),
    ).not.toContain('CERT-02')
    const { json } = await runToEnd(['ledger', 'query', '--data', lot.dir, '--kind', 'event'])
    const doubted = (json['rows'] as { type: string; detail: string }[]).filter(
      ({ type }) => type === 'answerDoubted',
    )
    // Each kind is one row an hour, however often it occurs.
    expect(doubted.map(({ detail }) => detail.split(' ')[0]).toSorted()).toEqual([
      'answerForOther',
      'answerOutsideWindow',
      'badSignature',
      'redirect',
      'unknownCertificate',
      'unsignedSuccess',
    ])
    expect((await runToEnd(['ledger', 'verify', '--data', lot.dir])).json).toMatchObject({
      ok: true,
    })
  })
})
