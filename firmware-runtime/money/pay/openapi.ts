// The OpenAPI 3.1 document of the payment protocol, made from its table (docs/payment-port.openapi.json).
// Developers of a gateway, or of an adapter for an aggregator, work from it and its page.
import { z } from 'zod'
import { operations, refusals, type SchemaName, schemas } from './protocol.ts'

const headers = {
  'Pay-Merchant': 'Number of the merchant',
  'Pay-Key': 'Id of the key that signed',
  'Pay-Timestamp': 'Unix seconds, ten digits',
  'Pay-Nonce': '32 lower-case hex digits, fresh for each request',
  'Pay-Signature': 'HMAC-SHA256, 64 lower-case hex digits',
} as const

const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` })
const content = (name: SchemaName) => ({ 'application/json': { schema: ref(name) } })

function schemaOf(name: SchemaName): unknown {
  const { $schema, ...rest } = z.toJSONSchema(schemas[name], { io: 'input' })
  return rest
}

export function paymentOpenApi(): unknown {
  const paths: Record<string, Readonly<Record<string, unknown>>> = {}
  for (const [operationId, { method, path, does, body, answer }] of Object.entries(operations)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }))
    const signed = Object.keys(headers).map((name) => ({ $ref: `#/components/parameters/${name}` }))
    const refused = Object.entries(refusals).map(([status, description]): [string, unknown] => [
      status,
      { description, content: content('Error') },
    ])
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        operationId,
        summary: does,
        parameters: [...inPath, ...signed],
        ...(body === null ? {} : { requestBody: { required: true, content: content(body) } }),
        responses: {
          200: { description: 'Signed', content: content(answer) },
          ...Object.fromEntries(refused),
        },
      },
    }
  }
  const parameters = Object.entries(headers).map(([name, description]): [string, unknown] => [
    name,
    { name, in: 'header', required: true, description, schema: { type: 'string' } },
  ])
  const names = Object.keys(schemas) as SchemaName[]
  return {
    openapi: '3.1.0',
    info: {
      title: 'Payment port of ETC Lane Studio',
      version: '1',
      description: 'Money is integer fen. Signing, times and states: docs/payment-port.md.',
    },
    paths,
    components: {
      parameters: Object.fromEntries(parameters),
      schemas: Object.fromEntries(names.map((name) => [name, schemaOf(name)])),
    },
  }
}
