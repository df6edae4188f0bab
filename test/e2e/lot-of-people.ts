// A running lot with a gateway in its own process, an owner and an attendant with a PIN of the own, and two cars that have
// paid: by code, and by ETC. Used by the tests of the day and of the jobs.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { present } from '#base/pure/values/must.ts'
import { Program } from '../wire/kit/live-program.ts'
import { obu } from '../wire/kit/one-car.ts'
import { nothingFree, RunLot } from '../wire/kit/run-lot.ts'

const ownerSecret = 'correct horse'
const givenPin = '507382'
export const pin = '274916'

export class LotOfPeople {
  readonly lot = new RunLot({ variant: 'generic-bcc', rsuLink: 'tcp', tariff: nothingFree })
  /** Address of the gateway's controls. */
  admin = ''

  gateway(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.admin}${path}`, { method: 'POST', body: JSON.stringify(body) })
  }

  /** A car comes in, its tag is not read, it pays by code and leaves. */
  private async carPaysByCode(): Promise<void> {
    const car = { plate: '测A12345', colour: 'blue' }
    await this.lot.until('entry', ({ state }) => state === 'idle')
    await this.lot.comes('entry', car)
    await this.lot.leaves('entry')
    await this.lot.until('exit', ({ state }) => state === 'idle')
    await this.lot.comes('exit', car)
    const { payCode } = await this.lot.until('exit', (lane) => lane.payCode !== undefined)
    const outTradeNo = present(/[^/]+$/.exec(payCode?.text ?? ''), 'its number')[0]
    await this.gateway('/pay', { outTradeNo, do: 'now' })
    await this.lot.leaves('exit')
  }

  /** Another car is charged by ETC through the platform. */
  private async carPaysByEtc(): Promise<void> {
    const car = { plate: '测B12345', colour: 'blue' }
    await this.lot.comes('entry', car)
    await this.lot.leaves('entry')
    const antenna = present(this.lot.harness.sims('exit').rsu, 'an antenna')
    await antenna.admin('POST', '/cars', { ...obu, ...car })
    await this.lot.comes('exit', car)
    await this.lot.leaves('exit')
  }

  /** A call from the window with this session. */
  async callAt<T>(seat: string, name: string, args: object): Promise<T> {
    const answer = await fetch(new URL('/v1/call', this.lot.run.endpoints?.api), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.lot.run.token()}`,
        'content-type': 'application/json',
        'x-etc-lane-seat': seat,
      },
      body: JSON.stringify({ name, args }),
    })
    return ((await answer.json()) as { data: T }).data
  }

  /** The second person sets a PIN at the first sign-in: a PIN set by somebody else cannot approve. */
  private async setsOwnPin(): Promise<void> {
    const given = { personId: 'p2', secret: givenPin }
    const { token } = await this.callAt<{ token: string }>('', 'people.signIn', given)
    const changed = await this.callAt<{ token: string }>(token, 'people.changeSecret', {
      before: givenPin,
      secret: pin,
    })
    await this.callAt(changed.token, 'people.signOut', {})
  }

  async start(): Promise<void> {
    const sim = new Program(['payment-sim', '--listen', 'https://127.0.0.1:0'])
    const { endpoints } = await sim.line(({ event }) => event === 'ready')
    const found = endpoints as Record<
      'baseUrl' | 'caFile' | 'keyFile' | 'merchantNo' | 'admin',
      string
    >
    this.admin = found.admin
    await this.lot.startSims()
    const file = join(this.lot.dir, 'lot.json')
    const { baseUrl: url, caFile, merchantNo } = found
    const config = JSON.parse(readFileSync(file, 'utf8')) as object
    const own = { gateway: { url, caFile, merchantNo, secret: 'gateway' } }
    writeFileSync(file, JSON.stringify({ ...config, ...own }))
    const keys = readFileSync(found.keyFile, 'utf8').trim()
    secretStore(this.lot.dir, machineSecret()).write('gateway', keys)
    await this.lot.start('exit')
    await this.carPaysByCode()
    await this.carPaysByEtc()
  }

  /** From then on the window asks who sits there. */
  async addPeople(): Promise<void> {
    const people = [
      { name: '王老板', role: 'owner', secret: ownerSecret },
      { name: '李四', role: 'attendant', secret: givenPin },
    ]
    for (const one of people) await this.lot.run.call('people.add', one)
    await this.setsOwnPin()
  }
}

export async function ownerSignsIn(page: Page): Promise<void> {
  await page.locator('[data-test="person-p1"]').click()
  await page.locator('[name="secret"]').fill(ownerSecret)
  await page.keyboard.press('Enter')
  await page.locator('[data-test="shift"]').waitFor()
}

/** Confirms one act with the owner's own secret. */
export async function ownerConfirms(page: Page): Promise<void> {
  await page.locator('[data-test="assent"] [name="secret"]').fill(ownerSecret)
  await page.keyboard.press('Enter')
}
