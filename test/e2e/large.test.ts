// Large amounts in the real window, on a running lot that requires two people for them (5.2.1 d): the evidence is viewed, then the
// car is released to ETC, its plate is corrected, or another payment is taken; a person without the right is refused.
// Takes pictures.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiReply } from '#base/calls/rows.ts'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { ledgerRows } from '../wire/kit/ledger-rows.ts'
import { obu } from '../wire/kit/one-car.ts'
import { nothingFree, RunLot } from '../wire/kit/run-lot.ts'
import {
  goTo,
  removeFolder,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const feeFen = 300
const home = tempFolder()
const lot = new RunLot({ variant: 'generic-bcc', rsuLink: 'tcp', tariff: nothingFree })
const people = [
  { id: 'p1', name: '王老板', role: 'owner', given: 'correct horse', own: 'correct horse' },
  { id: 'p2', name: '李四', role: 'attendant', given: '507382', own: '274916' },
  { id: 'p3', name: '赵工', role: 'installer', given: '618305', own: '940172' },
] as const
type Name = (typeof people)[number]['name']
const ofName = (name: Name) =>
  present(
    people.find((one) => one.name === name),
    name,
  )
let started: Studio | undefined
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const field = (name: string): Locator => page.locator(`[name="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  page.screenshot({ path: join(shotsDir, `large-${name}.png`) })
const blue = (plate: string) => ({ plate, colour: 'blue' })
const taken = (): readonly string[] =>
  ledgerRows(lot.dir).flatMap(({ kind, body }) =>
    kind === 'payment' ? [String((body as { means?: unknown }).means)] : [],
  )

/** A call from the window with this session. */
async function callAt<T>(seat: string, name: string, args: object): Promise<ApiReply<T>> {
  const answer = await fetch(new URL('/v1/call', lot.run.endpoints?.api), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${lot.run.token()}`,
      'content-type': 'application/json',
      'x-etc-lane-seat': seat,
    },
    body: JSON.stringify({ name, args }),
  })
  return (await answer.json()) as ApiReply<T>
}
async function seatOf(personId: string, secret: string): Promise<string> {
  const reply = await callAt<{ token: string }>('', 'people.signIn', { personId, secret })
  return reply.ok ? reply.data.token : reply.error.code
}

/** Adds people; each replaces the given secret, because a secret known to somebody else cannot approve. */
async function addPeople(): Promise<void> {
  for (const { name, role, given } of people)
    await lot.run.call('people.add', { name, role, secret: given })
  for (const { id, given, own } of people.slice(1)) {
    const seat = await seatOf(id, given)
    await callAt(seat, 'people.changeSecret', { before: given, secret: own })
  }
}

async function signIn(name: Name): Promise<void> {
  const { id, own } = ofName(name)
  if (await at('shift').isVisible()) await at('shift').click()
  await at(`person-${id}`).click()
  await field('secret').fill(own)
  await page.keyboard.press('Enter')
  await at('shift').waitFor()
  expect(await at('shift').innerText()).toContain(name)
}

/** The car waits at the exit with an amount above the lot's limit. */
async function waits(plate: string, read = plate): Promise<void> {
  await lot.comes('entry', blue(plate))
  await lot.leaves('entry')
  await lot.comes('exit', blue(read))
  await lot.until('exit', ({ car }) => car?.manual === 'largeAmount')
}

/** Opens the dialog and checks what it shows before a decision. */
async function looks(plate: string): Promise<void> {
  await at('large').click()
  const evidence = at('evidence')
  await evidence.getByText(plate).waitFor()
  await eventually(() => evidence.locator('img').count()).toBe(2)
  const words = await evidence.innerText()
  for (const shown of ['入口照片', '出口照片', '入场', '停留', '¥ 3.00'])
    expect(words).toContain(shown)
}

/** The second person approves by name and secret; returns the first words of a refusal, or nothing. */
async function approves(name: Name): Promise<void> {
  await at('assent').waitFor()
  await field('other').selectOption({ value: ofName(name).id })
  await at('assent').locator('[name="secret"]').fill(ofName(name).own)
  const agree = at('assent').locator('button[type="submit"]')
  if (await agree.isEnabled()) await agree.click()
}

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  await lot.startSims()
  const file = join(lot.dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  const large = { largeAmountFen: feeFen - 1, largeFourEyes: true }
  writeFileSync(file, JSON.stringify({ ...config, ...large }))
  await lot.start('exit')
  await addPeople()
  const studio = await startStudio({ dir: home, args: ['--attach', lot.dir] })
  started = studio
  ;({ page } = studio)
  await page.locator('[data-test="person-p1"]').waitFor()
  await page.evaluate(() => {
    for (const [name, value] of Object.entries({ language: 'zh', theme: 'light' }))
      localStorage.setItem(`studio.${name}`, value)
  })
  await page.reload()
  await setSize(studio, 1366, 768)
})
afterAll(async () => {
  await started?.close()
  await lot.close()
  removeFolder(home)
})

