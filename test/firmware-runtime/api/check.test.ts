// Calls that change something are never answered from the folder of a stopped lot; such a call is refused with the reason.
import { expect, it } from 'vitest'
import { whyNotAtRest } from '../../../firmware-runtime/api/check.ts'
import { api, type ApiName } from '../../../firmware-runtime/api/table.ts'

const names = Object.keys(api) as ApiName[]

it('what changes the lot is refused with that reason', () => {
  for (const name of names) {
    expect(whyNotAtRest(name) === null, name).toBe(api[name].rest === 'folder')
    if (api[name].rest === null) expect(whyNotAtRest(name)?.en, name).toMatch(/^it changes the lot/)
  }
})
