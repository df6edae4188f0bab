// The test cipher of a vehicle file works as its page says, and opens nothing that another OBU sealed.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openVehicle, sealVehicle } from '#simulators/shell/test-vehicle.ts'

const obu = { contractProvider: 'B9E3CEF745010001', obuId: '02001234', random: '0011223344556677' }
const file = 'B2E24131323334350000000000000100'
const sealed = '29DCBFD84DC3B6D655530C904C26F72C2CA01C7944F0F026'

it('vector of docs/test-keys.md', () => {
  const page = readFileSync('docs/test-keys.md', 'utf8')
  for (const text of [...Object.values(obu), file, sealed]) expect(page).toContain(text)
  expect(sealVehicle(obu, file)).toBe(sealed)
  expect(
    Buffer.from(openVehicle(obu, sealed) ?? [])
      .toString('hex')
      .toUpperCase(),
  ).toBe(file)
  expect(openVehicle({ ...obu, obuId: '02001235' }, sealed)).toBeNull()
  expect(openVehicle(obu, sealed.slice(0, -2) + '27')).toBeNull()
})
