// Every page as every role: no control makes a call that the runtime would refuse, and what a role may do is offered.
// The calls of the buttons are observed by pressing them (role-walk.ts).
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { api, type ApiName } from '#runtime/api/table.ts'
import { mayDo, roles, type Role } from '#base/pure/values/roles.ts'
import { isApiName } from '#runtime/api/check.ts'
import { makeRouter } from '#renderer/shell/router.ts'
import { homeFor, isTheirs } from '#renderer/kit/pages.ts'
import { walkPage } from '../kit/role-walk.ts'

const may = (role: Role, name: string): boolean => isApiName(name) && mayDo(role, api[name].right)
/** An auditor changes nothing, so a call refused to that role changes something. */
const isWork = (name: string): boolean => !may('auditor', name)
const seatOf = (role: Role) => ({
  mode: 'production',
  isSetup: false,
  hasReservations: true,
  hasSpaces: true,
  hasPartners: true,
  can: (name: ApiName) => may(role, name),
})
const paths = makeRouter()
  .getRoutes()
  .filter(({ name }) => name !== undefined && name !== 'setup')
  .map(({ path }) =>
    path
      .replaceAll(/\/:\w+\?/g, '')
      .replace(':stayId', 'stay-1')
      .replace(':laneId', 'exit')
      .replace(':kind', 'rsu'),
  )
const pathsOf = (role: Role): readonly string[] =>
  paths.filter((path) => isTheirs(path, seatOf(role)))

beforeAll(() => {
  vi.stubGlobal('print', () => undefined)
  Object.assign(document, { execCommand: () => true })
})
afterAll(() => void Reflect.deleteProperty(document, 'execCommand'))

interface Walk {
  readonly refused: readonly string[]
  /** Calls by page. */
  readonly made: ReadonlyMap<string, ReadonlySet<string>>
}
async function walk(role: Role): Promise<Walk> {
  const refused: string[] = []
  const made = new Map<string, ReadonlySet<string>>()
  for (const path of pathsOf(role)) {
    const { loads, rows } = await walkPage(path, role)
    const all = [['the page itself', loads] as const, ...rows]
    for (const [name, calls] of all)
      for (const call of calls) if (!may(role, call)) refused.push(`${path}: ${name}: ${call}`)
    made.set(path, new Set(all.flatMap(([, calls]) => [...calls])))
  }
  return { refused, made }
}
const walks = new Map<Role, Promise<Walk>>()
const walked = (role: Role): Promise<Walk> => {
  const found = walks.get(role) ?? walk(role)
  walks.set(role, found)
  return found
}

it.each(roles)(
  'nothing that a person who is %s sees calls what that role is refused',
  async (role) => {
    expect((await walked(role)).refused).toEqual([])
  },
)

it.each(roles.filter((role) => role !== 'owner'))(
  'what an owner is shown is shown to a person who is %s and may do it',
  async (role) => {
    const [own, owners] = [await walked(role), await walked('owner')]
    const missing = pathsOf(role).flatMap((path) =>
      [...(owners.made.get(path) ?? [])]
        .filter((call) => isWork(call) && may(role, call) && own.made.get(path)?.has(call) !== true)
        .map((call) => `${path}: ${call}`),
    )
    expect(missing).toEqual([])
  },
)

it('each role begins on a page of its own', () => {
  const homes = roles.map((role) => [role, homeFor(seatOf(role))])
  expect(homes).toEqual([
    ['owner', '/day'],
    ['attendant', '/lane'],
    ['installer', '/settings'],
    ['support', '/gear'],
    ['auditor', '/day'],
  ])
  for (const role of roles) expect(pathsOf(role)).toContain(homeFor(seatOf(role)))
})
