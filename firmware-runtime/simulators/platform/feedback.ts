// Messages of the platform to a lot (000 A.2.3 b; 001 8.3.1 a), in the order in which they came to be: whoever asks says up to which one
// it has them, and gets what is behind it, so many at a time.
import { done, refuse } from './answers.ts'
import type { Handler } from './call.ts'

const pageMax = 50

/** GET /v1/feedback?parkId=&after= */
export const getFeedback: Handler = ({ state }, { appId, query }) => {
  const after = query.get('after') ?? '0'
  if (!/^\d{1,15}$/.test(after)) return refuse('200004', '/after', after, 'a number', 'path')
  const all = state.feedback.get(appId) ?? []
  const from = Number(after)
  const messages = all
    .slice(from, from + pageMax)
    .map((message, n) => ({ seq: from + n + 1, ...message }))
  return done({ parkId: query.get('parkId') ?? '', lastSeq: all.length, messages })
}
