// The simulated platform over its admin side: applicants are notified of the result by mail and short message, and of
// nothing before; questions are answered, found by a word of question or answer, and survive kill -9.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isoOf } from '#base/pure/values/instant.ts'
import { onboardingRoutes } from '#simulators/platform/onboarding.ts'
import { noticeRoutes } from '#simulators/platform/notices.ts'
import type { SettlementRow } from '#simulators/platform/records/settlement-records.ts'
import { createRig, nowMs, objectOf } from './rig.ts'
import { simFolder, startPlatform, type SimProcess } from './sim-process.ts'

const dir = simFolder()
const started = (): Promise<SimProcess> =>
  startPlatform('--books', join(dir(), 'books'), '--certs', join(dir(), 'certs'))

const application = (use: string, over: object = {}) => ({
  format: 'etc-application',
  lotId: 'LOT001',
  name: '测试停车场',
  district: '450103',
  qualification: '桂停-001',
  contact: '王师傅 13800000000',
  lanes: [{ id: 'exit' }],
  use,
  ...over,
})

async function listOf(sim: SimProcess, path: string, name: string) {
  const { status, json } = await sim.admin('GET', path)
  expect(status).toBe(200)
  return (json[name] as unknown[]).map(objectOf)
}
const noticesOf = (sim: SimProcess) => listOf(sim, '/notices', 'notices')
const review = (sim: SimProcess, id: string, verdict: string, reason = '', by = '李工') =>
  sim.admin('POST', '/reviews', { id, verdict, by, reason })

test('who applied is told both ways how it ended, once, and nothing before that', async () => {
  const sim = await started()
  await sim.admin('POST', '/applications', application('test'))
  await review(sim, 'T1', 'pass')
  expect(await noticesOf(sim)).toEqual([])
  await review(sim, 'T1', 'pass', '', '周工')
  await sim.admin('POST', '/applications', application('test', { lotId: 'LOT002' }))
  await review(sim, 'T2', 'reject', '资质不清楚')
  const notices = await noticesOf(sim)
  expect(notices.map(({ by, about, to }) => [by, about, to])).toEqual([
    ['sms', 'T2', '王师傅 13800000000'],
    ['mail', 'T2', '王师傅 13800000000'],
    ['sms', 'T1', '王师傅 13800000000'],
    ['mail', 'T1', '王师傅 13800000000'],
  ])
  expect(notices[0]?.['text']).toMatch(/【测试】.*T2 未通过,原因:资质不清楚/)
  expect(notices[2]?.['text']).toMatch(/模拟测试环境接入申请 T1 已通过/)
  // A closed application cannot be reviewed again, so no second notice is sent.
  expect((await review(sim, 'T2', 'pass')).status).toBe(400)
  expect(await noticesOf(sim)).toHaveLength(4)
  const applications = await listOf(sim, '/applications', 'applications')
  expect(applications.map(({ id, state, name }) => [id, state, name])).toEqual([
    ['T2', 'rejected', '测试停车场'],
    ['T1', 'approved', '测试停车场'],
  ])
})

test('a question is answered, found by a word of either, and is there after kill -9', async () => {
  const sim = await started()
  const asked = { from: '王工', about: 'POST /v1/etc/refunds', text: '退款要不要原单号?' }
  const { json } = await sim.admin('POST', '/questions', asked)
  expect(json).toMatchObject({ id: 'Q1', ...asked, replies: [] })
  await sim.admin('POST', '/questions', { ...asked, about: '证书', text: '多久换一次?' })
  await sim.admin('POST', '/replies', { id: 'Q1', by: '平台', text: '要,填 outTradeNo' })
  const ids = async (text: string) =>
    (await listOf(sim, `/questions?text=${encodeURIComponent(text)}`, 'questions')).map(
      ({ id }) => id,
    )
  expect(await ids('')).toEqual(['Q2', 'Q1'])
  expect(await ids('OUTTRADENO')).toEqual(['Q1'])
  expect(await ids('证书')).toEqual(['Q2'])
  expect(await ids('没有')).toEqual([])
  const before = await listOf(sim, '/questions', 'questions')
  await sim.killed()
  const again = await started()
  expect(await listOf(again, '/questions', 'questions')).toEqual(before)
})

const routes = (rows: readonly SettlementRow[] = []) => {
  const { model } = createRig({ rows })
  const settled = (): Promise<void> => Promise.resolve()
  const files = () => ({})
  const ask = { id: '', key: '', query: new URLSearchParams() }
  const all = {
    ...noticeRoutes({ model: () => model, settled, nowMs: () => nowMs }),
    ...onboardingRoutes({ model: () => model, settled, files }),
  }
  return (route: string, body?: unknown): unknown => all[route]?.({ ...ask, body })
}

test.each([
  ['POST /questions', '/from', { from: '', about: 'a', text: 'b' }],
  ['POST /questions', '/about', { from: 'a', about: 7, text: 'b' }],
  ['POST /questions', '/text', { from: 'a', about: 'b', text: 'x'.repeat(2001) }],
  ['POST /replies', '/id', { id: 'Q9', by: 'a', text: 'b' }],
  ['POST /replies', '/id', {}],
  ['POST /applications', '/contact', application('test', { contact: ' ' })],
] as const)('%s is refused at %s, and nothing is kept', async (route, field, body) => {
  const routed = routes()
  await expect(routed(route, body)).rejects.toMatchObject({ detail: { field } })
  expect(routed('GET /questions')).toEqual({ questions: [] })
  expect(routed('GET /applications')).toEqual({ applications: [] })
})

test('the joint test of a sandbox client is seen as it goes: interfaces, codes and their times', () => {
  const tried = { t: 'tried', appId: 'SBLOT001', name: 'POST /v1/etc/refunds' } as const
  const routed = routes([
    { ...tried, respCode: '100000', atMs: nowMs },
    { ...tried, respCode: '400006', atMs: nowMs + 1_000 },
    { ...tried, respCode: '100000', atMs: nowMs + 2_000 },
  ])
  const [fromIso, untilIso] = [isoOf(nowMs), isoOf(nowMs + 2_000)]
  const codes = { '100000': 2, '400006': 1 }
  expect(routed('GET /joint-tests')).toEqual({
    tests: [
      {
        appId: 'SBLOT001',
        reportId: null,
        impolite: null,
        interfaces: [{ name: 'POST /v1/etc/refunds', codes, fromIso, untilIso }],
      },
    ],
  })
})
