// Changes of a whole survey, each by the tag of its records: another body, none, a later time, one more, one withdrawn.
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { byTime, made, surveyor, type Made } from './whole-survey.ts'

export type Change = (all: readonly Made[]) => readonly Made[]
type Pick = string | ((one: Made, i: number) => boolean)

const picked = (pick: Pick) => {
  let n = -1
  return (one: Made): boolean => {
    if (typeof pick === 'string') return one.tag === pick
    n++
    return pick(one, n)
  }
}

/** Members of each picked body are replaced. */
export const edit =
  (pick: Pick, more: object | ((body: SurveyBody, i: number) => object)): Change =>
  (all) => {
    const is = picked(pick)
    let i = 0
    return all.map((one) => {
      if (!is(one)) return one
      const members = typeof more === 'function' ? more(one.body, i++) : more
      return { ...one, body: Object.assign({}, one.body, members) }
    })
  }

export const drop =
  (pick: Pick): Change =>
  (all) => {
    const is = picked(pick)
    return all.filter((one) => !is(one))
  }

/** Without a member. */
export const bare =
  (pick: Pick, member: string): Change =>
  (all) => {
    const is = picked(pick)
    return all.map((one) => {
      if (!is(one)) return one
      const { [member]: _, ...body } = one.body as unknown as Record<string, unknown>
      return { ...one, body: body as unknown as SurveyBody }
    })
  }

/** Picked records are made so many minutes later. */
export const later =
  (pick: Pick, minutes: number): Change =>
  (all) => {
    const is = picked(pick)
    return byTime(all.map((one) => (is(one) ? { ...one, minute: one.minute + minutes } : one)))
  }

/** Times of picked records change, their order in the chain does not. */
export const restamped =
  (pick: Pick, minutes: number): Change =>
  (all) => {
    const is = picked(pick)
    return all.map((one) => (is(one) ? { ...one, minute: one.minute + minutes } : one))
  }

export const add = (minute: number, body: SurveyBody, by = surveyor, tag = 'added'): Change =>
  addAll(minute, [body], by, tag)

export const addAll =
  (minute: number, bodies: readonly SurveyBody[], by = surveyor, tag = 'added'): Change =>
  (all) =>
    byTime([...all, ...bodies.map((body) => made(tag, minute, body, by))])

/** By another author. */
export const signedBy =
  (pick: Pick, by: string): Change =>
  (all) => {
    const is = picked(pick)
    return all.map((one) => (is(one) ? { ...one, by } : one))
  }

export const withdraw = (id: string, minute: number, reason: string, by = surveyor): Change =>
  add(minute, { kind: 'withdrawn', recordId: id, reason }, by)

export const both =
  (...changes: readonly Change[]): Change =>
  (all) =>
    changes.reduce((now, change) => change(now), all)

export const dayMin = 24 * 60
/** Behind all records of the whole survey. */
export const endMin = 200
