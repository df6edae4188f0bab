// What `lot check` and `doctor --data` say of certificates that end: made by OpenSSL, a month ahead, and
// nothing at all while they have longer.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { doctorCommand } from '#runtime/commands/doctor.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { folderReport } from '#runtime/host/folder-report.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { hasOpenssl, openssl } from '../../simulators/platform/openssl.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'

const dayMs = 86_400_000
let dir = ''

function certificate(name: string, days: number, folder = 'certs'): void {
  const key = join(dir, folder, `${name}.key`)
  openssl('ecparam', '-genkey', '-name', 'SM2', '-noout', '-out', key)
  openssl(
    ...['req', '-x509', '-new', '-key', key, '-sm3', '-sigopt', 'distid:1234567812345678'],
    ...['-subj', `/CN=${name}`, '-days', String(days), '-out', join(dir, folder, `${name}.pem`)],
  )
}

async function said(
  command: typeof lotCommand,
  ...args: readonly string[]
): Promise<{ code: number; json: Record<string, unknown> }> {
  let text = ''
  const io = { json: true, stdout: (line: string) => void (text += line) }
  const code = await command.run(args, io as unknown as Parameters<typeof command.run>[1])
  return { code, json: JSON.parse(text) as Record<string, unknown> }
}

describe.skipIf(!hasOpenssl)('certificates that end', () => {
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'etc-ends-'))
    mkdirSync(join(dir, 'certs'))
    const platform = {
      url: 'https://127.0.0.1:1',
      caFile: join(dir, 'certs', 'platform.pem'),
      certDir: join(dir, 'certs'),
      appId: 'GX00012',
    }
    const upkeep = { diskWarnMb: 100 }
    const lot = { ...lotFile(), mode: 'demo', platform, tariffFile: 'tariff.json', upkeep }
    writeFileSync(join(dir, 'lot.json'), JSON.stringify(lot))
    writeFileSync(join(dir, 'tariff.json'), JSON.stringify(demoTariff))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it.each([
    ['both last a year', 365, 365, []],
    ['ours ends within a month', 20, 365, ['CERT-03']],
    ['that of the platform does', 365, 20, ['CERT-03']],
    ['both do', 20, 20, ['CERT-03', 'CERT-03']],
  ])('%s', async (_, client, platform, codes) => {
    certificate('client', client)
    certificate('platform', platform)
    const { warnings } = (await said(lotCommand, 'check', '--data', dir)).json as {
      warnings: { text: { en: string } }[]
    }
    const certCodes = warnings.flatMap(({ text }) => /CERT-\d\d/.exec(text.en) ?? [])
    expect(certCodes).toEqual(codes)
    const doctor = await said(doctorCommand, '--data', dir)
    expect(doctor.code).toBe(codes.length === 0 ? 0 : 1)
    expect(doctor.json).toMatchObject({
      ok: codes.length === 0,
      faults: codes.map((code) => ({ code })),
    })
    expect(doctor.json['certificates']).toMatchObject([{ whose: 'client' }, { whose: 'platform' }])
  })

  it('of a platform beside the expansion platform: by its name and its own member', async () => {
    certificate('client', 365)
    certificate('platform', 365)
    const file = join(dir, 'lot.json')
    const lot = JSON.parse(readFileSync(file, 'utf8')) as { platform: object }
    const operator = { ...lot.platform, certDir: join(dir, 'operator'), appId: 'GX00013' }
    writeFileSync(file, JSON.stringify({ ...lot, operator }))
    mkdirSync(join(dir, 'operator'))
    certificate('client', 20, 'operator')
    certificate('platform', 365, 'operator')
    const { warnings } = (await said(lotCommand, 'check', '--data', dir)).json as {
      warnings: { field: string; text: { en: string } }[]
    }
    const ending = warnings.filter(({ text }) => text.en.includes('CERT-03'))
    expect(ending.map(({ field }) => field)).toEqual(['/operator/certDir'])
    const { json } = await said(doctorCommand, '--data', dir)
    const [fault] = json['faults'] as { code: string; note: string }[]
    expect(fault).toMatchObject({ code: 'CERT-03' })
    expect(fault?.note).toMatch(/^operator's platform: our certificate /)
    const certificates = json['certificates'] as { of: string; state: string }[]
    expect(certificates.map(({ of, state }) => `${of} ${state}`)).toEqual([
      ...['platform ok', 'platform ok'],
      ...['operator soon', 'operator ok'],
    ])
  })

  it('a clock that is a year ahead: not within its time, with both dates and the clock', async () => {
    certificate('client', 365)
    certificate('platform', 365)
    const report = await folderReport(dir, Date.now() + 400 * dayMs)
    expect(report.faults.map(({ code }) => code)).toEqual(['CERT-04', 'CERT-04'])
    const [one] = report.certificates
    for (const text of [one?.fromIso, one?.untilIso, report.nowIso])
      expect(report.faults[0]?.note).toContain(text)
    const [{ todo: what } = { todo: { en: '' } }] = report.faults
    expect(what.en).toContain('clock')
  })
})