it('who has no right for money sees no such button, and is refused by the lanes', async () => {
  await lot.harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu })
  await waits('测A12345')
  await signIn('赵工')
  await goTo(page, 'lane')
  await at('open').waitFor()
  expect(await at('large').count()).toBe(0)
  await shot('installer')
  const { car } = await lot.lane('exit')
  const seat = await seatOf('p3', ofName('赵工').own)
  const args = { laneId: 'exit', orderId: car?.orderId, amountFen: feeFen }
  const who = { by: '赵工', reason: '核对', commandId: 'large-0001' }
  const refused = await callAt(seat, 'lane.release', { ...args, ...who })
  expect(refused).toMatchObject({ ok: false, error: { code: 'API-02' } })
  expect(taken()).toEqual([])
})

it('the attendant looks at the evidence; alone, and with a wrong secret, nothing goes; with the owner ETC does', async () => {
  await signIn('李四')
  await looks('测A·12345')
  await shot('evidence')
  await field('reason').first().check()
  await at('do').click()
  // The approver sees the car and what it owes.
  const about = at('assent').locator('[data-test="about"]')
  await about.locator('img').waitFor()
  for (const shown of ['测A·12345', '¥ 3.00', '李四'])
    expect(await about.innerText()).toContain(shown)
  // Only people who may approve are offered, and a wrong secret is refused.
  const offered = field('other').locator('option')
  expect(await offered.evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toEqual([
    'p1',
  ])
  await at('assent').locator('[name="secret"]').fill('not this phrase')
  await at('assent').locator('button[type="submit"]').click()
  await at('assent').locator('[role="alert"]').waitFor()
  await shot('refused')
  const agree = at('assent').locator('button[type="submit"]')
  const box = present(await agree.boundingBox(), 'a button')
  expect(box.y + box.height).toBeLessThanOrEqual(768)
  expect(taken()).toEqual([])
  expect((await lot.lane('exit')).car?.manual).toBe('largeAmount')
  await approves('王老板')
  await lot.leaves('exit')
  expect(taken()).toEqual(['etc'])
  const acts = ledgerRows(lot.dir).flatMap(({ kind, body }) =>
    kind === 'audit' ? [body as { act: string; by: string }] : [],
  )
  expect(acts.filter(({ act }) => act.startsWith('lane.release'))).toMatchObject([{ by: '李四' }])
  expect(acts.filter(({ act }) => act.startsWith('people.approved'))).toMatchObject([
    { by: '王老板' },
  ])
})

it('a plate that is wrong is corrected by two people, and the amount of the right car waits to be looked at anew', async () => {
  await lot.comes('entry', blue('测C77777'))
  await lot.leaves('entry')
  await waits('测B12345')
  await looks('测B·12345')
  await at('correct').click()
  await field('plate').fill('测C77777')
  await field('reason').first().check()
  await shot('correct')
  await at('do').click()
  await approves('王老板')
  const right = await lot.until('exit', ({ car }) => car?.plate === '测C77777')
  expect(right.car).toMatchObject({ plateRaw: '蓝测B12345' })
  await lot.until('exit', ({ car }) => car?.manual === 'largeAmount')
  expect(taken()).toEqual(['etc'])
})

it('ETC is rejected for cash: no second person, the drawer is counted; let go for nothing it takes two', async () => {
  await looks('测C·77777')
  await at('reject').click()
  await page.locator('[name="means"][value="free"]').check()
  await field('reason').first().check()
  await at('do').click()
  await at('assent').waitFor()
  await field('other').waitFor()
  await shot('free-needs-two')
  await at('assent').getByRole('button', { name: '取消' }).click()
  await at('assent').waitFor({ state: 'detached' })
  expect(taken()).toEqual(['etc'])
  await page.locator('[name="means"][value="cash"]').check()
  await field('reason').first().check()
  await shot('reject')
  await at('do').click()
  await lot.leaves('exit')
  expect(taken()).toEqual(['etc', 'cash'])
})
