// `etc-lane lot init` of a street: each layout of 7.2 is made whole, and refused with what it lacks.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'
import { runCommand } from '../../../../kit/run-command.ts'

let dir: string
let tariff: string
beforeEach(() => {
  dir = folderOfTest('lot-street-')
  tariff = join(dir, 'own-tariff.json')
  writeFileSync(tariff, JSON.stringify(demoTariff))
})

async function run(...args: string[]): Promise<Record<string, unknown>> {
  try {
    return (await runCommand(lotCommand, args)).json
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { code: error.code, ...error.detail }
  }
}

describe('lot init of a street', () => {
  const table = (...lines: readonly string[]): string => {
    const file = join(dir, 'spaces.csv')
    writeFileSync(file, ['路段,泊位号,排列,检测器,识别桩', ...lines, ''].join('\n'))
    return file
  }
  const rsu = 'tcp://192.168.1.20:9000'
  const made = (layout: string, watch: string, ...more: readonly string[]) =>
    run(
      ...['init', '--data', join(dir, 'street'), '--layout', layout, '--mode', 'production'],
      ...[
        '--charge',
        'online',
        '--offline',
        'settle-later',
        '--lot-id',
        'GX77002',
        '--node-id',
        'a1',
      ],
      ...['--name', '路段', '--tariff', tariff, '--platform', 'https://127.0.0.1:8443'],
      ...['--ca', join(dir, 'ca.pem'), '--certs', join(dir, 'certs'), '--app-id', 'LIVE0001'],
      ...[
        '--spaces',
        table('民族大道,A01,首尾相邻,w/1,'),
        '--space-sensors',
        `w=${watch}`,
        ...more,
      ],
    )
  const gantry = ['--rsu', `gantry=${rsu}`]
  const reader = ['--rsu', `car=${rsu}`, '--reader', 'car=22.8170,108.3660,300']
  const sensor = 'push:nb-iot'

  it.each([
    ['7.2.1', 'push:hikvision', gantry, ['gantry']],
    ['7.2.3', sensor, reader, ['car']],
    ['7.2.4', 'push:hikvision', gantry, ['gantry']],
    [
      '7.2.5',
      sensor,
      [...gantry, '--rsu', 'car=tcp://192.168.1.21:9000', ...reader.slice(2)],
      ['gantry', 'car'],
    ],
  ] as const)('makes %s whole', async (layout, watch, more, lanes) => {
    expect(await made(layout, watch, ...more)).toMatchObject({ ok: true, lanes })
    expect(loadLot(join(dir, 'street')).config.layout).toBe(layout)
  })

  it.each([
    ['7.2.1', sensor, gantry, '/spaces/0/link', 'plates'],
    ['7.2.1', 'push:hikvision', [], '/lanes', 'gantry'],
    ['7.2.2', sensor, [], '/streets', 'pile'],
    ['7.2.3', sensor, [], '/lanes', 'reader'],
    ['7.2.5', sensor, gantry, '/lanes', 'reader'],
  ] as const)(
    'refuses %s that lacks a device (%s %s)',
    async (layout, watch, more, field, value) => {
      expect(await made(layout, watch, ...more)).toMatchObject({ code: 'LOT-02', field, value })
      expect(existsSync(join(dir, 'street', 'lot.json'))).toBe(false)
    },
  )

  it.each(['car', 'car=', 'car=22.8', 'car=91,181,5', '=22.8,108.3,300'])(
    'refuses the fence %s',
    async (fence) => {
      expect(await made('7.2.3', sensor, '--rsu', `car=${rsu}`, '--reader', fence)).toMatchObject({
        code: 'ARG-01',
        field: '--reader',
      })
    },
  )
})
