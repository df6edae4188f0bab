// A lot with a dead disk: its copy is restored on another machine, the centre gives the later rows back over real HTTPS from a
// real database, they are proven, and the lot goes on as if its disk had been whole.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { writeAudit } from '../../firmware-runtime/runtime/folder/offline-audit.ts'
import { loadLot } from '../../firmware-runtime/runtime/folder/lot-file.ts'
import { ledgerCommand } from '../../firmware-runtime/cli/ledger.ts'
import { codeOf } from '../kit/refusals.ts'
import { ledgerIn, said } from '../wire/kit/backup-lot.ts'
import { openScene, type Scene } from './door/door-kit.ts'
import { GivenLot } from './given-lot.ts'

let scene: Scene
let lot: GivenLot
let at = 0
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())
beforeEach(() => {
  lot = new GivenLot(scene, `GX${String(++at).padStart(5, '0')}`)
})
afterEach(() => lot.remove())

it('gets its rows back byte for byte, proves them, and goes on', async () => {
  lot.rows(130)
  lot.checkpoint()
  await lot.copy()
  lot.rows(120)
  lot.checkpoint()
  lot.rows(60)
  await lot.send()
  const before = lot.stored()
  expect(before.length).toBeGreaterThan(300)
  lot.lost()
  const restored = await lot.restore()
  const copied = lot.stored(lot.fresh)
  expect(restored).toMatchObject({
    ok: true,
    centre: { url: scene.door.url },
    headSeq: copied.length,
  })
  expect(copied).toEqual(before.slice(0, copied.length))

  const { config } = loadLot(lot.fresh)
  const audit = () => writeAudit(lot.fresh, config, { by: 'owner', reason: 'test' }, 'test')
  expect(codeOf(audit)).toBe('ROWS-10')
  const asked = await lot.fetch('--no-wait')
  expect([asked.code, asked.json]).toMatchObject([1, { ok: false, state: 'pending', rows: 0 }])
  expect(await lot.accept()).toBe(asked.json['digits'])
  const { json } = await lot.fetch('--no-wait')
  const rows = before.length - copied.length
  const span = { rows, fromSeq: copied.length + 1, toSeq: before.length }
  expect(json).toMatchObject({ ok: true, state: 'fetched', ...span, provenSeq: before.length - 61 })
  expect(lot.stored(lot.fresh).slice(0, before.length)).toEqual(before)
  const more = lot
    .stored(lot.fresh)
    .slice(before.length)
    .map((row) => JSON.parse(row) as { kind: string; body: string })
  expect(more[0]?.body).toContain(`ledger.fetchBack ${span.fromSeq}-${span.toSeq}`)
  expect(more[1]?.body).toContain(`backup.restore ${copied.length}`)
  expect(more.at(-1)?.body).toContain('numbersMoved')
  expect(await said(ledgerCommand, ['verify', '--data', lot.fresh])).toMatchObject({ ok: true })

  audit()
  const ledger = ledgerIn(lot.fresh)
  expect(ledger.head.seq).toBe(before.length + more.length + 1)
  ledger.close()
  await lot.send(lot.fresh)
  expect(await scene.cursor(lot.lotId)).toContain(`n1 ${before.length + more.length + 1} `)
  expect(await scene.matters('forked')).toEqual([])
})
