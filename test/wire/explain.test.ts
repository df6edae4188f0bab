// One car of a real lot with a merchant's coupon, explained: in plain words, as a file with proof in which any change
// is detected, and recomputed from that file. The page's Python program gives the same verdict on the file.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TimelineView } from '#lane/calls/views.ts'
import type { CarFile } from '#lane/explain/car-file.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { tcpLot } from './kit/run-lot.ts'

describe('a car that had a coupon and paid the rest by ETC', () => {
  const lot = tcpLot()
  const { dir } = lot
  const place = (name: string): string => join(dir, name)
  let stayId = ''
  let qrText = ''
  beforeAll(async () => {
    await lot.startSims()
    await lot.start('exit')
    const car = { plate, colour: 'blue' }
    await lot.goesIn('entry', car)
    const by = ['--data', dir, '--by', '店主', '--reason', '商户']
    const days = ['--from', '2020-01-01', '--until', '2099-12-31']
    const coupon = ['--merchant', '面馆', '--kind', 'amount', '--value', '100', '--count', '1']
    const issued = await runToEnd(['coupons', 'issue', ...coupon, ...days, ...by])
    const [code = ''] = issued.json['codes'] as string[]
    await runToEnd(['coupons', 'use', '--code', code, '--plate', plate, ...by])
    stayId = (await lot.paysByEtc('exit', car)).stayId
  })
  afterAll(() => lot.close())

  const explain = (...words: string[]) => runToEnd(['explain', ...words])
  const given = ['--by', '王老板', '--reason', '车主有异议']
  const fileTo = (to: string, ...more: string[]) =>
    explain('file', '--data', dir, '--stay', stayId, '--to', place(to), ...more, ...given)
  const carIn = (name: string): CarFile =>
    JSON.parse(readFileSync(place(name), 'utf8').split('\n')[0] ?? '') as CarFile
  const withCar = (name: string, change: (car: CarFile) => object): void => {
    const [, proof = ''] = readFileSync(place('whole.etccar'), 'utf8').split('\n')
    writeFileSync(place(name), `${JSON.stringify(change(carIn('whole.etccar')))}\n${proof}\n`)
  }

  it('is told in plain words and in the order of time', async () => {
    const { code, json } = await explain('show', '--data', dir, '--stay', stayId)
    expect(code).toBe(0)
    const view = json as unknown as TimelineView
    expect(view.why.map(({ topic }) => topic)).toEqual([
      'price',
      'byHand',
      'paid',
      'barrier',
      'upload',
    ])
    expect(view.why[0]?.title.zh).toBe('为什么是 ¥ 2.00')
    expect(view.story.length).toBe(
      view.rows.length + view.events.length + view.frames.length + view.turns.length,
    )
    expect(view.frames.length).toBeGreaterThan(3)
    expect(new Set(view.turns.map(({ laneId }) => laneId))).toEqual(new Set(['entry', 'exit']))
  })

  it('is one file, masked or whole, that holds against the key and the head of its day', async () => {
    const receipt = await runToEnd(['receipt', 'give', '--data', dir, '--stay', stayId])
    expect(receipt).toMatchObject({ code: 0, json: { amountFen: 200, means: 'etc' } })
    qrText = String(receipt.json['qrText'])
    expect(await fileTo('masked.etccar')).toMatchObject({
      code: 0,
      json: { isMasked: true, differences: 0 },
    })
    expect(await fileTo('whole.etccar', '--whole')).toMatchObject({
      code: 0,
      json: { isMasked: false, differences: 0 },
    })
    const text = readFileSync(place('masked.etccar'), 'utf8')
    const inHex = Buffer.from(plate).toString('hex').toUpperCase()
    for (const secret of [plate, inHex, obu.cardNo, obu.cardNo.slice(4)])
      expect(text).not.toContain(secret)
    for (const told of [plate, inHex])
      expect(readFileSync(place('whole.etccar'), 'utf8')).toContain(told)
    const { day } = carDay('masked.etccar')
    const head = await runToEnd(['receipt', 'day', '--data', dir, '--day', String(day)])
    writeFileSync(place('day.json'), JSON.stringify(head.json))
    for (const name of ['masked.etccar', 'whole.etccar']) {
      const words = ['check', place(name), '--data', dir, '--head', place('day.json')]
      expect(await explain(...words)).toMatchObject({
        code: 0,
        json: { ok: true, stayId, dayHead: day },
      })
      const python = inPython(place(name))
      expect([python.status, python.stderr]).toEqual([0, ''])
    }
    expect(await fileTo('whole.etccar')).toMatchObject({ json: { error: { code: 'FILE-03' } } })
  })

  it('a file that is none is refused in each language by its own words', async () => {
    writeFileSync(place('none.etccar'), '{}')
    const { code, stderr } = await runToEnd(['replay', 'explained', place('none.etccar')])
    const [zh, en] = stderr.split('\n')
    expect([code, zh, en]).toEqual([
      2,
      expect.stringContaining('不是 explain file 写的文件'),
      expect.stringContaining('not a file of `explain file`'),
    ])
  })

  it('comes out the same when it is made again from either file', async () => {
    const prices = { priced: 1, left: 0, differences: [] }
    for (const name of ['masked.etccar', 'whole.etccar']) {
      const again = await runToEnd(['replay', 'explained', place(name)])
      expect(again).toMatchObject({ code: 0, json: { ok: true, stayId, differences: [], prices } })
    }
  })

  it('shows what was changed: by its digest, and by what the tables do now', async () => {
    withCar('other.etccar', (car) => ({
      ...car,
      turns: car.turns.map((turn) =>
        turn.event.type === 'plate' ? { ...turn, event: { ...turn.event, photo: 'other' } } : turn,
      ),
    }))
    expect(carIn('other.etccar')).not.toEqual(carIn('whole.etccar'))
    expect(await explain('check', place('other.etccar'), '--data', dir)).toMatchObject({
      code: 1,
      json: { ok: false, code: 'RECEIPT-11', reason: 'changed' },
    })
    expect(inPython(place('other.etccar')).stderr).toContain('the car was changed')
    const again = await runToEnd(['replay', 'explained', place('other.etccar')])
    expect(again.code).toBe(1)
    expect(again.json['differences']).not.toEqual([])
    // Half of the coupon removed: the recomputed price differs.
    withCar('price.etccar', (car) => ({
      ...car,
      rows: car.rows.map((row) =>
        row.kind === 'orderMade'
          ? {
              ...row,
              body: {
                ...row.body,
                lines: row.body.lines.map((line) =>
                  line.rule === 'coupon' ? { ...line, amountFen: -50 } : line,
                ),
              },
            }
          : row,
      ),
    }))
    const priced = await runToEnd(['replay', 'explained', place('price.etccar')])
    expect(priced).toMatchObject({ code: 1, json: { prices: { priced: 1 } } })
    expect((priced.json['prices'] as { differences: object[] }).differences).toHaveLength(1)
  })

  it('has a receipt that holds without the running lot, with the head of its day', async () => {
    await lot.run.stop('SIGTERM')
    const key = ['--data', dir, '--head', place('day.json')]
    const verified = await runToEnd(['receipt', 'verify', qrText, ...key])
    expect(verified).toMatchObject({ code: 0, json: { ok: true, stayId, plate } })
    const forged = await runToEnd(['receipt', 'verify', `${qrText.slice(0, -3)}000`, ...key])
    expect(forged).toMatchObject({
      code: 1,
      json: { ok: false, code: 'RECEIPT-11', reason: 'forged' },
    })
  })

  const carDay = (name: string): { day: number } =>
    JSON.parse(readFileSync(place(name), 'utf8').split('\n')[1] ?? '') as { day: number }

  function inPython(file: string) {
    const page = readFileSync(new URL('../../docs/car-format.md', import.meta.url), 'utf8')
    const [, program = ''] = /```python\n([\s\S]*?)```/.exec(page) ?? []
    return spawnSync('python3', ['-c', program, file], { encoding: 'utf8' })
  }
})
