// The package of a lot that has run: a car by ETC, its acceptance, and one sealed record beside its lanes, which must
// not contain a PIN, token, key, card or plate. The page's call makes its documents from the same record.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type {
  AcceptanceItemView,
  AcceptanceReportView,
  AcceptanceView,
} from '#acceptance/calls/acceptance-views.ts'
import { present } from '#base/pure/values/must.ts'
import { itemIds } from '#acceptance/pure/items/ids.ts'
import { gbkHex, utf8Hex } from '#lane/explain/text-hex.ts'
import { carMaker, trafficMixes } from '#simulators/traffic/cars.ts'
import { Folder, makeSigner } from '../firmware-runtime/devices/desk/commands/profile/kit.ts'
import { eventually } from '../kit/eventually.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'

const pin = '731946'
const passphrase = 'lamp-orchid-731946'
const lot = new RunLot({ charge: 'card', tariff: nothingFree })
const { dir } = lot
const folder = new Folder()
const keys = makeSigner(folder, 'Installer')
const file = folder.at('lot.etcaccept')
const later = carMaker(trafficMixes.clean, 7).next()
const who = ['--by', '验收员', '--reason', '勘测在另一台电脑上']
const of = (...args: string[]) =>
  runToEnd(['acceptance', args[0] ?? '', '--data', dir, ...args.slice(1)])

beforeAll(async () => {
  await lot.startSims()
  await lot.start('exit')
})
afterAll(async () => {
  await lot.close()
  folder.remove()
})

/** Lines of private keys in the lot's folder, without their PEM frame. */
const keyLines = (): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
    .filter((text) => text.includes('PRIVATE KEY'))
    .flatMap((text) => text.split('\n').filter((line) => /^[\w+/=]{24,}$/.test(line)))

test('a car is driven, and its acceptance is sealed beside the lanes', async () => {
  await lot.goesIn('entry', { plate, colour: 'blue' })
  await lot.paysByEtc('exit', { plate, colour: 'blue' })
  expect(await of('override', ...who)).toMatchObject({ code: 0 })
  await lot.run.call('acceptance.run', {})
  const state = () => lot.run.call<AcceptanceView>('acceptance.state')
  const shown = await eventually(state, ({ isRunning }) => !isRunning, { of: lot.of })
  expect(shown.items.some(({ evidence }) => evidence.length > 0)).toBe(true)
  // What lanes do after the end of the run does not belong to it.
  const { rsu } = lot.harness.sims('exit')
  await rsu?.admin('DELETE', `/cars/${obu.obuId}`)
  await lot.goesIn('entry', later)
  await rsu?.admin('POST', '/cars', { ...later.obu, stayMs: 600_000 })
  await lot.goesIn('exit', later)
  const typed = `口令 ${readFileSync(join(dir, 'run', 'token'), 'utf8')} 卡 ${obu.cardNo} 车 ${plate} ${readFileSync(keys.key, 'utf8')}`
  const fill = ['papers', 'fill', '--data', dir, '--field', 'J2.head', '--by', '甲']
  expect(await runToEnd([...fill, '--text', typed])).toMatchObject({ code: 0 })
  const owner = { name: '店主', role: 'owner', secret: passphrase, by: '店主' }
  await lot.run.call('people.add', owner)
  await lot.run.call('people.add', { ...owner, name: '值班', role: 'attendant', secret: pin })
  const sealed = await of('package', '--key', keys.key, '--cert', keys.cert, '--out', file)
  expect(sealed).toMatchObject({ code: 0, json: { ok: true, simulated: true } })
  const verified = await runToEnd(['acceptance', 'verify', file, '--signers', keys.cert])
  expect(verified).toMatchObject({ code: 0, json: { ok: true, trust: 'listed' } })
  const page = readFileSync('docs/acceptance-format.md', 'utf8')
  const verifier = folder.put('verify.py', /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
  expect(JSON.parse(execFileSync('python3', [verifier, file], { encoding: 'utf8' }))).toMatchObject(
    { lotId: verified.json['lotId'], items: itemIds.length },
  )
})

test('nothing is in it that must not leave', () => {
  const text = readFileSync(file, 'utf8')
  const lines = text
    .split('\n')
    .slice(0, -2)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  for (const kind of ['item', 'access', 'word', 'paper', 'rule'])
    expect(
      lines.some((line) => kind in line),
      kind,
    ).toBe(true)
  const timesOf = (kind: string, member: string) =>
    lines.flatMap((line) => (line[kind] as Record<string, string> | undefined)?.[member] ?? [])
  const [judgedAt = ''] = timesOf('item', 'judgedAtIso')
  expect(timesOf('access', 'atIso').every((atIso) => atIso <= judgedAt)).toBe(true)
  const stays = ledgerRows(dir).filter(({ kind }) => kind === 'stayOpened')
  const since = present(stays.at(-1), 'the stay of after the run')
  expect(stays).toHaveLength(2)
  const refs = lines.flatMap(({ item }) => (item as AcceptanceItemView | undefined)?.evidence ?? [])
  const seqs = refs.flatMap(({ source, ref }) => (source === 'ledger' ? [Number(ref)] : []))
  expect([seqs.length > 0, seqs.filter((seq) => seq >= since.seq)]).toEqual([true, []])
  expect(refs.filter(({ ref }) => ref.startsWith(`${since.stayId} `))).toEqual([])
  const sent = ledgerRows(dir).flatMap((row) => (row.kind === 'outbox' ? [row] : []))
  const [told, untold] = [true, false].map((isBefore) =>
    sent
      .filter(({ seq, body }) => seq < since.seq === isBefore && body.op === 'exitUpload')
      .map(({ body }) => body.businessNo),
  )
  expect([timesOf('word', 'businessNo'), untold?.length]).toEqual([told, 1])
  const token = readFileSync(join(dir, 'run', 'token'), 'utf8').trim()
  const planted = readFileSync(keys.key, 'utf8').split('\n').slice(1, 2)
  const known = keyLines()
  expect(known.length).toBeGreaterThan(0)
  const secrets = [
    ...[
      pin,
      passphrase,
      token,
      '-----BEGIN',
      ...planted,
      obu.cardNo,
      obu.cardNo.slice(4),
      obu.obuId,
    ],
    ...[plate, gbkHex(plate), utf8Hex(plate), `${plate.slice(0, 2)}·${plate.slice(2)}`],
    ...known,
  ]
  // Digits of a hash may contain a PIN by chance.
  const said = text.replaceAll(/"(?:hash|digest)":"\w+"/g, '').toUpperCase()
  expect(secrets.filter((secret) => said.includes(secret.toUpperCase()))).toEqual([])
})

test('the page has it in each form, made beside the lanes', async () => {
  for (const format of ['pdf', 'docx', 'json', 'junit', 'csv']) {
    const made = await lot.run.call<AcceptanceReportView>('acceptance.report', {
      format,
      language: 'zh',
    })
    expect(made).toMatchObject({ simulated: true })
    const out = folder.at(made.fileName)
    writeFileSync(out, Buffer.from(made.base64, 'base64'))
    if (format !== 'pdf') continue
    const text = execFileSync('pdftotext', ['-layout', out, '-'], { encoding: 'utf8' })
    const pages = text.split('\f').filter((page) => page.trim() !== '')
    for (const page of pages) expect(page.replaceAll(/\s/g, '')).toContain('模拟运行，不是验收')
    const flat = text.replaceAll(/\s/g, '')
    for (const said of ['E.1-1', '双方记录', '规则和判定', '程序版本']) expect(flat).toContain(said)
    expect(flat).not.toContain(plate)
  }
})
