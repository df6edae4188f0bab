// How far the admission of a lot is, by the files in its folder; what an application contains and lacks; what a review must
// be; and which platform a lot in a joint test may use.
import { beforeEach, describe, expect, it } from 'vitest'
import type { OnboardingView } from '#ledger/calls/onboarding-views.ts'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { reportDocument } from '#lane/desk/setup/joint-report.ts'
import {
  applicationOf,
  noJoining,
  readReview,
  withReview,
  newJoint,
} from '#lane/desk/setup/onboarding.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'
import { refusedField } from '../../../../kit/refusals.ts'

const qualified: SetupDraft = {
  ...wholeDraft,
  lot: { ...wholeDraft.lot, qualification: '桂停-001' },
}
const sandbox = { url: 'https://sandbox.example', appId: 'SBA0001' }
const reportId = 'A1'.repeat(16)

const step = { atIso: '2026-01-05T09:00:00+08:00', level: 'business', by: '李工', reason: '' }
const reviewOf = (id: string, state: string, over: object = {}) => ({
  format: 'etc-review',
  version: 1,
  id,
  lotId: 'A0001',
  use: 'test',
  state,
  trace: [{ ...step, verdict: state === 'rejected' ? 'reject' : 'pass', reason: '缺资质' }],
  ...over,
})
const review = (id: string, state: string, over: object = {}) =>
  readReview(JSON.stringify(reviewOf(id, state, over)), 'review.json', 'A0001')

let ports: MemoryPorts
let service: SetupService
beforeEach(() => {
  ports = new MemoryPorts(qualified)
  service = new SetupService(ports)
})

const stateOf = (id: OnboardingView['steps'][number]['id']): string =>
  service.onboarding().steps.find((one) => one.id === id)?.state ?? ''

describe('the steps', () => {
  it('begin with the application, and go by what came for it', () => {
    expect(service.onboarding().next).toBe('apply')
    service.life.apply('test', '王师傅', '/stick')
    expect([service.onboarding().next, stateOf('review')]).toEqual(['review', 'waiting'])
    ports.joined = { ...ports.joined, reviews: [review('T1', 'business')] }
    expect(stateOf('review')).toBe('waiting')
    ports.joined = { ...ports.joined, reviews: [review('T1', 'rejected')] }
    expect(stateOf('review')).toBe('failed')
    service.life.apply('test', '王师傅', '/stick')
    expect(stateOf('review')).toBe('waiting')
    ports.joined = {
      ...ports.joined,
      reviews: withReview(ports.joined.reviews, review('T2', 'approved')),
    }
    expect([stateOf('review'), service.onboarding().next]).toEqual(['done', 'keys'])
    expect(service.onboarding().trace).toHaveLength(2)
  })

  it('a lot with test keys was let in, whatever came of files before', () => {
    ports.sandbox = sandbox
    expect([stateOf('apply'), stateOf('review'), stateOf('keys')]).toEqual(['done', 'done', 'done'])
    expect(service.onboarding().next).toBe('debug')
    expect(service.onboarding().report?.interfaces).toHaveLength(12)
  })

  it('a failed interface is named with what was answered, and counted when it was mended', () => {
    ports.sandbox = sandbox
    const line = {
      atIso: step.atIso,
      interfaceId: 'refund',
      what: 'right',
      requestId: null,
    } as const
    const lines = [{ ...line, ok: false, said: 'answerStatus 503' }]
    ports.joined = { ...noJoining, joint: { ...newJoint('', 0, null), lines } }
    const debug = service.onboarding().steps.find(({ id }) => id === 'debug')
    expect(debug).toMatchObject({ state: 'failed' })
    expect(debug?.why).toMatchObject({
      zh: expect.stringMatching(/^退费没有通过:请平台/),
      en: expect.stringMatching(/^Refund did not pass/),
    })
    const mended = [...lines, { ...line, ok: true, said: 'SUCCESS' }]
    ports.joined = { ...noJoining, joint: { ...newJoint('', 0, null), lines: mended } }
    expect(stateOf('debug')).toBe('open')
    expect(service.onboarding().report?.anomalies).toEqual([
      { interfaceId: 'refund', said: 'answerStatus 503', count: 1 },
    ])
  })

  it('what runs found that were left for a new one stays in the report, however often it is begun', () => {
    ports.sandbox = sandbox
    const line = {
      atIso: step.atIso,
      interfaceId: 'charge',
      what: 'repeat',
      requestId: null,
    } as const
    const bad = { ...line, ok: false, said: 'processing' }
    const first = { ...newJoint('A0001', 0, null), lines: [bad, bad] }
    const second = { ...newJoint('A0001', 1000, first), lines: [{ ...bad, said: 'silence' }] }
    const third = { ...newJoint('A0001', 2000, second), lines: [{ ...line, ok: true, said: 'X' }] }
    ports.joined = { ...noJoining, joint: third }
    const { report } = service.onboarding()
    expect(report?.anomalies).toEqual([])
    expect(report?.former).toMatchObject({
      startIso: step.atIso,
      calls: 3,
      anomalies: [
        { interfaceId: 'charge', said: 'processing', count: 2 },
        { interfaceId: 'charge', said: 'silence', count: 1 },
      ],
    })
    const text = JSON.stringify(report === null ? null : reportDocument(report, 0, 'zh'))
    expect(text).toContain('以前的联调')
    expect(text).toContain('processing')
  })
})

