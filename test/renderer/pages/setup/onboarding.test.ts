// Onboarding by a platform, in the charging form: each step with its state, the next act, the trace of the review,
// the joint test in progress, the report; and the log of accesses with its search.
import { beforeEach, expect, it, vi } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { SandboxAnswer } from '#lane/desk/setup/joint-runner.ts'
import { onRecordRows } from '#base/pure/lot/beside-members.ts'
import { newJoint, noJoining } from '#lane/desk/setup/onboarding.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { all, named, one, fill, settle, type, wordOf, press, textOf, pick } from '../../kit/page.ts'
import { openSetup } from './setup-page.ts'

const atIso = '2026-01-05T09:00:00+08:00'
const platform = { url: 'https://p.example', appId: 'GX1', certDir: '/c', caFile: '/ca.pem' }
let ports: MemoryPorts
const asked: object[] = []
const exported: string[] = []
/** Pending calls to the sandbox, with the function that answers each. */
let pending: ((came: SandboxAnswer) => void)[]

async function opened(draft: SetupDraft): Promise<void> {
  ports = new MemoryPorts(draft)
  Object.assign(ports.joining, {
    export: (path: string) => void exported.push(path),
    open: () => ({
      send(_request: unknown, _isForged: boolean, done: (came: SandboxAnswer) => void) {
        pending.push(done)
        return () => undefined
      },
      close: () => undefined,
    }),
    access(filter: object) {
      asked.push(filter)
      const row = { atIso, account: 'GX1', interfaceId: 'charge', status: 200 }
      return [{ ...row, respCode: '100000', requestId: 'R1' }]
    },
  })
}
async function shown(): Promise<void> {
  await openSetup(new SetupService(ports), 'charge')
}
beforeEach(async () => {
  asked.length = 0
  exported.length = 0
  pending = []
  await opened({ ...wholeDraft, lot: { ...wholeDraft.lot, qualification: '桂停-001' } })
})

const said = (name: string): string => textOf(name)

it.each([
  ['district', '青秀区'],
  ['qualification', '91450000TEST000001'],
] as const)('asks for the %s where it applies, and says what it lacks', async (name, value) => {
  await opened({
    ...wholeDraft,
    lot: { ...wholeDraft.lot, district: '东区', qualification: 'Q', [name]: '' },
  })
  await shown()
  const input = () => one(`[name="apply-${name}"]`) as HTMLInputElement
  expect(input().value).toBe('')
  expect(said('part-onboarding')).toContain(onRecordRows[name].why.zh)
  await type('[name="contact"]', '王 1')
  await type('[name="applyTo"]', '/stick')
  await press('apply')
  expect(exported).toEqual([])
  expect(said('part-onboarding')).toContain('JOIN-02')
  await fill(`apply-${name}`, ` ${value} `)
  expect(ports.draft.read()?.lot?.[name]).toBe(value)
  await press('apply')
  expect(exported).toHaveLength(1)
})

it('the application is the first step; what it lacks is said, and its file is named', async () => {
  await shown()
  expect(said('step-apply')).toMatch(/○ 未开始.*联调申请.*还没有申请/s)
  await type('[name="applyTo"]', '/stick')
  await press('apply')
  expect(said('part-onboarding')).toMatch(/JOIN-02/)
  await type('[name="contact"]', '王师傅 13800000000')
  await press('apply')
  expect(exported).toEqual(['/stick/A0001.test-1.application.json'])
  expect(said('part-onboarding')).toContain('已存为 /stick/A0001.test-1.application.json')
  expect(said('step-review')).toMatch(/… 等平台/)
})

it('a review that turned it down says level and reason, and the next application is one press', async () => {
  const step = { atIso, level: 'technical', by: '李工', reason: '资质过期' }
  const review = {
    format: 'etc-review' as const,
    version: 1 as const,
    id: 'T1',
    lotId: 'A0001',
    use: 'test' as const,
    state: 'rejected',
    trace: [{ ...step, verdict: 'reject' as const }],
  }
  ports.joined = { ...noJoining, applied: { test: 0 }, reviews: [review] }
  await shown()
  expect(said('step-review')).toMatch(/✕ 不通过.*资质过期/s)
  expect(said('trace')).toMatch(/联调\s*技术审批.*✕ 李工.*资质过期/s)
  expect(all(named('apply'))).toHaveLength(1)
  expect(all(named('debug'))).toHaveLength(0)
})

it('the joint test is seen as it runs: each exchange, the interface that failed, and going on', async () => {
  ports.sandbox = { url: 'https://sandbox.example', appId: 'SBA0001' }
  vi.useFakeTimers({ toFake: ['setInterval'] })
  await shown()
  await press('debug')
  expect(said('debug-stop')).toBe('停止')
  // The same bytes are sent again before the result is shown.
  for (let next = pending.shift(); next !== undefined; next = pending.shift())
    next({ answer: null, requestId: null, why: 'answerStatus 503' })
  vi.advanceTimersByTime(500)
  await settle()
  expect(said('interface-signIn')).toMatch(/✕ 不通过.*POST \/v1\/psam\/sign-in.*503/s)
  expect(said('step-debug')).toMatch(/✕ 不通过.*签到.*没有通过/s)
  expect(said('protocol')).toMatch(/✕.*签到.*正确请求/s)
  expect(said('debug')).toBe(wordOf('setup.onboarding.goOn'))
})

it('production is applied for once the report is there, which is saved as PDF', async () => {
  ports.sandbox = { url: 'https://sandbox.example', appId: 'SBA0001' }
  const lines = ports.joining.dialect('45').interfaces.flatMap(({ id: interfaceId }) =>
    (['right', 'repeat', 'unknown', 'forged'] as const).map((what) => {
      return { atIso, interfaceId, what, requestId: 'R1', ok: true, said: 'SUCCESS' }
    }),
  )
  const reportId = 'A1'.repeat(16)
  ports.joined = { ...noJoining, joint: { ...newJoint('', 0, null), lines, reportId } }
  await shown()
  expect(said('step-release')).toContain(reportId)
  expect(said('apply')).toBe(wordOf('setup.onboarding.apply.production'))
  // No step is left; the joint test can be started again.
  expect([all(named('debug')).length, all(named('debug-anew')).length]).toEqual([0, 1])
  await press('report-pdf')
  expect(JSON.stringify(ports.documents)).toContain(reportId)
})

it('accesses are searched by interface, account and day', async () => {
  await opened({ ...wholeDraft, charge: { mode: 'card', platform } })
  await shown()
  expect(said('access')).toMatch(/出口扣费.*GX1.*100000.*R1/s)
  await type('[name="accessFrom"]', '2026-01-05')
  one('[name="accessFrom"]').dispatchEvent(new Event('change'))
  await pick('[name="interfaceId"]', 'refund')
  expect(asked.at(-1)).toEqual({
    interfaceId: 'refund',
    account: null,
    from: '2026-01-05',
    to: null,
    limit: 100,
  })
})
