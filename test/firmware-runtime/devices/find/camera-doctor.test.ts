// The doctor of a queried camera, on scripted answers: each reason with its own code, and a wrong password tried only once.
// Against a camera's simulator: test/wire/find.test.ts.
import { systemText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import { checkCamera } from '#devices/find/camera-doctor.ts'
import type { CameraReportView } from '#devices/calls/find-views.ts'
import type { HttpStreamRequest } from '#devices/ports/http-stream.ts'
import { parseCameraLink, type SubscribedCamera } from '#devices/pure/camera/camera-link.ts'
import { FindBench } from './bench.ts'

const digest = 'Digest realm="IP Camera(1)", nonce="4e6a41", qop="auth"'
const link = 'hikvision://192.168.1.64?user=admin&secret=cam'
const target = parseCameraLink(link) as SubscribedCamera

type Answer = { readonly status: number; readonly challenge?: string } | { readonly lost: string }

class Camera extends FindBench {
  readonly asked: HttpStreamRequest[] = []
  /** Null: no answer. */
  answer: (proven: boolean) => Answer | null = () => ({ status: 200 })
  password: string | null = 'proof'

  look(): Promise<CameraReportView> {
    const { mono, outside } = this
    const work = checkCamera(
      {
        mono,
        machine: outside.machine,
        sign: () => this.password,
        http: {
          request: (request, handlers) => {
            this.asked.push(request)
            const answer = this.answer('authorization' in request.headers)
            setImmediate(() => {
              if (answer === null) return
              if ('lost' in answer) handlers.lost(systemText(answer.lost))
              else {
                const { status, challenge } = answer
                handlers.head(
                  status,
                  challenge === undefined ? {} : { 'www-authenticate': challenge },
                )
              }
            })
            return () => undefined
          },
          close: () => Promise.resolve(),
        },
      },
      target,
      link,
    )
    return this.run(work)
  }
}

const codes = ({ findings }: CameraReportView): string[] => findings.map(({ code }) => code)
const near = [{ name: 'eth0', address: '192.168.1.20', prefix: 24, loopback: false }]

describe('a camera that is asked', () => {
  it('with the right password has nothing wrong, and is asked twice', async () => {
    const camera = new Camera()
    camera.answer = (proven) => (proven ? { status: 200 } : { status: 401, challenge: digest })
    const report = await camera.look()
    expect([report.ok, report.status, codes(report)]).toEqual([true, 200, []])
    expect(camera.asked.map(({ headers }) => 'authorization' in headers)).toEqual([
      ...[false, true, true],
    ])
  })
  it('with a wrong one is told so, after a single proof', async () => {
    const camera = new Camera()
    camera.answer = () => ({ status: 401, challenge: digest })
    const report = await camera.look()
    expect([report.ok, codes(report)]).toEqual([false, ['FIND-14']])
    expect(camera.asked.filter(({ headers }) => 'authorization' in headers)).toHaveLength(1)
  })
  it.each(['Basic realm="cam"', '', 'Digest realm="cam"'])(
    'that offers no Digest (%j) never gets the password',
    async (challenge) => {
      const camera = new Camera()
      camera.answer = () => ({ status: 401, challenge })
      const report = await camera.look()
      expect([report.ok, codes(report)]).toEqual([false, ['FIND-16']])
      expect(camera.asked).toHaveLength(1)
      expect(JSON.stringify(camera.asked)).not.toContain('proof')
    },
  )
  it('without a password here says that, and proves nothing', async () => {
    const camera = new Camera()
    camera.password = null
    camera.answer = () => ({ status: 401, challenge: digest })
    const report = await camera.look()
    expect(report.findings).toMatchObject([{ code: 'FIND-14', note: 'no password is saved' }])
    expect(camera.asked).toHaveLength(1)
  })
  it.each([
    ['connect ECONNREFUSED 192.168.1.64:80', near, ['FIND-12']],
    ['connect ETIMEDOUT', near, ['FIND-13']],
    ['connect ETIMEDOUT', [], ['FIND-11', 'FIND-13']],
  ])('not reached (%s): why, and whether a card is near it', async (lost, cards, expected) => {
    const camera = new Camera()
    camera.cards = cards
    camera.answer = () => ({ lost })
    expect(codes(await camera.look())).toEqual(expected)
  })
  it('that says nothing is given up in time', async () => {
    const camera = new Camera()
    camera.cards = near
    camera.answer = () => null
    expect(codes(await camera.look())).toEqual(['FIND-13'])
    expect(camera.mono.us).toBeLessThan(6_000_000)
  })
})
