// The streets of an open car park in the set-up: spaces typed as a range, sensors and piles pasted as columns, or a table.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { alongKerb, r12Drawing, r2000Drawing, usualLayer } from '../../../kit/dxf-file.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { fill, named, one, all, pick, press, settle, textOf, type } from '../../kit/page.ts'
import { openDraft, openSetup } from './setup-page.ts'

const columnOf = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i + 1)).join('\n')

async function opened(draft: SetupDraft = wholeDraft) {
  const { ports } = await openDraft(draft)
  await press('row-lot')
  return () => ports.draft.read()
}

async function bring(text: string): Promise<void> {
  const picker = one(named('spaces-file')) as HTMLInputElement
  const files = [new File([text], 'spaces.csv')]
  Object.defineProperty(picker, 'files', { value: files, configurable: true })
  picker.dispatchEvent(new Event('change'))
  await settle()
}

it('a street of 40 spaces with piles takes a layout, a name, a range, two columns and a link', async () => {
  const draft = await opened()
  await pick('[name="openLayout"]', '7.2.2')
  await fill('street-0-name', '民族大道')
  await fill('street-0-spaces', 'A01-A20\nA21-A40')
  await fill(
    'street-0-sensors',
    columnOf(40, (n) => `8630${n}`),
  )
  await fill(
    'street-0-piles',
    columnOf(40, (n) => `tcp://192.168.1.${n}:9000`),
  )
  await pick('[name="source-mag-how"]', 'push:nb-iot')
  const { lot, open } = draft() ?? {}
  const [street] = open?.streets ?? []
  expect([open?.layout, street?.name, street?.stand, street?.spaces.length]).toEqual([
    '7.2.2',
    '民族大道',
    'parallel',
    40,
  ])
  expect(street?.spaces[20]).toEqual({
    id: 'A21',
    isApart: true,
    sensor: 'mag/863021',
    pile: 'tcp://192.168.1.21:9000',
  })
  expect(open?.sensors).toEqual([{ id: 'mag', link: 'push:nb-iot', spaces: {} }])
  expect([lot?.lanes, lot?.spaces]).toEqual([[], { ordinary: 30, charging: 8, special: 2 }])
  expect(textOf('street-0-count')).toBe('40 个泊位，40 个检测器，40 个识别桩')
  expect(all(named('add-gantry'))).toEqual([])
})

it('a layout with gantries and a patrol car has one of each to begin with, and no piles', async () => {
  const draft = await opened()
  await pick('[name="openLayout"]', '7.2.5')
  await press('add-gantry')
  expect(draft()?.lot?.lanes.map(({ id, layout }) => [id, layout])).toEqual([
    ['gantry', '7.2.5'],
    ['reader', '7.2.5'],
    ['gantry-2', '7.2.5'],
  ])
  expect(all('[name="street-0-piles"]')).toEqual([])
  await pick('[name="openLayout"]', '')
  expect([draft()?.open, draft()?.lot?.lanes]).toEqual([null, []])
})

it.each([
  ['A40-A01', /写作 A01-A40/],
  ['A01-A03, A02', /A02 写了两次/],
  ['东1-东9', /写作 A01-A40/],
])('%s is refused beside its field, and the spaces stay as they were', async (typed, said) => {
  const draft = await opened()
  await pick('[name="openLayout"]', '7.2.2')
  await fill('street-0-spaces', 'A01-A03')
  await fill('street-0-spaces', typed)
  expect(textOf('streets')).toMatch(said)
  expect(draft()?.open?.streets[0]?.spaces).toHaveLength(3)
})

it('more sensors than spaces are said', async () => {
  await opened()
  await pick('[name="openLayout"]', '7.2.3')
  await fill('street-0-spaces', 'A01-A03')
  await fill('street-0-sensors', '1\n2\n3\n4')
  expect(textOf('streets')).toContain('写了 4 个，泊位只有 3 个')
})

