// The way through the rows of a set-up by Enter: forward, and never back by itself; what is missing above has its own
// button.
import { beforeEach, expect, it } from 'vitest'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { all, named, one, wordOf, press, textOf } from '../../kit/page.ts'
import { openSetup } from './setup-page.ts'

beforeEach(async () => {
  const { tariff: _, ...without } = wholeDraft as typeof wholeDraft & { tariff?: unknown }
  await openSetup(new SetupService(new MemoryPorts(without)))
})

it('Enter goes forward: from the last row no button leads back, and what is missing above has its own', async () => {
  const numbers = all('ol .row').map((row) => row.dataset['test'] ?? '')
  for (const row of numbers) {
    await press(row)
    const at = numbers.indexOf(row)
    const to = all(named('next'))[0]
    if (to === undefined) continue
    const name = to.innerText
    const above = numbers.slice(0, at).map((id) => wordOf(`setup.row.${id.slice('row-'.length)}`))
    for (const one of above) expect(name, `${row} to ${one}`).not.toContain(one)
  }
  await press(numbers.at(-1) ?? '')
  expect(all(named('next'))).toHaveLength(0)
  expect(textOf('back')).toContain(wordOf('setup.row.tariff'))
  expect(document.activeElement).not.toBe(one(named('back')))
})
