// The OpenAPI 3.1 document of the interface between billing and access, made from its table
// (docs/billing-interface.openapi.json). Makers of billing systems work from it and docs/billing-interface.md.
import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi'
import {
  interfaceVersion,
  type OperationName,
  operations,
  pathMembers,
  refusals,
  rightOf,
  type SchemaName,
  schemas,
} from './protocol.ts'
import type { Operation } from './subject.ts'
import { scheme } from './seal.ts'

/** Of every answer, refusals too. */
const headerTexts = {
  'Etc-Serial': 'Serial number of our certificate, upper-case hex',
  'Etc-Timestamp': 'Unix seconds',
  'Etc-Nonce': 'Nonce of the request; a fresh one where it had none',
  'Etc-Signature': 'SM2 with SM3, DER, Base64',
} as const

const each = <T>(names: object, of: (name: string, text: string) => [string, T]) =>
  Object.fromEntries(Object.entries(names).map(([name, text]) => of(name, String(text))))

const headers = each(headerTexts, (name) => [name, { $ref: `#/components/headers/${name}` }])
const refused = each(refusals, (status) => [
  status,
  { $ref: `#/components/responses/Refused${status}` },
])

const content = (name: string) => ({ 'application/json': { schema: schemas[name as SchemaName] } })

function membersOf(path: string): Record<string, z.ZodType> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return Object.fromEntries(
    names.flatMap((name) => Object.entries(pathMembers).filter(([one]) => one === name)),
  )
}

function operationOf(name: OperationName): ZodOpenApiOperationObject {
  const { path, does, query = z.strictObject({}), body, answer }: Operation = operations[name]
  const right = rightOf(name)
  return {
    operationId: name,
    summary: does,
    ...(right === null ? {} : { tags: [right] }),
    requestParams: { path: z.object(membersOf(path)), query },
    ...(body === undefined ? {} : { requestBody: { required: true, content: content(body) } }),
    responses: { 200: { description: 'Signed', headers, content: content(answer) }, ...refused },
  }
}

export function billingOpenApi(): unknown {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const [name, { path, method }] of Object.entries(operations))
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name as OperationName) }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Interface between a parking billing system and the ETC access system',
        version: String(interfaceVersion),
        description:
          'Money is integer fen. Envelope, order of acts and events: docs/billing-interface.md.',
      },
      servers: [{ url: 'http://127.0.0.1:{port}', variables: { port: { default: '8443' } } }],
      security: [{ envelope: [] }],
      paths,
      components: {
        schemas,
        headers: each(headerTexts, (name, description) => [
          name,
          { required: true, description, schema: { type: 'string' as const } },
        ]),
        responses: each(refusals, (status, description) => [
          `Refused${status}`,
          { description, headers, content: content('Error') },
        ]),
        securitySchemes: {
          envelope: {
            type: 'http',
            scheme,
            description:
              'appid, nonce_str, timestamp, serial_no, signature: each name="value", with commas between',
          },
        },
      },
    },
    {
      // Readers of an answer ignore members that they do not know.
      override: ({ jsonSchema, io }) => {
        if (io === 'output') delete jsonSchema.additionalProperties
        // The pattern of a date has the calendar in it.
        if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
      },
    },
  )
}
