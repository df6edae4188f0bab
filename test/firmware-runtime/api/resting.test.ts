// Every reading row of the API table is answered from the folder of a stopped lot, or stands in the list of those
// that are not, with a reason; what changes anything is never answered from a folder.
import { expect, it } from 'vitest'
import { restingRows, runningRows, whyNotAtRest } from '../../../firmware-runtime/api/resting.ts'
import { api, type ApiName } from '../../../firmware-runtime/api/table.ts'

const names = Object.keys(api) as ApiName[]

it('each reading row stands in one list, and nothing else does', () => {
  const listed = [...restingRows, ...runningRows.flatMap((group) => group.names)]
  expect(listed.toSorted()).toEqual(names.filter((name) => api[name].reads).toSorted())
})

it('what changes the lot is refused with that reason', () => {
  for (const name of names) {
    const isAnswered = (restingRows as readonly string[]).includes(name)
    expect(whyNotAtRest(name) === null, name).toBe(isAnswered)
    if (!api[name].reads) expect(whyNotAtRest(name)?.en, name).toMatch(/^it changes the lot/)
  }
})
