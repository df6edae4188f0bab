// The lot's own certificate in the charging form: each state with its sentence and the next step. Keys and files
// are tested in own-certificate.test.ts; here only their states matter.
import { beforeEach, expect, it } from 'vitest'
import type { JoiningView } from '#lane/calls/setup-views.ts'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { all, named, one, type, wordOf, press, textOf } from '../../kit/page.ts'
import { closePage } from '../../kit/opened-page.ts'
import { openSetup } from './setup-page.ts'

const client = { certSerial: '0A0B', who: 'GX00012', fromIso: '2026-01-01T00:00:00+08:00' }
const until = (untilIso: string): JoiningView['client'] => ({ ...client, untilIso })
const request = { file: '/lots/new/keys/platform/client.csr.pem', pem: 'PEM', keyId: '6A158D14' }
let now: JoiningView
let refused: LaneFault | null
const asked: string[] = []
let ports: MemoryPorts

beforeEach(async () => {
  now = { state: 'none', next: 'csr', request: null, client: null }
  refused = null
  asked.length = 0
  ports = new MemoryPorts(wholeDraft)
  const draft = (): SetupDraft => ports.draft.read() ?? wholeDraft
  Object.assign(ports.certificate, {
    view: () => now,
    request(step: string, { organisation, commonName }: Record<string, string>, isAnew: boolean) {
      asked.push(`${step} ${organisation} ${commonName} ${isAnew}`)
      now = {
        ...now,
        request,
        state: now.client === null ? 'requested' : 'renewing',
        next: 'import',
      }
    },
    take() {
      if (refused !== null) throw refused
      now = {
        state: 'joined',
        next: null,
        request: null,
        client: until('2027-11-24T00:00:00+08:00'),
      }
      return { certDir: '/lots/new/keys/platform', caFile: '/lots/new/keys/platform-ca.pem' }
    },
    channelOf: () => '/stick/channel.json',
  })
  const channel = { format: 'etc-channel', version: 1, appId: 'GX00099', url: 'https://b.example' }
  ports.channel = JSON.stringify({ ...channel, lotId: draft().lot?.lotId })
  await openSetup(new SetupService(ports), 'charge')
})

const said = (): string => textOf('joining')
const platform = () => ports.draft.read()?.charge?.platform

it('a request is made under the name of the lot, saved for the platform, and its answer fills the form', async () => {
  expect(said()).toContain(wordOf('setup.joining.is.none'))
  await press('request')
  const { name = '', lotId = '' } = wholeDraft.lot ?? {}
  expect(asked).toEqual([`csr ${name} ${lotId} false`])
  expect(said()).toMatch(/证书申请已生成.*6A158D14/s)
  await type('[name="requestTo"]', '/stick')
  await press('save-request')
  expect(said()).toContain(`已存为 /stick/${lotId}.csr.pem`)
  await type('[name="importFrom"]', '/stick')
  await press('import')
  expect(said()).toMatch(/✓ 证书已就位.*0A0B.*2027-11-24/s)
  expect(platform()).toEqual({
    url: 'https://b.example',
    appId: 'GX00099',
    certDir: '/lots/new/keys/platform',
    caFile: '/lots/new/keys/platform-ca.pem',
  })
  expect((one('[name="appId"]') as HTMLInputElement).value).toBe('GX00099')
  expect((one('[name="certDir"]') as HTMLInputElement).value).toBe('/lots/new/keys/platform')
})

it('what is not of its request is refused with its code, and the form stays as it was', async () => {
  await press('request')
  refused = new LaneFault('CERT-05', { file: '/stick/lot.cer' })
  await type('[name="importFrom"]', '/stick')
  await press('import')
  expect(said()).toMatch(/CERT-05/)
  expect(said()).not.toContain('已导入')
  expect(platform()).toBe('later')
})

it('a request is voided after a second press alone', async () => {
  await press('request')
  await press('request-anew')
  expect(asked).toHaveLength(1)
  await press('anew-sure')
  expect(asked[1]).toMatch(/^csr .* true$/)
  expect(all(named('anew-sure'))).toEqual([])
})

it.each([
  ['ending', '▲ 证书一个月内到期', 'rotate'],
  ['ended', '✕ 证书不在有效期内', 'rotate'],
  ['joined', '✓ 证书已就位', 'rotate'],
] as const)(
  'a certificate that is %s says so, and its successor is one press',
  async (state, text, step) => {
    closePage()
    now = { state, next: 'rotate', request: null, client: until('2026-12-01T00:00:00+08:00') }
    await openSetup(new SetupService(ports), 'charge')
    expect(said()).toContain(text)
    await press('request')
    expect(asked[0]).toMatch(new RegExp(`^${step} `))
    expect(said()).toContain(wordOf('setup.joining.is.renewing'))
  },
)