it('a table replaces the streets; a faulty one is shown by line and changes nothing', async () => {
  const draft = await opened()
  await pick('[name="openLayout"]', '7.2.2')
  await bring('路段,泊位号,检测器\n民族大道,A1,mag/1\n古城路,B1,mag/2\n')
  await eventually(() => draft()?.open?.streets.map(({ name }) => name)).toEqual([
    '民族大道',
    '古城路',
  ])
  expect(textOf('streets')).toContain('读到 2 个路段、2 个泊位')
  expect((one('[name="street-1-sensors"]') as HTMLTextAreaElement).value).toBe('mag/2')
  await bring('路段,泊位号\n民族大道,A1\n民族大道,A1\n')
  await eventually(() => textOf('streets')).toContain('第 3 行')
  expect(draft()?.open?.streets).toHaveLength(2)
})

const openOf = (layout: string): SetupDraft => ({
  ...wholeDraft,
  lot: { ...wholeDraft.lot, spaces: { ordinary: 2, charging: 0, special: 0 }, lanes: [] },
  open: {
    layout,
    streets: [
      {
        name: '民族大道',
        stand: 'parallel',
        spaces: [
          { id: 'A01', sensor: 'mag/1' },
          { id: 'A02', sensor: 'mag/2' },
        ],
      },
    ],
    sensors: [{ id: 'mag', link: 'push:nb-iot', spaces: {} }],
  },
})

it('what stands along a street is stated once, judged beside its form, and kept by the other forms', async () => {
  const { ports } = await openDraft(openOf('7.2.3'))
  const siting = () => ports.draft.read()?.open?.streets[0]?.siting
  await press('row-devices')
  one(`${named('siting-street-0')} summary`).click()
  const clause = () => one(`${named('siting-street-0')} ${named('clause-sensorFlush')}`).innerText
  expect(all(`${named('siting-street-0')} svg .sensor`)).toHaveLength(3)
  expect(clause()).toContain('未知')
  await pick('[name="street-0-sensorFlush"]', 'no')
  expect(siting()).toEqual({ measures: { sensorFlush: false } })
  expect(clause()).toContain('不通过')
  expect(textOf('row-devices')).toContain('7.2.3 a')
  await pick('[name="street-0-sensorFlush"]', 'yes')
  expect(clause()).toContain('2 个泊位中 2 个')
  await press('row-lot')
  await fill('street-0-spaces', 'A01-A05')
  expect(ports.draft.read()?.open?.streets[0]?.spaces).toHaveLength(5)
  expect(siting()).toEqual({ measures: { sensorFlush: true } })
  await press('row-devices')
  await pick('[name="street-0-sensorFlush"]', '')
  expect(siting()).toEqual({ measures: {} })
})

it.each([
  ['7.2.1', { space: 3, gantry: 2, highCamera: 1 }],
  ['7.2.2', { space: 3, sensor: 3, pile: 3 }],
  ['7.2.4', { space: 3, gantry: 2, roadCamera: 3 }],
  ['7.2.5', { space: 3, gantry: 2, sensor: 3, patrolCar: 1 }],
])('%s has a drawing of its own with %o', async (layout, parts) => {
  const { lot } = await openDraft(openOf(layout))
  await press('row-devices')
  const drawn = lot.setup?.get().layouts.find((choice) => choice.layout === layout)?.open?.picture
  const counts = Object.entries(Object.groupBy(drawn ?? [], ({ part }) => part)).map(
    ([part, of = []]) => [part, of.length],
  )
  expect(Object.fromEntries(counts)).toEqual(parts)
  expect(all(`${named('siting-street-0')} svg .space`)).toHaveLength(3)
  expect(all(`${named('siting-street-0')} svg .beam`).length).toBe(
    layout === '7.2.2' ? 0 : layout === '7.2.1' ? 3 : 2,
  )
})

it.each(['7.2.2', '7.2.3'])(
  '%s closes the charge of cards, and keeps that answer',
  async (layout) => {
    const draft = await opened()
    await pick('[name="openLayout"]', layout)
    await press('row-charge')
    const radio = (name: string, value: string): HTMLInputElement =>
      one(`[name="${name}"][value="${value}"]`) as HTMLInputElement
    expect([radio('mode', 'card').disabled, radio('mode', 'online').checked]).toEqual([true, true])
    expect([radio('platform', 'true').disabled, radio('platform', 'false').checked]).toEqual([
      true,
      true,
    ])
    expect(textOf('form-charge')).toContain(`布局 ${layout} 只能由平台扣费`)
    await fill('url', 'https://p.example')
    expect(draft()?.charge).toMatchObject({ mode: 'card', platform: { url: 'https://p.example' } })
    await press('row-offline')
    expect(radio('policy', 'accept-within-caps').disabled).toBe(true)
    await press('row-lot')
    await pick('[name="openLayout"]', '7.2.1')
    await press('row-charge')
    expect([radio('mode', 'card').disabled, radio('mode', 'card').checked]).toEqual([false, true])
  },
)

