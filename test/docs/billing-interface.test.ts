// The OpenAPI document of the billing interface agrees with the table in the code, and other programs accept it.
// After a change of the table: ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs writes it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { billingOpenApi } from '#money/partners/openapi.ts'
import { operations, refusals, schemas } from '#money/partners/protocol.ts'
import { formatted } from '../tidy/formatted.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const file = join(docs, 'billing-interface.openapi.json')
const text = await formatted(file, JSON.stringify(billingOpenApi()))
if (process.env['ETC_LANE_WRITE_DOCS'] === '1') writeFileSync(file, text)

it('is what the code speaks', () => {
  expect(readFileSync(file, 'utf8'), 'run ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs').toBe(
    text,
  )
})

type Document = Record<string, unknown> & { paths: Record<string, Record<string, object>> }
const read = (): Document => JSON.parse(text) as Document

it('is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  expect(await validator.validate(read())).toMatchObject({ valid: true })
  expect(validator.version).toBe('3.1')
})

it.each([
  ['a path without a slash', (api: Document) => (api.paths['v1'] = {})],
  ['a title that is missing', (api: Document) => (api['info'] = { version: '1' })],
  [
    'a response without a description',
    (api: Document) => (api.paths['/v1/access'] = { get: { responses: { 200: {} } } }),
  ],
])('%s is not', async (_, spoil) => {
  const api = read()
  spoil(api)
  expect(await new Validator().validate(api)).toMatchObject({ valid: false })
})

/** Errors of the compiler over the generated types and a program that uses them. */
async function compiled(program: string): Promise<readonly string[]> {
  const types = astToString(await openapiTS(text))
  const name = '/api.ts'
  const source = `type Record<K extends string, T> = { [P in K]: T }\n${types}\n${program}`
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    noLib: true,
    skipLibCheck: true,
  }
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getSourceFile: (file, target) =>
      file === name ? ts.createSourceFile(file, source, target, true) : undefined,
    fileExists: (file) => file === name,
  }
  const made = ts.createProgram([name], options, host)
  return made
    .getSemanticDiagnostics()
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

const view = "components['schemas']['OrderView']"
it.each([
  ['an order', `const x: components['schemas']['Order']['laneId'] = null`, true],
  [
    'a state',
    `declare const x: ${view}; const y: 'open' | 'charging' | 'unknown' | 'paid' | 'settled' | 'withdrawn' = x.state`,
    true,
  ],
  [
    'an answer',
    `const x: operations['openOrder']['responses'][200]['content']['application/json']['paidFen'] = 5`,
    true,
  ],
  ['an amount in words', `const x: ${view}['paidFen'] = '5'`, false],
  ['a state that is none', `const x: ${view}['state'] = 'closed'`, false],
  ['an operation that is none', `type X = operations['closeOrder']`, false],
])('its types: %s', async (_, program, fits) => {
  const errors = await compiled(program)
  expect(errors.length === 0, errors.join('\n')).toBe(fits)
})

it('the page names each operation, code and event', () => {
  const page = readFileSync(join(docs, 'billing-interface.md'), 'utf8')
  const codes = Object.values(refusals).flatMap((words) => words.match(/ORDER-\d\d/g) ?? [])
  for (const word of [...Object.values(operations).map(({ path }) => path), ...new Set(codes)])
    expect(page).toContain(word)
  const events = schemas.Events.shape.events.element.shape.event.options
  for (const event of events) expect(page).toContain(`\`${event}\``)
})