describe('an application', () => {
  const asked = { use: 'test', contact: '王师傅', reportId: null } as const
  it('says the lot, its lanes and which devices they have, and no address of them', () => {
    const text = JSON.stringify(applicationOf(qualified, asked))
    expect(JSON.parse(text)).toMatchObject({
      lotId: 'A0001',
      district: '东区',
      spaces: { ordinary: 50, charging: 8, special: 2 },
      lanes: [
        { id: 'entry', devices: ['camera', 'barrier', 'display'] },
        { id: 'exit', layout: '7.1.1', devices: ['camera', 'barrier', 'display', 'rsu'] },
      ],
    })
    expect(text).not.toMatch(/192\.168|push:/)
  })

  it.each([
    ['/lot/qualification', wholeDraft, asked],
    ['/contact', qualified, { ...asked, contact: '' }],
    ['/report', qualified, { ...asked, use: 'production' }],
  ] as const)('without %s is not made', (field, draft, what) => {
    expect(refusedField(() => applicationOf(draft, what))).toEqual(['JOIN-02', field])
  })
})

describe('a review', () => {
  it.each([
    ['/lotId', { lotId: 'B0002' }],
    ['/use', { use: 'other' }],
    ['/trace/0/verdict', { trace: [{ ...step, verdict: 'maybe' }] }],
  ])('that breaks %s is refused', (field, over) => {
    expect(refusedField(() => review('T1', 'approved', over))).toEqual(['SETUP-07', field])
  })
})

describe('what a lot in a joint test may take', () => {
  const channel = (more: object = {}): void => {
    const own = { format: 'etc-channel', version: 1, appId: 'GX1', url: 'https://p.example' }
    ports.channel = JSON.stringify({ ...own, ...more })
  }
  const take = (): unknown => refusedField(() => service.channel({ file: '/stick/channel.json' }))
  const passed = { ...newJoint('', 0, null), reportId }

  it('a lot without a test channel takes a channel file as before', () => {
    channel()
    expect(take()).toBeNull()
  })

  it('a file that names a report is for the lot that has it', () => {
    channel({ report: reportId })
    expect(take()).toEqual(['JOIN-01', '/report'])
    ports.joined = { ...noJoining, joint: passed }
    expect(take()).toBeNull()
    channel({ report: 'B2'.repeat(16) })
    expect(take()).toEqual(['JOIN-01', '/report'])
  })

  it('before its report none is taken, and the sandbox never', () => {
    ports.sandbox = sandbox
    channel()
    expect(take()).toEqual(['JOIN-01', '/platform'])
    ports.joined = { ...noJoining, joint: passed }
    expect(take()).toBeNull()
    channel(sandbox)
    expect(take()).toEqual(['JOIN-01', '/platform'])
    channel({ use: 'test' })
    expect(take()).toEqual(['SETUP-07', '/use'])
  })

  it('typed into the form it is the same, and a platform that the lot has already stays', () => {
    const platform = { url: 'https://p.example', appId: 'GX1', certDir: '/c', caFile: '/ca.pem' }
    service.save({ charge: { mode: 'card', platform } })
    const { digest } = service.preview()
    service.begin(digest, { by: '店主', reason: '' })
    const [{ config } = { config: null }] = ports.files
    ports.sandbox = sandbox
    expect(refusedField(() => service.preview())).toEqual(['JOIN-01', '/platform'])
    expect(refusedField(() => service.begin(digest, { by: '店主', reason: '' }))).toEqual([
      'JOIN-01',
      '/platform',
    ])
    expect(config).not.toBeNull()
  })
})
