// The interface to billing systems in the set-up: its fields, the billing systems that may use it, and the one whose orders
// an exit takes. Draft, verdicts and lot file are real.
import { beforeEach, expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { draftOfLot } from '#lane/desk/setup/draft-of-lot.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { present } from '#base/pure/values/must.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { closePage } from '../../kit/opened-page.ts'
import { all, click, fill, named, one, pick, press, wordOf } from '../../kit/page.ts'
import { openSetup } from './setup-page.ts'

let ports: MemoryPorts
const draft = (): SetupDraft => present(ports.draft.read(), 'a draft')
async function show(row: 'charge' | 'devices'): Promise<void> {
  closePage()
  await openSetup(new SetupService(ports), row)
}
const said = (): string => one(`${named('part-published')} summary`).innerText
const part = async (): Promise<void> => {
  await click(one('[name="published-has"]'))
  await fill('published-certDir', '/keys/own')
  await fill('published-0-id', 'PARKSOFT')
  await fill('published-0-certFile', '/keys/parksoft.pem')
}
const partner = { id: 'PARKSOFT', certFile: '/keys/parksoft.pem', rights: ['orders'] }
const usual = { host: '127.0.0.1', port: 18_443, certDir: '/keys/own', partners: [partner] }

beforeEach(async () => {
  ports = new MemoryPorts(wholeDraft)
  await show('charge')
})

it('is closed until a person opens it, and says what is not filled in', async () => {
  expect(said()).toContain(wordOf('setup.published.none'))
  expect(all('[name="published-host"]')).toHaveLength(0)
  await click(one('[name="published-has"]'))
  expect(said()).toContain(wordOf('setup.destinations.open'))
  await click(one('[name="published-has"]'))
  expect(draft().published).toBeNull()
})

it('holds what is typed, optional files left out', async () => {
  await part()
  expect(draft().published).toEqual(usual)
  expect(said()).toContain('PARKSOFT')
  await fill('published-host', '192.168.1.10')
  await fill('published-keyFile', '/keys/tls.key')
  await fill('published-certFile', '/keys/tls.pem')
  const tls = { host: '192.168.1.10', keyFile: '/keys/tls.key', certFile: '/keys/tls.pem' }
  expect(draft().published).toEqual({ ...usual, ...tls })
})

it('more billing systems, each with its rights, and one fewer', async () => {
  await part()
  expect(all(named('remove-partner-0'))).toHaveLength(0)
  await press('add-partner')
  await fill('published-1-id', 'SECOND')
  await fill('published-1-certFile', '/keys/second.pem')
  await click(one('[name="published-1-rights"]'))
  const second = { id: 'SECOND', certFile: '/keys/second.pem', rights: [] }
  expect(draft().published?.partners).toEqual([partner, second])
  await press('remove-partner-0')
  expect(draft().published?.partners).toEqual([second])
})

it('the orders of an exit come from one of them, or are priced here again', async () => {
  await show('devices')
  expect(all('[name="exit-ordersFrom"]')).toHaveLength(0)
  await show('charge')
  await part()
  await show('devices')
  expect(all('[name="entry-ordersFrom"]')).toHaveLength(0)
  await pick('[name="exit-ordersFrom"]', 'PARKSOFT')
  expect(draft().devices?.lanes['exit']).toMatchObject({ ordersFrom: 'PARKSOFT' })
  await pick('[name="exit-ordersFrom"]', '')
  expect(draft().devices?.lanes['exit']).toMatchObject({ ordersFrom: '' })
})

it('is in the lot file, and the forms of the running lot show it', async () => {
  await part()
  const setup = new SetupService(ports)
  setup.begin(setup.preview().digest, { by: 'test', reason: '' })
  const made = present(ports.files.at(-1), 'a lot file').config
  expect(made.published).toEqual(usual)
  expect(draftOfLot({ config: made, tariff: {} as never }).published).toEqual(usual)
})