it('a patrol car takes an antenna and a fence; what is no fence is refused beside it', async () => {
  const draft = await opened()
  await pick('[name="openLayout"]', '7.2.5')
  await fill('open-gantry-rsu', 'tcp://192.0.2.20:9000')
  await fill('reader-fence', '22.8, 108.3')
  expect(textOf('open-lanes')).toContain('圆写一行')
  expect(draft()?.lot?.lanes[1]?.reader?.fence).toBe(null)
  await fill('reader-fence', '22.806123, 108.366543, 120')
  await fill('open-reader-rsu', 'tcp://192.0.2.21:9000')
  await fill('reader-gnss', 'tcp://192.0.2.22:2947')
  await fill('lane-reader', '一号车')
  const { lot, devices } = draft() ?? {}
  expect(lot?.lanes[1]).toEqual({
    id: 'reader',
    name: '一号车',
    layout: '7.2.5',
    direction: 'exit',
    reader: {
      fence: {
        shape: 'circle',
        center: { latMicrodeg: 22_806_123, lonMicrodeg: 108_366_543 },
        radiusM: 120,
      },
      gnss: 'tcp://192.0.2.22:2947',
      marginM: null,
      staleSec: null,
    },
  })
  expect(Object.entries(devices?.lanes ?? {}).map(([id, { rsu }]) => [id, rsu])).toContainEqual([
    'reader',
    'tcp://192.0.2.21:9000',
  ])
})

it('a drawing of 40 spaces is read from its path; one with a number twice changes nothing', async () => {
  const draft = await opened()
  await pick('[name="openLayout"]', '7.2.3')
  const dir = folderOfTest('etc-drawing-')
  const file = join(dir, 'street.dxf')
  writeFileSync(file, r2000Drawing(alongKerb(40, 15)))
  await fill('drawing-file', file)
  await press('import-drawing')
  await eventually(() =>
    draft()?.open?.streets.map(({ name, spaces }) => [name, spaces.length]),
  ).toEqual([[usualLayer, 40]])
  expect(textOf('streets')).toContain('读到 1 个路段、40 个泊位')
  writeFileSync(file, r12Drawing([...alongKerb(2, 0), { id: 'A02', x: 99, y: 0 }]))
  await press('import-drawing')
  await eventually(() => textOf('streets')).toContain('泊位号重复')
  expect(textOf('streets')).toContain('A02')
  await fill('drawing-layer', '停车')
  await press('import-drawing')
  await eventually(() => textOf('streets')).toContain('没有找到泊位')
  expect(draft()?.open?.streets[0]?.spaces).toHaveLength(40)
})

it('while a drawing is read nothing can be typed that it replaces, and a layer that is typed then counts', async () => {
  const { lot, ports } = await openDraft(wholeDraft)
  await press('row-lot')
  await pick('[name="openLayout"]', '7.2.3')
  const file = join(folderOfTest('etc-drawing-'), 'street.dxf')
  writeFileSync(file, r2000Drawing(alongKerb(40, 15)))
  let release: () => void = () => undefined
  lot.waits.set('setup.spaces', new Promise<void>((done) => (release = done)))
  await fill('drawing-file', file)
  const isClosed = (): boolean => one(`${named('streets')} fieldset`).hasAttribute('disabled')
  const ordinary = one('[name="ordinary"]') as HTMLInputElement
  expect(isClosed()).toBe(true)
  await fill('drawing-layer', '没有这一层')
  await type('[name="ordinary"]', '77')
  release()
  await eventually(() => lot.argsOf('setup.spaces')).toEqual([
    { file },
    { file, layer: '没有这一层' },
  ])
  await eventually(() => textOf('streets')).toContain('没有找到泊位')
  await eventually(isClosed).toBe(false)
  expect(ordinary.value).toBe('77')
  expect(ports.draft.read()?.open?.streets[0]?.spaces).toHaveLength(40)
})

