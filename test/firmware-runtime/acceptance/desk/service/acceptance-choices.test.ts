// What selects the items of a run and the platform it queries: the lot's declaration, and another platform that the run is
// aimed at.
import { describe, expect, it } from 'vitest'
import { features } from '#acceptance/pure/declaration.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { declaration, opened } from './acceptance-kit.ts'

describe('what the lot declares', () => {
  it('is kept with the run and shown, and items that it leaves out say so', async () => {
    const { service, session } = opened()
    await service.run({ item: 'E1' })
    const view = await service.ended()
    expect(view.declaration.map(({ id }) => id)).toEqual(declaration.features)
    expect(session().declaration).toEqual(declaration)
    const awayOf = (id: string) => view.items.find((item) => item.id === id)?.away?.en
    expect([awayOf('R3'), awayOf('E4')]).toEqual([undefined, undefined])
    expect(awayOf('G2')).toContain(features.operator.en)
  })

  it('is taken anew by a run that goes on', async () => {
    let own = declaration
    const { service, session } = opened({ declaration: () => own })
    await service.run({ item: 'E1' })
    await service.ended()
    own = { features: [...own.features, 'operator'] }
    await service.run({ item: 'E1' })
    await service.ended()
    expect(session().declaration).toEqual(own)
  })

  it('is refused where it is nothing, and nothing is judged', async () => {
    const nothing = () => ({ features: ['card', 'exit'] as const })
    const { service, judged, session } = opened({ declaration: nothing })
    await expect(service.run({})).rejects.toMatchObject({ code: 'ACCEPT-07' })
    expect([judged, session().sessionId]).toEqual([[], null])
  })
})

describe('aimed at another platform', () => {
  const platform = { url: 'https://h:1', caFile: '/ca.pem', credentials: '/channel.json' }
  const line = {
    atIso: '2026-03-02T08:00:00.000+08:00',
    interfaceId: 'list',
    what: 'right',
    requestId: null,
    ok: true,
    said: '',
  } as const
  const reportId = 'A'.repeat(32)

  it('it tests jointly before anything is judged, keeps each exchange, and not again once it passed', async () => {
    let tests = 0
    const { service, session, judged } = opened({
      joint: (aim, state) => {
        tests++
        expect([aim.url, judged]).toEqual([platform.url, []])
        state.keep({ ...state.read(), lines: [line] })
        expect(session().aim?.joint.lines).toEqual([line])
        state.keep({ ...state.read(), reportId })
        return { ended: Promise.resolve(), stop: () => undefined }
      },
    })
    await service.run({ item: 'E1', platform })
    const { asked } = await service.ended()
    expect([asked?.url, judged]).toEqual([platform.url, [['E1']]])
    await service.run({ item: 'E1' })
    await service.ended()
    expect([tests, judged.length, session().aim?.joint.reportId]).toEqual([1, 2, reportId])
  })

  it('nothing is judged where it does not answer, and a run that goes on asks it again', async () => {
    const silent = new LaneFault('ACCEPT-10', { note: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    const { service, judged, session } = opened({
      joint: () => ({ ended: Promise.reject(silent), stop: () => undefined }),
    })
    await service.run({ appendix: 'H', platform })
    await expect(service.ended()).rejects.toMatchObject({ code: 'ACCEPT-10' })
    expect([judged, session().waiting]).toEqual([[], ['H1', 'H2']])
  })

  it('a stop ends the joint test, and nothing is judged behind it', async () => {
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    const { service, judged } = opened({ joint: () => ({ ended, stop: resolve }) })
    await service.run({ item: 'E1', platform })
    await service.stop()
    await service.ended()
    expect(judged).toEqual([])
  })

  it('a run keeps to what it was aimed at, and never plants a fault there', async () => {
    const { service, session } = opened()
    await service.run({ item: 'E1' })
    await service.ended()
    const other = {
      code: 'ACCEPT-04',
      detail: { field: '/platform', value: '', note: platform.url },
    }
    await expect(service.run({ platform })).rejects.toMatchObject(other)
    await service.run({ item: 'E1', platform, isAnew: true })
    await service.ended()
    for (const name of ['url', 'caFile', 'credentials'])
      await expect(
        service.run({ platform: { ...platform, [name]: 'https://else' } }),
      ).rejects.toMatchObject({ code: 'ACCEPT-04' })
    const plants = { say: () => Promise.resolve(true), pause: () => Promise.resolve() }
    const { service: red } = opened({ plants })
    await expect(red.run({ isRed: true, platform })).rejects.toMatchObject({ code: 'ACCEPT-03' })
    await service.run({ item: 'E1', isAnew: true })
    await service.ended()
    expect(session().aim).toBeNull()
  })

  it('a run that stands already does not hide what is wrong with the address', async () => {
    const aim = () => {
      throw new LaneFault('ARG-01', { field: '--platform' })
    }
    const { service } = opened({ aim })
    await service.run({ item: 'E1' })
    await service.ended()
    await expect(service.run({ platform })).rejects.toMatchObject({ code: 'ARG-01' })
  })

  it('is refused again by whoever goes on where it may not be asked', async () => {
    const { service, ports } = opened()
    await service.run({ item: 'E1', platform })
    await service.ended()
    const { service: lanes } = opened({
      ...ports,
      aim: () => {
        throw new LaneFault('ACCEPT-09')
      },
    })
    await expect(lanes.run({ item: 'E1' })).rejects.toMatchObject({ code: 'ACCEPT-09' })
    await expect(lanes.run({ platform, isAnew: true })).rejects.toMatchObject({ code: 'ACCEPT-09' })
    await lanes.run({ item: 'E1', isAnew: true })
    expect((await lanes.ended()).asked).toBeNull()
  })
})
