// The channel file of a platform: its changes to a draft are shown before they are made, and each error is refused with
// file, field and value. What it does not name is unchanged.
import { describe, expect, it } from 'vitest'
import { readChannel } from '#lane/desk/setup/channel-file.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'
import { refusalOf } from '../../../../kit/refusals.ts'

const file = '/media/stick/channel.json'
const whole = {
  format: 'etc-channel',
  version: 1,
  appId: 'GX00012',
  url: 'https://etc.example.com',
  lotId: 'A0001',
  certDir: 'certs',
  caFile: 'certs/ca.pem',
}

describe('what is refused', () => {
  it.each([
    ['/appId', '"GX_12"', { appId: 'GX_12' }],
    ['/appId', '', { appId: undefined }],
    ['/url', '"http://etc.example.com"', { url: 'http://etc.example.com' }],
    ['/url', '"https://etc.example.com/v1"', { url: 'https://etc.example.com/v1' }],
    ['/version', '2', { version: 2 }],
    ['/format', '"csv"', { format: 'csv' }],
    ['/psam', '"1"', { psam: '1' }],
    ['/lotId', '"A-1"', { lotId: 'A-1' }],
  ])('%s %s', (field, value, change) => {
    const text = JSON.stringify({ ...whole, ...change })
    const found = refusalOf(() => readChannel(text, file))
    expect(found).toMatchObject({ code: 'SETUP-07', file, field, value })
  })
  it('a file that is no JSON, and one of another car park', () => {
    expect(refusalOf(() => readChannel('GX00012', file))).toMatchObject({ code: 'FILE-02', file })
    const ports = new MemoryPorts(wholeDraft)
    ports.channel = JSON.stringify({ ...whole, lotId: 'B0002' })
    expect(refusalOf(() => new SetupService(ports).channel({ file }))).toMatchObject({
      code: 'SETUP-07',
      field: '/lotId',
      value: 'B0002',
    })
  })
})

describe('what it changes', () => {
  it('is said in words, lies beside it, and is not yet so', () => {
    const ports = new MemoryPorts(wholeDraft)
    ports.channel = JSON.stringify(whole)
    const service = new SetupService(ports)
    const { platform, changes } = service.channel({ file })
    expect(platform).toEqual({
      url: 'https://etc.example.com',
      appId: 'GX00012',
      certDir: '/media/stick/certs',
      caFile: '/media/stick/certs/ca.pem',
    })
    const said = changes.map(({ what, after }) => `${what.zh} ${after?.zh ?? '-'}`)
    expect(said).toContain('渠道号 GX00012')
    expect(said.filter((one) => one.includes('/platform'))).toEqual([])
    expect(service.get().draft.charge?.platform).toBe('later')
  })
  it('keeps the certificates that it does not name, and says nothing of what is the same', () => {
    const now = { url: 'https://a.example', caFile: '/c/ca.pem', certDir: '/c', appId: 'GX00012' }
    const charge = { mode: 'online' as const, platform: now }
    const ports = new MemoryPorts({ ...wholeDraft, charge })
    ports.channel = JSON.stringify({ ...whole, certDir: undefined, caFile: undefined })
    const { platform, changes } = new SetupService(ports).channel({ file: 'C:\\u\\channel.json' })
    expect(platform).toEqual({ ...now, url: whole.url })
    expect(changes.map(({ what }) => what.en)).toEqual(['Address of the platform'])
  })
})