it('a street of cameras: spaces by runs, a camera that pushes, one with a login and its password', async () => {
  const draft = await opened()
  await pick('[name="openLayout"]', '7.2.4')
  await fill('street-0-spaces', 'A01-A08')
  await fill('street-0-sensors', 'cam/1-4\n\ncam-2/11 至 13\ncam-2/11-12')
  expect(textOf('streets')).toContain('写了 10 个，泊位只有 8 个')
  await fill('street-0-sensors', 'cam/1-4\n\ncam-2/11-13')
  expect(draft()?.open?.streets[0]?.spaces.map(({ sensor }) => sensor)).toEqual([
    ...['cam/1', 'cam/2', 'cam/3', 'cam/4', undefined],
    ...['cam-2/11', 'cam-2/12', 'cam-2/13'],
  ])
  expect(textOf('row-lot')).toContain('泊位相机的接入')
  await pick('[name="source-cam-how"]', 'push:hikvision')
  expect(textOf('row-lot')).toContain('泊位相机的接入')
  await press('add-source')
  expect(draft()?.open?.sensors.map(({ id, link }) => [id, link])).toEqual([
    ['cam', 'push:hikvision'],
    ['cam-2', 'push:hikvision'],
  ])
  expect(textOf('row-lot')).not.toContain('泊位相机的接入')
  await pick('[name="source-cam-2-how"]', 'dahua')
  expect(draft()?.open?.sensors[1]?.link).toBe('')
  await fill('cam-2-cameraAt', '192.0.2.64')
  expect(draft()?.open?.sensors[1]?.link).toBe('dahua://192.0.2.64?user=admin&secret=camera-cam-2')
  expect(textOf('camera-password-cam-2')).toContain('还没有密码')
  await fill('cam-2-cameraPassword', 'not-in-the-link')
  await press('keep-camera-cam-2')
  expect(textOf('camera-password-cam-2')).toContain('密码已封存')
  expect(JSON.stringify(draft())).not.toContain('not-in-the-link')
})

it('what the columns do not show stays with its space when they are typed anew', async () => {
  const space = {
    id: 'A01',
    sensor: 'mag/1',
    witness: 'radar/1',
    position: { latMicrodeg: 1, lonMicrodeg: 2, accuracyM: 3 },
  }
  const draft = openOf('7.2.3')
  const [street] = draft.open?.streets ?? []
  if (street === undefined || !draft.open) throw new Error('the draft has a street')
  const read = await opened({
    ...draft,
    open: { ...draft.open, streets: [{ ...street, spaces: [space] }] },
  })
  await fill('street-0-sensors', '7')
  await fill('street-0-spaces', 'A01-A02')
  expect(read()?.open?.streets[0]?.spaces).toEqual([{ ...space, sensor: 'mag/7' }, { id: 'A02' }])
})

it.each([
  ['7.2.4', 'push:hikvision'],
  ['7.2.3', 'push:nb-iot'],
  ['7.2.2', 'push:nb-iot'],
])(
  '%s: a watcher that pushes by %s asks for a network card, and says its address',
  async (layout, link) => {
    const { open, ...draft } = openOf(layout)
    const sensors = [{ id: 'mag', link, spaces: {} }]
    const ports = new MemoryPorts({
      ...draft,
      devices: { lanes: {}, intake: null },
      open: { layout, streets: [], ...open, sensors },
    })
    const card = { name: 'eth', prefix: 24, loopback: false }
    ports.cards = () => ['192.0.2.10', '192.0.2.11'].map((address) => ({ ...card, address }))
    await openSetup(new SetupService(ports))
    await press('row-devices')
    expect(textOf('row-devices')).toContain('网卡')
    await pick('[name="card"]', '192.0.2.10')
    const intake = { host: '192.0.2.10', port: 18_080, cameras: [] }
    expect(ports.draft.read()?.devices?.intake).toEqual(intake)
    expect(textOf('push-mag')).toContain('http://192.0.2.10:18080/')
    expect(textOf('row-devices')).not.toContain('网卡')
    await fill('cameras', '192.0.2.64, 192.0.2.65')
    expect(ports.draft.read()?.devices?.intake?.cameras).toEqual(['192.0.2.64', '192.0.2.65'])
  },
)
