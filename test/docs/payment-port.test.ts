// The OpenAPI document of the payment port agrees with the table in the code.
// After a change of the table: ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs writes it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { paymentOpenApi } from '#money/pay/openapi.ts'
import { formatted } from '../tidy/formatted.ts'

const file = join(import.meta.dirname, '..', '..', 'docs', 'payment-port.openapi.json')
const text = await formatted(file, JSON.stringify(paymentOpenApi()))
if (process.env['ETC_LANE_WRITE_DOCS'] === '1') writeFileSync(file, text)

it('is what the code speaks', () => {
  expect(readFileSync(file, 'utf8'), 'run ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs').toBe(
    text,
  )
})
