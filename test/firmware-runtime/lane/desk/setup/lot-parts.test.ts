// A setting of a lane or of a link is one row: file, draft, forms and list of changes use that row.
// Anything that is no row is refused by its name, in a file and in a form.
import { expect, it } from 'vitest'
import type { z } from 'zod'
import { answersSchema, fileSchema } from '#lane/calls/member-schema.ts'
import { answersOf, filedOf } from '#lane/desk/setup/lot-parts.ts'
import { laneDeviceMembers } from '#base/pure/lot/device-members.ts'
import { gatewayRow } from '#base/pure/lot/service-members.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { memberText, rowsAlong } from '#base/pure/lot/member.ts'

const more = {
  bell: { kind: 'link', min: 1, max: 400, optional: true, words: t('门铃', 'bell') },
  waitSec: { kind: 'whole', min: 1, max: 60, optional: true, words: t('等', 'waits') },
  lamp: {
    kind: 'choice',
    of: { red: t('红', 'red'), green: t('绿', 'green') },
    optional: true,
    words: t('灯', 'lamp'),
  },
} as const
const lane = { ...laneDeviceMembers, ...more }
const gateway = { ...gatewayRow.members, ...more }
const devices = { rsu: null, camera: null, barrier: 'sim:barrier', display: null }
const values = { bell: 'tcp://127.0.0.1:1', waitSec: 5, lamp: 'red' } as const

const refusedAt = (schema: z.ZodType, value: unknown): unknown => {
  const [issue] = schema.safeParse(value).error?.issues ?? []
  return issue?.code === 'unrecognized_keys' ? issue.keys : issue?.path
}

it.each([
  ['as it is', values],
  ['with nothing said', {}],
])('goes from the file to a form and back %s', (_name, said) => {
  const filed = fileSchema(lane).parse({ ...devices, ...said })
  const held = answersOf(lane, filed)
  expect(held).toEqual({
    rsu: '',
    camera: '',
    barrier: 'sim:barrier',
    display: '',
    psams: [],
    ordersFrom: '',
    cameraTimeless: null,
    bell: '',
    waitSec: null,
    lamp: null,
    ...said,
  })
  expect(answersSchema(lane).parse(held)).toEqual(held)
  expect(filedOf(lane, held)).toEqual(filed)
})

it('is missing in a draft of before it was asked for', () => {
  const draft = { rsu: '', camera: '', barrier: '', display: '', psams: [] }
  expect(answersSchema(lane).parse(draft)).toEqual(draft)
})

it.each([
  [{ ...devices, waitSec: 0 }, ['waitSec']],
  [{ ...devices, waitSec: 61 }, ['waitSec']],
  [{ ...devices, lamp: 'blue' }, ['lamp']],
  [{ ...devices, bell: '' }, ['bell']],
  [{ ...devices, horn: 1 }, ['horn']],
])('is refused by its own name: %j', (value, at) => {
  expect(refusedAt(fileSchema(lane), value)).toEqual(at)
})

it('is one row of a link as well, and said in its words', () => {
  const own = { url: 'https://pay.example', caFile: null, merchantNo: 'M1', secret: 'pay' }
  expect(fileSchema(gateway).parse({ ...own, ...values })).toEqual({ ...own, ...values })
  const rows = rowsAlong({ gateway: { ...gatewayRow, members: gateway } }, ['gateway', 'lamp'])
  expect(rows.map(({ words }) => words.en)).toEqual(['Gateway for payment by code', 'lamp'])
  expect(memberText(more.lamp, 'red')).toEqual(t('红', 'red'))
})
